package dev.tenon.bus;

import io.vertx.core.Future;

/// What a component does with a request. Called on the Vert.x context it was registered on, with the request's body on
/// that context. A failed future (or a throw) reaches the caller as [Failure#of].
@FunctionalInterface
public interface ExchangeHandler {
  Future<ExchangeResponse> handle(ExchangeRequest request);
}
