package dev.tenon.contract.lint;

import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Location;
import dev.tenon.contract.Node;
import dev.tenon.contract.SourcePlaces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What was found so far in one document.
final class Findings {

  /// Beyond this many, whoever reads them corrects the first ones before the rest.
  static final int FINDINGS_MAX = 1_000;

  private final SourcePlaces places;
  private final Switches switches;
  private final Set<Finding> all = new LinkedHashSet<>();

  Findings(SourcePlaces places, Switches switches) {
    this.places = places;
    this.switches = switches;
  }

  /// Something about a value.
  ///
  /// @param pointer of the value in the bundled document
  void about(Rule rule, String pointer, Node value, String message) {
    add(rule, pointer, value.at(), value.at(), message);
  }

  /// Something about a field: shown where its key is.
  void aboutField(Rule rule, String pointer, Node value, String message) {
    add(rule, pointer, value.at(), places.keyOf(value.at()), message);
  }

  private void add(Rule rule, String pointer, Location value, Location shown, String message) {
    if (all.size() < FINDINGS_MAX && !switches.off(rule, pointer)) {
      all.add(new Finding(rule, rule.severity(), shown, places.pointerOf(value).orElse(pointer), message));
    }
  }

  /// What the reader of contracts says, where nothing was found yet: it looks at some of the same things.
  void addUnsaid(List<ContractProblem> problems, Rule rule) {
    Set<Location> said = new HashSet<>();
    all.forEach(finding -> {
      if (finding.severity() == Severity.ERROR) {
        said.add(finding.at());
      }
    });
    for (ContractProblem problem : problems) {
      if (all.size() < FINDINGS_MAX && !said.contains(problem.at()) && !said.contains(places.keyOf(problem.at()))) {
        all.add(new Finding(rule, rule.severity(), problem.at(), places.pointerOf(problem.at()).orElse(""), problem.message()));
      }
    }
  }

  boolean hasErrors() {
    return all.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /// By file, line and column.
  List<Finding> sorted() {
    List<Finding> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing((Finding finding) -> finding.at().file())
        .thenComparingInt(finding -> finding.at().line())
        .thenComparingInt(finding -> finding.at().column()));
    return List.copyOf(sorted);
  }
}
