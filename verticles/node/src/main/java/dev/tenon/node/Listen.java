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

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
