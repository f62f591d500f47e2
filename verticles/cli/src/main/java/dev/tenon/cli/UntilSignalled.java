package dev.tenon.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Starts something, keeps it until Ctrl-C or SIGTERM, and stops it then, with a bound on how long that may take.
///
/// A signal during the start stops what had started by then. Having been asked to stop and having stopped is success: exit code 0.
final class UntilSignalled<T> {

  private static final int NOT_STOPPED = 1;

  private final PrintWriter out;
  private final Duration bound;
  private final CountDownLatch signalled = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile Thread starting;

  /// @param bound after which the process ends whatever still runs
  UntilSignalled(PrintWriter out, Duration bound) {
    this.out = out;
    this.bound = bound;
  }

  /// Returns when it has stopped; throws what the start throws.
  ///
  /// @param ready called once it runs
  void run(Supplier<T> start, Consumer<T> ready, Consumer<T> stop) throws InterruptedException {
    starting = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(this::onExit, "tenon-stop"));
    try {
      T running = started(start);
      if (signalled.getCount() > 0) {
        ready.accept(running);
      }
      awaitSignal();
      stopping = true;
      stop.accept(running);
    } finally {
      ended.countDown();
    }
  }

  /// The interrupt that breaks a start off may come when it has just ended.
  private void awaitSignal() throws InterruptedException {
    try {
      signalled.await();
    } catch (InterruptedException interrupted) {
      if (signalled.getCount() > 0) {
        throw interrupted;
      }
    }
  }

  /// A start that a signal breaks off has stopped what it had started when it throws.
  private T started(Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException brokenOff) {
      stopping = signalled.getCount() == 0;
      throw brokenOff;
    } finally {
      starting = null;
    }
  }

  /// The JVM ends when this returns, so it waits for the thread that runs the command to stop everything.
  private void onExit() {
    if (ended.getCount() == 0) {
      return; // the command ended by itself
    }
    signalled.countDown();
    Thread start = starting;
    if (start != null) {
      start.interrupt();
    }
    try {
      if (ended.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(stopping ? 0 : NOT_STOPPED);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    out.println("not everything stopped within " + bound.toSeconds() + " s: ending the process");
    out.flush();
    Runtime.getRuntime().halt(NOT_STOPPED);
  }
}
