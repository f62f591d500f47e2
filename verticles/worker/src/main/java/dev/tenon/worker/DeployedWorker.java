package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.worker.assets.AssetServer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
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
/// It is deployed as soon as one isolate takes requests. The others follow one by one, each from what those before it have parsed and compiled.
///
/// With [Placement#AUTO] the isolates of a worker without WebAssembly start on event loops, and are replaced by ones with threads of their own when the worker's slices prove to be long: the
/// new ones take requests before the old ones stop, and those finish what they have.
public final class DeployedWorker implements ExchangeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedWorker.class);

  private final VertxInternal vertx;
  private final ExchangeBus bus;
  private final ExchangeBus outgoing;
  private final WorkerDefinition definition;
  private final WorkerOptions options;
  private final Optional<AssetServer> assets;
  private final Optional<Inspector> inspector;
  private final AtomicBoolean moving = new AtomicBoolean();
  private volatile Group current;
  private volatile boolean stopped;
  /// Completed when no isolate is on its way any more.
  private volatile Future<Void> starting = Future.succeededFuture();
  /// All of Vert.x is closing: no further isolate is begun.
  private volatile boolean closing;
  private final Closeable closeHook = this::vertxCloses;

  private DeployedWorker(Vertx vertx, ExchangeBus bus, WorkerDefinition definition, WorkerOptions options, Optional<Inspector> inspector) {
    this.vertx = (VertxInternal) vertx;
    this.bus = bus;
    this.outgoing = options.calls().apply(bus);
    this.definition = definition;
    this.options = options;
    this.assets = definition.assets().map(files -> new AssetServer(vertx, files));
    this.inspector = inspector;
  }

  /// Starts a worker's first isolate and registers it; the others go on starting. Fails with [WorkerStartException] when the worker's code does not start.
  public static Future<DeployedWorker> deploy(Vertx vertx, ExchangeBus bus, WorkerDefinition definition, WorkerOptions options) {
    return new DeployedWorker(vertx, bus, definition, options, Optional.empty()).deploy();
  }

  /// The same where a developer can look at it.
  public static Future<DeployedWorker> deploy(Vertx vertx, ExchangeBus bus, WorkerDefinition definition, WorkerOptions options, Inspector inspector) {
    return new DeployedWorker(vertx, bus, definition, options, Optional.of(inspector)).deploy();
  }

  private Future<DeployedWorker> deploy() {
    Group group = new Group(first(definition, options));
    current = group;
    Promise<DeployedWorker> deployed = vertx.getOrCreateContext().promise();
    vertx.addCloseHook(closeHook);
    group.start().onFailure(_ -> vertx.removeCloseHook(closeHook)).map(this).onComplete(deployed);
    return deployed.future();
  }

  /// An isolate that is on its way needs its thread to arrive on: Vert.x has to wait for it.
  private void vertxCloses(Completable<Void> completion) {
    closing = true;
    starting.onComplete(_ -> completion.succeed());
  }

  /// Who brings WebAssembly along means to compute.
  private static Placement first(WorkerDefinition definition, WorkerOptions options) {
    boolean computes = definition.modules().stream().anyMatch(module -> module.type() == ModuleSource.Type.WASM);
    return switch (options.placement()) {
      case AUTO -> computes ? Placement.OWN_THREADS : Placement.EVENT_LOOP;
      case EVENT_LOOP, OWN_THREADS -> options.placement();
    };
  }

  /// One isolate and the id of its deployment.
  private record Member(String deployment, IsolateVerticle verticle) {}

  /// Isolates that are deployed together.
  private final class Group {

    private final Placement placement;
    private final List<EventLoop> loops = eventLoops();
    private final Surroundings surroundings;
    private volatile List<Member> members = List.of();
    private volatile Map<EventLoop, IsolateVerticle> byLoop = Map.of();
    private volatile boolean ending;
    private Future<Void> ended;
    private volatile Future<Void> grown = Future.succeededFuture();

    Group(Placement placement) {
      this.placement = placement;
      this.surroundings = new Surroundings(options, outgoing, placement == Placement.EVENT_LOOP ? DeployedWorker.this::slicesAreLong : () -> { }, inspector);
    }

    /// Completed when the first isolate takes requests.
    Future<Void> start() {
      Future<Void> first = add(0).onSuccess(_ -> grown = grow(1).onFailure(this::staysSmall));
      starting = first.compose(_ -> grown).otherwiseEmpty();
      return first;
    }

    private void staysSmall(Throwable failure) {
      if (failure instanceof WorkerStartException) {
        LOG.error("worker {}: it runs with {} instead of {} isolates – {}", definition.name(), members.size(), size(), failure.getMessage());
      } else {
        LOG.debug("worker {}: it was stopped while its isolates started", definition.name(), failure);
      }
    }

    private Future<Void> grow(int next) {
      return ending || closing || next >= size() ? Future.succeededFuture() : add(next).compose(_ -> grow(next + 1));
    }

    int size() {
      return options.isolates() > 0 ? options.isolates() : loops.size();
    }

    private Future<Void> add(int index) {
      IsolateVerticle verticle = new IsolateVerticle(
          definition, surroundings, placement == Placement.EVENT_LOOP ? Optional.of(loops.get(index % loops.size())) : Optional.empty());
      Promise<Void> added = Promise.promise();
      // Not from the caller's context: Vert.x would end them together with the verticle that runs there, before they have drained.
      vertx.createEventLoopContext().runOnContext(_ -> vertx.deployVerticle(verticle, deploymentOptions(placement, index))
          .<Void>map(id -> {
            joined(new Member(id, verticle));
            return null;
          })
          .onComplete(added));
      return added.future();
    }

    private void joined(Member member) {
      List<Member> all = new ArrayList<>(members);
      all.add(member);
      Map<EventLoop, IsolateVerticle> loopsTaken = new IdentityHashMap<>(byLoop);
      if (placement == Placement.EVENT_LOOP) {
        loopsTaken.putIfAbsent(member.verticle().owner().nettyEventLoop(), member.verticle());
      }
      members = List.copyOf(all);
      byLoop = loopsTaken;
    }

    IsolateVerticle any() {
      return members.getFirst().verticle();
    }

    /// Guest code that still runs when `bound` has passed is ended. Called again, it waits with the first caller.
    synchronized Future<Void> end(Duration bound) {
      if (ended == null) {
        ending = true;
        members.forEach(member -> member.verticle().retire(bound));
        ended = grown.otherwiseEmpty().compose(_ -> Future.join(members.stream().map(this::undeploy).toList())).mapEmpty();
      }
      return ended;
    }

    private Future<Void> undeploy(Member member) {
      return vertx.undeploy(member.deployment()).recover(failure -> failure instanceof IllegalStateException
          ? Future.succeededFuture() // all of Vert.x is closing, and was here first
          : Future.failedFuture(failure));
    }
  }

  /// Hands a request to the isolate on the calling event loop where there is one, without the bus; otherwise through the bus, which leads all WebSockets to one
  /// isolate. Called on a Vert.x context, on which the future is completed.
  @Override
  public Future<ExchangeResponse> handle(ExchangeRequest request) {
    ContextInternal caller = vertx.getOrCreateContext();
    IsolateVerticle here = caller.isEventLoopContext() ? current.byLoop.get(caller.nettyEventLoop()) : null;
    if (here == null && assets.isPresent() && definition.hasCode()) {
      // Its own threads are for code; they need not even hear of an asset.
      Optional<Future<ExchangeResponse>> asset = assets.get().ahead(request);
      if (asset.isPresent()) {
        return asset.get();
      }
    }
    if (here == null || !caller.inThread() || here.instance().isGone() || request.asksForWebSocket()) {
      return bus.call(component(), request);
    }
    Promise<ExchangeResponse> response = caller.promise();
    here.owner().emit(request, taken -> here.instance().handle(taken).onComplete(response));
    return response.future();
  }

  /// Wakes the worker's `scheduled` handler on one isolate. The future is completed when it and what it gave to `waitUntil` are done.
  public Future<Void> scheduled(String cron, long scheduledMillis) {
    IsolateVerticle any = current.any();
    Promise<Void> done = Promise.promise();
    any.owner().runOnContext(_ -> any.instance().scheduled(cron, scheduledMillis).onComplete(done));
    return done.future();
  }

  /// Where the isolates run now.
  public Placement placement() {
    return current.placement;
  }

  /// How many isolates take its requests.
  public int isolates() {
    return current.members.size();
  }

  /// Where on the bus its assets are had without its code; empty when it has none.
  public Optional<String> assetsAddress() {
    return assets.map(_ -> EntrypointTarget.assetsAddress(component()));
  }

  /// What the worker is called on the bus.
  public String component() {
    return options.component().orElse(definition.name());
  }

  /// Completed when the last of its isolates has started, or failed to.
  public Future<Void> fullyStarted() {
    return current.grown.otherwiseEmpty();
  }

  /// Takes the worker out of the routing, lets it finish what it has, and stops it. What is not finished when the drain is over is ended.
  public Future<Void> undeploy() {
    stopped = true;
    vertx.removeCloseHook(closeHook);
    return current.end(options.drain());
  }

  private List<EventLoop> eventLoops() {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : vertx.nettyEventLoopGroup()) {
      loops.add((EventLoop) executor);
    }
    return loops;
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

  private void slicesAreLong() {
    if (options.placement() == Placement.AUTO && !stopped && moving.compareAndSet(false, true)) {
      LOG.info("worker {}: its slices are long – moving it from the event loops to threads of its own", definition.name());
      move();
    }
  }

  private void move() {
    Group old = current;
    Group group = new Group(Placement.OWN_THREADS);
    group.start().onComplete(moved -> {
      if (moved.failed()) {
        LOG.warn("worker {}: cannot be moved to threads of its own – {} – it stays on the event loops", definition.name(), moved.cause().getMessage());
        moving.set(false);
      } else if (stopped) {
        group.end(options.drain());
      } else {
        // The old ones leave the routing first: who sees the new placement is served there.
        Future<Void> ended = old.end(options.drain().plus(options.background()));
        current = group;
        ended.onFailure(failure -> LOG.warn("worker {}: its isolates on event loops do not stop", definition.name(), failure));
      }
    });
  }
}
