package dev.tenon.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads for checking bodies that are too large for an event loop. There is no queue: each check has a thread, so none waits for a slower one, and when
/// all threads are taken the next check is refused.
final class ValidationPool {

  static final int THREADS_MAX = 256;

  private final ThreadPoolExecutor threads;

  ValidationPool() {
    AtomicInteger number = new AtomicInteger();
    threads = new ThreadPoolExecutor(0, THREADS_MAX, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
      Thread thread = new Thread(task, "tenon-validation-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
  }

  /// Runs a check. The future completes on the context, with a [RejectedExecutionException] when no thread is free.
  <T> Future<T> run(Context context, Callable<T> check) {
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(() -> {
        try {
          T result = check.call();
          context.runOnContext(v -> promise.complete(result));
        } catch (Throwable e) {
          context.runOnContext(v -> promise.fail(e));
        }
      });
    } catch (RejectedExecutionException full) {
      promise.fail(full);
    }
    return promise.future();
  }

  void close() {
    threads.shutdownNow();
  }
}
