package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import dev.tenon.contract.compare.Flat.Choice;
import dev.tenon.contract.compare.Part.Common;
import dev.tenon.contract.compare.Part.Opaque;
import dev.tenon.contract.schema.Dialect;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Merges schemas without alternatives into one part a type.
final class PartMerging {

  /// Formats that the validator checks.
  static final Set<String> CHECKED_FORMATS =
      Set.of("date", "time", "date-time", "duration", "uuid", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "json-pointer", "byte", "int32", "int64");

  private static final Set<String> ALL_TYPES = Set.of("null", "boolean", "integer", "number", "string", "array", "object");
  private static final Set<String> TRIVIAL_PATTERNS = Set.of("", ".*", "^", "^.*", "[\\s\\S]*", "^[\\s\\S]*$", "^[\\s\\S]*");

  private final Shapes shapes;
  private final List<Node.Obj> schemas;
  private final List<Choice> kept;
  private final boolean modern;
  private final Set<String> types = new TreeSet<>(ALL_TYPES);
  private final Optional<List<Object>> values;

  PartMerging(Shapes shapes, Flat flat, List<Choice> kept) {
    this.shapes = shapes;
    this.schemas = flat.schemas();
    this.kept = kept;
    this.modern = shapes.dialect() == Dialect.DRAFT_2020_12;
    schemas.forEach(this::restrictTypes);
    values = values();
  }

  private void restrictTypes(Node.Obj schema) {
    Set<String> named = new TreeSet<>();
    schema.text("type").ifPresent(named::add);
    schema.items("type").forEach(item -> named.add(String.valueOf(item.plain())));
    if (!schema.has("type")) {
      return;
    }
    if (!modern && schema.isTrue("nullable")) {
      named.add("null");
    }
    if (named.contains("number")) {
      named.add("integer");
    }
    types.retainAll(named);
  }

  /// The values that `enum` and `const` leave, and everything else too.
  private Optional<List<Object>> values() {
    for (Node.Obj schema : schemas) {
      List<Node> listed = modern && schema.has("const") ? List.of(schema.members().get("const")) : schema.items("enum");
      if (modern && schema.has("const") || schema.has("enum")) {
        return Optional.of(listed.stream().map(Node::plain).filter(value -> schemas.stream().allMatch(each -> shapes.mayAccept(each, value)))
            .filter(value -> kept.stream().allMatch(choice -> shapes.mayAccept(choice.owner(), value))).toList());
      }
    }
    return Optional.empty();
  }

  boolean nulls() {
    return values.map(list -> list.stream().anyMatch(value -> value == null))
        .orElseGet(() -> types.contains("null") && nots().noneMatch(not -> !not.isBeingFilled() && not.nulls()));
  }

  Set<Boolean> booleans() {
    Set<Boolean> booleans = new TreeSet<>();
    if (values.isPresent()) {
      values.get().stream().filter(Boolean.class::isInstance).forEach(value -> booleans.add((Boolean) value));
    } else if (types.contains("boolean")) {
      booleans.addAll(List.of(true, false));
      nots().filter(not -> !not.isBeingFilled()).forEach(not -> booleans.removeAll(not.booleans()));
    }
    return booleans;
  }

  private java.util.stream.Stream<Shape> nots() {
    return schemas.stream().filter(schema -> schema.has("not")).map(schema -> shapes.of(schema.members().get("not")));
  }

  /// What all parts have; empty where nothing of the type is taken.
  private Optional<Common> common(String type, Class<?> java, Function<Shape, List<? extends Part>> parts, Set<String> unevaluated) {
    if (values.isPresent()) {
      Set<Object> own = new LinkedHashSet<>();
      values.get().stream().filter(java::isInstance).forEach(value -> own.add(Canonical.of(value)));
      return own.isEmpty() ? Optional.empty() : Optional.of(new Common(schemas, Optional.of(own), List.of()));
    }
    if (!types.contains(type)) {
      return Optional.empty();
    }
    List<Opaque> opaque = new ArrayList<>();
    for (Node.Obj schema : schemas) {
      if (schema.has("not")) {
        Shape not = shapes.of(schema.members().get("not"));
        if (!not.isBeingFilled() && parts.apply(not).stream().anyMatch(part -> part.isOpen() || type.equals("integer") && isOpenForWhole(part))) {
          return Optional.empty();
        }
        if (not.isBeingFilled() || !parts.apply(not).isEmpty()) {
          opaque.add(new Opaque("not", schema.members().get("not"), List.of(not), ""));
        }
      }
      condition(schema, parts).ifPresent(opaque::add);
      unevaluated.stream().filter(schema::has).flatMap(keyword -> Unevaluated.opaque(schema, keyword, shapes).stream()).forEach(opaque::add);
    }
    kept.forEach(choice -> opaque.add(new Opaque(choice.keyword(), choice.owner(), choice.alternatives().stream().map(shapes::of).toList(), "")));
    return Optional.of(new Common(schemas, Optional.empty(), opaque));
  }

  private static boolean isOpenForWhole(Part part) {
    return part instanceof Part.Numbers numbers && numbers.common().isOpen() && numbers.whole() && numbers.min().isEmpty() && numbers.max().isEmpty() && numbers.multiplesOf().isEmpty();
  }

  /// `if`, unless it asks nothing of this type.
  private Optional<Opaque> condition(Node.Obj schema, Function<Shape, List<? extends Part>> parts) {
    if (!modern || !schema.has("if") || !schema.has("then") && !schema.has("else")) {
      return Optional.empty();
    }
    Shape then = schema.get("then").map(shapes::of).orElseGet(() -> shapes.of(List.of()));
    Shape otherwise = schema.get("else").map(shapes::of).orElseGet(() -> shapes.of(List.of()));
    Predicate<Shape> asksNothing = shape -> !shape.isBeingFilled() && parts.apply(shape).stream().anyMatch(Part::isOpen);
    return asksNothing.test(then) && asksNothing.test(otherwise)
        ? Optional.empty()
        : Optional.of(new Opaque("if", schema.members().get("if"), List.of(shapes.of(schema.members().get("if")), then, otherwise), ""));
  }

  Optional<Part.Numbers> numbers() {
    boolean whole = !types.contains("number") || factors(false).stream().anyMatch(PartMerging::isWhole);
    return common(whole ? "integer" : "number", Number.class, Shape::numbers, Set.of()).flatMap(common -> {
      if (common.values().isPresent()) {
        boolean wholeValues = common.values().get().stream().allMatch(value -> isWhole((BigDecimal) value));
        return Optional.of(new Part.Numbers(common, wholeValues, Optional.empty(), false, Optional.empty(), false, Set.of()));
      }
      Limit low = limit("minimum", "exclusiveMinimum", whole, 1);
      Limit high = limit("maximum", "exclusiveMaximum", whole, -1);
      boolean none = low.at().isPresent() && high.at().isPresent()
          && (low.at().get().compareTo(high.at().get()) > 0 || low.at().get().compareTo(high.at().get()) == 0 && (low.excluded() || high.excluded()));
      return none ? Optional.empty() : Optional.of(new Part.Numbers(common, whole, low.at(), low.excluded(), high.at(), high.excluded(), factors(whole)));
    });
  }

  private record Limit(Optional<BigDecimal> at, boolean excluded) {}

  /// @param sign 1 for the lower bound, of which the largest counts; -1 for the upper
  private Limit limit(String closed, String open, boolean whole, int sign) {
    BigDecimal best = null;
    boolean excluded = false;
    for (Node.Obj schema : schemas) {
      boolean oldExcluded = !modern && schema.isTrue(open);
      List<Limit> limits = new ArrayList<>();
      number(schema, closed).ifPresent(at -> limits.add(new Limit(Optional.of(at), oldExcluded)));
      if (modern) {
        number(schema, open).ifPresent(at -> limits.add(new Limit(Optional.of(at), true)));
      }
      schema.text("format").filter(format -> format.equals("int32") || format.equals("int64")).ifPresent(format -> {
        long bound = format.equals("int32") ? (sign > 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE) : sign > 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        limits.add(new Limit(Optional.of(BigDecimal.valueOf(bound)), false));
      });
      for (Limit limit : limits) {
        int order = best == null ? 1 : limit.at().get().compareTo(best) * sign;
        if (order > 0 || order == 0 && limit.excluded()) {
          best = limit.at().get();
          excluded = limit.excluded();
        }
      }
    }
    if (best != null && whole) {
      BigDecimal rounded = best.setScale(0, sign > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR);
      best = excluded && rounded.compareTo(best) == 0 ? rounded.add(BigDecimal.valueOf(sign)) : rounded;
      excluded = false;
    }
    return new Limit(Optional.ofNullable(best).map(BigDecimal::stripTrailingZeros), excluded);
  }

  private Set<BigDecimal> factors(boolean whole) {
    Set<BigDecimal> factors = new TreeSet<>();
    BigDecimal common = null;
    for (Node.Obj schema : schemas) {
      BigDecimal factor = number(schema, "multipleOf").map(BigDecimal::stripTrailingZeros).filter(each -> each.signum() > 0).orElse(null);
      if (factor != null && isWhole(factor)) {
        common = common == null ? factor : new BigDecimal(common.toBigInteger().multiply(factor.toBigInteger()).divide(common.toBigInteger().gcd(factor.toBigInteger())));
      } else if (factor != null && !(whole && BigDecimal.ONE.remainder(factor).signum() == 0)) {
        factors.add(factor);
      }
    }
    if (common != null && !(whole && common.compareTo(BigDecimal.ONE) == 0)) {
      factors.add(common.stripTrailingZeros());
    }
    return factors;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static Optional<BigDecimal> number(Node.Obj schema, String keyword) {
    return schema.members().get(keyword) instanceof Node.Num number ? Optional.of(Canonical.exact(number.value())) : Optional.empty();
  }

  Optional<Part.Texts> texts() {
    return common("string", String.class, Shape::texts, Set.of()).flatMap(common -> {
      if (common.values().isPresent()) {
        return Optional.of(new Part.Texts(common, 0, Long.MAX_VALUE, Set.of(), Set.of()));
      }
      Set<String> patterns = new TreeSet<>();
      Set<String> formats = new TreeSet<>();
      schemas.forEach(schema -> {
        schema.text("pattern").filter(pattern -> !TRIVIAL_PATTERNS.contains(pattern)).ifPresent(patterns::add);
        schema.text("format").filter(format -> CHECKED_FORMATS.contains(format) && !format.startsWith("int")).ifPresent(formats::add);
      });
      long min = largest("minLength");
      long max = smallest("maxLength");
      return min > max ? Optional.empty() : Optional.of(new Part.Texts(common, min, max, patterns, formats));
    });
  }

  private long largest(String keyword) {
    return schemas.stream().flatMap(schema -> number(schema, keyword).stream()).mapToLong(PartMerging::count).max().orElse(0);
  }

  private long smallest(String keyword) {
    return schemas.stream().flatMap(schema -> number(schema, keyword).stream()).mapToLong(PartMerging::count).min().orElse(Long.MAX_VALUE);
  }

  private static long count(BigDecimal number) {
    return number.min(BigDecimal.valueOf(Long.MAX_VALUE)).max(BigDecimal.ZERO).longValue();
  }

  Optional<Part.Arrays> arrays() {
    return common("array", List.class, Shape::arrays, modern ? Set.of("unevaluatedItems") : Set.of()).flatMap(common -> {
      if (common.values().isPresent()) {
        return Optional.of(new Part.Arrays(common, 0, Long.MAX_VALUE, false, List.of(), shapes.of(List.of()), List.of()));
      }
      List<ItemRule> rules = new ArrayList<>();
      for (Node.Obj schema : schemas) {
        List<Node> first = modern ? schema.items("prefixItems") : List.of();
        if (!first.isEmpty() || schema.has("items")) {
          rules.add(new ItemRule(first, schema.get("items")));
        }
        if (modern && schema.has("unevaluatedItems")) {
          Unevaluated.itemRule(schema, shapes).ifPresent(rules::add);
        }
      }
      int length = rules.stream().mapToInt(rule -> rule.prefix().size()).max().orElse(0);
      List<Shape> prefix = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        prefix.add(element(rules, i));
      }
      Shape rest = element(rules, length);
      while (!prefix.isEmpty() && prefix.getLast() == rest) {
        prefix.removeLast();
      }
      long max = Math.min(smallest("maxItems"), rest.schemas().stream().anyMatch(node -> node instanceof Node.Bool) ? prefix.size() : Long.MAX_VALUE);
      long min = largest("minItems");
      boolean unique = schemas.stream().anyMatch(schema -> schema.isTrue("uniqueItems")) && max > 1;
      return min > max ? Optional.empty() : Optional.of(new Part.Arrays(common, min, max, unique, prefix, rest, contains()));
    });
  }

  /// What one schema says of items by their place.
  record ItemRule(List<Node> prefix, Optional<Node> rest) {}

  private Shape element(List<ItemRule> rules, int index) {
    List<Node> all = new ArrayList<>();
    rules.forEach(rule -> (index < rule.prefix().size() ? Optional.of(rule.prefix().get(index)) : rule.rest()).ifPresent(all::add));
    return shapes.of(all);
  }

  private List<Part.Contains> contains() {
    List<Part.Contains> contains = new ArrayList<>();
    if (modern) {
      for (Node.Obj schema : schemas) {
        schema.get("contains").ifPresent(node -> {
          long min = number(schema, "minContains").map(PartMerging::count).orElse(1L);
          long max = number(schema, "maxContains").map(PartMerging::count).orElse(Long.MAX_VALUE);
          if (min > 0 || max < Long.MAX_VALUE) {
            contains.add(new Part.Contains(shapes.of(node), min, max, node));
          }
        });
      }
    }
    return contains;
  }

  Optional<Part.Objects> objects() {
    return common("object", Map.class, Shape::objects, modern ? Set.of("unevaluatedProperties") : Set.of()).flatMap(common -> {
      if (common.values().isPresent()) {
        return Optional.of(new Part.Objects(common, shapes, List.of(), Set.of(), 0, Long.MAX_VALUE, List.of(), Map.of(), Map.of()));
      }
      Set<String> required = new TreeSet<>();
      List<MemberRule> rules = new ArrayList<>();
      List<Shape> names = new ArrayList<>();
      Map<String, Set<String>> dependentNames = new TreeMap<>();
      Map<String, List<Node>> dependentSchemas = new TreeMap<>();
      for (Node.Obj schema : schemas) {
        required.addAll(texts(schema.items("required")));
        memberRule(schema).ifPresent(rules::add);
        if (modern) {
          Unevaluated.memberRule(schema, shapes).ifPresent(rules::add);
          schema.get("propertyNames").map(shapes::of).filter(shape -> !shape.schemas().isEmpty()).ifPresent(names::add);
          schema.object("dependentRequired").ifPresent(all -> all.members().forEach((name, needed) -> {
            if (needed instanceof Node.Arr list && !list.items().isEmpty()) {
              dependentNames.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(texts(list.items()));
            }
          }));
          schema.object("dependentSchemas").ifPresent(all -> all.members().forEach((name, node) -> dependentSchemas.computeIfAbsent(name, _ -> new ArrayList<>()).add(node)));
        }
      }
      Map<String, Shape> dependent = new TreeMap<>();
      dependentSchemas.forEach((name, nodes) -> dependent.put(name, shapes.of(nodes)));
      long min = largest("minProperties");
      long max = smallest("maxProperties");
      return Math.max(min, required.size()) > max
          ? Optional.empty()
          : Optional.of(new Part.Objects(common, shapes, rules, required, min <= required.size() ? 0 : min, max, names, dependentNames, dependent));
    });
  }

  private Optional<MemberRule> memberRule(Node.Obj schema) {
    Map<String, Node> named = new LinkedHashMap<>();
    schema.object("properties").ifPresent(properties -> named.putAll(properties.members()));
    Map<String, Node> patterned = new LinkedHashMap<>();
    if (modern) {
      schema.object("patternProperties").ifPresent(patterns -> patterned.putAll(patterns.members()));
    }
    Optional<Node> others = schema.get("additionalProperties");
    boolean says = !named.isEmpty() || !patterned.isEmpty() || others.isPresent() && !(others.get() instanceof Node.Bool bool && bool.value());
    return says ? Optional.of(new MemberRule(named, patterned, others)) : Optional.empty();
  }

  private static Set<String> texts(List<Node> nodes) {
    Set<String> texts = new TreeSet<>();
    nodes.forEach(node -> {
      if (node instanceof Node.Text text) {
        texts.add(text.value());
      }
    });
    return texts;
  }

  /// The part with one more constraint.
  static Part with(Part part, Opaque opaque) {
    Common common = part.common();
    List<Opaque> all = new ArrayList<>(common.opaque());
    all.add(opaque);
    return with(part, new Common(common.schemas(), common.values(), all));
  }

  static Part with(Part part, Common common) {
    return switch (part) {
      case Part.Numbers numbers -> new Part.Numbers(common, numbers.whole(), numbers.min(), numbers.minExcluded(), numbers.max(), numbers.maxExcluded(), numbers.multiplesOf());
      case Part.Texts texts -> new Part.Texts(common, texts.lengthMin(), texts.lengthMax(), texts.patterns(), texts.formats());
      case Part.Arrays arrays -> new Part.Arrays(common, arrays.itemsMin(), arrays.itemsMax(), arrays.unique(), arrays.prefix(), arrays.rest(), arrays.contains());
      case Part.Objects objects -> new Part.Objects(common, objects.shapes(), objects.rules(), objects.required(), objects.membersMin(), objects.membersMax(), objects.names(),
          objects.dependentNames(), objects.dependentSchemas());
    };
  }
}
