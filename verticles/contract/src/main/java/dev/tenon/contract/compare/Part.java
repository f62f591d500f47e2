package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a shape takes of one type, or one alternative of it.
sealed interface Part {

  Common common();

  /// Everything that decides what it takes: equal for parts that are written alike.
  Object key();

  /// Whether it takes every value of its type.
  boolean isOpen();

  /// What parts of all types have.
  ///
  /// @param schemas the schemas it was merged from, to name places and to tell its alternatives apart
  /// @param values when present, exactly the values it takes; nothing else constrains it then
  /// @param opaque constraints that are kept as they are written
  record Common(List<Node.Obj> schemas, Optional<Set<Object>> values, List<Opaque> opaque) {

    boolean isOpen() {
      return values.isEmpty() && opaque.isEmpty();
    }

    Object key() {
      return List.of(values, opaque.stream().map(Opaque::key).toList());
    }

    /// Where a keyword is written: in the last of the schemas that has it, or else where the whole is written.
    Node place(String... keywords) {
      for (String keyword : keywords) {
        for (Node.Obj schema : schemas.reversed()) {
          if (schema.has(keyword)) {
            return schema.members().get(keyword);
          }
        }
      }
      return schemas.getFirst();
    }
  }

  /// A constraint whose meaning is not taken apart: `not`, `if`, overlapping `oneOf`, too large `anyOf`, dynamic `unevaluated…`.
  ///
  /// @param detail what else decides its meaning
  record Opaque(String keyword, Node at, List<Shape> shapes, String detail) {

    Object key() {
      return List.of(keyword, detail, shapes.stream().map(Shape::number).toList());
    }
  }

  /// @param whole whether only whole numbers are taken; the bounds are closed then
  record Numbers(
      Common common, boolean whole, Optional<BigDecimal> min, boolean minExcluded, Optional<BigDecimal> max, boolean maxExcluded, Set<BigDecimal> multiplesOf)
      implements Part {

    @Override
    public boolean isOpen() {
      return common.isOpen() && !whole && min.isEmpty() && max.isEmpty() && multiplesOf.isEmpty();
    }

    @Override
    public Object key() {
      return List.of(common.key(), whole, min, minExcluded, max, maxExcluded, multiplesOf);
    }
  }

  record Texts(Common common, long lengthMin, long lengthMax, Set<String> patterns, Set<String> formats) implements Part {

    @Override
    public boolean isOpen() {
      return common.isOpen() && lengthMin == 0 && lengthMax == Long.MAX_VALUE && patterns.isEmpty() && formats.isEmpty();
    }

    @Override
    public Object key() {
      return List.of(common.key(), lengthMin, lengthMax, patterns, formats);
    }
  }

  /// @param prefix what each of the first items must be
  /// @param rest what the items after them must be
  record Arrays(Common common, long itemsMin, long itemsMax, boolean unique, List<Shape> prefix, Shape rest, List<Contains> contains) implements Part {

    Shape element(int index) {
      return index < prefix.size() ? prefix.get(index) : rest;
    }

    @Override
    public boolean isOpen() {
      return common.isOpen() && itemsMin == 0 && itemsMax == Long.MAX_VALUE && !unique && contains.isEmpty() && prefix.isEmpty() && rest.schemas().isEmpty();
    }

    @Override
    public Object key() {
      return List.of(common.key(), itemsMin, itemsMax, unique, prefix.stream().map(Shape::number).toList(), rest.number(), contains.stream().map(Contains::key).toList());
    }
  }

  record Contains(Shape shape, long min, long max, Node at) {

    Object key() {
      return List.of(shape.number(), min, max);
    }
  }

  /// @param rules what each of the schemas says of members, all of which must hold
  /// @param dependentNames name → names that must be there when it is
  /// @param dependentSchemas name → what the object must be when it is there
  record Objects(
      Common common,
      Shapes shapes,
      List<MemberRule> rules,
      Set<String> required,
      long membersMin,
      long membersMax,
      List<Shape> names,
      Map<String, Set<String>> dependentNames,
      Map<String, Shape> dependentSchemas) implements Part {

    /// The names that are described one by one.
    Set<String> declared() {
      Set<String> names = new LinkedHashSet<>();
      rules.forEach(rule -> names.addAll(rule.named().keySet()));
      return names;
    }

    Set<String> patterns() {
      Set<String> patterns = new TreeSet<>();
      rules.forEach(rule -> patterns.addAll(rule.patterned().keySet()));
      return patterns;
    }

    boolean declares(String name) {
      return rules.stream().anyMatch(rule -> rule.named().containsKey(name));
    }

    /// What a member of this name must be.
    Shape member(String name) {
      List<Node> schemas = new ArrayList<>();
      rules.forEach(rule -> rule.of(name, shapes::finds, schemas));
      return shapes.of(schemas);
    }

    /// What a member must be whose name is matched by this pattern and by nothing else.
    Shape patterned(String pattern) {
      List<Node> schemas = new ArrayList<>();
      rules.forEach(rule -> rule.ofPattern(pattern, schemas));
      return shapes.of(schemas);
    }

    /// What a member must be whose name nothing matches.
    Shape others() {
      List<Node> schemas = new ArrayList<>();
      rules.forEach(rule -> rule.others().ifPresent(schemas::add));
      return shapes.of(schemas);
    }

    @Override
    public boolean isOpen() {
      return common.isOpen() && rules.isEmpty() && required.isEmpty() && membersMin == 0 && membersMax == Long.MAX_VALUE && names.isEmpty()
          && dependentNames.isEmpty() && dependentSchemas.isEmpty();
    }

    @Override
    public Object key() {
      return List.of(common.key(), rules, required, membersMin, membersMax, names.stream().map(Shape::number).toList(), dependentNames,
          dependentSchemas.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue().number()).toList());
    }
  }
}
