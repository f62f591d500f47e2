package dev.tenon.service;

import io.vertx.core.Future;

/// A service's entry, named by `main` in its `component.yaml`; has a public constructor without parameters.
///
/// All calls come on one Vert.x event loop, the one its handlers run on.
public interface Service {

  /// Makes what the service needs, and says which handler serves which operation. The service takes calls when the
  /// future is completed; its database is at the newest migration before this is called.
  Future<Operations> start(ServiceContext context);

  /// Gives back what [#start] made beyond what the kit gave. Called after the last exchange ended, or after a failed start.
  default Future<Void> stop() {
    return Future.succeededFuture();
  }
}
