package dev.tenon.worker;

import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.worker.assets.AssetServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/// Where a worker's requests may go.
record Reach(Vertx vertx, WorkerDefinition definition, Surroundings surroundings) {

  /// What `env.js` calls the worker's own assets; no component has such a name.
  private static final String ASSETS = "assets:";

  /// @param target null for the network, [#ASSETS] for the worker's own assets, otherwise a component
  Fetcher fetcher(String target) {
    return switch (target) {
      case null -> surroundings.options().egress();
      case ASSETS -> assets();
      default -> surroundings.service(EntrypointTarget.parse(target));
    };
  }

  private Fetcher assets() {
    return definition.assets().<Fetcher>map(files -> new AssetServer(vertx, files)::fetch)
        .orElse(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "worker " + definition.name() + " has no assets")));
  }

  /// The request as it came, sent on to where its URL points: what `passThroughOnException` asked for.
  Future<ExchangeResponse> passThrough(ExchangeRequest request) {
    return surroundings.options().egress().fetch(request.withContext(request.context().child()));
  }
}
