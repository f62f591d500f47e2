package dev.tenon.bus;

import io.vertx.core.MultiMap;
import java.util.Objects;

/// The response of an exchange.
///
/// @param status 200 to 599 (101 for an upgrade)
/// @param reason the status text; empty for the standard one
public record ExchangeResponse(int status, String reason, MultiMap headers, Body body) {

  public ExchangeResponse {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
  }

  /// Whether it grants the WebSocket that was asked for: its body is then what the component sends through that.
  public boolean grantsWebSocket() {
    return status == 101 && body instanceof Body.Stream;
  }

  public ExchangeResponse withBody(Body other) {
    return new ExchangeResponse(status, reason, headers, other);
  }
}
