package dev.tenon.node;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Egress;
import dev.tenon.worker.EgressClient;
import dev.tenon.worker.EgressLimits;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.WorkerLoader;
import dev.tenon.worker.WorkerOptions;
import dev.tenon.worker.WorkerVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// The workers of this node.
final class WorkersPart {

  private final Vertx vertx;
  private final EgressClient egress;
  private final Duration drain;

  WorkersPart(Vertx vertx, Duration drain) {
    this.vertx = vertx;
    this.egress = EgressClient.create(vertx, Egress.PUBLIC, EgressLimits.DEFAULT);
    this.drain = drain;
  }

  /// Reads a worker's folder; blocks.
  static LoadedWorker load(WorkerFolder folder, LoadOptions options) {
    return WorkerLoader.load(folder.path(), options);
  }

  /// Completes when the worker takes exchanges.
  ///
  /// @param calls makes the bus that it calls others through
  Future<DeployedWorker> start(WorkerFolder folder, LoadedWorker loaded, UnaryOperator<ExchangeBus> calls) {
    WorkerOptions options = WorkerOptions.of(egress)
        .withComponent(loaded.definition().name(), folder.version())
        .withDrain(drain)
        .withCalls(calls);
    WorkerVerticle verticle = new WorkerVerticle(loaded.definition(), options);
    return vertx.deployVerticle(verticle).map(_ -> verticle.worker());
  }
}
