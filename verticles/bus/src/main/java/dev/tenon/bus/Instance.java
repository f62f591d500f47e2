package dev.tenon.bus;

import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A registered handler of this node, on the Vert.x context it was registered on.
///
/// Its life: *serving* (in the routing) → *leaving* (out of it, still taking what was on its way) → *stopped*.
final class Instance implements ExchangeBus.Served, Closeable {

  private static final Logger log = LoggerFactory.getLogger(Instance.class);

  private enum Life { SERVING, LEAVING, STOPPED }

  final long id;
  final String component;
  final String version;
  final ContextInternal context;
  final Lane lane;
  private final boolean onLoop;
  private final NodeBus bus;
  private final ExchangeHandler handler;
  private final int inFlightMax;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger resting = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private volatile Life life = Life.SERVING;
  private Future<Void> closed;
  private boolean entered;

  Instance(NodeBus bus, long id, String component, String version, ContextInternal context, ExchangeHandler handler, int inFlightMax) {
    this.bus = bus;
    this.id = id;
    this.component = component;
    this.version = version;
    this.context = context;
    this.lane = bus.laneOf(context);
    this.onLoop = context.isEventLoopContext();
    this.handler = handler;
    this.inFlightMax = inFlightMax;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public synchronized Future<Void> close(Duration drain) {
    if (closed == null) {
      life = life == Life.SERVING ? Life.LEAVING : life;
      PromiseInternal<Void> stopped = bus.promise();
      bus.leave(this)
          .compose(known -> inFlight.get() == 0 ? Future.<Void>succeededFuture() : idle.future())
          .timeout(Math.max(1, drain.toMillis()), TimeUnit.MILLISECONDS)
          .onComplete(drained -> {
            stop();
            stopped.complete();
          });
      closed = stopped.future();
    }
    return closed;
  }

  /// The context it lives on, or the whole Vert.x, is going away.
  @Override
  public void close(Completable<Void> completion) {
    stop();
    completion.succeed();
  }

  private void stop() {
    life = Life.STOPPED;
    bus.stopped(this);
  }

  /// Takes a place for one more exchange; false when it is full or gone.
  boolean enter() {
    if (life == Life.STOPPED) {
      return false;
    }
    if (inFlight.incrementAndGet() - resting.get() > inFlightMax) {
      leave();
      return false;
    }
    return true;
  }

  /// Gives the place back.
  void leave() {
    if (inFlight.decrementAndGet() == 0 && life != Life.SERVING) {
      idle.tryComplete();
    }
  }

  /// An exchange in flight has become a WebSocket, which takes no place of other exchanges until [#wakes].
  void rests() {
    resting.incrementAndGet();
  }

  void wakes() {
    resting.decrementAndGet();
  }

  boolean gone() {
    return life == Life.STOPPED;
  }

  int inFlightMax() {
    return inFlightMax;
  }

  /// Whether the current thread may call the handler without a hop. Not while the handler is on this thread's stack
  /// already: a component that calls itself must not find itself in the middle of its own statement.
  boolean here() {
    return onLoop && !entered && lane.here();
  }

  boolean livesOn(Lane other) {
    return onLoop && lane == other;
  }

  /// Calls the handler on its context's thread. Never throws; the future fails with a [Failure] or with what the handler threw.
  Future<ExchangeResponse> invoke(ExchangeRequest request) {
    ContextInternal previous = context.beginDispatch();
    entered = true;
    try {
      Future<ExchangeResponse> answer = handler.handle(request);
      return answer == null ? Future.failedFuture(new IllegalStateException("the handler returned no future")) : answer;
    } catch (Throwable thrown) {
      return Future.failedFuture(thrown);
    } finally {
      entered = false;
      context.endDispatch(previous);
    }
  }

  /// What the caller gets for a throwable of the handler; logged here, where its stack trace still exists.
  Failure failureOf(Throwable cause, ExchangeRequest request) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    Failure failure = Failure.of(cause);
    log.error("{}@{} – failed while serving {} {} – trace {}", component, version, request.method(), pathOf(request),
        request.context().trace().traceId(), cause);
    return failure;
  }

  @Override
  public String toString() {
    return component + "@" + version + "#" + id;
  }

  private static String pathOf(ExchangeRequest request) {
    int query = request.target().indexOf('?');
    return query < 0 ? request.target() : request.target().substring(0, query);
  }
}
