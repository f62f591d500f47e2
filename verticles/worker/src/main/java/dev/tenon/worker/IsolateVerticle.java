package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// One instance of a worker: made, registered, and drained when it is undeployed.
///
/// On event loops it lives on a context of the loop it is given, not on the verticle's, because Vert.x gives verticles their loops in turn and others deploy
/// at the same time: so there is one instance on every loop for certain.
final class IsolateVerticle extends VerticleBase {

  private final WorkerDefinition definition;
  private final Surroundings surroundings;
  private final Optional<EventLoop> loop;
  private ContextInternal owner;
  private WorkerInstance instance;
  private final List<ExchangeBus.Served> served = new CopyOnWriteArrayList<>();
  private volatile long endNanos;
  private volatile boolean retired;

  /// @param loop empty for the verticle's own context
  IsolateVerticle(WorkerDefinition definition, Surroundings surroundings, Optional<EventLoop> loop) {
    this.definition = definition;
    this.surroundings = surroundings;
    this.loop = loop;
  }

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(vertx, context);
    owner = loop.map(where -> ((VertxInternal) vertx).contextBuilder().withEventLoop(where).build()).orElse((ContextInternal) context);
    instance = new WorkerInstance(owner, definition, surroundings);
  }

  @Override
  public Future<?> start() {
    WorkerOptions options = surroundings.options();
    String component = options.component().orElse(definition.name());
    return onOwner(() -> instance.start()
        .compose(_ -> serve(EntrypointTarget.address(component), instance::handleCall))
        .compose(_ -> definition.assets().isEmpty() ? Future.succeededFuture() : serve(EntrypointTarget.assetsAddress(component), instance::handleAssets))
        .compose(_ -> serve(component, instance)));
  }

  private Future<ExchangeBus.Served> serve(String name, ExchangeHandler handler) {
    return surroundings.bus().serve(name, surroundings.options().version(), surroundings.options().exchangesPerIsolateMax(), handler).onSuccess(served::add);
  }

  @Override
  public Future<?> stop() {
    if (!retired) {
      retire(surroundings.options().drain());
    }
    return onOwner(() -> served.isEmpty() ? instance.close(Duration.ZERO) : drained().eventually(() -> instance.close(patience())));
  }

  /// Completed on the owner, wherever the draining began.
  private Future<Void> drained() {
    Promise<Void> drained = owner.promise();
    leave().onComplete(drained);
    return drained.future();
  }

  /// Leaves the routing; guest code that still runs when `bound` has passed is ended. Called before the verticle is undeployed, from any thread: [#stop()] may have to
  /// wait for a thread that guest code holds.
  void retire(Duration bound) {
    endNanos = System.nanoTime() + bound.toNanos();
    retired = true;
    instance.endBy(endNanos);
    leave();
  }

  private Future<Void> leave() {
    return Future.join(served.stream().map(each -> each.close(surroundings.options().drain())).toList()).mapEmpty();
  }

  /// How long `waitUntil` may still go on.
  private Duration patience() {
    long left = Math.max(0, endNanos - System.nanoTime());
    Duration background = surroundings.options().background();
    return background.toNanos() < left ? background : Duration.ofNanos(left);
  }

  private <T> Future<T> onOwner(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    owner.runOnContext(_ -> work.get().onComplete(promise));
    return promise.future();
  }

  WorkerInstance instance() {
    return instance;
  }

  ContextInternal owner() {
    return owner;
  }
}
