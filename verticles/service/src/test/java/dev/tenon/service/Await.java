package dev.tenon.service;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting for futures, for tests.
final class Await {

  private Await() {}

  static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("no answer within 60 s", late);
    }
  }

  /// The failure of a future that is expected to fail.
  static Throwable failure(Future<?> future) {
    return result(future.transform(done -> done.failed()
        ? Future.<Throwable>succeededFuture(done.cause())
        : Future.failedFuture("it succeeded with " + done.result())));
  }
}
