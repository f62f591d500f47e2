package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/// One alternative of a schema: the keywords of all its parts, which hold together.
///
/// @param parts the schemas it is joined from
/// @param fixed members whose value a discriminator fixes
/// @param needed members that the alternative needs beside those that are required
/// @param forbidden members that the alternative is about not having
/// @param avoided members that other branches of a `oneOf` need, better left out
/// @param label which branches were taken: `oneOf/1`; empty where there was nothing to choose
record Facts(
    Dialect dialect, List<Node.Obj> parts, Map<String, Object> fixed, Set<String> needed, Set<String> forbidden, Set<String> avoided, String label) {

  static Facts none(Dialect dialect) {
    return new Facts(dialect, List.of(), Map.of(), Set.of(), Set.of(), Set.of(), "");
  }

  Facts with(Node.Obj part) {
    List<Node.Obj> all = new ArrayList<>(parts);
    all.add(part);
    return new Facts(dialect, List.copyOf(all), fixed, needed, forbidden, avoided, label);
  }

  Facts labelled(String branch) {
    return new Facts(dialect, parts, fixed, needed, forbidden, avoided, label.isEmpty() ? branch : label + " " + branch);
  }

  Facts fixing(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(fixed);
    all.put(name, value);
    return new Facts(dialect, parts, all, needed, forbidden, avoided, label);
  }

  Facts needing(String name) {
    Set<String> all = new LinkedHashSet<>(needed);
    all.add(name);
    return new Facts(dialect, parts, fixed, all, forbidden, avoided, label);
  }

  Facts forbidding(String name) {
    Set<String> all = new LinkedHashSet<>(forbidden);
    all.add(name);
    return new Facts(dialect, parts, fixed, needed, all, avoided, label);
  }

  Facts avoiding(Set<String> names) {
    Set<String> all = new LinkedHashSet<>(avoided);
    all.addAll(names);
    return new Facts(dialect, parts, fixed, needed, forbidden, all, label);
  }

  boolean has(String keyword) {
    return parts.stream().anyMatch(part -> part.has(keyword));
  }

  boolean isTrue(String keyword) {
    return parts.stream().anyMatch(part -> part.isTrue(keyword));
  }

  List<Node> all(String keyword) {
    return parts.stream().flatMap(part -> part.get(keyword).stream()).toList();
  }

  List<String> texts(String keyword) {
    return parts.stream().flatMap(part -> part.text(keyword).stream()).distinct().toList();
  }

  /// The largest of a keyword's values, which are counts.
  Optional<Long> largest(String keyword) {
    return count(keyword, Math::max);
  }

  /// The smallest of a keyword's values, which are counts.
  Optional<Long> smallest(String keyword) {
    return count(keyword, Math::min);
  }

  private Optional<Long> count(String keyword, BinaryOperator<Long> choice) {
    return all(keyword).stream().filter(Node.Num.class::isInstance).map(node -> ((Node.Num) node).value().longValue()).reduce(choice);
  }

  /// The values that `enum` and `const` leave; empty where neither is there.
  Optional<List<Object>> values() {
    for (Node.Obj part : parts) {
      if (dialect != Dialect.OPENAPI_3_0 && part.has("const")) {
        List<Object> only = new ArrayList<>();
        only.add(read(part.members().get("const")));
        return Optional.of(only);
      }
    }
    for (Node.Obj part : parts) {
      if (part.has("enum")) {
        List<Object> values = new ArrayList<>();
        part.items("enum").forEach(node -> values.add(read(node)));
        return Optional.of(values);
      }
    }
    return Optional.empty();
  }

  /// What an author gave as an example of the value.
  List<Object> examples() {
    List<Object> examples = new ArrayList<>();
    for (Node.Obj part : parts) {
      part.get("example").ifPresent(node -> examples.add(read(node)));
      part.items("examples").forEach(node -> examples.add(read(node)));
      part.get("default").ifPresent(node -> examples.add(read(node)));
    }
    return examples;
  }

  /// The value of a node with numbers as a reader of JSON gets them.
  static Object read(Node node) {
    return switch (node) {
      case Node.Num number -> Decimals.read(Decimals.exact(number.value()));
      case Node.Arr array -> {
        List<Object> items = new ArrayList<>();
        array.items().forEach(item -> items.add(read(item)));
        yield items;
      }
      case Node.Obj object -> {
        Map<String, Object> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, read(member)));
        yield members;
      }
      default -> node.plain();
    };
  }

  /// The types that `type` allows; empty where it says nothing.
  Optional<Set<Kind>> types() {
    EnumSet<Kind> allowed = null;
    for (Node.Obj part : parts) {
      Optional<Node> type = part.get("type");
      if (type.isPresent()) {
        EnumSet<Kind> here = kinds(type.get());
        if (dialect == Dialect.OPENAPI_3_0 && part.isTrue("nullable")) {
          here.add(Kind.NULL);
        }
        if (allowed == null) {
          allowed = here;
        } else {
          allowed.retainAll(here);
        }
      }
    }
    return Optional.ofNullable(allowed);
  }

  private static EnumSet<Kind> kinds(Node type) {
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<Node> names = type instanceof Node.Arr several ? several.items() : List.of(type);
    for (Node name : names) {
      switch (name instanceof Node.Text text ? text.value() : "") {
        case "object" -> kinds.add(Kind.OBJECT);
        case "array" -> kinds.add(Kind.ARRAY);
        case "string" -> kinds.add(Kind.STRING);
        case "integer" -> kinds.add(Kind.INTEGER);
        case "boolean" -> kinds.add(Kind.BOOLEAN);
        case "null" -> kinds.add(Kind.NULL);
        case "number" -> kinds.addAll(List.of(Kind.NUMBER, Kind.INTEGER));
        default -> { }
      }
    }
    return kinds;
  }

  private static final Map<Kind, List<String>> TELLING = Map.of(
      Kind.OBJECT, List.of("properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames",
          "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
      Kind.ARRAY, List.of("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"),
      Kind.STRING, List.of("minLength", "maxLength", "pattern", "format"),
      Kind.NUMBER, List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"));

  /// The types to make, the one that is meant first: by `type`, or by the keywords that are there; any others follow where no `type` excludes them.
  List<Kind> kinds() {
    Set<Kind> order = new LinkedHashSet<>();
    Optional<Set<Kind>> types = types();
    Optional<List<Object>> values = values();
    if (values.isPresent()) {
      values.get().forEach(value -> order.add(Kind.of(value)));
      types.ifPresent(order::retainAll);
      return List.copyOf(order);
    }
    List<Kind> meant = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (TELLING.getOrDefault(kind, List.of()).stream().anyMatch(this::has)) {
        meant.add(kind);
      }
    }
    if (!needed.isEmpty() || !fixed.isEmpty() || !forbidden.isEmpty()) {
      order.add(Kind.OBJECT);
    }
    order.addAll(meant);
    order.addAll(types.isPresent() ? types.get() : List.of(Kind.STRING, Kind.INTEGER, Kind.OBJECT, Kind.ARRAY, Kind.BOOLEAN, Kind.NUMBER, Kind.NULL));
    types.ifPresent(order::retainAll);
    if (order.remove(Kind.NUMBER)) {   // whole numbers are numbers too, and the more usual ones last
      List<Kind> kinds = new ArrayList<>(order);
      int at = kinds.indexOf(Kind.INTEGER);
      kinds.add(at < 0 ? kinds.size() : meant.contains(Kind.NUMBER) || types.isPresent() ? at : kinds.size(), Kind.NUMBER);
      return kinds;
    }
    return List.copyOf(order);
  }

  /// A bound of numbers.
  record Bound(BigDecimal value, boolean excluded, String keyword) {}

  /// The bound that numbers are above; empty where there is none.
  Optional<Bound> lower() {
    return bound("minimum", "exclusiveMinimum", 1, Integer.MIN_VALUE, Long.MIN_VALUE);
  }

  /// The bound that numbers are below; empty where there is none.
  Optional<Bound> upper() {
    return bound("maximum", "exclusiveMaximum", -1, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  private Optional<Bound> bound(String keyword, String exclusive, int sign, long int32, long int64) {
    Bound tightest = null;
    for (Node.Obj part : parts) {
      List<Bound> here = new ArrayList<>();
      boolean excluded = dialect == Dialect.OPENAPI_3_0 && part.isTrue(exclusive);
      if (part.get(keyword).orElse(null) instanceof Node.Num number) {
        here.add(new Bound(Decimals.exact(number.value()), excluded, excluded ? exclusive : keyword));
      }
      if (dialect != Dialect.OPENAPI_3_0 && part.get(exclusive).orElse(null) instanceof Node.Num number) {
        here.add(new Bound(Decimals.exact(number.value()), true, exclusive));
      }
      part.text("format").ifPresent(format -> {
        if (format.equals("int32")) {
          here.add(new Bound(BigDecimal.valueOf(int32), false, keyword));
        } else if (format.equals("int64")) {
          here.add(new Bound(BigDecimal.valueOf(int64), false, keyword));
        }
      });
      for (Bound bound : here) {
        int order = tightest == null ? 1 : bound.value().compareTo(tightest.value()) * sign;
        if (order > 0 || order == 0 && bound.excluded()) {
          tightest = bound;
        }
      }
    }
    return Optional.ofNullable(tightest);
  }
}
