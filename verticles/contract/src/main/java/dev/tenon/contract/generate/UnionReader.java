package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Declaration.Variant;
import dev.tenon.contract.generate.Sides.Side;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Type.Literals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes types of alternatives: `oneOf`, `anyOf`, and several `type`s.
final class UnionReader {

  private final References references;
  private final TypeReader types;
  /// Of a schema that is an alternative wherever discriminators speak of it: the members that tell so, with the value that each always has.
  private final Map<Node, Map<String, Set<String>>> told = new IdentityHashMap<>();

  UnionReader(Node.Obj document, References references, TypeReader types) {
    this.references = references;
    this.types = types;
    gather(document);
  }

  /// The one value that a member of this schema always has, because a discriminator goes by it.
  Optional<String> fixed(Node schema, String member) {
    Set<String> values = told.getOrDefault(schema, Map.of()).getOrDefault(member, Set.of());
    return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
  }

  /// @param made a type or a definition
  /// @param nullable whether null is one of them
  record Alternatives(Object made, boolean nullable) {}

  Alternatives read(Shape shape, Node.Obj node, Side side, String hint) {
    boolean based = shape.hasMembers();
    Node.Obj base = based ? shape.withoutUnion(node) : node;
    List<Variant> variants = new ArrayList<>();
    Map<Integer, Integer> places = new LinkedHashMap<>();
    boolean nullable = false;
    for (int i = 0; i < shape.union.size(); i++) {
      Node branch = shape.union.get(i);
      if (isNull(branch)) {
        nullable = true;
        continue;
      }
      String name = variantHint(branch, i);
      Type type = based
          ? types.type(references.merged(List.of(base, branch)), side, hint + name)
          : types.type(branch, side, hint + name);
      if (type instanceof Type.Nullable(Type inner)) {
        nullable = true;
        type = inner;
      }
      places.put(i, place(variants, new Variant(name, type)));
    }
    Map<String, Integer> mapping = new LinkedHashMap<>();
    mapping(shape).forEach((value, index) -> Optional.ofNullable(places.get(index)).ifPresent(place -> mapping.put(value, place)));
    return new Alternatives(simplified(variants, shape.discriminator.flatMap(found -> found.text("propertyName")).filter(name -> !mapping.isEmpty()), mapping), nullable);
  }

  /// Alternatives of the basic kinds that a list of types names.
  Object ofTypes(List<String> names, Shape shape, Node.Obj node, Side side, String hint) {
    List<Variant> variants = new ArrayList<>();
    for (String name : names) {
      Type type = types.type(references.derived(node, name, () -> ofType(name, shape, node)), side, hint + Words.pascal(name));
      place(variants, new Variant(Words.pascal(name), type));
    }
    return simplified(variants, Optional.empty(), Map.of());
  }

  private static Node.Obj ofType(String name, Shape shape, Node.Obj node) {
    Map<String, Node> members = new LinkedHashMap<>(shape.withoutUnion(node).members());
    members.putAll(shape.others);
    members.put("type", new Node.Text(name, node.at()));
    if (!name.equals("object")) {
      List.of("properties", "required", "additionalProperties").forEach(members::remove);
    }
    return new Node.Obj(members, node.at());
  }

  private static Object simplified(List<Variant> variants, Optional<String> discriminator, Map<String, Integer> mapping) {
    List<Type> all = variants.stream().map(Variant::type).toList();
    if (all.isEmpty() || all.contains(Basic.ANY)) {
      return Basic.ANY;
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    if (all.stream().allMatch(type -> type instanceof Literals(Basic base, var values) && base == Basic.STRING)) {
      return new Enumeration(all.stream().flatMap(type -> ((Literals) type).values().stream()).map(String.class::cast).distinct().toList());
    }
    if (all.size() == 2 && all.contains(Basic.STRING)) {
      Type other = all.get(0) == Basic.STRING ? all.get(1) : all.get(0);
      if (other instanceof Type.Ref(Declaration to) && to.definition() instanceof Enumeration || other instanceof Literals) {
        return other instanceof Literals ? Basic.STRING : other; // an enumeration takes other strings anyway
      }
    }
    if (all.size() == 2 && all.contains(Basic.NUMBER) && (all.contains(Basic.INT64) || all.contains(Basic.INT32))) {
      return Basic.NUMBER;
    }
    return new Union(variants, discriminator, mapping);
  }

  private static int place(List<Variant> variants, Variant variant) {
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i).type().equals(variant.type())) {
        return i;
      }
    }
    variants.add(variant);
    return variants.size() - 1;
  }

  private String variantHint(Node branch, int index) {
    Node resolved = references.resolved(branch);
    return types.hints().name(resolved)
        .or(() -> resolved instanceof Node.Obj object ? object.text("title").filter(title -> title.length() <= 40) : Optional.empty())
        .map(Words::pascal)
        .orElse("Option" + (index + 1));
  }

  private boolean isNull(Node branch) {
    return references.resolved(branch) instanceof Node.Obj object
        && (object.text("type").orElse("").equals("null") || object.get("const").orElse(null) instanceof Node.Null
            || object.items("enum").size() == 1 && object.items("enum").getFirst() instanceof Node.Null);
  }

  /// Values of the discriminator, each with the place of its branch.
  private Map<String, Integer> mapping(Shape shape) {
    Map<String, Integer> mapping = new LinkedHashMap<>();
    shape.discriminator.ifPresent(discriminator -> {
      Set<Integer> explicit = new HashSet<>();
      discriminator.object("mapping").ifPresent(all -> all.members().forEach((value, node) -> {
        if (node instanceof Node.Text text) {
          Node target = mapped(text.value());
          for (int i = 0; i < shape.union.size(); i++) {
            if (references.resolved(shape.union.get(i)) == target) {
              explicit.add(i);
              mapping.put(value, i);
              break;
            }
          }
        }
      }));
      for (int i = 0; i < shape.union.size(); i++) {
        if (!explicit.contains(i) && shape.union.get(i) instanceof Node.Obj branch && branch.text("$ref").isPresent()) {
          mapping.putIfAbsent(lastName(branch.text("$ref").get()), i);
        }
      }
    });
    return mapping;
  }

  private Node mapped(String value) {
    return references.resolved(references.target(value.startsWith("#") ? value : "#/components/schemas/" + value));
  }

  private static String lastName(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private void gather(Node node) {
    switch (node) {
      case Node.Obj object -> {
        Optional<String> member = object.object("discriminator").flatMap(found -> found.text("propertyName"));
        if (member.isPresent()) {
          List<Node> branches = object.items("oneOf").isEmpty() ? object.items("anyOf") : object.items("oneOf");
          tell(object.object("discriminator").get(), branches, member.get());
        }
        object.members().forEach((name, value) -> {
          if (!name.startsWith("example") && !name.startsWith("x-")) {
            gather(value);
          }
        });
      }
      case Node.Arr array -> array.items().forEach(this::gather);
      default -> { }
    }
  }

  private void tell(Node.Obj discriminator, List<Node> branches, String member) {
    Map<String, Node> mapping = discriminator.object("mapping").map(Node.Obj::members).orElse(Map.of());
    for (Node branch : branches) {
      if (branch instanceof Node.Obj object && object.text("$ref").isPresent()) {
        Node target = references.resolved(branch);
        Set<String> values = new HashSet<>();
        mapping.forEach((value, node) -> {
          if (node instanceof Node.Text text && mapped(text.value()) == target) {
            values.add(value);
          }
        });
        if (values.isEmpty()) {
          values.add(lastName(object.text("$ref").get()));
        }
        told.computeIfAbsent(target, key -> new LinkedHashMap<>()).computeIfAbsent(member, key -> new HashSet<>()).addAll(values);
      }
    }
  }
}
