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
  enum Overrun { CPU, ALLOCATION }

  private final long allocationBytesMax;
  private volatile long cpuNanosMax;

  /// When the running slice started, by the monotonic clock; 0 when none runs.
  private long started;
  private long threadId;
  private Invocation charged;

  private volatile long sightedStart;
  private volatile long sightedAt;
  private volatile long cpuAtSight;
  private long allocatedAtSight;

  /// @param allocationBytesMax what one slice may allocate, whatever becomes garbage of it
  Slice(Duration cpuMax, long allocationBytesMax) {
    this.cpuNanosMax = cpuMax.toNanos();
    this.allocationBytesMax = allocationBytesMax;
  }

  void limit(Duration cpuMax) {
    cpuNanosMax = cpuMax.toNanos();
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
    return invocation != null && invocation.cpuNanos > cpuNanosMax;
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
      sightedStart = start;
      return Optional.empty();
    }
    Invocation whose = charged;
    long used = sightedAt - start + cpu - cpuAtSight + (whose == null ? 0 : whose.cpuNanos);
    if ((long) STARTED.getAcquire(this) != start) {
      return Optional.empty();
    }
    if (used > cpuNanosMax) {
      return Optional.of(Overrun.CPU);
    }
    return allocated - allocatedAtSight > allocationBytesMax ? Optional.of(Overrun.ALLOCATION) : Optional.empty();
  }

  static long cpuNanosOfThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static long nonZero(long nanos) {
    return nanos == 0 ? 1 : nanos;
  }
}
