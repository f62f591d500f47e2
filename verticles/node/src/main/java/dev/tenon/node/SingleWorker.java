package dev.tenon.node;

import dev.tenon.bus.ExchangeHandler;
import dev.tenon.contract.Contract;
import dev.tenon.gateway.Gateway;
import dev.tenon.gateway.GatewayOptions;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.Route;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One worker behind an HTTP port, alone in its process, as `tenon run` serves it: no cluster, no database, and a contract only where one is given.
public final class SingleWorker {

  /// Beyond the longest start that the runtime allows on a busy machine, so that it is the runtime that says what was wrong.
  static final Duration START_DEADLINE = Duration.ofSeconds(120);
  /// A worker may wait as long as its client does; this is only where a forgotten connection ends.
  private static final Duration REQUEST_MAX = Duration.ofHours(1);
  /// What Cloudflare takes.
  private static final int HEAD_BYTES_MAX = 128 * 1024;
  /// Nobody else's requests wait for this worker's event loops: a request may use what its own limit allows.
  private static final Duration EVENT_LOOP_HOLD = Duration.ofHours(1);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Startup.Patience PATIENCE = new Startup.Patience(DRAIN, Duration.ofSeconds(9));

  /// @param source a file, or a folder with a wrangler configuration
  /// @param listen where to serve it
  /// @param contract the OpenAPI document that requests and answers are held to; empty for none
  public record Options(Path source, LoadOptions load, Listen listen, Egress egress, WorkerLog log, Optional<Path> contract) {
    public Options(Path source, LoadOptions load, Listen listen, Egress egress, WorkerLog log) {
      this(source, load, listen, egress, log, Optional.empty());
    }
  }

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
    return Vertx.vertx(quiet(new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())));
  }

  /// A worker that computes is bounded by its own limits, and nobody wants to read stacks of Java meanwhile.
  static VertxOptions quiet(VertxOptions options) {
    return options.setBlockedThreadCheckInterval(Duration.ofDays(1).toMillis());
  }

  private static int serve(Options options, Startup startup, Vertx vertx, LoadedWorker loaded) throws Exception {
    EgressClient egress = EgressClient.create(vertx, options.egress(), EgressLimits.DEFAULT);
    WorkerVerticle verticle = new WorkerVerticle(
        loaded.definition(), WorkerOptions.of(egress).withLog(options.log()).withDrain(DRAIN).withEventLoopHold(EVENT_LOOP_HOLD));
    await(vertx.deployVerticle(verticle));
    DeployedWorker worker = verticle.worker();
    startup.onStop(Stage.COMPONENTS, "worker", () -> await(worker.undeploy()));
    if (options.contract().isPresent()) {
      return serveContract(options, options.contract().get(), startup, vertx, loaded.definition().name());
    }
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

  /// The worker has put itself on the bus under its name, and the gateway finds it there.
  private static int serveContract(Options options, Path file, Startup startup, Vertx vertx, String worker) throws Exception {
    Contract contract = Contract.load(worker, file);
    if (contract.operations().stream().anyMatch(operation -> !operation.security().isEmpty())) {
      throw new StartFailure("contract – " + file + " has operations that need a token, and nobody issues tokens to a worker that runs alone – run it in a system, or leave \"security\" out");
    }
    Gateway gateway;
    try {
      gateway = await(Gateway.open(vertx, GatewayOptions.of(edgeOptions(options.listen()), List.of(new Route(worker, contract)))));
    } catch (BindException taken) {
      throw taken(options.listen(), taken);
    }
    startup.onStop(Stage.EDGE, "edge", () -> await(gateway.close(DRAIN)));
    return gateway.port();
  }

  static StartFailure taken(Listen listen, BindException cause) {
    return new StartFailure("port – " + listen + " cannot be bound (" + cause.getMessage() + ") – stop what uses it, or choose another with --port", cause);
  }

  /// A negative port is one free port that all instances share.
  static ListenerOptions edgeOptions(Listen listen) {
    return ListenerOptions.of(listen.port() == 0 ? -1 : listen.port()).withHost(listen.host()).withRequestMax(REQUEST_MAX).withHeadBytesMax(HEAD_BYTES_MAX);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
