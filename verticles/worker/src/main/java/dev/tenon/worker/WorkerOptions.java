package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How a worker is deployed on this node.
///
/// @param component what the worker is called on the bus; empty: its own name
/// @param version of the component
/// @param isolates how many, at least 1; 0 for one per event loop
/// @param egress what `fetch` goes through
/// @param startupCpuFactor how many times the worker's start-up limit its start may really take. The limit is meant for a warm process; a first
///        start in a cold one is slower
/// @param longSlice a slice of guest code that uses more time than this is long; [Placement#AUTO] moves a worker whose short slices do not make up for the long ones
/// @param eventLoopHold processor time that one slice may hold its event loop for; then it is ended, and [Placement#AUTO] moves the worker. No bound on own threads
/// @param background how long `waitUntil` may go on after the response
/// @param drain how long requests in flight are waited for when the worker is undeployed
/// @param exchangesPerIsolateMax requests that an isolate takes at the same time; more are refused as overloaded
/// @param calls makes the bus that the worker's calls of other components go through, out of the node's
/// @param cache what `caches` keeps its responses in; workers that share one do not see each other's
public record WorkerOptions(
    Optional<String> component,
    String version,
    int isolates,
    Placement placement,
    Fetcher egress,
    WorkerLog log,
    int startupCpuFactor,
    Duration longSlice,
    Duration eventLoopHold,
    Duration background,
    Duration drain,
    int exchangesPerIsolateMax,
    ResponseCache cache,
    UnaryOperator<ExchangeBus> calls) {

  /// One isolate per event loop, placed automatically, logging to the process's log.
  public static WorkerOptions of(Fetcher egress) {
    return new WorkerOptions(
        Optional.empty(), "0.0.0", 0, Placement.AUTO, egress, WorkerLog.toSlf4j(),
        10, Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), 2_000, ResponseCache.ofNode(), UnaryOperator.identity());
  }

  public WorkerOptions {
    if (isolates < 0 || startupCpuFactor < 1 || exchangesPerIsolateMax < 1) {
      throw new IllegalArgumentException(
          "worker options: isolates " + isolates + ", startupCpuFactor " + startupCpuFactor + ", exchangesPerIsolateMax " + exchangesPerIsolateMax
              + " – one of them is too small – use at least 0, 1 and 1");
    }
  }

  public WorkerOptions withComponent(String name, String itsVersion) {
    return new WorkerOptions(Optional.of(name), itsVersion, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withIsolates(int count) {
    return new WorkerOptions(component, version, count, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withPlacement(Placement choice) {
    return new WorkerOptions(component, version, isolates, choice, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withLog(WorkerLog sink) {
    return new WorkerOptions(component, version, isolates, placement, egress, sink,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withStartupCpuFactor(int factor) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        factor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withLongSlice(Duration bound) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, bound, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withEventLoopHold(Duration bound) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, bound, background, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withBackground(Duration bound) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, bound, drain, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withDrain(Duration bound) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, bound, exchangesPerIsolateMax, cache, calls);
  }

  public WorkerOptions withExchangesPerIsolateMax(int bound) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, bound, cache, calls);
  }

  public WorkerOptions withCache(ResponseCache other) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, other, calls);
  }

  public WorkerOptions withCalls(UnaryOperator<ExchangeBus> through) {
    return new WorkerOptions(component, version, isolates, placement, egress, log,
        startupCpuFactor, longSlice, eventLoopHold, background, drain, exchangesPerIsolateMax, cache, through);
  }
}
