package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Values, names and sizes that another schema makes a difference of, to be tried at each place of this one.
///
/// @param values scalars: what `enum` and `const` list, numbers at bounds and beside them, texts in formats and of patterns
/// @param names of members
/// @param sizes of strings, arrays and objects
public record Hints(List<Object> values, Set<String> names, Set<Long> sizes) {

  /// Nothing to try.
  public static final Hints NONE = new Hints(List.of(), Set.of(), Set.of());

  private static final int SCHEMAS_MAX = 5_000;
  private static final int EACH_MAX = 200;
  private static final List<String> SIZES = List.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains");
  private static final List<String> BOUNDS = List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

  public Hints {
    values = Collections.unmodifiableList(new ArrayList<>(values));   // may hold null
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    sizes = Collections.unmodifiableSet(new LinkedHashSet<>(sizes));
  }

  boolean isEmpty() {
    return values.isEmpty() && names.isEmpty() && sizes.isEmpty();
  }

  /// What a schema and all that it refers to makes a difference of.
  static Hints of(Node schema, Alternatives alternatives) {
    Set<Object> values = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    Set<Long> sizes = new LinkedHashSet<>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty() && seen.size() < SCHEMAS_MAX) {
      Node node = open.poll();
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Arr array) {
        open.addAll(array.items());
      } else if (node instanceof Node.Obj object) {
        read(object, values, names, sizes);
        object.text("$ref").flatMap(alternatives::target).ifPresent(open::add);
        open.addAll(object.members().values());
      }
    }
    return new Hints(some(values), new LinkedHashSet<>(some(names)), new LinkedHashSet<>(some(sizes)));
  }

  private static <T> List<T> some(Set<T> all) {
    return all.stream().limit(EACH_MAX).toList();
  }

  private static void read(Node.Obj schema, Set<Object> values, Set<String> names, Set<Long> sizes) {
    schema.items("enum").forEach(node -> values.add(Facts.read(node)));
    schema.get("const").ifPresent(node -> values.add(Facts.read(node)));
    for (String keyword : BOUNDS) {
      if (schema.get(keyword).orElse(null) instanceof Node.Num number) {
        BigDecimal bound = Decimals.exact(number.value());
        for (String beside : List.of("0", "1", "-1", "0.5", "-0.5")) {
          values.add(Decimals.read(bound.add(new BigDecimal(beside))));
        }
      }
    }
    for (String keyword : SIZES) {
      schema.wholeNumber(keyword).ifPresent(size -> {
        sizes.add(size);
        sizes.add(size + 1);
        if (size > 0) {
          sizes.add(size - 1);
        }
      });
    }
    schema.text("format").ifPresent(format -> {
      values.addAll(FormatTexts.valid(format));
      values.addAll(FormatTexts.invalid(format));
      if (format.equals("int32")) {
        values.addAll(List.of(2_147_483_647L, 2_147_483_648L, -2_147_483_648L, -2_147_483_649L));
      }
    });
    schema.object("properties").map(Node.Obj::members).map(Map::keySet).ifPresent(names::addAll);
    schema.items("required").forEach(node -> Texts.value(node).ifPresent(names::add));
    schema.object("dependentRequired").map(Node.Obj::members).map(Map::keySet).ifPresent(names::addAll);
  }
}
