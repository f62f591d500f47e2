package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;

/// A schema compiled into checks. Immutable once its compiler has returned it; thread-safe.
public final class Schema implements Check {

  private Check[] checks = {};

  Schema() {}

  void become(List<Check> all) {
    checks = all.toArray(Check[]::new);
  }

  /// Whether the value is valid. Allocates nothing for a value that is, except where a schema asks for unique or big things.
  public boolean accepts(Object value) {
    return holds(value);
  }

  /// What is wrong with the value; empty when it is valid. At most 50 violations are named.
  public List<Violation> violations(Object value) {
    if (holds(value)) {
      return List.of();
    }
    Findings findings = new Findings();
    explain(value, Place.ROOT, findings);
    return findings.all();
  }

  @Override
  public boolean holds(Object value) {
    for (Check check : checks) {
      if (!check.holds(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void explain(Object value, Place at, Findings findings) {
    for (Check check : checks) {
      if (!findings.full() && !check.holds(value)) {
        check.explain(value, at, findings);
        if (check instanceof TypeCheck) {
          return;
        }
      }
    }
  }

  @Override
  public boolean evaluates(Map<?, ?> object, String name) {
    for (Check check : checks) {
      if (check.evaluates(object, name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean evaluates(List<?> array, int index) {
    for (Check check : checks) {
      if (check.evaluates(array, index)) {
        return true;
      }
    }
    return false;
  }
}
