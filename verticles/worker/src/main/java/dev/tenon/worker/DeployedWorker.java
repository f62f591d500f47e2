package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker that runs on this node: its isolates started, registered on the [ExchangeBus] and taking requests. Thread-safe.
///
/// With [Placement#AUTO] the isolates of a worker without WebAssembly start on event loops, and are replaced by ones with threads of their own when the worker's slices prove to be long: the
/// new ones take requests before the old ones stop, and those finish what they have.
public final class DeployedWorker implements ExchangeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedWorker.class);

  private final VertxInternal vertx;
  private final ExchangeBus bus;
  private final WorkerDefinition definition;
  private final WorkerOptions options;
  private final AtomicBoolean moving = new AtomicBoolean();
  private volatile Group current;
  private volatile boolean stopped;

  private DeployedWorker(Vertx vertx, ExchangeBus bus, WorkerDefinition definition, WorkerOptions options) {
    this.vertx = (VertxInternal) vertx;
    this.bus = bus;
    this.definition = definition;
    this.options = options;
  }

  /// Starts a worker's isolates and registers them. Fails with [WorkerStartException] when the worker's code does not start.
  public static Future<DeployedWorker> deploy(Vertx vertx, ExchangeBus bus, WorkerDefinition definition, WorkerOptions options) {
    DeployedWorker worker = new DeployedWorker(vertx, bus, definition, options);
    return worker.deploy(first(definition, options))
        .map(group -> {
          worker.current = group;
          return worker;
        });
  }

  /// Who brings WebAssembly along means to compute.
  private static Placement first(WorkerDefinition definition, WorkerOptions options) {
    boolean computes = definition.modules().stream().anyMatch(module -> module.type() == ModuleSource.Type.WASM);
    return switch (options.placement()) {
      case AUTO -> computes ? Placement.OWN_THREADS : Placement.EVENT_LOOP;
      case EVENT_LOOP, OWN_THREADS -> options.placement();
    };
  }

  /// Isolates that were deployed together.
  private record Group(Placement placement, List<String> deployments, List<IsolateVerticle> verticles, Map<EventLoop, IsolateVerticle> byLoop) {}

  /// Hands a request to the isolate on the calling event loop where there is one, without the bus; otherwise through the bus. Called on a Vert.x context, on
  /// which the future is completed.
  @Override
  public Future<ExchangeResponse> handle(ExchangeRequest request) {
    ContextInternal caller = vertx.getOrCreateContext();
    IsolateVerticle here = caller.isEventLoopContext() ? current.byLoop().get(caller.nettyEventLoop()) : null;
    if (here == null || !caller.inThread()) {
      return bus.call(component(), request);
    }
    Promise<ExchangeResponse> response = caller.promise();
    here.owner().emit(request, taken -> here.instance().handle(taken).onComplete(response));
    return response.future();
  }

  /// Wakes the worker's `scheduled` handler on one isolate. The future is completed when it and what it gave to `waitUntil` are done.
  public Future<Void> scheduled(String cron, long scheduledMillis) {
    IsolateVerticle any = current.verticles().getFirst();
    Promise<Void> done = Promise.promise();
    any.owner().runOnContext(_ -> any.instance().scheduled(cron, scheduledMillis).onComplete(done));
    return done.future();
  }

  /// Where the isolates run now.
  public Placement placement() {
    return current.placement();
  }

  /// How many isolates take its requests.
  public int isolates() {
    return current.verticles().size();
  }

  /// What the worker is called on the bus.
  public String component() {
    return options.component().orElse(definition.name());
  }

  /// Takes the worker out of the routing, lets it finish what it has, and stops it. What is not finished when the drain is over is ended.
  public Future<Void> undeploy() {
    stopped = true;
    return undeploy(current, options.drain());
  }

  private Future<Group> deploy(Placement placement) {
    List<EventLoop> loops = eventLoops();
    int count = options.isolates() > 0 ? options.isolates() : loops.size();
    Surroundings surroundings = new Surroundings(options, bus, placement == Placement.EVENT_LOOP ? this::slicesAreLong : () -> { });
    List<IsolateVerticle> verticles = new ArrayList<>();
    List<Future<String>> deployments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      IsolateVerticle verticle = new IsolateVerticle(
          definition, surroundings, placement == Placement.EVENT_LOOP ? Optional.of(loops.get(i % loops.size())) : Optional.empty());
      verticles.add(verticle);
      deployments.add(vertx.deployVerticle(verticle, deploymentOptions(placement, i)));
    }
    return Future.join(deployments)
        .map(_ -> group(placement, deployments, verticles))
        .recover(failure -> Future.join(deployments.stream().filter(Future::succeeded).map(done -> vertx.undeploy(done.result())).toList())
            .transform(_ -> Future.failedFuture(firstFailure(deployments, failure))));
  }

  private List<EventLoop> eventLoops() {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : vertx.nettyEventLoopGroup()) {
      loops.add((EventLoop) executor);
    }
    return loops;
  }

  private static Throwable firstFailure(List<Future<String>> deployments, Throwable otherwise) {
    return deployments.stream().filter(Future::failed).map(Future::cause).findFirst().orElse(otherwise);
  }

  private DeploymentOptions deploymentOptions(Placement placement, int index) {
    DeploymentOptions deployment = new DeploymentOptions();
    return placement == Placement.EVENT_LOOP
        ? deployment
        : deployment
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName("worker-" + component() + "-" + options.version() + "-" + Integer.toHexString(System.identityHashCode(this)) + "-" + index)
            .setWorkerPoolSize(1)
            .setMaxWorkerExecuteTime(definition.limits().cpu().toSeconds() + 60)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.SECONDS);
  }

  private static Group group(Placement placement, List<Future<String>> deployments, List<IsolateVerticle> verticles) {
    Map<EventLoop, IsolateVerticle> byLoop = new IdentityHashMap<>();
    if (placement == Placement.EVENT_LOOP) {
      verticles.forEach(verticle -> byLoop.putIfAbsent(verticle.owner().nettyEventLoop(), verticle));
    }
    return new Group(placement, deployments.stream().map(Future::result).toList(), List.copyOf(verticles), byLoop);
  }

  private Future<Void> undeploy(Group group, Duration bound) {
    group.verticles().forEach(verticle -> verticle.retire(bound));
    return Future.join(group.deployments().stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  private void slicesAreLong() {
    if (options.placement() == Placement.AUTO && !stopped && moving.compareAndSet(false, true)) {
      LOG.info("worker {}: its slices are long – moving it from the event loops to threads of its own", definition.name());
      vertx.createEventLoopContext().runOnContext(_ -> move());
    }
  }

  private void move() {
    Group old = current;
    if (old == null) {
      moving.set(false);
      return;
    }
    deploy(Placement.OWN_THREADS).onComplete(moved -> {
      if (moved.failed()) {
        LOG.warn("worker {}: cannot be moved to threads of its own – {} – it stays on the event loops", definition.name(), moved.cause().getMessage());
        moving.set(false);
      } else if (stopped) {
        undeploy(moved.result(), options.drain());
      } else {
        current = moved.result();
        undeploy(old, options.drain().plus(options.background())).onFailure(failure -> LOG.warn("worker {}: its isolates on event loops do not stop", definition.name(), failure));
      }
    });
  }
}
