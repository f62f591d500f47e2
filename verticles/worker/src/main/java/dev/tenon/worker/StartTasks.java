package dev.tenon.worker;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What is to be run on an isolate's thread while it starts on another one: kept until the starting thread takes it, or until the start is over. Thread-safe.
final class StartTasks {

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile boolean starting = true;

  boolean areTaken() {
    return starting;
  }

  /// @return false when the start is over, and the task is the caller's
  boolean take(Runnable task) {
    if (starting) {
      synchronized (tasks) {
        if (starting) {
          tasks.add(task);
          return true;
        }
      }
    }
    return false;
  }

  /// The next one, null when none comes in time or the thread is interrupted. On the starting thread.
  Runnable next(long nanos) {
    try {
      return tasks.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /// The start is over; what is left goes to `owner`, before anything that comes later.
  void end(Consumer<Runnable> owner) {
    synchronized (tasks) {
      starting = false;
      tasks.forEach(owner);
      tasks.clear();
    }
  }
}
