package dev.tenon.contract.compare;

import static dev.tenon.contract.compare.Facet.Movement.CHANGED;
import static dev.tenon.contract.compare.Facet.Movement.NARROWED;
import static dev.tenon.contract.compare.Facet.Movement.WIDENED;

import dev.tenon.contract.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Compares what two shapes ask of objects.
final class ObjectDiff {

  private final PartDiff parts;
  private final Part.Objects old;
  private final Part.Objects now;
  private final boolean request;
  /// The one that must take everything.
  private final Part.Objects sup;

  ObjectDiff(PartDiff parts, Part.Objects old, Part.Objects now) {
    this.parts = parts;
    this.old = old;
    this.now = now;
    this.request = parts.pair().direction() == Direction.REQUEST;
    this.sup = request ? now : old;
  }

  void compare() {
    if (old.common().values().isPresent() || now.common().values().isPresent()) {
      return;
    }
    Set<String> names = new LinkedHashSet<>(old.declared());
    names.addAll(now.declared());
    names.addAll(old.required());
    names.addAll(now.required());
    names.forEach(this::member);
    others();
    for (String pattern : union(old.patterns(), now.patterns())) {
      pattern(pattern);
    }
    sizes();
    names();
    dependents();
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private void member(String name) {
    boolean was = old.declares(name);
    boolean is = now.declares(name);
    boolean needed = old.required().contains(name);
    boolean needs = now.required().contains(name);
    Shape before = old.member(name);
    Shape after = now.member(name);
    Node oldAt = was && !before.schemas().isEmpty() ? before.schemas().getFirst() : old.common().place("properties", "required");
    Node newAt = is && !after.schemas().isEmpty() ? after.schemas().getFirst() : now.common().place("properties", "required");
    if (needed != needs && was == is) {
      parts.add(Facet.REQUIRED, needs ? NARROWED : WIDENED, "the property \"" + name + "\" " + (needs ? "must be there" : "may be missing"),
          old.common().place("required"), now.common().place("required"), missing(name));
    }
    if (was == is) {
      if (was) {
        parts.edge(new Step.Member(name), before, after, parts.pair().text());
      }
    } else if (is) {
      added(name, before, after, needed, needs, oldAt, newAt);
    } else {
      removed(name, before, after, needed, needs, oldAt, newAt);
    }
  }

  private static Predicate<Object> missing(String name) {
    return value -> value instanceof Map<?, ?> map && !map.containsKey(name);
  }

  private static Predicate<Object> present(String name) {
    return value -> value instanceof Map<?, ?> map && map.containsKey(name);
  }

  private void added(String name, Shape before, Shape after, boolean needed, boolean needs, Node oldAt, Node newAt) {
    if (needs && !needed) {
      parts.add(Facet.REQUIRED_PROPERTY, NARROWED, "there is a new property \"" + name + "\", which must be there", oldAt, newAt, missing(name));
    } else if (before.isNothing()) {
      parts.add(Facet.OPTIONAL_PROPERTY, WIDENED, "there is a new property \"" + name + "\", where others than those described were not allowed", oldAt, newAt, present(name));
    } else if (isExplicit(old) || needed) {
      parts.edge(new Step.Member(name), before, after, parts.pair().text());
    } else {
      parts.settle(Facet.OPTIONAL_PROPERTY.rule(parts.pair().direction(), WIDENED), Severity.COMPATIBLE, "there is a new property \"" + name + "\", which may be missing", oldAt, newAt);
    }
    if (needs && !needed && before.isNothing() && !request) {
      parts.add(Facet.OPTIONAL_PROPERTY, WIDENED, "there is a new property \"" + name + "\", where others than those described were not allowed", oldAt, newAt, present(name));
    }
  }

  private void removed(String name, Shape before, Shape after, boolean needed, boolean needs, Node oldAt, Node newAt) {
    if (needs) {
      parts.edge(new Step.Member(name), before, after, parts.pair().text());
      return;
    }
    boolean closed = after.isNothing() && !before.isNothing();
    if (needed && !request) {
      parts.add(Facet.REQUIRED_PROPERTY, WIDENED, "the property \"" + name + "\", which was always there, is gone", oldAt, newAt, missing(name));
    } else if (closed && request) {
      Rule rule = (needed ? Facet.REQUIRED_PROPERTY.rule(Direction.REQUEST, WIDENED) : Facet.OPTIONAL_PROPERTY.rule(Direction.REQUEST, NARROWED));
      parts.harm(rule, "the property \"" + name + "\" is gone, and others than those described are not allowed", oldAt, newAt, present(name));
    } else if (isExplicit(now) && !closed) {
      parts.edge(new Step.Member(name), before, after, parts.pair().text());
      parts.settle(Facet.OPTIONAL_PROPERTY.rule(parts.pair().direction(), NARROWED), Severity.RISKY, "the property \"" + name + "\" is no longer described by itself", oldAt, newAt);
    } else {
      Rule rule = needed ? Facet.REQUIRED_PROPERTY.rule(parts.pair().direction(), WIDENED) : Facet.OPTIONAL_PROPERTY.rule(parts.pair().direction(), NARROWED);
      parts.settle(rule, Severity.RISKY, "the property \"" + name + "\" is gone", oldAt, newAt);
    }
  }

  /// Whether a schema says something of members that it does not name, and does not only leave them open.
  private static boolean isExplicit(Part.Objects part) {
    return part.rules().stream().anyMatch(rule -> rule.others().isPresent() || !rule.patterned().isEmpty());
  }

  private void others() {
    Shape before = old.others();
    Shape after = now.others();
    boolean narrowed = before.schemas().isEmpty() && !after.schemas().isEmpty() || after.isNothing() && !before.isNothing();
    boolean widened = after.schemas().isEmpty() && !before.schemas().isEmpty() || before.isNothing() && !after.isNothing();
    if (narrowed != widened) {
      Set<String> known = union(old.declared(), now.declared());
      Shape asked = request ? after : before;
      parts.add(Facet.ADDITIONAL_PROPERTIES, narrowed ? NARROWED : WIDENED, "properties that are not described are "
              + (after.isNothing() ? "not allowed" : after.schemas().isEmpty() ? "allowed, whatever they are" : "allowed as described")
              + ", and were " + (before.isNothing() ? "not allowed" : before.schemas().isEmpty() ? "allowed, whatever they are" : "allowed as described"),
          old.common().place("additionalProperties", "unevaluatedProperties"), now.common().place("additionalProperties", "unevaluatedProperties"),
          value -> value instanceof Map<?, ?> map && map.entrySet().stream().anyMatch(entry -> !known.contains(entry.getKey()) && !asked.accepts(entry.getValue())));
    } else if (!before.schemas().isEmpty() && !before.isNothing() && !after.isNothing()) {
      parts.edge(new Step.Other(""), before, after, parts.pair().text());
    }
  }

  private void pattern(String pattern) {
    Shape before = old.patterned(pattern);
    Shape after = now.patterned(pattern);
    if (old.patterns().contains(pattern) && now.patterns().contains(pattern)) {
      parts.edge(new Step.Other(pattern), before, after, parts.pair().text());
      return;
    }
    boolean is = now.patterns().contains(pattern);
    boolean opens = is ? before.isNothing() : after.isNothing();
    Facet.Movement movement = is == opens ? WIDENED : NARROWED;
    parts.add(Facet.PATTERN_PROPERTY, movement, "properties whose names match " + PartDiff.shortened(pattern) + " are " + (is ? "described" : "no longer described"),
        old.common().place("patternProperties"), now.common().place("patternProperties"), Map.class::isInstance);
  }

  private void sizes() {
    parts.least(Facet.MIN_PROPERTIES, "an object has at least %s instead of %s", old.membersMin(), now.membersMin(), "properties", old, now, "minProperties",
        value -> value instanceof Map<?, ?> map && map.size() < sup.membersMin());
    parts.most(Facet.MAX_PROPERTIES, "an object has at most %s instead of %s", old.membersMax(), now.membersMax(), "properties", old, now, "maxProperties",
        value -> value instanceof Map<?, ?> map && map.size() > sup.membersMax());
  }

  private void names() {
    List<Shape> gone = old.names().stream().filter(one -> now.names().stream().noneMatch(other -> parts.same(one, other))).toList();
    List<Shape> fresh = now.names().stream().filter(one -> old.names().stream().noneMatch(other -> parts.same(one, other))).toList();
    if (!gone.isEmpty() || !fresh.isEmpty()) {
      parts.add(Facet.PROPERTY_NAMES, gone.isEmpty() ? NARROWED : fresh.isEmpty() ? WIDENED : CHANGED, "what the names of properties must be is "
          + (gone.isEmpty() ? "new" : fresh.isEmpty() ? "gone" : "another"), old.common().place("propertyNames"), now.common().place("propertyNames"), Map.class::isInstance);
    }
  }

  private void dependents() {
    Set<String> was = needs(old);
    Set<String> is = needs(now);
    if (!was.equals(is)) {
      parts.add(Facet.DEPENDENT_REQUIRED, is.containsAll(was) ? NARROWED : was.containsAll(is) ? WIDENED : CHANGED,
          "what must be there when something else is: " + (is.isEmpty() ? "nothing" : String.join(", ", is)) + " instead of " + (was.isEmpty() ? "nothing" : String.join(", ", was)),
          old.common().place("dependentRequired"), now.common().place("dependentRequired"), Map.class::isInstance);
    }
    for (String name : union(old.dependentSchemas().keySet(), now.dependentSchemas().keySet())) {
      Shape before = old.dependentSchemas().get(name);
      Shape after = now.dependentSchemas().get(name);
      boolean changed = before == null || after == null || !parts.same(before, after);
      if (changed) {
        parts.add(Facet.DEPENDENT_SCHEMA, before == null ? NARROWED : after == null ? WIDENED : CHANGED, "what an object must be when it has \"" + name + "\" is "
            + (before == null ? "new" : after == null ? "gone" : "another"), old.common().place("dependentSchemas"), now.common().place("dependentSchemas"), present(name));
      }
    }
  }

  private static Set<String> needs(Part.Objects part) {
    Set<String> needs = new TreeSet<>();
    part.dependentNames().forEach((name, others) -> others.forEach(other -> needs.add(other + " with " + name)));
    return needs;
  }
}
