package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a schema says beside which values it takes.
///
/// @param said keyword → what is written there; of several schemas that say something, all of it, in an order of its own
record Notes(Map<String, Set<Object>> said, Map<String, Node> places) {

  static final Notes NONE = new Notes(Map.of(), Map.of());

  /// For readers only.
  static final Set<String> DOCUMENTATION = Set.of("title", "description", "example", "examples", "externalDocs", "$comment", "xml", "summary");
  private static final Set<String> KEPT = Set.of("default", "deprecated", "readOnly", "writeOnly", "discriminator", "format", "contentEncoding", "contentMediaType", "contentSchema");

  static Notes of(List<Node.Obj> schemas, Set<String> checkedFormats) {
    Map<String, Set<Object>> said = new TreeMap<>();
    Map<String, Node> places = new LinkedHashMap<>();
    for (Node.Obj schema : schemas) {
      schema.members().forEach((name, node) -> {
        boolean told = DOCUMENTATION.contains(name) || name.startsWith("x-") || KEPT.contains(name);
        boolean checked = name.equals("format") && node instanceof Node.Text text && checkedFormats.contains(text.value());
        boolean untrue = node instanceof Node.Bool bool && !bool.value() && !name.equals("default") && !name.startsWith("x-");
        if (told && !checked && !untrue) {
          said.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(Optional.ofNullable(Canonical.of(node.plain())));
          places.putIfAbsent(name, node);
        }
      });
    }
    return said.isEmpty() ? NONE : new Notes(said, places);
  }

  boolean has(String keyword) {
    return said.containsKey(keyword);
  }

  boolean isTrue(String keyword) {
    return said.getOrDefault(keyword, Set.of()).contains(Optional.of(true));
  }

  Set<Object> of(String keyword) {
    return said.getOrDefault(keyword, Set.of());
  }

  /// The first place where the keyword is written.
  Optional<Node> place(String keyword) {
    return Optional.ofNullable(places.get(keyword));
  }

  Set<String> keywords() {
    return new TreeSet<>(said.keySet());
  }
}
