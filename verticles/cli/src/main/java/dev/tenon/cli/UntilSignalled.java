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

  /// @param bound after which the process ends whatever still runs
  UntilSignalled(PrintWriter out, Duration bound) {
    this.out = out;
    this.bound = bound;
  }

  /// Returns when it has stopped; throws what the start throws.
  ///
  /// @param ready called once it runs
  void run(Supplier<T> start, Consumer<T> ready, Consumer<T> stop) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onExit, "tenon-stop"));
    try {
      T running = start.get();
      if (signalled.getCount() > 0) {
        ready.accept(running);
      }
      signalled.await();
      stopping = true;
      stop.accept(running);
    } finally {
      ended.countDown();
    }
  }

  /// The JVM ends when this returns, so it waits for the thread that runs the command to stop everything.
  private void onExit() {
    if (ended.getCount() == 0) {
      return; // the command ended by itself
    }
    signalled.countDown();
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
