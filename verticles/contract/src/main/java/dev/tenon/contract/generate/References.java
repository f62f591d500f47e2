package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Follows `$ref`s inside one bundled document.
final class References {

  /// Keywords that say what a value is, and not only which of its values are right.
  private static final Set<String> SHAPING = Set.of(
      "$ref", "type", "properties", "patternProperties", "additionalProperties", "items", "prefixItems", "enum", "const", "format", "allOf", "oneOf", "anyOf",
      "contentEncoding");
  private static final int HOPS_MAX = 50;

  private final Node.Obj document;
  private final Map<String, Node> known = new HashMap<>();
  private final Map<Parts, Node.Obj> made = new HashMap<>();

  References(Node.Obj document) {
    this.document = document;
  }

  /// What the reference leads to; `true`, which is any value, where it leads nowhere.
  Node target(String reference) {
    return known.computeIfAbsent(reference, ref -> ref.startsWith("#")
        ? document.find(ref.substring(1)).orElse(new Node.Bool(true, document.at()))
        : new Node.Bool(true, document.at()));
  }

  /// The node, or what it is nothing but a reference to.
  Node resolved(Node node) {
    Node here = node;
    for (int hops = 0; hops < HOPS_MAX; hops++) {
      if (here instanceof Node.Obj object && object.text("$ref").isPresent() && !hasShapeBesideReference(object)) {
        here = target(object.text("$ref").get());
      } else {
        return here;
      }
    }
    return new Node.Bool(true, node.at());
  }

  /// The object that it is or refers to; an empty one where there is none.
  Node.Obj object(Node node) {
    Node here = node;
    for (int hops = 0; hops < HOPS_MAX && here instanceof Node.Obj object && object.text("$ref").isPresent(); hops++) {
      here = target(object.text("$ref").get());
    }
    return here instanceof Node.Obj object ? object : new Node.Obj(Map.of(), node.at());
  }

  /// All of these schemas at once. The same ones give the same schema again, so that what refers to itself comes to an end.
  Node merged(List<Node> schemas) {
    Set<Node> different = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> all = schemas.stream().filter(schema -> different.add(resolved(schema))).toList();
    return all.size() == 1
        ? all.getFirst()
        : made.computeIfAbsent(new Parts(all, ""), parts -> new Node.Obj(Map.of("allOf", new Node.Arr(all, all.getFirst().at())), all.getFirst().at()));
  }

  /// A schema that is made of another one, the same whenever it is asked for.
  Node.Obj derived(Node.Obj schema, String how, Supplier<Node.Obj> maker) {
    Parts parts = new Parts(List.of(schema), how);
    Node.Obj known = made.get(parts);
    if (known == null) {
      known = maker.get();
      made.put(parts, known);
    }
    return known;
  }

  /// Schemas, told apart by where they are and not by what they say.
  private record Parts(List<Node> nodes, String how) {
    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Parts parts) || !parts.how.equals(how) || parts.nodes.size() != nodes.size()) {
        return false;
      }
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i) != parts.nodes.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = how.hashCode();
      for (Node node : nodes) {
        hash = hash * 31 + System.identityHashCode(node);
      }
      return hash;
    }
  }

  /// Whether a schema says what its values are.
  static boolean isShaping(Node schema) {
    return schema instanceof Node.Bool || schema instanceof Node.Obj object
        && (object.members().isEmpty() || object.members().keySet().stream().anyMatch(SHAPING::contains));
  }

  private static boolean hasShapeBesideReference(Node.Obj object) {
    return object.members().keySet().stream().anyMatch(name -> !name.equals("$ref") && SHAPING.contains(name) || name.equals("required"));
  }
}
