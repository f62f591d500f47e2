package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import dev.tenon.contract.compare.Part.Opaque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `unevaluatedProperties` and `unevaluatedItems`. Where no alternative is involved they are the same as `additionalProperties` and `items` would be, were everything in
/// one schema; elsewhere they stay as they are.
final class Unevaluated {

  private static final Set<String> CONDITIONAL = Set.of("if", "dependentSchemas");

  private Unevaluated() {}

  static Optional<MemberRule> memberRule(Node.Obj schema, Shapes shapes) {
    if (!schema.has("unevaluatedProperties") || isDynamic(schema, shapes, CONDITIONAL)) {
      return Optional.empty();
    }
    Map<String, Node> named = new LinkedHashMap<>();
    Map<String, Node> patterned = new LinkedHashMap<>();
    Node anything = new Node.Bool(true, schema.at());
    for (Node.Obj part : Flat.of(List.of(schema), shapes).schemas()) {
      if (part.has("additionalProperties") || part != schema && part.has("unevaluatedProperties")) {
        return Optional.empty();
      }
      part.object("properties").ifPresent(properties -> properties.members().keySet().forEach(name -> named.put(name, anything)));
      part.object("patternProperties").ifPresent(patterns -> patterns.members().keySet().forEach(pattern -> patterned.put(pattern, anything)));
    }
    return Optional.of(new MemberRule(named, patterned, schema.get("unevaluatedProperties")));
  }

  static Optional<PartMerging.ItemRule> itemRule(Node.Obj schema, Shapes shapes) {
    if (isDynamic(schema, shapes, Set.of("if", "contains"))) {
      return Optional.empty();
    }
    int length = 0;
    for (Node.Obj part : Flat.of(List.of(schema), shapes).schemas()) {
      if (part.has("items") || part != schema && part.has("unevaluatedItems")) {
        return Optional.empty();
      }
      length = Math.max(length, part.items("prefixItems").size());
    }
    Node anything = new Node.Bool(true, schema.at());
    return Optional.of(new PartMerging.ItemRule(java.util.Collections.nCopies(length, anything), schema.get("unevaluatedItems")));
  }

  /// What cannot be written in another way. It names what is evaluated, because that is half of its meaning.
  static Optional<Opaque> opaque(Node.Obj schema, String keyword, Shapes shapes) {
    if (!isDynamic(schema, shapes, keyword.equals("unevaluatedItems") ? Set.of("if", "contains") : CONDITIONAL)) {
      return Optional.empty();
    }
    Node node = schema.members().get(keyword);
    return node instanceof Node.Bool bool && bool.value()
        ? Optional.empty()
        : Optional.of(new Opaque(keyword, node, List.of(shapes.of(node)), String.join(" ", names(schema, shapes, 0))));
  }

  private static boolean isDynamic(Node.Obj schema, Shapes shapes, Set<String> conditional) {
    Flat flat = Flat.of(List.of(schema), shapes);
    return !flat.choices().isEmpty() || flat.schemas().stream().anyMatch(part -> conditional.stream().anyMatch(part::has));
  }

  private static Set<String> names(Node schema, Shapes shapes, int depth) {
    Set<String> names = new TreeSet<>();
    Flat flat = Flat.of(List.of(schema), shapes);
    flat.schemas().forEach(part -> {
      part.object("properties").ifPresent(properties -> names.addAll(properties.members().keySet()));
      part.object("patternProperties").ifPresent(patterns -> names.addAll(patterns.members().keySet()));
      if (part.has("additionalProperties")) {
        names.add("*");
      }
      if (depth < 4) {
        for (String keyword : List.of("if", "then", "else")) {
          part.get(keyword).ifPresent(node -> names.addAll(names(node, shapes, depth + 1)));
        }
        part.object("dependentSchemas").ifPresent(all -> all.members().values().forEach(node -> names.addAll(names(node, shapes, depth + 1))));
      }
    });
    if (depth < 4) {
      flat.choices().forEach(choice -> choice.alternatives().forEach(node -> names.addAll(names(node, shapes, depth + 1))));
    }
    return names;
  }
}
