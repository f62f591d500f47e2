package dev.tenon.contract.gate;

import dev.tenon.contract.compare.Bump;
import dev.tenon.contract.compare.Severity;
import dev.tenon.contract.component.SemanticVersion;
import java.util.List;
import java.util.Optional;

/// What the gate says to a version.
///
/// @param from the live version that its contract was compared with: the newest that is not newer; empty for a component that is not live yet, or was only in newer versions
/// @param required what the changes of the contract ask of the number
/// @param numbers what is wrong with version numbers, one sentence each; none when they have grown as required
/// @param breakages breaking ones first
/// @param staying live versions of the component that stay beside it
public record Verdict(
    String component,
    SemanticVersion version,
    Optional<SemanticVersion> from,
    Bump required,
    List<String> numbers,
    List<Breakage> breakages,
    List<SemanticVersion> staying) {

  public Verdict {
    numbers = List.copyOf(numbers);
    breakages = List.copyOf(breakages);
    staying = List.copyOf(staying);
  }

  /// Whether it may be deployed.
  public boolean allowed() {
    return numbers.isEmpty() && breakages.stream().noneMatch(breakage -> breakage.severity() == Severity.BREAKING);
  }
}
