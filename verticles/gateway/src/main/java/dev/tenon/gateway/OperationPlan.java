package dev.tenon.gateway;

import dev.tenon.contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An operation with everything about it that can be known before a request comes. Immutable; thread-safe.
final class OperationPlan {

  private final String component;
  private final Operation operation;
  private final ParameterChecks parameters;
  private final List<Set<String>> scopesNeeded;
  private final boolean callerMayBeUnknown;

  OperationPlan(Route route, Operation operation) {
    this.component = route.component();
    this.operation = operation;
    this.parameters = new ParameterChecks(operation);
    this.scopesNeeded = operation.security().stream().filter(alternative -> !alternative.isEmpty()).map(OperationPlan::scopes).toList();
    this.callerMayBeUnknown = operation.security().isEmpty() || operation.security().stream().anyMatch(Map::isEmpty);
  }

  String component() {
    return component;
  }

  Operation operation() {
    return operation;
  }

  ParameterChecks parameters() {
    return parameters;
  }

  /// Whether tokens are looked at at all.
  boolean looksAtTokens() {
    return !scopesNeeded.isEmpty();
  }

  boolean callerMayBeUnknown() {
    return callerMayBeUnknown;
  }

  /// Whether these scopes meet one of the alternatives.
  boolean allows(Set<String> scopes) {
    for (Set<String> needed : scopesNeeded) {
      if (scopes.containsAll(needed)) {
        return true;
      }
    }
    return scopesNeeded.isEmpty();
  }

  /// The scopes of the first alternative, for a `WWW-Authenticate` header.
  String scopeText() {
    return String.join(" ", scopesNeeded.getFirst().stream().sorted().toList());
  }

  private static Set<String> scopes(Map<String, List<String>> alternative) {
    return Set.copyOf(alternative.values().stream().flatMap(List::stream).distinct().toList());
  }
}
