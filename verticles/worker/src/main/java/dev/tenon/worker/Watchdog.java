package dev.tenon.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Looks at every isolate of this JVM a hundred times a second and ends those whose slice overruns a limit. One thread, started with the first isolate
/// and parked while there is none.
final class Watchdog {

  private static final long TICK_NANOS = 10_000_000;
  private static final Set<Isolate> WATCHED = ConcurrentHashMap.newKeySet();
  private static final Thread THREAD = Thread.ofPlatform().daemon().name("worker-watchdog").priority(Thread.MAX_PRIORITY).unstarted(Watchdog::watch);
  private static boolean started;

  private Watchdog() {}

  static void watch(Isolate isolate) {
    WATCHED.add(isolate);
    synchronized (Watchdog.class) {
      if (!started) {
        started = true;
        THREAD.start();
        return;
      }
    }
    LockSupport.unpark(THREAD);
  }

  static void forget(Isolate isolate) {
    WATCHED.remove(isolate);
  }

  private static void watch() {
    while (true) {
      if (WATCHED.isEmpty()) {
        LockSupport.park();
      } else {
        LockSupport.parkNanos(TICK_NANOS);
      }
      long now = System.nanoTime();
      for (Isolate isolate : WATCHED) {
        isolate.slice().look(now, TICK_NANOS).ifPresent(isolate::overran);
      }
    }
  }
}
