package dev.tenon.contract.component;

import dev.tenon.contract.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One component that another needs: an entry of `consumes` in its `component.yaml`.
///
/// @param range which versions of it fit
/// @param operations the operations that are called, by operationId, each with its place; empty where the manifest names none, and the component is consumed as a whole
/// @param events the events that are listened to, by name, each with its place
public record Consumed(String component, VersionRange range, Optional<Map<String, Location>> operations, Map<String, Location> events, Location at) {

  public Consumed {
    operations = operations.map(names -> Collections.unmodifiableMap(new LinkedHashMap<>(names)));
    events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
  }

  /// Whether a call of this operation is declared. A method of a worker (RPC) is an operation without a name: `""`.
  public boolean allows(String operation) {
    return operation.isEmpty() || operations.isEmpty() || operations.get().containsKey(operation);
  }

  /// The operations by name; none where the component is consumed as a whole.
  public Set<String> operationNames() {
    return operations.map(Map::keySet).orElse(Set.of());
  }
}
