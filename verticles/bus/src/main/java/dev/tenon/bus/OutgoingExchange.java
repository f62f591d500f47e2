package dev.tenon.bus;

import dev.tenon.bus.Frame.BodyHead;
import dev.tenon.bus.Frame.Toward;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.function.BiConsumer;

/// The caller's side of an exchange with an instance on another node.
final class OutgoingExchange extends RemoteExchange implements Runnable {

  private final RemoteInstance instance;
  private final ExchangeRequest request;
  private final PromiseInternal<ExchangeResponse> promise;
  private final BiConsumer<Object, Failure> refused;
  private boolean heard;
  private boolean answered;

  /// @param refused told, instead of the promise, when nothing was executed: by whom (an instance or a whole peer), and why
  OutgoingExchange(NodeBus bus, Lane lane, long number, RemoteInstance instance, ContextInternal caller, ExchangeRequest request,
      PromiseInternal<ExchangeResponse> promise, BiConsumer<Object, Failure> refused) {
    super(bus, lane, instance.peer(), instance.lane(), number, Toward.CALLEE, caller);
    this.instance = instance;
    this.request = request;
    this.promise = promise;
    this.refused = refused;
  }

  void start() {
    Wire.Encoded open;
    BodyHead body = Frame.headOf(request.body());
    try {
      open = Wire.encode(bus.peers().id,
          new Frame.Open(number, lane.index, instance.id(), instance.component(), firstCredit(), request, body));
    } catch (RuntimeException unwritable) {
      promise.tryFail(Failure.of(unwritable));
      return;
    }
    open(request.context().deadline());
    lane.remote.add(this);
    request.context().cancellation().onCancel(this);
    if (over()) {
      return;
    }
    peer.send(peerLane, open).onFailure(failure -> {
      bus.peers().writeFailed(peer);
      lane.run(this::notSent);
    });
  }

  /// Credit for the request's body: the first one says that the exchange was taken.
  void credit(long bytes) {
    if (!sendsBody()) {
      sendBody(request.body());
    }
    heard = true;
    credited(bytes);
  }

  void answer(Frame.Answer answer) {
    if (answered) {
      return;
    }
    moved();
    heard = true;
    answered = true;
    lane.wheel.remove(this);
    ExchangeResponse head = new ExchangeResponse(answer.status(), answer.reason(), answer.headers(), Body.EMPTY);
    switch (answer.body()) {
      case BodyHead.None() -> {
        finish();
        promise.tryComplete(head);
      }
      case BodyHead.Inline(var bytes) -> {
        finish();
        promise.tryComplete(head.withBody(Body.of(bytes)));
      }
      case BodyHead.Streamed(var length) -> {
        if (answer.status() == 101) {
          mayRest();
        }
        promise.tryComplete(head.withBody(receiveBody(length)));
      }
    }
  }

  void failed(Failure failure, boolean taken) {
    if (!finish()) {
      return;
    }
    breakReceiver(failure);
    if (answered) {
      return;
    }
    if (taken) {
      promise.tryFail(failure);
    } else {
      refused.accept(instance, failure);
    }
  }

  /// The caller, or whoever it works for, has gone away; on the thread that noticed.
  @Override
  public void run() {
    lane.run(() -> request.context().cancellation().reason().ifPresent(this::fail));
  }

  @Override
  void expired() {
    fail(new Failure(Failure.Code.DEADLINE, "'" + instance.component() + "' did not answer before the deadline – try again, or allow more time"));
  }

  @Override
  void fail(Failure why) {
    if (over()) {
      return;
    }
    send(new Frame.Cancel(number, why));
    breakReceiver(why);
    finish();
    promise.tryFail(why);
  }

  @Override
  void bodyEnded() {
    finish();
  }

  @Override
  void bodyBroke(Failure why) {
    finish();
  }

  @Override
  void bodySent() {
    // The response is still to come.
  }

  @Override
  void cutOff() {
    fail(new Failure(Failure.Code.CONNECTION_LOST, "the connection to another node was lost in the middle of the exchange", peer + " – a frame could not be sent"));
  }

  private void notSent() {
    if (heard || !finish()) {
      return;
    }
    refused.accept(peer, new Failure(Failure.Code.NOBODY_THERE, "no instance of '" + instance.component() + "' can be reached – try again", peer + " – cannot be reached"));
  }

  private boolean finish() {
    if (!close()) {
      return false;
    }
    lane.remote.remove(this);
    request.context().cancellation().remove(this);
    stopSending();
    return true;
  }
}
