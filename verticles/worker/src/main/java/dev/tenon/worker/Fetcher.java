package dev.tenon.worker;

import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;

/// Something a worker can send a request to: the network, or another component.
///
/// Called on the isolate's Vert.x context; the future is completed, and the response's body delivered, on that same context.
/// It follows no redirects. The request's [dev.tenon.bus.Cancellation] ends the exchange at any time, its deadline too. A failure's message
/// is what the worker's `fetch` rejects with.
@FunctionalInterface
public interface Fetcher {
  Future<ExchangeResponse> fetch(ExchangeRequest request);
}
