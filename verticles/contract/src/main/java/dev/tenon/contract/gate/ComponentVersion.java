package dev.tenon.contract.gate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.component.SemanticVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A version of a component, as the gate knows it.
///
/// @param contract what it promises; empty for a component that promises nothing
/// @param consumes what its manifest says that it needs, by component
/// @param calls what it was seen to call; none where nobody looked
public record ComponentVersion(String component, SemanticVersion version, Optional<Contract> contract, Map<String, Consumed> consumes, Set<Called> calls) {

  /// @param operation an operationId; empty for what no contract names
  public record Called(String component, String operation) {}

  public ComponentVersion {
    consumes = Map.copyOf(consumes);
    calls = Set.copyOf(calls);
  }

  /// `auth 1.2.0`.
  public String label() {
    return component + " " + version;
  }
}
