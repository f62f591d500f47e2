package dev.tenon.auth;

import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The threads that hash passwords: few, because each takes 46 MiB, with a bounded queue before them.
final class HashingPool implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  HashingPool(AuthSettings.Hashing bounds) {
    threads = new ThreadPoolExecutor(bounds.parallel(), bounds.parallel(), 30, TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(bounds.waiting()), Thread.ofPlatform().daemon().name("auth-hash-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Runs `work` when its turn comes; completes on `context`. Fails with OVERLOADED at once when the queue is full, and does
  /// not begin work that nobody waits for any more.
  <T> Future<T> run(Context context, ExchangeContext caller, Supplier<T> work) {
    try {
      return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> {
        caller.cancellation().reason().ifPresent(why -> {
          throw why;
        });
        if (caller.deadline().passed()) {
          throw new Failure(Failure.Code.DEADLINE, "the deadline passed before the password was checked");
        }
        return work.get();
      }, threads), context).recover(failed -> Future.failedFuture(failed instanceof CompletionException wrapped
          ? wrapped.getCause() : failed));
    } catch (RejectedExecutionException full) {
      return Future.failedFuture(new Failure(Failure.Code.OVERLOADED, "too many passwords wait to be checked – try again in a moment"));
    }
  }

  /// Hashes that run or wait.
  int load() {
    return threads.getActiveCount() + threads.getQueue().size();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
