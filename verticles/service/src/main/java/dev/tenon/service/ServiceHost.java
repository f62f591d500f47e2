package dev.tenon.service;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/// Runs services on a node.
public final class ServiceHost {

  private final Vertx vertx;
  private final ExchangeBus bus;

  public ServiceHost(Vertx vertx, ExchangeBus bus) {
    this.vertx = vertx;
    this.bus = bus;
  }

  /// Loads a service, moves its database forward, starts it and puts it on the bus.
  ///
  /// @param grants may still be on its way: the classes are loaded meanwhile
  /// @return fails with a [ServiceException] that says what has to change, with nothing left running
  public Future<Running> deploy(ComponentSource source, Future<Grants> grants) {
    Future<LoadedService> loading = vertx.executeBlocking(() -> LoadedService.load(source), false);
    return Future.join(loading, grants)
        .compose(_ -> start(loading.result(), grants.result()))
        .onFailure(_ -> loading.onSuccess(LoadedService::close));
  }

  private Future<Running> start(LoadedService loaded, Grants grants) {
    ServiceVerticle verticle = new ServiceVerticle(loaded, bus, grants);
    return vertx.deployVerticle(verticle, new DeploymentOptions().setClassLoader(loaded.classes()))
        .map(id -> new Running(vertx, loaded, verticle, id));
  }
}
