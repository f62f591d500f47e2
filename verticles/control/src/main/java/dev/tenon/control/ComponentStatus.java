package dev.tenon.control;

import dev.tenon.bus.calls.RecordedCall;
import dev.tenon.contract.component.Consumed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One version of a component running on one node.
///
/// @param kind `service` or `worker`
/// @param state `starting`, `serving`, `draining`
/// @param consumes what its manifest says that it needs, by component
/// @param calls what it has called since its node started, by callee and operation
public record ComponentStatus(
    String component, String kind, String version, String node, String state, Instant since, Map<String, Consumed> consumes, List<RecordedCall> calls) {

  public ComponentStatus {
    consumes = Map.copyOf(consumes);
    calls = List.copyOf(calls);
  }

  /// The same with what it has called by now.
  public ComponentStatus withCalls(List<RecordedCall> recorded) {
    return new ComponentStatus(component, kind, version, node, state, since, consumes, recorded);
  }
}
