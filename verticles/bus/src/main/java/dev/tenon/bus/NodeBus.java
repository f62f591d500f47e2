package dev.tenon.bus;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of one node: one [Lane] an event loop, one routing table, and the way to the other nodes when there are some.
final class NodeBus implements ExchangeBus, Shareable {

  private static final String PLACE = "dev.tenon.bus";
  private static final Logger log = LoggerFactory.getLogger(NodeBus.class);

  final BusOptions options;
  final Routes routes;
  private final VertxInternal vertx;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<EventLoop, Lane> laneByLoop = new IdentityHashMap<>();
  private final AtomicLong instanceIds = new AtomicLong();
  private final Map<Long, Instance> instances = new ConcurrentHashMap<>();
  private final AtomicLong misread = new AtomicLong();
  private final Peers peers;
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
      Lane lane = new Lane(this, lanes.size(), (EventLoop) loop,
          vertx.contextBuilder().withThreadingModel(ThreadingModel.EVENT_LOOP).withEventLoop((EventLoop) loop).build());
      lanes.add(lane);
      laneByLoop.put(lane.loop, lane);
    }
    this.routes = new Routes(lanes.size());
    vertx.addCloseHook(this::close);
    if (vertx.isClustered()) {
      vertx.eventBus().registerDefaultCodec(Wire.Encoded.class, new WireCodec());
      peers = new Peers(this, vertx, lanes.getFirst());
      lanes.forEach(lane -> lane.remote.start());
      peers.start(lanes);
    } else {
      peers = null;
    }
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
    if (lane.here() && !request.asksForWebSocket()) {
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
    instances.put(instance.id, instance);
    routes.add(instance);
    if (peers == null) {
      return context.succeededFuture(instance);
    }
    PromiseInternal<Served> reachable = context.promise();
    peers.announce().onComplete(known -> reachable.tryComplete(instance), failure -> {
      stopped(instance);
      reachable.tryFail(failure);
    });
    return reachable.future();
  }

  Lane laneOf(ContextInternal context) {
    Lane lane = laneByLoop.get(context.nettyEventLoop());
    return lane != null ? lane : lanes.getFirst();
  }

  /// Takes an instance out of the routing. Completed when no other node sends to it any more.
  Future<Void> leave(Instance instance) {
    return routes.remove(instance) && peers != null && !closed ? peers.announce() : Future.succeededFuture();
  }

  /// A promise on the current context.
  <T> PromiseInternal<T> promise() {
    return vertx.getOrCreateContext().promise();
  }

  /// The instance is gone: whoever still waits for it is told.
  void stopped(Instance instance) {
    if (instances.remove(instance.id) == null) {
      return;
    }
    if (routes.remove(instance) && peers != null && !closed) {
      peers.announce();
    }
    instance.context.removeCloseHook(instance);
    failOpen(instance, new Failure(Failure.Code.CONNECTION_LOST, "the instance of '" + instance.component + "' was stopped before it had answered"));
  }

  /// Who takes an exchange that came from another node: the one it was meant for, even on its way out, or one of its kind.
  /// Entered; null when there is none.
  Instance takerOf(Lane lane, Frame.Open open) {
    Instance meant = instances.get(open.instance());
    if (open.request().namesWebSocket() && open.body() instanceof Frame.BodyHead.Streamed) {
      Route route = routes.find(open.component(), open.request().context().version());
      return route == null ? null : route.enterFirst(null);
    }
    if (meant != null && meant.component.equals(open.component()) && meant.enter()) {
      return meant;
    }
    Route route = routes.find(open.component(), open.request().context().version());
    return route == null ? null : route.enterLocal(lane, meant);
  }

  /// A message on an address of this bus.
  void received(Lane lane, Message<Buffer> message) {
    Frame.Received received;
    try {
      received = Wire.decode(message.body());
    } catch (Failure unreadable) {
      long count = misread.incrementAndGet();
      if (Long.bitCount(count) == 1) {
        log.warn("bus – {} – {} – {} such messages so far", unreadable.getMessage(), unreadable.detail(), count);
      }
      return;
    }
    if (received.sender() == peers.id || closed) {
      return;
    }
    switch (received.frame()) {
      case Frame.OfExchange frame -> ofExchange(lane, received.sender(), frame);
      case Frame.Check check -> ofExchange(lane, received.sender(), check);
      case Frame.Gone gone -> ofExchange(lane, received.sender(), gone);
      case Frame.Hello hello -> peers.handle(received.sender(), hello);
      case Frame.Known known -> peers.handle(received.sender(), known);
      case Frame.Beat beat -> peers.handle(received.sender(), beat);
      case Frame.Bye bye -> peers.handle(received.sender(), bye);
    }
  }

  private void ofExchange(Lane lane, long sender, Frame frame) {
    peers.peer(sender).ifPresent(peer -> {
      peer.heard();
      lane.remote.handle(peer, frame);
    });
  }

  int laneCount() {
    return lanes.size();
  }

  /// The other nodes; only where Vert.x is clustered.
  Peers peers() {
    return peers;
  }

  /// Whether this node knows all the others that were there before it.
  boolean introduced() {
    return peers == null || peers.introduced();
  }

  /// Exchanges open on this node, in either role; for tests and metrics.
  int openCount() {
    return lanes.stream().mapToInt(Lane::openCount).sum();
  }

  /// Drops every exchange that came from another node without telling anyone, as a lost message would; for tests.
  void forgetOpen() {
    for (Lane lane : lanes) {
      lane.run(() -> lane.open(exchange -> exchange instanceof IncomingExchange).forEach(exchange -> ((IncomingExchange) exchange).forget()));
    }
  }

  void failOpen(Object with, Failure why) {
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
    if (peers != null) {
      peers.stop();
    }
    completion.succeed();
  }
}
