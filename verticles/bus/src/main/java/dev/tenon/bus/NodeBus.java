package dev.tenon.bus;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The bus of one node: one [Lane] an event loop, one routing table, and the way to the other nodes when there are some.
final class NodeBus implements ExchangeBus, Shareable {

  private static final String PLACE = "dev.tenon.bus";

  final BusOptions options;
  final Routes routes;
  private final VertxInternal vertx;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<EventLoop, Lane> laneByLoop = new IdentityHashMap<>();
  private final AtomicLong instanceIds = new AtomicLong();
  private volatile boolean closed;

  static NodeBus of(Vertx vertx) {
    return (NodeBus) vertx.sharedData().<String, Shareable>getLocalMap(PLACE)
        .computeIfAbsent("bus", absent -> new NodeBus((VertxInternal) vertx, BusOptions.DEFAULT));
  }

  static NodeBus of(Vertx vertx, BusOptions options) {
    NodeBus bus = (NodeBus) vertx.sharedData().<String, Shareable>getLocalMap(PLACE)
        .computeIfAbsent("bus", absent -> new NodeBus((VertxInternal) vertx, options));
    if (!bus.options.equals(options)) {
      throw new IllegalStateException("bus of this Vert.x – was made with other options already – give the options before its first use");
    }
    return bus;
  }

  private NodeBus(VertxInternal vertx, BusOptions options) {
    this.vertx = vertx;
    this.options = options;
    for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
      Lane lane = new Lane(lanes.size(), (EventLoop) loop,
          vertx.contextBuilder().withThreadingModel(ThreadingModel.EVENT_LOOP).withEventLoop((EventLoop) loop).build());
      lanes.add(lane);
      laneByLoop.put(lane.loop, lane);
    }
    this.routes = new Routes(lanes.size());
    vertx.addCloseHook(this::close);
  }

  @Override
  public Future<ExchangeResponse> call(String component, ExchangeRequest request) {
    ContextInternal caller = vertx.getOrCreateContext();
    ExchangeContext context = request.context();
    if (context.cancellation().cancelled()) {
      return caller.failedFuture(context.cancellation().reason().orElseThrow());
    }
    if (context.deadline().passed()) {
      return caller.failedFuture(new Failure(Failure.Code.DEADLINE, "the deadline had passed before '" + component + "' was called – allow more time"));
    }
    if (closed) {
      return caller.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "this node is stopping – try again"));
    }
    Lane lane = laneOf(caller);
    if (lane.here()) {
      Route route = routes.find(component, context.version());
      Instance here = route == null ? null : route.enterHere(lane);
      if (here != null) {
        return new LocalExchange(lane, here, caller, request, options.windowBytes(), caller.promise()).callHere();
      }
    }
    return new Call(this, lane, caller, component, request).start();
  }

  @Override
  public Future<Served> serve(String component, String version, ExchangeHandler handler) {
    return serve(component, version, options.inFlightMax(), handler);
  }

  @Override
  public Future<Served> serve(String component, String version, int inFlightMax, ExchangeHandler handler) {
    ContextInternal context = vertx.getOrCreateContext().unwrap();
    if (closed) {
      return context.failedFuture(new IllegalStateException("bus – is closed – '" + component + "' cannot be served any more"));
    }
    Instance instance = new Instance(this, instanceIds.incrementAndGet(), component, version, context, handler, inFlightMax);
    context.addCloseHook(instance);
    routes.add(instance);
    return context.succeededFuture(instance);
  }

  Lane laneOf(ContextInternal context) {
    Lane lane = laneByLoop.get(context.nettyEventLoop());
    return lane != null ? lane : lanes.getFirst();
  }

  /// Takes an instance out of the routing. Completed when no other node sends to it any more.
  Future<Void> leave(Instance instance) {
    routes.remove(instance);
    return Future.succeededFuture();
  }

  /// The instance is gone: whoever still waits for it is told.
  void stopped(Instance instance) {
    routes.remove(instance);
    instance.context.removeCloseHook(instance);
    failOpen(instance, new Failure(Failure.Code.CONNECTION_LOST, "the instance of '" + instance.component + "' was stopped before it had answered"));
  }

  private void failOpen(Object with, Failure why) {
    for (Lane lane : lanes) {
      lane.run(() -> lane.open(exchange -> exchange.isWith(with)).forEach(exchange -> exchange.fail(why)));
    }
  }

  private void close(Completable<Void> completion) {
    closed = true;
    Failure why = new Failure(Failure.Code.CONNECTION_LOST, "this node was stopped in the middle of the exchange");
    for (Lane lane : lanes) {
      lane.run(() -> lane.open(exchange -> true).forEach(exchange -> exchange.fail(why)));
    }
    completion.succeed();
  }
}
