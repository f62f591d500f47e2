package dev.tenon.node;

import dev.tenon.gateway.EdgeMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// What the edge does, as meters:
///
///     tenon_edge_requests_seconds{component,operation,method,status}   how often, how long; a histogram
///     tenon_edge_requests_in_flight{component}
///     tenon_edge_other_requests_total{status}                          of no operation
///
/// Labels are of the contracts and of statuses, so their number is bounded. Thread-safe.
final class EdgeMeters implements EdgeMetrics {

  /// The histogram's bounds: from what a small worker takes to the deadline of an exchange.
  private static final Duration[] BOUNDS = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
      .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
  private final Map<Integer, Counter> others = new ConcurrentHashMap<>();

  private record Kind(String component, String operation, String method, int status) {}

  EdgeMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void began(String component) {
    inFlight.computeIfAbsent(component, this::gauge).incrementAndGet();
  }

  @Override
  public void ended(String component, String operation, String method, int status, long nanos) {
    inFlight.computeIfAbsent(component, this::gauge).decrementAndGet();
    timers.computeIfAbsent(new Kind(component, operation, method, status), this::timer).record(Duration.ofNanos(nanos));
  }

  @Override
  public void turnedAway(int status) {
    others.computeIfAbsent(status, this::counter).increment();
  }

  private Timer timer(Kind kind) {
    return Timer.builder("tenon.edge.requests")
        .description("Requests of clients, from their head to the end of the answer")
        .tags("component", kind.component(), "operation", kind.operation(), "method", kind.method(), "status", String.valueOf(kind.status()))
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  private AtomicInteger gauge(String component) {
    AtomicInteger count = new AtomicInteger();
    Gauge.builder("tenon.edge.requests.in.flight", count, AtomicInteger::get)
        .description("Requests of clients that are being served")
        .tag("component", component)
        .strongReference(true)
        .register(registry);
    return count;
  }

  private Counter counter(int status) {
    return Counter.builder("tenon.edge.other.requests")
        .description("Requests for no operation of any contract")
        .tag("status", String.valueOf(status))
        .register(registry);
  }
}
