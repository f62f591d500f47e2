package dev.tenon.node;

import dev.tenon.contract.ContractException;
import dev.tenon.control.ControlException;
import dev.tenon.service.ServiceException;
import dev.tenon.worker.WorkerStartException;
import dev.tenon.worker.config.WorkerConfigException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the parts of a start beside each other, each on a thread of its own, and remembers how to undo what was done.
final class Startup {

  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  /// Blocking work; no guest code runs on these.
  private static final Executor THREADS = work -> Thread.ofPlatform().daemon().name("tenon-start").start(work);

  private record Undo(String part, Callable<?> action) {}

  private final Deque<Undo> undos = new ArrayDeque<>();

  /// Begins a part. A throw fails the part's future and everything that waits for it.
  <T> CompletableFuture<T> begin(Callable<T> part) {
    CompletableFuture<T> result = new CompletableFuture<>();
    THREADS.execute(() -> {
      try {
        result.complete(part.call());
      } catch (Throwable failed) {
        result.completeExceptionally(failed);
      }
    });
    return result;
  }

  /// How to stop a part that has just started. Undone in the reverse order.
  synchronized void onStop(String part, Callable<?> action) {
    undos.push(new Undo(part, action));
  }

  /// Stops everything that was started, last first, whatever fails on the way. Blocks.
  void stop() {
    for (Undo undo = next(); undo != null; undo = next()) {
      try {
        undo.action().call();
      } catch (Exception failed) {
        LOG.warn("{} – it did not stop cleanly ({})", undo.part(), failed.getMessage());
      }
    }
  }

  private synchronized Undo next() {
    return undos.poll();
  }

  /// Waits for parts that do not wait for each other; fails with the first failure, when all of them have ended.
  static void all(Duration deadline, List<CompletableFuture<?>> parts) {
    List<Throwable> failures = new ArrayList<>();
    long end = System.nanoTime() + deadline.toNanos();
    for (CompletableFuture<?> part : parts) {
      try {
        part.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        failures.add(failed.getCause());
      } catch (TimeoutException late) {
        failures.add(new StartFailure("node – not everything was ready within " + deadline.toSeconds()
            + " s – see the log above, or give it longer with deadlines.start in node.yaml", late));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        failures.add(new StartFailure("node – its start was interrupted", interrupted));
      }
    }
    if (!failures.isEmpty()) {
      throw failure(failures.getFirst());
    }
  }

  /// The sentence of whatever went wrong.
  static RuntimeException failure(Throwable thrown) {
    return switch (thrown) {
      case CompletionException wrapped when wrapped.getCause() != null -> failure(wrapped.getCause());
      case ControlException _, ServiceException _, WorkerConfigException _, WorkerStartException _, ContractException _ ->
          new StartFailure(thrown.getMessage(), thrown);
      case RuntimeException known -> known;
      case Throwable other -> new IllegalStateException(other);
    };
  }
}
