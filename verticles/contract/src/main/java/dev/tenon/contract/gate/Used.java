package dev.tenon.contract.gate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.compare.Effect;
import dev.tenon.contract.compare.Finding;
import dev.tenon.contract.compare.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a consumer uses of a contract, and what a comparison says to that.
///
/// @param operations by operationId; empty for all of them
/// @param events by name; empty for all of them where `operations` is
record Used(Optional<Set<String>> operations, Set<String> events) {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^{}/]*}");
  private static final String EVENT = "event ";

  /// A finding that is felt in something used.
  record Felt(String operation, Finding finding) {}

  /// What of the findings is breaking or risky for who uses this of `before`.
  List<Felt> feels(Contract before, Comparison comparison) {
    Map<String, String> names = names(before);
    List<Felt> felt = new ArrayList<>();
    for (Finding finding : comparison.findings()) {
      if (finding.severity() != Severity.COMPATIBLE) {
        operations(finding, names).forEach(operation -> felt.add(new Felt(operation, finding)));
      }
    }
    return felt;
  }

  private Set<String> operations(Finding finding, Map<String, String> names) {
    Set<String> found = new TreeSet<>();
    for (Effect effect : finding.effects()) {
      String place = VARIABLE.matcher(effect.operation()).replaceAll("{}");
      if (place.isEmpty()) {
        found.add("");
      } else if (place.startsWith(EVENT)) {
        String event = place.substring(EVENT.length());
        if (operations.isEmpty() || events.contains(event)) {
          found.add(event);
        }
      } else {
        String operation = names.getOrDefault(place, "");
        if (operations.isEmpty() || operations.get().contains(operation)) {
          found.add(operation);
        }
      }
    }
    return found;
  }

  /// Operation ids by method and path.
  private static Map<String, String> names(Contract contract) {
    Map<String, String> names = new HashMap<>();
    contract.operations().forEach(operation -> names.put(operation.method() + " " + VARIABLE.matcher(operation.path()).replaceAll("{}"), operation.id()));
    return names;
  }

  /// Which operations of `before` that are used are gone from `after`, whatever was announced before they went.
  Set<String> gone(Contract before, Contract after) {
    Set<String> kept = names(after).keySet();
    Set<String> gone = new TreeSet<>();
    names(before).forEach((place, operation) -> {
      if (!kept.contains(place) && (operations.isEmpty() || operations.get().contains(operation))) {
        gone.add(operation);
      }
    });
    return gone;
  }

  /// What of it a contract does not have, as `operation NAME` or `event NAME`, by name.
  Map<String, String> missing(Contract contract) {
    Map<String, String> missing = new LinkedHashMap<>();
    Set<String> known = new TreeSet<>();
    contract.operations().forEach(operation -> known.add(operation.id()));
    operations.orElse(Set.of()).stream().filter(name -> !known.contains(name)).forEach(name -> missing.put(name, "operation " + name));
    events.stream().filter(name -> contract.document().object("webhooks").filter(webhooks -> webhooks.has(name)).isEmpty()).forEach(name -> missing.put(name, EVENT + name));
    return missing;
  }
}
