package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.Pointer;
import dev.tenon.contract.lint.Survey.Spot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Components that nothing outside of components leads to, however far round.
final class UnusedComponents {

  private final Survey survey;
  private final Set<String> used = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private UnusedComponents(Survey survey) {
    this.survey = survey;
  }

  static void check(Survey survey, Findings findings) {
    UnusedComponents components = new UnusedComponents(survey);
    components.follow();
    survey.document.object("components").ifPresent(sections -> sections.members().forEach((section, names) -> {
      if (names instanceof Node.Obj object && !section.startsWith("x-")) {
        object.members().forEach((name, component) -> {
          String pointer = "/components/" + section + "/" + Pointer.escape(name);
          if (!components.used.contains(pointer)) {
            findings.aboutField(Rule.UNUSED_COMPONENT, pointer, component, "nothing uses the component \"" + name + "\" of " + section + " – remove it");
          }
        });
      }
    }));
  }

  private void follow() {
    Map<String, List<String>> leads = new HashMap<>();
    survey.references().forEach(reference -> reference.targetPointer().ifPresent(target -> leads.computeIfAbsent(component(reference.pointer()), _ -> new java.util.ArrayList<>()).add(component(target))));
    for (Spot spot : survey.all()) {
      switch (spot.kind()) {
        case "requirement" -> spot.object().members().keySet().forEach(scheme ->
            leads.computeIfAbsent(component(spot.pointer()), _ -> new java.util.ArrayList<>()).add("/components/securitySchemes/" + Pointer.escape(scheme)));
        case "discriminator" -> spot.object().object("mapping").ifPresent(mapping -> mapping.members().values().forEach(node -> {
          if (node instanceof Node.Text target) {
            leads.computeIfAbsent(component(spot.pointer()), _ -> new java.util.ArrayList<>())
                .add(component(target.value().startsWith("#") ? target.value().substring(1) : "/components/schemas/" + Pointer.escape(target.value())));
          }
        }));
        default -> { }
      }
    }
    open.add("");
    while (!open.isEmpty()) {
      for (String target : leads.getOrDefault(open.poll(), List.of())) {
        if (used.add(target)) {
          open.add(target);
        }
      }
    }
    alternativesOfUsedParents();
  }

  /// A schema that is made of a used one with a discriminator is what the discriminator may lead to.
  private void alternativesOfUsedParents() {
    boolean more = true;
    while (more) {
      more = false;
      for (Spot spot : survey.all("schema")) {
        String own = component(spot.pointer());
        if (!own.isEmpty() && !used.contains(own) && survey.references().stream()
            .filter(reference -> reference.pointer().startsWith(own + "/allOf/"))
            .flatMap(reference -> reference.targetPointer().stream())
            .anyMatch(parent -> used.contains(component(parent)) && survey.document.find(parent).filter(node -> node instanceof Node.Obj object && object.has("discriminator")).isPresent())) {
          more = used.add(own);
          survey.references().stream().filter(reference -> component(reference.pointer()).equals(own))
              .flatMap(reference -> reference.targetPointer().stream()).forEach(target -> used.add(component(target)));
        }
      }
    }
  }

  /// The component that a place belongs to; empty for places outside of components.
  private static String component(String pointer) {
    String[] parts = pointer.split("/", 5);
    return parts.length >= 4 && parts[1].equals("components") ? "/components/" + parts[2] + "/" + parts[3] : "";
  }
}
