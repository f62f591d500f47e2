package dev.tenon.contract.gate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.compare.Severity;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.gate.Breakage.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A new version that begins to call what lives now.
///
/// @param builtAgainst the contract that it was built against, where that is known
record NewConsumer(ComponentVersion candidate, Consumed consumed, List<ComponentVersion> live, Optional<Contract> builtAgainst) {

  List<Breakage> breakages() {
    List<ComponentVersion> providers = live.stream().filter(version -> version.component().equals(consumed.component())).toList();
    if (providers.isEmpty()) {
      return List.of(breakage(consumed.component(), "", "absent", Severity.BREAKING, candidate.label() + " consumes " + consumed.component() + ", which is not live – deploy that first"));
    }
    List<ComponentVersion> fitting = providers.stream().filter(version -> consumed.range().contains(version.version())).toList();
    if (fitting.isEmpty()) {
      String versions = String.join(" and ", providers.stream().map(version -> version.version().toString()).sorted().toList());
      return List.of(breakage(consumed.component() + " " + versions, "", "version", Severity.BREAKING, candidate.label() + " takes " + consumed.component() + " " + consumed.range()
          + ", and live is " + versions + " – deploy one that fits first, or correct the range"));
    }
    List<Breakage> found = new ArrayList<>();
    fitting.forEach(provider -> provider.contract().ifPresent(contract -> meets(provider, contract, found)));
    return found;
  }

  private void meets(ComponentVersion provider, Contract contract, List<Breakage> found) {
    Used used = new Used(consumed.operations().map(operations -> operations.keySet()), consumed.events().keySet());
    used.missing(contract).forEach((name, what) -> found.add(breakage(provider.label(), name, "operation", Severity.BREAKING,
        candidate.label() + " uses the " + what + " of " + consumed.component() + ", which " + provider.version() + " does not have – deploy a version that has it first")));
    builtAgainst.ifPresent(built -> used.feels(built, Comparison.of(built, contract)).stream()
        .filter(felt -> !used.missing(contract).containsKey(felt.operation()))
        .forEach(felt -> found.add(breakage(provider.label(), felt.operation(), felt.finding().rule().id(), felt.finding().severity(),
            candidate.label() + " was built against a newer contract of " + consumed.component() + " than that of " + provider.version() + ". Seen from the newer one: "
                + felt.finding().message() + " – deploy " + consumed.component() + " first"))));
  }

  private Breakage breakage(String provider, String operation, String rule, Severity severity, String message) {
    return new Breakage(Direction.NEW_CONSUMER_OLD_PROVIDER, candidate.label(), provider, operation, rule, severity, message);
  }
}
