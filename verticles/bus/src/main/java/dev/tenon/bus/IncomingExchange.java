package dev.tenon.bus;

import dev.tenon.bus.Frame.BodyHead;
import dev.tenon.bus.Frame.Toward;
import io.vertx.core.Completable;

/// The serving side of an exchange with a caller on another node.
final class IncomingExchange extends RemoteExchange implements Completable<ExchangeResponse> {

  /// Callers number their exchanges each for themselves.
  record Key(long peer, long number) {}

  private final Instance instance;
  private final int window;
  private final ExchangeRequest request;
  private final BodyHead requestBody;
  private boolean answered;

  /// @param instance entered already; left when the exchange ends
  IncomingExchange(NodeBus bus, Lane lane, Peer peer, Frame.Open open, Instance instance) {
    super(bus, lane, peer, open.lane(), open.exchange(), Toward.CALLER, instance.context);
    this.instance = instance;
    this.window = Math.min(open.window(), WINDOW_BYTES_MAX);
    this.request = open.request();
    this.requestBody = open.body();
  }

  Key key() {
    return new Key(peer.id, number);
  }

  void start() {
    open(request.context().deadline());
    lane.remote.add(this);
    ExchangeRequest whole = request.withBody(switch (requestBody) {
      case BodyHead.None() -> Body.EMPTY;
      case BodyHead.Inline(var bytes) -> Body.of(bytes);
      case BodyHead.Streamed(var length) -> {
        Body body = receiveBody(length);
        send(new Frame.Credit(number, Toward.CALLER, firstCredit()));
        yield body;
      }
    });
    if (instance.here()) {
      instance.invoke(whole).onComplete(this);
    } else {
      instance.context.runOnContext(there -> {
        if (!request.context().cancellation().cancelled()) {
          instance.invoke(whole).onComplete(this);
        }
      });
    }
  }

  /// The handler's answer; on whatever thread completed it.
  @Override
  public void complete(ExchangeResponse response, Throwable cause) {
    lane.run(() -> answer(response, cause));
  }

  void cancelled(Failure why) {
    if (over()) {
      return;
    }
    abandon(why);
  }

  /// Ends it without a word to the caller; for tests.
  void forget() {
    finish();
  }

  @Override
  void expired() {
    Failure late = new Failure(Failure.Code.DEADLINE, "'" + instance.component + "' did not answer before the deadline – try again, or allow more time");
    fail(late);
  }

  @Override
  void fail(Failure why) {
    if (over()) {
      return;
    }
    send(answered ? new Frame.Broke(number, Toward.CALLER, why) : new Frame.Failed(number, why, true));
    abandon(why);
  }

  @Override
  boolean alsoWith(Object other) {
    return instance == other;
  }

  @Override
  void bodyEnded() {
    // The response is still to come.
  }

  @Override
  void bodyBroke(Failure why) {
    // The handler reads it from the body; what it makes of that is the answer.
  }

  @Override
  void bodySent() {
    finish();
  }

  @Override
  void cutOff() {
    cancelled(new Failure(Failure.Code.CANCELLED, "the connection to the caller was lost"));
  }

  private void answer(ExchangeResponse response, Throwable cause) {
    if (over()) {
      return;
    }
    if (cause != null || response == null) {
      Failure failure = instance.failureOf(cause != null ? cause : new IllegalStateException("the handler answered null"), request);
      send(new Frame.Failed(number, failure, true));
      finish();
      return;
    }
    lane.wheel.remove(this);
    BodyHead body = Frame.headOf(response.body());
    try {
      send(new Frame.Answer(number, response.status(), response.reason(), response.headers(), body));
    } catch (RuntimeException unwritable) {
      fail(instance.failureOf(unwritable, request));
      return;
    }
    answered = true;
    if (response.grantsWebSocket()) {
      mayRest();
      instance.rests();
    }
    if (body instanceof BodyHead.Streamed) {
      sendBody(response.body());
      credited(window);
    } else {
      finish();
    }
  }

  private void abandon(Failure why) {
    breakReceiver(why);
    request.context().cancellation().cancel(why);
    finish();
  }

  private void finish() {
    if (close()) {
      lane.remote.remove(this);
      request.context().cancellation().clear();
      if (rests()) {
        instance.wakes();
      }
      instance.leave();
      dropBodies(LocalExchange.OVER);
    }
  }
}
