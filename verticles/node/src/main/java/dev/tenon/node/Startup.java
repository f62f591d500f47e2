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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
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

  /// The order of a stop. What is in one stage stops beside the others of it.
  enum Stage { EDGE, COMPONENTS, CONTROL, CLUSTER, DATABASE }

  /// How long each stage may take. What does not keep its deadline is left behind, and the next stage stops all the same: the database is reached in any case.
  ///
  /// @param drain for the requests under way: the edge's own, and then with what is left those that other nodes sent to components
  /// @param stop for everything else, together
  record Patience(Duration drain, Duration stop) {

    Duration of(Stage stage) {
      return switch (stage) {
        case EDGE -> drain.plus(stop.dividedBy(15)); // it ends by itself when the drain is over
        case COMPONENTS -> stop.dividedBy(3);
        case CONTROL -> stop.dividedBy(15);
        case CLUSTER -> stop.dividedBy(6);
        case DATABASE -> stop.dividedBy(3);
      };
    }
  }

  private record Undo(Stage stage, String part, Callable<?> action) {}

  private final Deque<Undo> undos = new ArrayDeque<>();
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private boolean stopped;

  /// Begins a part. A throw fails the part's future and everything that waits for it.
  <T> CompletableFuture<T> begin(Callable<T> part) {
    CompletableFuture<T> result = new CompletableFuture<>();
    underWay.add(result);
    THREADS.execute(() -> {
      try {
        result.complete(part.call());
      } catch (Throwable failed) {
        result.completeExceptionally(failed);
      } finally {
        underWay.remove(result);
      }
    });
    return result;
  }

  /// How to stop a part that has just started; at once, when everything else was stopped meanwhile.
  void onStop(Stage stage, String part, Callable<?> action) {
    Undo undo = new Undo(stage, part, action);
    synchronized (this) {
      if (!stopped) {
        undos.push(undo);
        return;
      }
    }
    undo(undo);
  }

  /// Stops everything that was started, stage by stage, whatever fails or hangs on the way. Blocks, but not longer than `patience`.
  void stop(Patience patience) {
    long drained = System.nanoTime() + patience.drain().toNanos();
    for (Stage stage : Stage.values()) {
      if (stage == Stage.DATABASE) {
        // A part that is still starting must not start its server unseen.
        await(CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)), patience.of(stage));
      }
      List<Undo> all = taken(stage);
      Map<Undo, CompletableFuture<Void>> stopping = new LinkedHashMap<>();
      all.forEach(undo -> stopping.put(undo, CompletableFuture.runAsync(() -> undo(undo), THREADS)));
      Duration leftOfDrain = stage == Stage.COMPONENTS ? Duration.ofNanos(Math.max(0, drained - System.nanoTime())) : Duration.ZERO;
      Duration deadline = patience.of(stage).plus(leftOfDrain);
      await(CompletableFuture.allOf(stopping.values().toArray(CompletableFuture[]::new)), deadline);
      stopping.forEach((undo, done) -> {
        if (!done.isDone()) {
          LOG.warn("{} – it did not stop within {} ms and is left behind", undo.part(), deadline.toMillis());
        }
      });
    }
  }

  private synchronized List<Undo> taken(Stage stage) {
    List<Undo> all = undos.stream().filter(undo -> undo.stage() == stage).toList();
    undos.removeAll(all);
    stopped |= stage == Stage.DATABASE;
    return all;
  }

  private static void undo(Undo undo) {
    try {
      undo.action().call();
    } catch (Exception failed) {
      LOG.warn("{} – it did not stop cleanly ({})", undo.part(), failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage());
    }
  }

  /// An interrupt does not shorten a stop.
  private static void await(CompletableFuture<?> all, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        all.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        break;
      } catch (ExecutionException | TimeoutException endedOrLate) {
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
        throw new StartFailure("node – its start was interrupted", interrupted);
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
      case WorkerStartException worker -> new StartFailure(worker.report(), worker);
      case ControlException _, ServiceException _, WorkerConfigException _, ContractException _ ->
          new StartFailure(thrown.getMessage(), thrown);
      case RuntimeException known -> known;
      case TimeoutException late -> new StartFailure("start – it took too long – see whether something waits for ever, for instance a loop at the top level of a worker", late);
      case Throwable other -> new IllegalStateException(other);
    };
  }
}
