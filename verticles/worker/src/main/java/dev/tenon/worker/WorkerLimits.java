package dev.tenon.worker;

import java.time.Duration;

/// What a worker may use.
///
/// @param startup processor time for evaluating the worker's top level
/// @param cpu processor time per request
/// @param subrequests outgoing calls per request
/// @param connections outgoing calls per request that wait for a response head at the same time
/// @param memoryBytes budget of an isolate
public record WorkerLimits(Duration startup, Duration cpu, int subrequests, int connections, long memoryBytes) {

  /// What a worker gets whose configuration names nothing.
  public static final WorkerLimits DEFAULT =
      new WorkerLimits(Duration.ofSeconds(1), Duration.ofSeconds(30), 50, 6, 128L << 20);

  public WorkerLimits withCpu(Duration perRequest) {
    return new WorkerLimits(startup, perRequest, subrequests, connections, memoryBytes);
  }

  public WorkerLimits withSubrequests(int perRequest) {
    return new WorkerLimits(startup, cpu, perRequest, connections, memoryBytes);
  }
}
