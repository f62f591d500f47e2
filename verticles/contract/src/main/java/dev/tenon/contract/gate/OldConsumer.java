package dev.tenon.contract.gate;

import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.compare.Severity;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.gate.Breakage.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A live consumer that meets a new version of what it calls.
///
/// What it uses are the operations that its manifest names, all of them where it names none, and those that it was seen to call, declared or not.
record OldConsumer(ComponentVersion consumer, ComponentVersion candidate, List<ComponentVersion> replacedOrStaying, List<ComponentVersion> staying) {

  List<Breakage> breakages() {
    Optional<Consumed> consumed = Optional.ofNullable(consumer.consumes().get(candidate.component()));
    Set<String> called = new TreeSet<>();
    consumer.calls().stream().filter(call -> call.component().equals(candidate.component())).forEach(call -> called.add(call.operation()));
    if (consumed.isEmpty() && called.isEmpty()) {
      return List.of();
    }
    called.remove("");
    boolean fits = consumed.map(needs -> needs.range().contains(candidate.version())).orElse(true);
    if (!fits) {
      Consumed needs = consumed.get();
      return staying.stream().anyMatch(version -> needs.range().contains(version.version()))
          ? List.of()
          : List.of(breakage("", "version", Severity.BREAKING, consumer.label() + " takes " + candidate.component() + " " + needs.range() + ", and " + candidate.version()
              + " is not among those – keep a version that is beside it, or first deploy a version of " + consumer.component() + " that takes " + candidate.version()));
    }
    return compared(used(consumed, called), consumed);
  }

  private static Used used(Optional<Consumed> consumed, Set<String> called) {
    if (consumed.isPresent() && consumed.get().operations().isEmpty()) {
      return new Used(Optional.empty(), consumed.get().events().keySet());
    }
    Set<String> operations = new TreeSet<>(called);
    consumed.ifPresent(needs -> operations.addAll(needs.operationNames()));
    return new Used(Optional.of(operations), consumed.map(needs -> needs.events().keySet()).orElse(Set.of()));
  }

  private List<Breakage> compared(Used used, Optional<Consumed> consumed) {
    List<Breakage> found = new ArrayList<>();
    for (ComponentVersion before : replacedOrStaying) {
      if (before.contract().isEmpty() || consumed.isPresent() && !consumed.get().range().contains(before.version())) {
        continue;
      }
      if (candidate.contract().isEmpty()) {
        found.add(breakage("", "absent", Severity.BREAKING, candidate.label() + " has no contract, and " + consumer.label() + " uses that of " + before.version() + " – keep the contract"));
        continue;
      }
      Comparison comparison = Comparison.of(before.contract().get(), candidate.contract().get());
      List<Used.Felt> felt = used.feels(before.contract().get(), comparison);
      used.gone(before.contract().get(), candidate.contract().get()).stream()
          .filter(operation -> felt.stream().noneMatch(each -> each.operation().equals(operation) && each.finding().severity() == Severity.BREAKING))
          .forEach(operation -> found.add(breakage(operation, "operation", Severity.BREAKING, consumer.label() + " uses " + operation + " of " + candidate.component()
              + ", which " + candidate.version() + " does not have any more – deploy a version of " + consumer.component() + " first that does without")));
      felt.forEach(each -> found.add(breakage(each.operation(), each.finding().rule().id(), each.finding().severity(),
          consumer.label() + " uses " + (each.operation().isEmpty() ? candidate.component() : each.operation() + " of " + candidate.component()) + ": " + each.finding().message())));
    }
    return found;
  }

  private Breakage breakage(String operation, String rule, Severity severity, String message) {
    return new Breakage(Direction.OLD_CONSUMER_NEW_PROVIDER, consumer.label(), candidate.label(), operation, rule, severity, message);
  }
}
