package dev.tenon.node;

/// An address to bind to.
///
/// @param port 0 for any free one
public record Listen(String host, int port) {

  private static final int PORT_MAX = 65_535;

  public Listen {
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and " + PORT_MAX);
    }
  }

  /// The address on another port.
  public Listen withPort(int other) {
    return new Listen(host, other);
  }

  /// Whether both cannot be bound at the same time.
  public boolean collidesWith(Listen other) {
    return port != 0 && port == other.port && (host.equals(other.host) || isEvery(host) || isEvery(other.host));
  }

  private static boolean isEvery(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
