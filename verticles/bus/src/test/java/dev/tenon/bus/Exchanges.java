package dev.tenon.bus;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the tests of the bus share: requests, answers, contexts, and waiting for a condition.
final class Exchanges {

  static final Duration SOON = Duration.ofSeconds(20);

  private Exchanges() {}

  static ExchangeContext context() {
    return ExchangeContext.start(Deadline.after(SOON));
  }

  static ExchangeRequest get(String target) {
    return request("GET", target, Body.EMPTY, context());
  }

  static ExchangeRequest get(String target, ExchangeContext context) {
    return request("GET", target, Body.EMPTY, context);
  }

  static ExchangeRequest post(String target, Body body) {
    return request("POST", target, body, context());
  }

  static ExchangeRequest request(String method, String target, Body body, ExchangeContext context) {
    return new ExchangeRequest(method, "http", "localhost:8080", target, HttpHeaders.headers().add("accept", "*/*"), body, context);
  }

  static ExchangeResponse answer(int status, Body body) {
    return new ExchangeResponse(status, "", HttpHeaders.headers().add("content-type", "application/octet-stream"), body);
  }

  static Future<ExchangeResponse> ok() {
    return Future.succeededFuture(answer(200, Body.EMPTY));
  }

  static ExchangeHandler always(String text) {
    return request -> Future.succeededFuture(answer(200, Body.of(Buffer.buffer(text))));
  }

  static Context loop(Vertx vertx) {
    return ((VertxInternal) vertx).createContext(ThreadingModel.EVENT_LOOP);
  }

  static Context worker(Vertx vertx) {
    return ((VertxInternal) vertx).createContext(ThreadingModel.WORKER);
  }

  /// Runs `action` on a context and waits for what its future brings.
  static <T> T on(Context context, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(promise::tryComplete, promise::tryFail));
    return await(promise.future());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing came within " + SOON, late);
    }
  }

  static Failure failureOf(Future<?> future) {
    await(future.transform(done -> Future.succeededFuture()));
    return assertInstanceOf(Failure.class, future.cause());
  }

  /// Collects on the context of the response, which is the caller's.
  static Buffer bytesOf(Context caller, ExchangeResponse response) {
    return on(caller, () -> response.body().collect(Integer.MAX_VALUE));
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + SOON + ": " + what);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }
}
