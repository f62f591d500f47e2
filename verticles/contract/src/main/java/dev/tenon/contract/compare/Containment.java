package dev.tenon.contract.compare;

import dev.tenon.contract.compare.Part.Opaque;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Proves that every value of one shape is a value of another. What it says is certain; what it does not say may still be so.
///
/// Recursive shapes are contained when nothing speaks against it: every pair of shapes that a proof needs is taken for proved, and when one turns out not to be, those
/// that relied on it are looked at again.
final class Containment {

  private static final int STEPS_MAX = 4_000_000;

  /// @param text whether the values are written as text, as those of parameters are, so that a number is a text too
  private record Claim(Shape sub, Shape sup, boolean text) {}

  private final Map<Claim, Boolean> proved = new HashMap<>();
  private final Map<Claim, Set<Claim>> reliers = new HashMap<>();
  private final Deque<Claim> open = new ArrayDeque<>();
  private Claim current;
  private int steps;

  /// Whether `sub` is proved to be contained in `sup`.
  boolean proves(Shape sub, Shape sup, boolean text) {
    Claim claim = new Claim(sub, sup, text);
    Claim outer = current;
    current = null;
    holds(claim);
    while (!open.isEmpty()) {
      Claim next = open.pop();
      if (proved.get(next)) {
        current = next;
        if (!evaluate(next, false)) {
          proved.put(next, false);
          Set<Claim> affected = reliers.remove(next);
          if (affected != null) {
            affected.forEach(open::push);
          }
        }
      }
    }
    current = outer;
    return proved.get(claim);
  }

  /// Whether `sub` would be contained in `sup` if what their members and items must be were.
  boolean provesApartFromChildren(Shape sub, Shape sup, boolean text) {
    return evaluate(new Claim(sub, sup, text), true);
  }

  private boolean holds(Claim claim) {
    if (++steps > STEPS_MAX) {
      throw new TooComplex();
    }
    Boolean known = proved.get(claim);
    if (known == null) {
      proved.put(claim, true);
      open.push(claim);
      known = true;
    }
    if (current != null && known) {
      reliers.computeIfAbsent(claim, _ -> new HashSet<>()).add(current);
    }
    return known;
  }

  private boolean child(Shape sub, Shape sup, boolean text, boolean given) {
    return given || sup.schemas().isEmpty() || holds(new Claim(sub, sup, text));
  }

  /// For shapes that are part of a constraint and not of a value: they are never given.
  private boolean exactly(Shape sub, Shape sup, boolean given) {
    return given ? proves(sub, sup, false) : holds(new Claim(sub, sup, false));
  }

  private boolean evaluate(Claim claim, boolean given) {
    Shape sub = claim.sub();
    Shape sup = claim.sup();
    if (sup.schemas().isEmpty()) {
      return true;
    }
    return (!sub.nulls() || sup.nulls() || claim.text() && takesAnyText(sup))
        && (sup.booleans().containsAll(sub.booleans()) || claim.text() && takesAnyText(sup))
        && sub.numbers().stream().allMatch(part -> listed(part, sup) || claim.text() && takesAnyText(sup) || sup.numbers().stream().anyMatch(other -> numbers(part, other, given)))
        && sub.texts().stream().allMatch(part -> listed(part, sup) || sup.texts().stream().anyMatch(other -> texts(part, other, given)))
        && sub.arrays().stream().allMatch(part -> listed(part, sup) || sup.arrays().stream().anyMatch(other -> arrays(part, other, claim.text(), given)))
        && sub.objects().stream().allMatch(part -> listed(part, sup) || sup.objects().stream().anyMatch(other -> objects(part, other, claim.text(), given)));
  }

  private static boolean takesAnyText(Shape shape) {
    return shape.texts().stream().anyMatch(part -> part.common().isOpen() && part.lengthMin() <= 1 && part.lengthMax() == Long.MAX_VALUE && part.patterns().isEmpty() && part.formats().isEmpty());
  }

  /// Whether the part is a list of values, all of which the other shape takes.
  private static boolean listed(Part part, Shape sup) {
    return part.common().values().isPresent() && part.common().values().get().stream().allMatch(sup::accepts);
  }

  private boolean numbers(Part.Numbers sub, Part.Numbers sup, boolean given) {
    return common(sub, sup, given)
        && (!sup.whole() || sub.whole())
        && bound(sub.min(), sub.minExcluded(), sup.min(), sup.minExcluded(), 1)
        && bound(sub.max(), sub.maxExcluded(), sup.max(), sup.maxExcluded(), -1)
        && sup.multiplesOf().stream().allMatch(factor -> sub.multiplesOf().stream().anyMatch(own -> own.remainder(factor).signum() == 0)
            || sub.whole() && BigDecimal.ONE.remainder(factor).signum() == 0);
  }

  private static boolean bound(Optional<BigDecimal> sub, boolean subExcluded, Optional<BigDecimal> sup, boolean supExcluded, int sign) {
    if (sup.isEmpty()) {
      return true;
    }
    int order = sub.map(own -> own.compareTo(sup.get()) * sign).orElse(-1);
    return order > 0 || order == 0 && (subExcluded || !supExcluded);
  }

  private boolean texts(Part.Texts sub, Part.Texts sup, boolean given) {
    return common(sub, sup, given)
        && sup.lengthMin() <= sub.lengthMin()
        && sup.lengthMax() >= sub.lengthMax()
        && sub.patterns().containsAll(sup.patterns())
        && sup.formats().stream().allMatch(format -> sub.formats().contains(format) || format.equals("uri-reference") && sub.formats().contains("uri"));
  }

  private boolean arrays(Part.Arrays sub, Part.Arrays sup, boolean text, boolean given) {
    if (!common(sub, sup, given) || sup.itemsMin() > sub.itemsMin() || sup.itemsMax() < sub.itemsMax() || sup.unique() && !sub.unique() && sub.itemsMax() > 1) {
      return false;
    }
    int length = Math.max(sub.prefix().size(), sup.prefix().size());
    for (int i = 0; i < length && i < sub.itemsMax(); i++) {
      if (!child(sub.element(i), sup.element(i), text, given)) {
        return false;
      }
    }
    return (sub.itemsMax() <= length || child(sub.rest(), sup.rest(), text, given))
        && sup.contains().stream().allMatch(needed -> sub.contains().stream().anyMatch(own -> own.min() >= needed.min() && own.max() <= needed.max()
            && exactly(own.shape(), needed.shape(), given)
            && (needed.max() == Long.MAX_VALUE || exactly(needed.shape(), own.shape(), given))));
  }

  private boolean objects(Part.Objects sub, Part.Objects sup, boolean text, boolean given) {
    if (!common(sub, sup, given) || !sub.required().containsAll(sup.required())
        || sup.membersMin() > Math.max(sub.membersMin(), sub.required().size()) || sup.membersMax() < sub.membersMax()) {
      return false;
    }
    Set<String> names = new HashSet<>(sub.declared());
    names.addAll(sup.declared());
    for (String name : names) {
      if (!child(sub.member(name), sup.member(name), text, given)) {
        return false;
      }
    }
    Set<String> patterns = new HashSet<>(sub.patterns());
    patterns.addAll(sup.patterns());
    for (String pattern : patterns) {
      if (!child(sub.patterned(pattern), sup.patterned(pattern), text, given)) {
        return false;
      }
    }
    return child(sub.others(), sup.others(), text, given)
        && sup.names().stream().allMatch(needed -> sub.names().stream().anyMatch(own -> exactly(own, needed, given)))
        && sup.dependentNames().entrySet().stream().allMatch(entry -> entry.getValue().stream().allMatch(needed -> sub.required().contains(needed)
            || sub.dependentNames().getOrDefault(entry.getKey(), Set.of()).contains(needed) || sub.member(entry.getKey()).isNothing()))
        && sup.dependentSchemas().entrySet().stream().allMatch(entry -> sub.member(entry.getKey()).isNothing()
            || sub.dependentSchemas().containsKey(entry.getKey()) && exactly(sub.dependentSchemas().get(entry.getKey()), entry.getValue(), given));
  }

  private boolean common(Part sub, Part sup, boolean given) {
    return sup.common().values().isEmpty() && sup.common().opaque().stream().allMatch(needed -> sub.common().opaque().stream().anyMatch(own -> implies(own, needed, given)));
  }

  private boolean implies(Opaque own, Opaque needed, boolean given) {
    if (!own.keyword().equals(needed.keyword()) || !own.detail().equals(needed.detail()) || own.shapes().size() != needed.shapes().size()) {
      return false;
    }
    return switch (own.keyword()) {
      case "not" -> exactly(needed.shapes().getFirst(), own.shapes().getFirst(), given);
      case "anyOf", "oneOf" -> sameInAnyOrder(own.shapes(), needed.shapes(), given);
      default -> {
        for (int i = 0; i < own.shapes().size(); i++) {
          if (!same(own.shapes().get(i), needed.shapes().get(i), given)) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  private boolean same(Shape one, Shape other, boolean given) {
    return exactly(one, other, given) && exactly(other, one, given);
  }

  private boolean sameInAnyOrder(List<Shape> ones, List<Shape> others, boolean given) {
    List<Shape> left = new ArrayList<>(others);
    for (Shape one : ones) {
      Optional<Shape> match = left.stream().filter(other -> same(one, other, given)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return true;
  }
}
