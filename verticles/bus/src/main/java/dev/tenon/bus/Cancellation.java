package dev.tenon.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells the work behind an exchange that nobody waits for it any more. Cancelled at most once; thread-safe.
///
/// Listeners run on the thread that cancels: a listener that needs its own Vert.x context hops there itself.
public final class Cancellation {

  private Failure reason;
  private List<Runnable> listeners;

  /// Cancels, and runs the listeners registered so far. Later calls change nothing.
  public void cancel(Failure why) {
    List<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      toRun = listeners;
      listeners = null;
    }
    if (toRun != null) {
      toRun.forEach(Runnable::run);
    }
  }

  /// Runs `listener` when cancelled; at once if that has happened already.
  public void onCancel(Runnable listener) {
    synchronized (this) {
      if (reason == null) {
        if (listeners == null) {
          listeners = new ArrayList<>(2);
        }
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  /// Removes a listener that is no longer interested, so that long exchanges do not gather them.
  public synchronized void remove(Runnable listener) {
    if (listeners != null) {
      listeners.remove(listener);
    }
  }

  /// Why it was cancelled, or empty while it is not.
  public synchronized Optional<Failure> reason() {
    return Optional.ofNullable(reason);
  }
}
