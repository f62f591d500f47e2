package dev.tenon.bus;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;

/// An exchange with an instance of this node that was not answered on the spot. Lives on its caller's lane.
final class LocalExchange extends OpenExchange implements Completable<ExchangeResponse>, Runnable {

  /// What a handler reads that goes on reading its request's body after its answer was complete.
  static final Failure OVER = new Failure(Failure.Code.CANCELLED, "the exchange is over – the rest of the request's body is not read");

  private final Instance instance;
  private final ContextInternal caller;
  private final ExchangeRequest request;
  private final ExchangeContext inside;
  private final int window;
  private final boolean oneThread;
  private final PromiseInternal<ExchangeResponse> promise;
  private HandedBody requestBody;
  private HandedBody responseBody;
  private boolean rests;

  /// @param instance entered already; left when the exchange ends
  LocalExchange(Lane lane, Instance instance, ContextInternal caller, ExchangeRequest request, int window, PromiseInternal<ExchangeResponse> promise) {
    super(lane);
    this.instance = instance;
    this.caller = caller;
    this.request = request;
    this.inside = request.context().forHandler();
    this.window = window;
    this.promise = promise;
    this.oneThread = instance.livesOn(lane) && caller.isEventLoopContext() && caller.nettyEventLoop() == lane.loop;
  }

  /// Calls the handler now, on this thread, which is the instance's own. The answer is the promise's future, or the
  /// handler's own when that was complete at once.
  Future<ExchangeResponse> callHere() {
    ExchangeRequest bound = bound();
    if (requestBody != null) {
      requestBody.begin();
    }
    Future<ExchangeResponse> answer = instance.invoke(bound);
    if (answer.succeeded() && requestBody == null && answer.result() != null && !(answer.result().body() instanceof Body.Stream)) {
      instance.leave();
      inside.cancellation().clear();
      return caller.succeededFuture(answer.result());
    }
    await();
    answer.onComplete(this);
    return promise.future();
  }

  /// Calls the handler where it lives. `refused` runs on this lane, once, if the instance stopped before it began.
  void callThere(Runnable refused) {
    await();
    if (over()) {
      return;
    }
    ExchangeRequest bound = bound();
    instance.context.runOnContext(there -> {
      if (instance.gone()) {
        lane.run(() -> refuse(refused));
      } else if (!inside.cancellation().cancelled()) {
        if (requestBody != null) {
          requestBody.begin();
        }
        instance.invoke(bound).onComplete(this);
      }
    });
  }

  /// The handler's answer; on whatever thread completed it.
  @Override
  public void complete(ExchangeResponse response, Throwable cause) {
    if (lane.here()) {
      answered(response, cause);
    } else {
      lane.run(() -> answered(response, cause));
    }
  }

  /// The caller, or whoever it works for, has gone away; on the thread that noticed.
  @Override
  public void run() {
    lane.run(() -> request.context().cancellation().reason().ifPresent(this::fail));
  }

  @Override
  void expired() {
    fail(new Failure(Failure.Code.DEADLINE, "'" + instance.component + "' did not answer before the deadline – try again, or allow more time"));
  }

  @Override
  void fail(Failure why) {
    if (over()) {
      return;
    }
    if (requestBody != null) {
      requestBody.fail(why);
    }
    inside.cancellation().cancel(why);
    finish();
    if (responseBody != null) {
      responseBody.fail(why);
    } else {
      promise.tryFail(why);
    }
  }

  @Override
  boolean isWith(Object other) {
    return instance == other;
  }

  private void await() {
    open(request.context().deadline());
    request.context().cancellation().onCancel(this);
  }

  private ExchangeRequest bound() {
    Body body = request.body();
    if (body instanceof Body.Stream stream) {
      requestBody = HandedBody.hand(stream.stream(), caller, instance.context, oneThread, window, () -> {});
      body = new Body.Stream(requestBody.reader(), stream.length());
    }
    return new ExchangeRequest(request.method(), request.scheme(), request.authority(), request.target(), request.headers(), body, inside, request.client());
  }

  private void answered(ExchangeResponse response, Throwable cause) {
    if (over()) {
      return;
    }
    if (cause != null) {
      finish();
      promise.tryFail(instance.failureOf(cause, request));
    } else if (response == null) {
      finish();
      promise.tryFail(instance.failureOf(new IllegalStateException("the handler answered null"), request));
    } else if (response.body() instanceof Body.Stream body) {
      lane.wheel.remove(this);
      if (response.grantsWebSocket()) {
        rests = true;
        instance.rests();
      }
      responseBody = HandedBody.hand(body.stream(), instance.context, caller, oneThread, window, () -> lane.run(this::finish));
      responseBody.begin();
      promise.complete(response.withBody(new Body.Stream(responseBody.reader(), body.length())));
    } else {
      finish();
      promise.complete(response);
    }
  }

  private void refuse(Runnable refused) {
    if (finish()) {
      refused.run();
    }
  }

  private boolean finish() {
    if (!close()) {
      return false;
    }
    request.context().cancellation().remove(this);
    inside.cancellation().clear();
    if (rests) {
      instance.wakes();
    }
    instance.leave();
    if (requestBody != null) {
      requestBody.fail(OVER);
    }
    return true;
  }
}
