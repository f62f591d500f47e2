package dev.tenon.contract.compare;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/// Whether two shapes have no value in common, as far as that is easily seen.
final class Disjoint {

  private Disjoint() {}

  static boolean shapes(Shape one, Shape other, int depth) {
    if (one.isBeingFilled() || other.isBeingFilled() || depth == 0) {
      return false;
    }
    return !(one.nulls() && other.nulls()) && Collections.disjoint(one.booleans(), other.booleans())
        && one.parts().stream().allMatch(left -> other.parts().stream().allMatch(right -> left.getClass() != right.getClass() || parts(left, right, depth)));
  }

  /// Two parts of the same type.
  static boolean parts(Part one, Part other, int depth) {
    Optional<Set<Object>> left = one.common().values();
    Optional<Set<Object>> right = other.common().values();
    if (left.isPresent() && right.isPresent()) {
      return Collections.disjoint(left.get(), right.get());
    }
    return switch (one) {
      case Part.Numbers numbers when other instanceof Part.Numbers others -> left.isEmpty() && right.isEmpty() && (below(numbers, others) || below(others, numbers));
      case Part.Objects objects when other instanceof Part.Objects others -> left.isEmpty() && right.isEmpty() && objects(objects, others, depth);
      case Part.Numbers numbers -> false;
      case Part.Texts texts -> false;
      case Part.Arrays arrays -> false;
      case Part.Objects objects -> false;
    };
  }

  private static boolean below(Part.Numbers low, Part.Numbers high) {
    if (low.max().isEmpty() || high.min().isEmpty()) {
      return false;
    }
    int order = low.max().get().compareTo(high.min().get());
    return order < 0 || order == 0 && (low.maxExcluded() || high.minExcluded());
  }

  /// A member that one of them requires and that can never be as both want it.
  private static boolean objects(Part.Objects one, Part.Objects other, int depth) {
    return one.required().stream().anyMatch(name -> differs(one, other, name, depth)) || other.required().stream().anyMatch(name -> differs(one, other, name, depth));
  }

  private static boolean differs(Part.Objects one, Part.Objects other, String name, int depth) {
    return shapes(one.member(name), other.member(name), depth - 1);
  }
}
