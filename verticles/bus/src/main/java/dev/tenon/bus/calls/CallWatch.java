package dev.tenon.bus.calls;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.contract.Contract;
import dev.tenon.contract.component.Consumed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Watches the calls between the components of one node. Thread-safe.
public final class CallWatch {

  private final CallPolicy policy;
  private final Map<String, OperationFinder> operations;
  private final Meters meters;
  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  /// Calls that are counted together.
  ///
  /// @param operation an operationId; empty for what no contract names
  /// @param declared whether the caller's manifest declares it
  public record Kind(String caller, String callee, String operation, boolean declared) {}

  /// Told once of each kind of call, before the first one of it.
  @FunctionalInterface
  public interface Meters {

    /// @param counter how many there were of it, at any time
    void counts(Kind kind, LongAdder counter);
  }

  /// @param contracts by component; of others no operation is told
  public CallWatch(CallPolicy policy, Map<String, Contract> contracts, Meters meters) {
    this.policy = policy;
    this.operations = contracts.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new OperationFinder(entry.getValue())));
    this.meters = meters;
  }

  /// The bus that a version of a component calls others through.
  ///
  /// @param consumes what its manifest declares, by component
  public ExchangeBus of(String component, Map<String, Consumed> consumes, ExchangeBus bus) {
    return new WatchedBus(component, consumes, bus, this);
  }

  /// What has been called so far, by caller, callee and operation.
  public List<RecordedCall> recorded() {
    return counts.entrySet().stream()
        .map(entry -> new RecordedCall(entry.getKey().caller(), entry.getKey().callee(), entry.getKey().operation(), entry.getKey().declared(), entry.getValue().sum()))
        .sorted(Comparator.comparing(RecordedCall::caller).thenComparing(RecordedCall::callee).thenComparing(RecordedCall::operation).thenComparing(RecordedCall::declared))
        .toList();
  }

  CallPolicy policy() {
    return policy;
  }

  /// Null for a component whose contract is not known.
  OperationFinder operationsOf(String component) {
    return operations.get(component);
  }

  /// Where a kind of call is counted.
  LongAdder counter(Kind kind) {
    return counts.computeIfAbsent(kind, _ -> {
      LongAdder counter = new LongAdder();
      meters.counts(kind, counter);
      return counter;
    });
  }
}
