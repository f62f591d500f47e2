package dev.tenon.contract.compare;

import static dev.tenon.contract.compare.Facet.Movement.CHANGED;
import static dev.tenon.contract.compare.Facet.Movement.NARROWED;
import static dev.tenon.contract.compare.Facet.Movement.WIDENED;

import dev.tenon.contract.Node;
import dev.tenon.contract.compare.Part.Contains;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Compares what two shapes ask of arrays.
final class ArrayDiff {

  private final PartDiff parts;
  private final Part.Arrays old;
  private final Part.Arrays now;
  /// The one that must take everything.
  private final Part.Arrays sup;

  ArrayDiff(PartDiff parts, Part.Arrays old, Part.Arrays now) {
    this.parts = parts;
    this.old = old;
    this.now = now;
    this.sup = parts.pair().direction() == Direction.REQUEST ? now : old;
  }

  void compare() {
    if (old.common().values().isPresent() || now.common().values().isPresent()) {
      return;
    }
    parts.least(Facet.MIN_ITEMS, "an array has at least %s instead of %s", old.itemsMin(), now.itemsMin(), "items", old, now, "minItems",
        value -> value instanceof List<?> list && list.size() < sup.itemsMin());
    boolean closes = (old.rest().isNothing() || now.rest().isNothing()) && old.rest().isNothing() != now.rest().isNothing();
    if (!closes) {
      parts.most(Facet.MAX_ITEMS, "an array has at most %s instead of %s", old.itemsMax(), now.itemsMax(), "items", old, now, "maxItems",
          value -> value instanceof List<?> list && list.size() > sup.itemsMax());
    }
    if (old.unique() != now.unique()) {
      parts.add(Facet.UNIQUE_ITEMS, now.unique() ? NARROWED : WIDENED, now.unique() ? "an item may be there only once" : "an item may be there more than once",
          old.common().place("uniqueItems"), now.common().place("uniqueItems"),
          value -> value instanceof List<?> list && new HashSet<>(list.stream().map(Canonical::of).toList()).size() < list.size());
    }
    int length = Math.max(old.prefix().size(), now.prefix().size());
    for (int i = 0; i < length; i++) {
      element(new Step.Element(i), i, old.element(i), now.element(i));
    }
    element(new Step.Item(length), length, old.rest(), now.rest());
    contains();
  }

  private void element(Step step, int index, Shape before, Shape after) {
    boolean narrowed = before.schemas().isEmpty() && !after.schemas().isEmpty() || after.isNothing() && !before.isNothing();
    boolean widened = after.schemas().isEmpty() && !before.schemas().isEmpty() || before.isNothing() && !after.isNothing();
    if (narrowed != widened) {
      Shape asked = parts.pair().direction() == Direction.REQUEST ? after : before;
      String which = step instanceof Step.Item ? index == 0 ? "an item" : "an item after the first " + index : "the item at " + index;
      parts.add(Facet.ITEMS, narrowed ? NARROWED : WIDENED, which + (narrowed ? after.isNothing() ? " is no longer allowed" : " is described, and was not"
              : before.isNothing() ? " is allowed" : " is no longer described"),
          old.common().place("prefixItems", "items"), now.common().place("prefixItems", "items"),
          value -> value instanceof List<?> list && list.stream().skip(index).anyMatch(item -> !asked.accepts(item)));
    } else if (!before.isNothing() || !after.isNothing()) {
      parts.edge(step, before, after, parts.pair().text());
    }
  }

  private void contains() {
    List<Contains> gone = new ArrayList<>(old.contains());
    List<Contains> fresh = new ArrayList<>(now.contains());
    for (Contains one : old.contains()) {
      Optional<Contains> match = fresh.stream().filter(other -> parts.same(one.shape(), other.shape())).findFirst();
      if (match.isPresent()) {
        gone.remove(one);
        fresh.remove(match.get());
        counts(one, match.get());
      }
    }
    if (!gone.isEmpty() || !fresh.isEmpty()) {
      Node oldAt = gone.isEmpty() ? old.common().place() : gone.getFirst().at();
      Node newAt = fresh.isEmpty() ? now.common().place() : fresh.getFirst().at();
      parts.add(Facet.CONTAINS, gone.isEmpty() ? NARROWED : fresh.isEmpty() ? WIDENED : CHANGED, "what an array must contain is "
          + (gone.isEmpty() ? "new" : fresh.isEmpty() ? "gone" : "another"), oldAt, newAt, List.class::isInstance);
    }
  }

  private void counts(Contains one, Contains other) {
    if (one.min() != other.min()) {
      parts.add(Facet.MIN_CONTAINS, other.min() > one.min() ? NARROWED : WIDENED, "an array must contain " + other.min() + " of something instead of " + one.min(),
          old.common().place("minContains", "contains"), now.common().place("minContains", "contains"), List.class::isInstance);
    }
    if (one.max() != other.max()) {
      parts.add(Facet.MAX_CONTAINS, other.max() < one.max() ? NARROWED : WIDENED, "an array may contain " + count(other.max()) + " of something instead of " + count(one.max()),
          old.common().place("maxContains", "contains"), now.common().place("maxContains", "contains"), List.class::isInstance);
    }
  }

  private static String count(long most) {
    return most == Long.MAX_VALUE ? "any number" : "at most " + most;
  }
}
