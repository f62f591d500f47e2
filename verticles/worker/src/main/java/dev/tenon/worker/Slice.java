package dev.tenon.worker;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/// The stretch of guest code that an isolate is running, if it is running any: from one entry of its context to the exit.
///
/// Written by the isolate's thread, with two plain stores and two looks at the clock per slice; watched by the [Watchdog]. A slice that is over before the
/// watchdog sees it is charged its wall time; one that lasts is charged its thread's processor time from the first sight on.
final class Slice {

  private static final VarHandle STARTED;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static {
    try {
      STARTED = MethodHandles.lookup().findVarHandle(Slice.class, "started", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Why a slice must end.
  enum Overrun {
    /// The invocation it works for, or the worker's start, has used its processor time up.
    CPU,
    /// It allocates without end.
    ALLOCATION,
    /// It runs on an event loop, and others have waited long enough.
    HELD_EVENT_LOOP,
    /// It has gone on for a while since nobody wants what it works for.
    UNWANTED,
    /// The isolate was to have ended by now.
    STOPPED
  }

  /// How long a slice may go on when nobody wants what it works for any more.
  private static final long UNWANTED_NANOS = 1_000_000_000;

  private final long allocationBytesMax;
  private volatile Bounds bounds;

  /// When the running slice started, by the monotonic clock; 0 when none runs.
  private long started;
  private long threadId;
  private Invocation charged;

  private volatile long sightedStart;
  private volatile long sightedAt;
  private volatile long cpuAtSight;
  private long allocatedAtSight;
  private long unwantedSince;
  private Invocation unwanted;
  private volatile long endBy;

  /// What a slice may take.
  ///
  /// @param cpuNanos processor time, with what the invocation that it works for used before
  /// @param sliceCpuNanos processor time of one slice alone
  /// @param slowNanos a slice that lasts longer than this by the clock may use no more than `slowCpuNanos` of processor time
  record Bounds(long cpuNanos, long sliceCpuNanos, long slowNanos, long slowCpuNanos) {

    /// How much longer than its processor time a start may last.
    private static final int BUSY_FACTOR = 6;

    /// For a worker's start: `startup` is meant for a warm process, `patience` for a cold one. A machine on which others are busy may take longer by the
    /// clock, but not for ever.
    static Bounds ofStart(Duration startup, Duration patience) {
      return new Bounds(patience.toNanos(), Long.MAX_VALUE, BUSY_FACTOR * patience.toNanos(), startup.toNanos());
    }

    /// For a request.
    static Bounds ofRequest(Duration cpu) {
      return new Bounds(cpu.toNanos(), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// The same on an event loop.
    Bounds onEventLoop(Duration sliceCpu) {
      return new Bounds(cpuNanos, sliceCpu.toNanos(), slowNanos, slowCpuNanos);
    }
  }

  /// @param allocationBytesMax what one slice may allocate, whatever becomes garbage of it
  Slice(Bounds bounds, long allocationBytesMax) {
    this.bounds = bounds;
    this.allocationBytesMax = allocationBytesMax;
  }

  void bound(Bounds fromNowOn) {
    bounds = fromNowOn;
  }

  /// No slice goes on beyond `nanoTime`. From any thread.
  void endBy(long nanoTime) {
    endBy = nonZero(nanoTime);
  }

  void begin(Invocation invocation) {
    charged = invocation;
    threadId = Thread.currentThread().threadId();
    STARTED.setRelease(this, nonZero(System.nanoTime()));
  }

  /// The running slice works for `invocation`.
  void charge(Invocation invocation) {
    charged = invocation;
  }

  /// Ends the slice and charges it.
  ///
  /// @return the processor time it used, in nanoseconds
  long end() {
    long start = started;
    long used = System.nanoTime() - start;
    if (sightedStart == start) {
      used = Math.min(used, sightedAt - start + THREADS.getThreadCpuTime(threadId) - cpuAtSight);
    }
    STARTED.setRelease(this, 0L);
    if (charged != null) {
      charged.cpuNanos += used;
      charged = null;
    }
    return used;
  }

  boolean exceeds(Invocation invocation) {
    return invocation != null && invocation.cpuNanos > bounds.cpuNanos();
  }

  /// When the running slice began, by the monotonic clock. Asked on the isolate's thread, inside a slice.
  long startedNanos() {
    return started;
  }

  Invocation charged() {
    return charged;
  }

  /// The watchdog's look, on its own thread.
  Optional<Overrun> look(long now, long ignoreNanos) {
    long start = (long) STARTED.getAcquire(this);
    if (start == 0 || now - start < ignoreNanos) {
      return Optional.empty();
    }
    long thread = threadId;
    long cpu = THREADS.getThreadCpuTime(thread);
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    if (sightedStart != start) {
      cpuAtSight = cpu;
      sightedAt = now;
      allocatedAtSight = allocated;
      unwanted = null;
      sightedStart = start;
      return Optional.empty();
    }
    Invocation whose = charged;
    long used = sightedAt - start + cpu - cpuAtSight;
    Optional<Overrun> found = overrun(whose, used, now, now - start, allocated - allocatedAtSight);
    return (long) STARTED.getAcquire(this) == start ? found : Optional.empty();
  }

  private Optional<Overrun> overrun(Invocation whose, long used, long now, long lasted, long allocated) {
    Bounds most = bounds;
    long stop = endBy;
    if (used + (whose == null ? 0 : whose.cpuNanos) > most.cpuNanos() || lasted > most.slowNanos() && used > most.slowCpuNanos()) {
      return Optional.of(Overrun.CPU);
    } else if (used > most.sliceCpuNanos()) {
      return Optional.of(Overrun.HELD_EVENT_LOOP);
    } else if (allocated > allocationBytesMax) {
      return Optional.of(Overrun.ALLOCATION);
    } else if (stop != 0 && now - stop > 0) {
      return Optional.of(Overrun.STOPPED);
    }
    return unwantedFor(whose, now) > UNWANTED_NANOS ? Optional.of(Overrun.UNWANTED) : Optional.empty();
  }

  private long unwantedFor(Invocation whose, long now) {
    if (whose == null || !whose.isUnwanted()) {
      unwanted = null;
    } else if (unwanted != whose) {
      unwanted = whose;
      unwantedSince = now;
    }
    return unwanted == null ? 0 : now - unwantedSince;
  }

  static long cpuNanosOfThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static long nonZero(long nanos) {
    return nanos == 0 ? 1 : nanos;
  }
}
