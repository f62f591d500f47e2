package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.List;

/// The violations of one value, up to a bound.
final class Findings {

  static final int VIOLATIONS_MAX = 50;

  private final List<Violation> violations = new ArrayList<>();

  void add(Place at, String keyword, String detail) {
    if (!full()) {
      violations.add(new Violation(at.pointer(), keyword, detail));
    }
  }

  boolean full() {
    return violations.size() >= VIOLATIONS_MAX;
  }

  List<Violation> all() {
    return List.copyOf(violations);
  }
}
