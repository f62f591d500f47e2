package dev.tenon.control;

import dev.tenon.control.HealthReport.Part;
import dev.tenon.control.HealthReport.Status;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The parts of this node and how to ask each whether it works. Thread-safe.
public final class Health {

  /// How long a check may take before its part counts as down.
  public static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Map<String, HealthCheck> checks = new LinkedHashMap<>();

  /// Adds a part. The name is what the operator reads, e.g. `database` or `auth`.
  ///
  /// @return takes the part out again
  public synchronized Runnable register(String name, HealthCheck check) {
    if (checks.putIfAbsent(name, check) != null) {
      throw new IllegalStateException("health part '" + name + "' – it is registered already – give this one another name");
    }
    return () -> remove(name);
  }

  private synchronized void remove(String name) {
    checks.remove(name);
  }

  /// Asks every part at the same time. Never fails, and takes no longer than [#DEADLINE].
  public Future<HealthReport> report() {
    Map<String, HealthCheck> now;
    synchronized (this) {
      now = new LinkedHashMap<>(checks);
    }
    List<Future<Part>> asked = new ArrayList<>(now.size());
    now.forEach((name, check) -> asked.add(ask(name, check)));
    return Future.all(asked).map(all -> new HealthReport(all.list()));
  }

  private static Future<Part> ask(String name, HealthCheck check) {
    long start = System.nanoTime();
    Future<String> answer;
    try {
      answer = check.check().timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException thrown) {
      answer = Future.failedFuture(thrown);
    }
    return answer
        .map(detail -> new Part(name, Status.UP, detail, millisSince(start)))
        .otherwise(why -> new Part(name, Status.DOWN, reason(why), millisSince(start)));
  }

  private static String reason(Throwable why) {
    return why instanceof TimeoutException
        ? "no answer within " + DEADLINE.toMillis() + " ms"
        : why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
