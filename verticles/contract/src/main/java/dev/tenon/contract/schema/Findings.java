package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.List;

/// The violations of one value, up to a bound.
final class Findings {

  static final int VIOLATIONS_MAX = 50;

  private final List<Violation> violations = new ArrayList<>();
  private final Run run;
  private final int max;
  private final int nesting;

  Findings(Run run) {
    this(run, VIOLATIONS_MAX, 0);
  }

  private Findings(Run run, int max, int nesting) {
    this.run = run;
    this.max = max;
    this.nesting = nesting;
  }

  /// For the first reason only why an alternative is refused.
  Findings ofAlternative() {
    return new Findings(run, 1, nesting + 1);
  }

  /// How many alternatives these are inside of.
  int nesting() {
    return nesting;
  }

  Run run() {
    return run;
  }

  void add(Place at, String keyword, String detail) {
    if (!full()) {
      violations.add(new Violation(at.pointer(), keyword, detail));
    }
  }

  boolean full() {
    return violations.size() >= max;
  }

  List<Violation> all() {
    return List.copyOf(violations);
  }
}
