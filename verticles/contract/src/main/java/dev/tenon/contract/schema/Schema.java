package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;

/// A schema compiled into checks. Immutable once its compiler has returned it; thread-safe.
public final class Schema implements Check {

  private Check[] checks = {};
  private boolean collects;

  Schema() {}

  /// @param all the last of them may be [Unevaluated]
  void become(List<Check> all) {
    checks = all.toArray(Check[]::new);
    collects = checks.length > 0 && checks[checks.length - 1] instanceof Unevaluated;
  }

  /// Whether the value is valid. Takes time in proportion to the value's size; allocates next to nothing for a value that is valid, except where a schema
  /// asks for unique, unevaluated or big things.
  public boolean accepts(Object value) {
    try {
      return holds(value, new Run());
    } catch (StackOverflowError tooDeep) {
      return false;
    }
  }

  /// What is wrong with the value; empty when it is valid. At most 50 violations are named.
  public List<Violation> violations(Object value) {
    Findings findings = new Findings(new Run().remember());
    try {
      if (holds(value, findings.run())) {
        return List.of();
      }
      explain(value, Place.ROOT, findings);
      return findings.all();
    } catch (StackOverflowError tooDeep) {
      return List.of(new Violation("", "nesting", "is nested too deeply to be checked"));
    }
  }

  @Override
  public boolean holds(Object value, Run run) {
    return (value instanceof Map || value instanceof List) && run.remembers() ? run.holds(this, value) : decide(value, run);
  }

  /// Decides without a look at what is known.
  boolean decide(Object value, Run run) {
    if (collects && (value instanceof Map || value instanceof List)) {
      return holds(value, run, new Evaluated());
    }
    for (Check check : checks) {
      if (!check.holds(value, run)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean holds(Object value, Run run, Evaluated evaluated) {
    Evaluated own = collects ? new Evaluated() : evaluated;
    for (Check check : checks) {
      if (!check.holds(value, run, own)) {
        return false;
      }
    }
    if (own != evaluated) {
      evaluated.add(own);
    }
    return true;
  }

  @Override
  public void explain(Object value, Place at, Findings findings) {
    Evaluated evaluated = new Evaluated();
    boolean failed = false;
    for (Check check : checks) {
      // Where something else is wrong, what it would have looked at is not known.
      if (findings.full() || failed && check instanceof Unevaluated || check.holds(value, findings.run(), evaluated)) {
        continue;
      }
      failed = true;
      if (check instanceof Unevaluated unevaluated) {
        unevaluated.explain(value, at, findings, evaluated);
      } else {
        check.explain(value, at, findings);
      }
      if (check instanceof TypeCheck) {
        return;
      }
    }
  }
}
