package dev.tenon.worker;

import java.time.Duration;

/// The bounds of what leaves a node for the network.
///
/// @param connect for a connection, its TLS handshake included, to one address
/// @param idle without a byte in either direction while an exchange is going on
/// @param total for one exchange, from request to the last byte of the response
/// @param connectionsPerHost open at once to one host and port
/// @param waitingPerHost exchanges that wait for one of those
public record EgressLimits(Duration connect, Duration idle, Duration total, int connectionsPerHost, int waitingPerHost) {

  /// 10 s to connect, 100 s idle, an hour in all, 128 connections to a host and 1,024 waiting for one.
  public static final EgressLimits DEFAULT =
      new EgressLimits(Duration.ofSeconds(10), Duration.ofSeconds(100), Duration.ofHours(1), 128, 1024);
}
