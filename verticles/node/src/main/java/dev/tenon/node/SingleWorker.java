package dev.tenon.node;

import dev.tenon.bus.ExchangeHandler;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.node.Startup.Stage;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Egress;
import dev.tenon.worker.EgressClient;
import dev.tenon.worker.EgressLimits;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.WorkerLoader;
import dev.tenon.worker.WorkerLog;
import dev.tenon.worker.WorkerOptions;
import dev.tenon.worker.WorkerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One worker behind an HTTP port, alone in its process, as `tenon run` serves it: no cluster, no database, no contract.
public final class SingleWorker {

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Startup.Patience PATIENCE = new Startup.Patience(DRAIN, Duration.ofSeconds(9));

  /// @param source a file, or a folder with a wrangler configuration
  /// @param listen where to serve it
  public record Options(Path source, LoadOptions load, Listen listen, Egress egress, WorkerLog log) {}

  private final Startup startup;
  private final LoadedWorker loaded;
  private final int port;

  private SingleWorker(Startup startup, LoadedWorker loaded, int port) {
    this.startup = startup;
    this.loaded = loaded;
    this.port = port;
  }

  /// Loads the worker, starts its isolates and opens the port. Blocks.
  public static SingleWorker start(Options options) {
    Startup startup = new Startup();
    try {
      CompletableFuture<LoadedWorker> loading = startup.begin(() -> WorkerLoader.load(options.source(), options.load()));
      Vertx vertx = vertx();
      startup.onStop(Stage.CLUSTER, "vert.x", () -> await(vertx.close()));
      LoadedWorker loaded = loading.join();
      int port = serve(options, startup, vertx, loaded);
      return new SingleWorker(startup, loaded, port);
    } catch (Exception failed) {
      startup.stop(PATIENCE);
      throw Startup.failure(failed);
    }
  }

  /// What was loaded, with the warnings of its configuration.
  public LoadedWorker loaded() {
    return loaded;
  }

  /// The port in use.
  public int port() {
    return port;
  }

  /// Takes no more requests, lets those under way finish within a bound, and stops. Blocks.
  public void stop() {
    startup.stop(PATIENCE);
  }

  private static Vertx vertx() {
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
  }

  private static int serve(Options options, Startup startup, Vertx vertx, LoadedWorker loaded) throws Exception {
    EgressClient egress = EgressClient.create(vertx, options.egress(), EgressLimits.DEFAULT);
    WorkerVerticle verticle = new WorkerVerticle(loaded.definition(), WorkerOptions.of(egress).withLog(options.log()).withDrain(DRAIN));
    await(vertx.deployVerticle(verticle));
    DeployedWorker worker = verticle.worker();
    startup.onStop(Stage.COMPONENTS, "worker", () -> await(worker.undeploy()));
    ExchangeHandler front = request -> LocalTriggers.takes(request) ? LocalTriggers.handle(worker, request) : worker.handle(request);
    AtomicInteger port = new AtomicInteger();
    int loops = Runtime.getRuntime().availableProcessors();
    DeploymentOptions everyLoop = new DeploymentOptions().setInstances(loops);
    String edge;
    try {
      edge = await(vertx.deployVerticle(() -> new PlainEdgeVerticle(edgeOptions(options.listen()), front, port, DRAIN), everyLoop));
    } catch (BindException taken) {
      throw taken(options.listen(), taken);
    }
    startup.onStop(Stage.EDGE, "edge", () -> await(vertx.undeploy(edge)));
    return port.get();
  }

  static StartFailure taken(Listen listen, BindException cause) {
    return new StartFailure("port – " + listen + " cannot be bound (" + cause.getMessage() + ") – stop what uses it, or choose another with --port", cause);
  }

  /// A negative port is one free port that all instances share.
  static ListenerOptions edgeOptions(Listen listen) {
    return ListenerOptions.of(listen.port() == 0 ? -1 : listen.port()).withHost(listen.host());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
