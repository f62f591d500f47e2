package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A schema with everything that stands in its `allOf`s and behind its `$ref`s put together. What is said later wins over what was said before; a property
/// that is described several times is all of it.
final class Shape {

  final Set<String> types = new LinkedHashSet<>();
  final Map<String, List<Node>> properties = new LinkedHashMap<>();
  final Map<String, Node> patterns = new LinkedHashMap<>();
  final Set<String> required = new LinkedHashSet<>();
  final List<Node> union = new ArrayList<>();
  final Map<String, Node> others = new LinkedHashMap<>();
  Optional<Node.Obj> discriminator = Optional.empty();
  boolean nullable;

  private final References references;
  private final OpenApiVersion version;
  private final Set<String> open = new HashSet<>();

  private Shape(References references, OpenApiVersion version) {
    this.references = references;
    this.version = version;
  }

  static Shape of(Node.Obj schema, References references, OpenApiVersion version) {
    Shape shape = new Shape(references, version);
    shape.add(schema);
    if (version == OpenApiVersion.V3_0 && schema.isTrue("nullable")) {
      shape.nullable = true;
    }
    return shape;
  }

  Optional<Node> get(String keyword) {
    return Optional.ofNullable(others.get(keyword));
  }

  Optional<String> text(String keyword) {
    return get(keyword).flatMap(node -> node instanceof Node.Text text ? Optional.of(text.value()) : Optional.empty());
  }

  int whole(String keyword, int otherwise) {
    return get(keyword).flatMap(node -> node instanceof Node.Num number && number.value() instanceof Long value && value < Integer.MAX_VALUE && value >= 0
        ? Optional.of(value.intValue()) : Optional.empty()).orElse(otherwise);
  }

  /// Whether it describes members of objects.
  boolean hasMembers() {
    return !properties.isEmpty() || get("additionalProperties").filter(node -> node instanceof Node.Obj).isPresent();
  }

  /// A property as one schema.
  Node property(String name) {
    return references.merged(properties.get(name));
  }

  /// The same as a schema, without its alternatives.
  Node.Obj withoutUnion(Node.Obj origin) {
    return references.derived(origin, "withoutUnion", () -> made(origin));
  }

  private Node.Obj made(Node.Obj origin) {
    Map<String, Node> members = new LinkedHashMap<>();
    members.put("type", new Node.Text("object", origin.at()));
    Map<String, Node> all = new LinkedHashMap<>();
    properties.keySet().forEach(name -> all.put(name, property(name)));
    members.put("properties", new Node.Obj(all, origin.at()));
    members.put("required", new Node.Arr(required.stream().<Node>map(name -> new Node.Text(name, origin.at())).toList(), origin.at()));
    get("additionalProperties").filter(node -> node instanceof Node.Obj).ifPresent(node -> members.put("additionalProperties", node));
    return new Node.Obj(members, origin.at());
  }

  private void add(Node schema) {
    if (!(schema instanceof Node.Obj object)) {
      return;
    }
    Optional<String> reference = object.text("$ref");
    if (reference.isPresent()) {
      if (open.add(reference.get())) {
        add(references.target(reference.get()));
        open.remove(reference.get());
      }
      if (version == OpenApiVersion.V3_0) {
        return;
      }
    }
    object.items("allOf").forEach(this::add);
    own(object);
  }

  private void own(Node.Obj schema) {
    types(schema);
    schema.object("properties").ifPresent(all -> all.members().forEach((name, node) -> property(name, node)));
    schema.object("patternProperties").ifPresent(all -> patterns.putAll(all.members()));
    schema.items("required").forEach(name -> {
      if (name instanceof Node.Text text) {
        required.add(text.value());
      }
    });
    for (String keyword : List.of("oneOf", "anyOf")) {
      List<Node> branches = schema.items(keyword);
      if (!branches.isEmpty() && branches.stream().allMatch(References::isShaping)) {
        if (union.isEmpty()) {
          union.addAll(branches);
          discriminator = schema.object("discriminator");
        } else if (union.size() != branches.size() || !union.equals(branches)) {
          union.clear();
          union.add(new Node.Bool(true, schema.at()));
        }
      }
    }
    for (String keyword : List.of("format", "contentEncoding", "contentMediaType", "enum", "const", "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "additionalProperties")) {
      schema.get(keyword).ifPresent(node -> keyword(keyword, node));
    }
  }

  private void keyword(String keyword, Node node) {
    boolean closesAnOpenOne = keyword.equals("additionalProperties") && !(node instanceof Node.Obj) && others.get(keyword) instanceof Node.Obj;
    if (!closesAnOpenOne) {
      others.put(keyword, node);
    }
  }

  private void property(String name, Node node) {
    List<Node> all = properties.computeIfAbsent(name, key -> new ArrayList<>());
    if (all.stream().noneMatch(known -> known == node)) {
      all.add(node);
    }
  }

  private void types(Node.Obj schema) {
    Set<String> own = new LinkedHashSet<>();
    switch (schema.members().get("type")) {
      case Node.Text text -> own.add(text.value());
      case Node.Arr several -> several.items().forEach(each -> own.add(String.valueOf(each.plain())));
      case null, default -> { }
    }
    boolean empty = own.isEmpty();
    boolean alsoNull = own.remove("null") || schema.isTrue("nullable") && version == OpenApiVersion.V3_0;
    if (empty) {
      return;
    }
    nullable = alsoNull && (nullable || types.isEmpty());
    Set<String> before = new LinkedHashSet<>(types);
    if (before.contains("number") && own.contains("integer")) {
      before.add("integer");
    }
    before.retainAll(own);
    types.clear();
    types.addAll(before.isEmpty() ? own : before);
  }
}
