package dev.tenon.system;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.PlainEdge;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Egress;
import dev.tenon.worker.EgressClient;
import dev.tenon.worker.EgressLimits;
import dev.tenon.worker.Fetcher;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLog;
import dev.tenon.worker.WorkerOptions;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Our runtime with workers, each behind an HTTP port of its own as `tenon run` has it, and bound to one another by name.
final class LocalWorker implements AutoCloseable {

  private static final Fetcher NO_NETWORK = _ -> Future.failedFuture(new VertxException("there is no network in this test", true));

  private final Vertx vertx;
  private final List<WorkerDefinition> definitions;
  private final Map<String, DeployedWorker> workers = new HashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();

  private LocalWorker(Vertx vertx, List<WorkerDefinition> definitions) {
    this.vertx = vertx;
    this.definitions = definitions;
  }

  /// Workers that reach nothing but one another.
  static LocalWorker start(List<WorkerDefinition> definitions) {
    return new LocalWorker(Vertx.vertx(), definitions).started(WorkerOptions.of(NO_NETWORK));
  }

  /// Workers that reach every address, and whose console goes to `log`.
  static LocalWorker start(List<WorkerDefinition> definitions, WorkerLog log) {
    Vertx vertx = Vertx.vertx();
    EgressClient egress = EgressClient.create(vertx, Egress.ALL, EgressLimits.DEFAULT);
    return new LocalWorker(vertx, definitions).started(WorkerOptions.of(egress).withLog(log));
  }

  private LocalWorker started(WorkerOptions options) {
    List<Future<DeployedWorker>> deployed = definitions.stream()
        .map(definition -> DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), definition, options.withIsolates(1)))
        .toList();
    await(Future.all(deployed));
    for (Future<DeployedWorker> worker : deployed) {
      Door door = new Door(worker.result());
      await(vertx.deployVerticle(door));
      workers.put(worker.result().component(), worker.result());
      ports.put(worker.result().component(), door.edge.port());
    }
    return this;
  }

  /// The port of the first worker.
  int port() {
    return port(definitions.getFirst().name());
  }

  int port(String worker) {
    return ports.get(worker);
  }

  /// Wakes a worker's `scheduled` handler, and waits for it and its background work.
  ///
  /// @return whether all went well
  boolean scheduled(String worker, String cron, long scheduledMillis) {
    return await(workers.get(worker).scheduled(cron, scheduledMillis).transform(outcome -> Future.succeededFuture(outcome.succeeded())));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// The listener.
  private static final class Door extends AbstractVerticle {

    private final DeployedWorker worker;
    private PlainEdge edge;

    Door(DeployedWorker worker) {
      this.worker = worker;
    }

    @Override
    public void start(Promise<Void> started) {
      PlainEdge.listen(vertx, ListenerOptions.of(0).withRequestMax(Duration.ofMinutes(2)), worker)
          .onSuccess(open -> edge = open)
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
