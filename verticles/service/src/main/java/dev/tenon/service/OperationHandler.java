package dev.tenon.service;

import io.vertx.core.Future;

/// What a service does for one operation of its contract. Runs on the service's event loop and does not block it.
@FunctionalInterface
public interface OperationHandler {

  /// A [Problem] as failure is answered as such; a [dev.tenon.bus.Failure] crosses the bus as it is; anything else is a
  /// bug: logged, and answered with nothing but its id.
  Future<Reply> handle(Call call);
}
