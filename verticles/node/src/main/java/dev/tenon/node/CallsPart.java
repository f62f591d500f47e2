package dev.tenon.node;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.bus.calls.CallWatch;
import dev.tenon.bus.calls.RecordedCall;
import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.component.Manifest;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/// The calls between this node's components and others, held against their manifests, as a meter:
///
///     tenon_calls_total{caller,callee,operation,declared}
///
/// Labels are of contracts and manifests, so their number is bounded.
final class CallsPart {

  private final CallWatch watch;
  private final Map<String, Contract> contracts;

  /// @param contracts by component
  CallsPart(CallPolicy policy, Map<String, Contract> contracts, MeterRegistry registry) {
    this.contracts = Map.copyOf(contracts);
    this.watch = new CallWatch(policy, contracts, (kind, counter) -> meter(registry, kind, counter));
  }

  /// What a component calls others through.
  UnaryOperator<ExchangeBus> of(String component, Map<String, Consumed> consumes) {
    return bus -> watch.of(component, consumes, bus);
  }

  /// What a component has called so far.
  List<RecordedCall> of(String component) {
    return watch.recorded().stream().filter(call -> call.caller().equals(component)).toList();
  }

  /// The contract of a component in the contracts' folder.
  Optional<Contract> contract(String component) {
    return Optional.ofNullable(contracts.get(component));
  }

  /// @throws StartFailure when a manifest consumes what a contract does not have
  void check(Manifest manifest) {
    List<ContractProblem> misfits = manifest.misfits(contracts);
    if (!misfits.isEmpty()) {
      throw new StartFailure(String.join("\n", misfits.stream().map(ContractProblem::toString).toList()));
    }
  }

  private static void meter(MeterRegistry registry, CallWatch.Kind kind, LongAdder counter) {
    FunctionCounter.builder("tenon.calls", counter, LongAdder::sum)
        .description("Calls between components, refused ones included")
        .tags("caller", kind.caller(), "callee", kind.callee(), "operation", kind.operation(), "declared", String.valueOf(kind.declared()))
        .register(registry);
  }
}
