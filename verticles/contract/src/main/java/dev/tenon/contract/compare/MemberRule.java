package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// What one schema says of the members of an object: `properties`, `patternProperties`, and `additionalProperties` for those that neither names.
///
/// @param others absent where nothing is said
record MemberRule(Map<String, Node> named, Map<String, Node> patterned, Optional<Node> others) {

  /// Adds what a member of this name must be.
  ///
  /// @param finds whether a pattern is found in a name
  void of(String name, BiPredicate<String, String> finds, List<Node> schemas) {
    boolean known = false;
    Node own = named.get(name);
    if (own != null) {
      schemas.add(own);
      known = true;
    }
    for (Map.Entry<String, Node> each : patterned.entrySet()) {
      if (finds.test(each.getKey(), name)) {
        schemas.add(each.getValue());
        known = true;
      }
    }
    if (!known) {
      others.ifPresent(schemas::add);
    }
  }

  void ofPattern(String pattern, List<Node> schemas) {
    Node own = patterned.get(pattern);
    if (own != null) {
      schemas.add(own);
    } else {
      others.ifPresent(schemas::add);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemberRule rule && same(named, rule.named) && same(patterned, rule.patterned)
        && others.isPresent() == rule.others.isPresent() && (others.isEmpty() || others.get() == rule.others.get());
  }

  @Override
  public int hashCode() {
    return named.keySet().hashCode() * 31 + patterned.keySet().hashCode();
  }

  /// The nodes by identity: comparing them by value would walk whole documents.
  private static boolean same(Map<String, Node> left, Map<String, Node> right) {
    return left.size() == right.size() && left.entrySet().stream().allMatch(entry -> right.get(entry.getKey()) == entry.getValue());
  }
}
