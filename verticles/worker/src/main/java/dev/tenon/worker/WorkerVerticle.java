package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/// A worker as a verticle: deploy it once, whatever the number of event loops; it starts its isolates itself and stops them when it is undeployed.
public final class WorkerVerticle extends VerticleBase {

  private final Source source;
  private DeployedWorker worker;

  /// Where a worker's definition comes from. May block.
  @FunctionalInterface
  private interface Source {
    Loaded load(Vertx vertx, Context context);
  }

  private record Loaded(WorkerDefinition definition, WorkerOptions options) {}

  private WorkerVerticle(Source source) {
    this.source = source;
  }

  public WorkerVerticle(WorkerDefinition definition, WorkerOptions options) {
    this((_, _) -> new Loaded(definition, options));
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(() -> source.load(vertx, context), false)
        .compose(loaded -> DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), loaded.definition(), loaded.options()))
        .onSuccess(deployed -> worker = deployed);
  }

  /// The running worker; [IllegalStateException] before the verticle is deployed.
  public DeployedWorker worker() {
    if (worker == null) {
      throw new IllegalStateException("the worker is not deployed yet – wait for deployVerticle to complete");
    }
    return worker;
  }
}
