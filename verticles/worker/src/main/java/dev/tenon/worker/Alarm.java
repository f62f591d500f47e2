package dev.tenon.worker;

import io.vertx.core.internal.ContextInternal;

/// The one timer of an isolate: `timers.js` keeps its own in order and asks to be woken for the first.
final class Alarm {

  private final ContextInternal owner;
  private final Runnable wake;
  private long timer = -1;
  private long generation;
  private boolean set;

  Alarm(ContextInternal owner, Runnable wake) {
    this.owner = owner;
    this.wake = wake;
  }

  /// @param delay milliseconds; negative for none
  void set(double delay) {
    cancel();
    if (delay < 0) {
      return;
    }
    set = true;
    long mine = generation;
    if (delay < 1) {
      owner.runOnContext(_ -> ring(mine));
    } else {
      timer = owner.setTimer((long) Math.ceil(delay), _ -> ring(mine));
    }
  }

  boolean isSet() {
    return set;
  }

  void cancel() {
    generation++;
    set = false;
    if (timer >= 0) {
      owner.owner().cancelTimer(timer);
      timer = -1;
    }
  }

  private void ring(long mine) {
    if (mine == generation) {
      timer = -1;
      set = false;
      wake.run();
    }
  }
}
