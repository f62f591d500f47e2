package dev.tenon.gateway;

import java.time.Duration;

/// Where a listener listens, and the bounds it keeps.
///
/// @param port 0 for any free one; listeners with the same negative port in one deployment share one that is free
/// @param connectionsMax open connections of one listener (one event loop); more are closed at once
/// @param headBytesMax all headers of a request together
/// @param targetBytesMax the request line
/// @param idleMax how long a connection may take to send the next request's complete head, counted from the end of the last answer; dribbling bytes
///        does not help
/// @param stallMax how long a body may make no progress because the client sends or reads nothing
/// @param requestMax the deadline of an exchange: from the complete head of the request to the head of the answer
/// @param bodyBytesMax the largest request body
public record ListenerOptions(
    String host,
    int port,
    int connectionsMax,
    int headBytesMax,
    int targetBytesMax,
    Duration idleMax,
    Duration stallMax,
    Duration requestMax,
    long bodyBytesMax) {

  /// The usual bounds on 127.0.0.1.
  public static ListenerOptions of(int port) {
    return new ListenerOptions("127.0.0.1", port, 10_000, 32 * 1024, 16 * 1024,
        Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(30), 100L * 1024 * 1024);
  }

  public ListenerOptions withPort(int other) {
    return new ListenerOptions(host, other, connectionsMax, headBytesMax, targetBytesMax, idleMax, stallMax, requestMax, bodyBytesMax);
  }

  public ListenerOptions withHost(String other) {
    return new ListenerOptions(other, port, connectionsMax, headBytesMax, targetBytesMax, idleMax, stallMax, requestMax, bodyBytesMax);
  }

  public ListenerOptions withConnectionsMax(int other) {
    return new ListenerOptions(host, port, other, headBytesMax, targetBytesMax, idleMax, stallMax, requestMax, bodyBytesMax);
  }

  public ListenerOptions withHeadBytesMax(int other) {
    return new ListenerOptions(host, port, connectionsMax, other, targetBytesMax, idleMax, stallMax, requestMax, bodyBytesMax);
  }

  public ListenerOptions withIdleMax(Duration other) {
    return new ListenerOptions(host, port, connectionsMax, headBytesMax, targetBytesMax, other, stallMax, requestMax, bodyBytesMax);
  }

  public ListenerOptions withStallMax(Duration other) {
    return new ListenerOptions(host, port, connectionsMax, headBytesMax, targetBytesMax, idleMax, other, requestMax, bodyBytesMax);
  }

  public ListenerOptions withRequestMax(Duration other) {
    return new ListenerOptions(host, port, connectionsMax, headBytesMax, targetBytesMax, idleMax, stallMax, other, bodyBytesMax);
  }

  public ListenerOptions withBodyBytesMax(long other) {
    return new ListenerOptions(host, port, connectionsMax, headBytesMax, targetBytesMax, idleMax, stallMax, requestMax, other);
  }
}
