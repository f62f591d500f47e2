package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Definition;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Member;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Sides.Side;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Type.Literals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes types of schemas. Each schema becomes one type, or two where requests and responses differ. Used for one contract.
final class TypeReader {

  /// A schema that is being read, or has been.
  private static final class Entry {
    Type type;
    Declaration declaration;
    boolean nullable;
  }

  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private final OpenApiVersion version;
  private final References references;
  private final Hints hints;
  private final Sides sides;
  private final UnionReader unions;
  private final Map<Node, Map<Side, Entry>> entries = new IdentityHashMap<>();
  private final List<Declaration> all = new ArrayList<>();
  private final Map<Declaration, Side> sideOf = new IdentityHashMap<>();
  private final Map<Declaration, Node> nodeOf = new IdentityHashMap<>();

  TypeReader(Node.Obj document, OpenApiVersion version, References references) {
    this.version = version;
    this.references = references;
    this.hints = new Hints(document, references);
    this.sides = new Sides(document);
    this.unions = new UnionReader(document, references, this);
  }

  /// The type of a schema.
  ///
  /// @param hint what it may be called if it is written nowhere
  Type type(Node schema, Side side, String hint) {
    if (!(references.resolved(schema) instanceof Node.Obj node) || node.members().isEmpty()) {
      return Basic.ANY;
    }
    Side matters = sides.of(node, side);
    Map<Side, Entry> known = entries.computeIfAbsent(node, key -> new LinkedHashMap<>());
    Entry entry = known.get(matters);
    if (entry == null) {
      entry = new Entry();
      known.put(matters, entry);
      read(node, matters, side, hints.of(node).orElse(hint), entry);
    } else if (entry.type == null && entry.declaration == null) {
      declare(node, matters, hints.of(node).orElse(hint), entry);
    }
    Type type = entry.type != null ? entry.type : new Type.Ref(entry.declaration);
    return entry.nullable ? Type.nullable(type) : type;
  }

  /// All that was declared, those first that the contract names. A request's variant of something that responses have too is called a request.
  List<Declaration> declarations() {
    List<Declaration> ordered = new ArrayList<>();
    Set<Node> inResponses = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    all.stream().filter(each -> sideOf.get(each) == Side.RESPONSE).forEach(each -> inResponses.add(nodeOf.get(each)));
    for (boolean named : new boolean[] {true, false}) {
      for (Declaration each : all) {
        if (each.named() == named) {
          ordered.add(each);
        }
      }
    }
    ordered.stream().filter(each -> sideOf.get(each) == Side.REQUEST && inResponses.contains(nodeOf.get(each))).forEach(Declaration::callRequest);
    return ordered;
  }

  private void read(Node.Obj node, Side matters, Side side, String hint, Entry entry) {
    Optional<String> name = hints.name(node);
    if (name.isPresent()) {
      declare(node, matters, hint, entry);
    }
    Shape shape = Shape.of(node, references, version);
    entry.nullable = shape.nullable || holdsNull(shape);
    Object read;
    if (shape.union.isEmpty()) {
      read = plain(shape, node, side, hint);
    } else {
      UnionReader.Alternatives alternatives = unions.read(shape, node, side, hint);
      entry.nullable |= alternatives.nullable();
      read = alternatives.made();
    }
    if (read instanceof Type type) {
      if (type instanceof Type.Nullable(Type inner)) {
        entry.nullable = true;
        type = inner;
      }
      if (entry.declaration == null) {
        entry.type = type;
        return;
      }
      entry.declaration.define(new Alias(type));
    } else {
      if (entry.declaration == null) {
        declare(node, matters, hint, entry);
      }
      entry.declaration.define((Definition) read);
    }
  }

  private void declare(Node.Obj node, Side side, String hint, Entry entry) {
    Optional<String> name = hints.name(node);
    entry.declaration = new Declaration(name.orElse(hint), name.isPresent(), Docs.of(node));
    all.add(entry.declaration);
    sideOf.put(entry.declaration, side);
    nodeOf.put(entry.declaration, node);
  }

  /// A type or a definition.
  Object plain(Shape shape, Node.Obj node, Side side, String hint) {
    if (shape.get("const").isPresent()) {
      return constant(shape.get("const").get());
    }
    if (shape.get("enum").orElse(null) instanceof Node.Arr values) {
      return enumeration(values.items(), hints.name(node).isPresent());
    }
    List<String> types = new ArrayList<>(shape.types);
    if (types.isEmpty()) {
      inferred(shape).ifPresent(types::add);
    }
    return types.size() == 1 ? ofType(types.getFirst(), shape, node, side, hint) : types.isEmpty() ? Basic.ANY : unions.ofTypes(types, shape, node, side, hint);
  }

  Object ofType(String type, Shape shape, Node.Obj node, Side side, String hint) {
    return switch (type) {
      case "object" -> object(shape, node, side, hint);
      case "array" -> array(shape, side, hint);
      case "string" -> string(shape);
      case "integer" -> integer(shape);
      case "number" -> shape.text("format").filter(format -> format.equals("decimal")).isPresent() ? Basic.DECIMAL : Basic.NUMBER;
      case "boolean" -> Basic.BOOLEAN;
      default -> Basic.ANY;
    };
  }

  private static Optional<String> inferred(Shape shape) {
    if (!shape.properties.isEmpty() || !shape.patterns.isEmpty() || shape.get("additionalProperties").isPresent()) {
      return Optional.of("object");
    }
    if (shape.get("items").isPresent() || shape.get("prefixItems").isPresent()) {
      return Optional.of("array");
    }
    return shape.text("format").or(() -> shape.text("contentEncoding")).map(format -> switch (format) {
      case "int32", "int64" -> "integer";
      case "float", "double" -> "number";
      default -> "string";
    });
  }

  private static boolean holdsNull(Shape shape) {
    return shape.get("enum").orElse(null) instanceof Node.Arr values && values.items().stream().anyMatch(Node.Null.class::isInstance)
        && (shape.types.isEmpty() || shape.nullable);
  }

  private static Type constant(Node value) {
    return switch (value) {
      case Node.Text(String text, var at) -> new Literals(Basic.STRING, List.of(text));
      case Node.Num(Number number, var at) -> new Literals(number instanceof Long ? Basic.INT64 : Basic.NUMBER, List.of(number));
      case Node.Bool(boolean bool, var at) -> new Literals(Basic.BOOLEAN, List.of(bool));
      case Node.Null nothing -> new Type.Nullable(Basic.ANY);
      default -> Basic.ANY;
    };
  }

  private Object enumeration(List<Node> nodes, boolean named) {
    List<Object> values = new ArrayList<>();
    nodes.stream().filter(node -> !(node instanceof Node.Null)).map(Node::plain).filter(value -> !values.contains(value)).forEach(values::add);
    if (values.isEmpty() || values.stream().anyMatch(value -> value instanceof Map || value instanceof List)) {
      return Basic.ANY;
    }
    if (values.stream().allMatch(String.class::isInstance)) {
      return values.size() == 1 && !named && version == OpenApiVersion.V3_0
          ? new Literals(Basic.STRING, values)
          : new Enumeration(values.stream().map(String.class::cast).toList());
    }
    Basic base = values.stream().allMatch(Long.class::isInstance) ? Basic.INT64
        : values.stream().allMatch(Number.class::isInstance) ? Basic.NUMBER
        : values.stream().allMatch(Boolean.class::isInstance) ? Basic.BOOLEAN : Basic.ANY;
    return new Literals(base, values);
  }

  private Object object(Shape shape, Node.Obj node, Side side, String hint) {
    Optional<Node> additional = shape.get("additionalProperties");
    if (shape.properties.isEmpty()) {
      if (additional.orElse(null) instanceof Node.Obj values) {
        return new Type.MapOf(type(values, side, hint + "Value"));
      }
      if (!shape.patterns.isEmpty()) {
        return new Type.MapOf(shape.patterns.size() == 1 ? type(shape.patterns.values().iterator().next(), side, hint + "Value") : Basic.ANY);
      }
      return additional.orElse(null) instanceof Node.Bool(boolean open, var at) && !open && shape.required.isEmpty()
          ? new Obj(List.of(), Optional.empty())
          : new Type.MapOf(Basic.ANY);
    }
    Map<String, Member> members = new LinkedHashMap<>();
    shape.properties.forEach((name, nodes) -> member(name, shape, node, side, hint).ifPresent(member -> members.put(name, member)));
    shape.required.stream().filter(name -> !shape.properties.containsKey(name)).forEach(name -> members.put(name, new Member(name, Basic.ANY, true, Docs.NONE)));
    Optional<Type> others = additional.flatMap(values -> switch (values) {
      case Node.Obj schema -> Optional.of(type(schema, side, hint + "Value"));
      case Node.Bool(boolean open, var at) when open -> Optional.of(Basic.ANY);
      default -> Optional.empty();
    });
    return new Obj(List.copyOf(members.values()), others);
  }

  private Optional<Member> member(String name, Shape shape, Node.Obj owner, Side side, String hint) {
    Node property = shape.property(name);
    Node.Obj said = property instanceof Node.Obj object ? object : new Node.Obj(Map.of(), property.at());
    Node.Obj meant = references.object(property);
    boolean readOnly = said.isTrue("readOnly") || meant.isTrue("readOnly") || said.items("allOf").stream().anyMatch(part -> references.object(part).isTrue("readOnly"));
    boolean writeOnly = said.isTrue("writeOnly") || meant.isTrue("writeOnly");
    if (readOnly && side == Side.REQUEST || writeOnly && side == Side.RESPONSE) {
      return Optional.empty();
    }
    boolean required = shape.required.contains(name) && !(readOnly && side == Side.BOTH && writeOnly);
    Type type = unions.fixed(owner, name).filter(value -> required)
        .<Type>map(value -> new Literals(Basic.STRING, List.of(value)))
        .orElseGet(() -> type(property, side, hint + Words.pascal(name)));
    return Optional.of(new Member(name, type, required, Docs.of(said).or(Docs.of(meant))));
  }

  private Object array(Shape shape, Side side, String hint) {
    Optional<Node> items = shape.get("items");
    if (shape.get("prefixItems").orElse(null) instanceof Node.Arr places && !places.items().isEmpty()) {
      List<Type> types = new ArrayList<>();
      for (int i = 0; i < places.items().size(); i++) {
        types.add(type(places.items().get(i), side, hint + "Item" + (i + 1)));
      }
      boolean closed = items.orElse(null) instanceof Node.Bool(boolean open, var at) && !open || shape.whole("maxItems", Integer.MAX_VALUE) <= types.size();
      return new Tuple(types, shape.whole("minItems", 0), closed ? Optional.empty() : Optional.of(items.map(rest -> type(rest, side, hint + "Item")).orElse(Basic.ANY)));
    }
    return new Type.ListOf(items.map(each -> type(each, side, hint + "Item")).orElse(Basic.ANY));
  }

  private static Type string(Shape shape) {
    if (shape.text("contentEncoding").filter(coding -> coding.equalsIgnoreCase("base64") || coding.equalsIgnoreCase("base64url")).isPresent()) {
      return Basic.BASE64;
    }
    return switch (shape.text("format").orElse("")) {
      case "date" -> Basic.DATE;
      case "date-time" -> Basic.DATE_TIME;
      case "uuid" -> Basic.UUID;
      case "uri", "uri-reference" -> Basic.URI;
      case "byte" -> Basic.BASE64;
      case "binary" -> Basic.BINARY;
      default -> shape.get("contentMediaType").isPresent() && shape.text("contentMediaType").orElse("").equals("application/octet-stream") ? Basic.BINARY : Basic.STRING;
    };
  }

  private static Type integer(Shape shape) {
    for (String bound : Set.of("minimum", "maximum")) {
      if (shape.get(bound).orElse(null) instanceof Node.Num(Number number, var at)) {
        BigDecimal value = new BigDecimal(number.toString());
        if (value.compareTo(LONG_MIN) < 0 || value.compareTo(LONG_MAX) > 0) {
          return Basic.INTEGER;
        }
      }
    }
    return switch (shape.text("format").orElse("")) {
      case "int32" -> Basic.INT32;
      case "uint64", "bigint" -> Basic.INTEGER;
      default -> Basic.INT64;
    };
  }

  Hints hints() {
    return hints;
  }
}
