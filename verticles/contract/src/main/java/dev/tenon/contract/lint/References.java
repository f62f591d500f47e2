package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.lint.Survey.Reference;
import dev.tenon.contract.lint.Survey.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// References that lead in a circle: of any object to itself, and of a schema to itself without a step into a value.
final class References {

  static final int HOPS_MAX = 50;

  private static final List<String> IN_PLACE_LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> IN_PLACE = List.of("not", "if", "then", "else");

  private final Survey survey;
  private final Findings findings;
  private final Map<String, List<String>> edges = new LinkedHashMap<>();
  private final Map<String, Reference> referenceAt = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private boolean circles;

  private References(Survey survey, Findings findings) {
    this.survey = survey;
    this.findings = findings;
  }

  /// @return whether there is no circle, so that schemas can be asked about values
  static boolean check(Survey survey, Findings findings) {
    References references = new References(survey, findings);
    references.check();
    return !references.circles;
  }

  private void check() {
    for (Reference reference : survey.references()) {
      String holder = reference.pointer().substring(0, reference.pointer().length() - "/$ref".length());
      reference.targetPointer().ifPresent(target -> {
        edges.computeIfAbsent(holder, _ -> new ArrayList<>()).add(target);
        referenceAt.put(holder, reference);
      });
    }
    survey.all("schema").forEach(this::inPlace);
    List.copyOf(edges.keySet()).forEach(start -> visit(start, new ArrayList<>()));
  }

  private void inPlace(Spot schema) {
    List<String> targets = edges.computeIfAbsent(schema.pointer(), _ -> new ArrayList<>());
    for (String keyword : IN_PLACE_LISTS) {
      for (int i = 0; i < schema.object().items(keyword).size(); i++) {
        targets.add(schema.pointer(keyword) + "/" + i);
      }
    }
    IN_PLACE.stream().filter(schema.object()::has).forEach(keyword -> targets.add(schema.pointer(keyword)));
  }

  private void visit(String at, List<String> path) {
    int before = path.indexOf(at);
    if (before >= 0) {
      circle(path.subList(before, path.size()));
      return;
    }
    if (done.contains(at)) {
      return;
    }
    path.add(at);
    edges.getOrDefault(at, List.of()).forEach(next -> visit(next, path));
    path.removeLast();
    done.add(at);
  }

  private void circle(List<String> circle) {
    circles = true;
    Optional<Reference> reference = circle.stream().map(referenceAt::get).filter(java.util.Objects::nonNull).findFirst();
    reference.ifPresent(found -> {
      Node.Text target = found.target();
      findings.about(Rule.REFERENCE, found.pointer(), target, "refers to \"" + target.value() + "\", which leads back here without a step into a value – break the circle");
    });
  }
}
