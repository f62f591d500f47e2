package dev.tenon.bus;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// The deadlines of one event loop: a hashed wheel with one timer for all of them, running only while there are some.
///
/// Invariants: used on its event loop only; adding and removing an entry costs a few pointer writes and allocates
/// nothing; an entry never expires early, and at most two ticks late on an idle loop.
final class DeadlineWheel {

  /// Something with a deadline; in at most one wheel at a time.
  abstract static class Entry {
    private Entry before;
    private Entry after;
    private long due = NOT_IN;

    /// The deadline has passed. The entry is out of the wheel already.
    abstract void expired();
  }

  static final long TICK_NANOS = 1L << 24;
  private static final int SLOTS = 512;
  private static final long NOT_IN = Long.MIN_VALUE;

  private final EventLoop loop;
  private final long origin = System.nanoTime();
  private final Entry[] slots = new Entry[SLOTS];
  private long now;
  private int size;
  private boolean ticking;
  private boolean used;

  DeadlineWheel(EventLoop loop) {
    this.loop = loop;
  }

  void add(Entry entry, long nanoTime) {
    if (!ticking) {
      now = tickOf(System.nanoTime());
      arm();
    }
    used = true;
    entry.due = Math.max(tickOf(nanoTime), now) + 1;
    int slot = (int) entry.due & SLOTS - 1;
    Entry head = slots[slot];
    entry.before = null;
    entry.after = head;
    if (head != null) {
      head.before = entry;
    }
    slots[slot] = entry;
    size++;
  }

  void remove(Entry entry) {
    if (entry.due == NOT_IN) {
      return;
    }
    if (entry.before == null) {
      slots[(int) entry.due & SLOTS - 1] = entry.after;
    } else {
      entry.before.after = entry.after;
    }
    if (entry.after != null) {
      entry.after.before = entry.before;
    }
    entry.before = null;
    entry.after = null;
    entry.due = NOT_IN;
    size--;
  }

  int size() {
    return size;
  }

  private void tick() {
    ticking = false;
    long from = now + 1;
    now = tickOf(System.nanoTime());
    for (long t = Math.max(from, now - SLOTS + 1); t <= now; t++) {
      sweep((int) t & SLOTS - 1);
    }
    if (size > 0 || used) {
      used = false;
      arm();
    }
  }

  private void sweep(int slot) {
    Entry expired = null;
    for (Entry entry = slots[slot]; entry != null; ) {
      Entry next = entry.after;
      if (entry.due <= now) {
        remove(entry);
        entry.after = expired;
        expired = entry;
      }
      entry = next;
    }
    while (expired != null) {
      Entry entry = expired;
      expired = entry.after;
      entry.after = null;
      entry.expired();
    }
  }

  private void arm() {
    if (ticking) {
      return;
    }
    try {
      loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
      ticking = true;
    } catch (RejectedExecutionException shutDown) {
      // The loop is gone, and with it everyone who could wait.
    }
  }

  private long tickOf(long nanoTime) {
    return nanoTime - origin >> 24;
  }
}
