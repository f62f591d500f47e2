package dev.tenon.system;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.PlainEdge;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Fetcher;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerOptions;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Our runtime with one worker behind an HTTP port, as `tenon run` has it, and the workers that it is bound to.
final class LocalWorker implements AutoCloseable {

  private static final Fetcher NO_NETWORK = _ -> Future.failedFuture(new VertxException("there is no network in this test", true));

  private final Vertx vertx;
  private final int port;

  private LocalWorker(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// Starts the workers; the first is the one behind the port.
  static LocalWorker start(List<WorkerDefinition> definitions) {
    Vertx vertx = Vertx.vertx();
    WorkerOptions options = WorkerOptions.of(NO_NETWORK).withIsolates(1);
    List<Future<DeployedWorker>> workers =
        definitions.stream().map(definition -> DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), definition, options)).toList();
    await(Future.all(workers));
    Door door = new Door(workers.getFirst().result());
    await(vertx.deployVerticle(door));
    return new LocalWorker(vertx, door.edge.port());
  }

  int port() {
    return port;
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
