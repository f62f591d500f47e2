package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;

/// One thing a schema asks of a value.
interface Check {

  /// Whether the value is as asked. Values of other types than the check is about are.
  boolean holds(Object value);

  /// Says what is wrong with a value that does not hold.
  void explain(Object value, Place at, Findings findings);

  /// Whether this check, which holds for `object`, has looked at its member `name` (for `unevaluatedProperties`).
  default boolean evaluates(Map<?, ?> object, String name) {
    return false;
  }

  /// Whether this check, which holds for `array`, has looked at its item `index` (for `unevaluatedItems`).
  default boolean evaluates(List<?> array, int index) {
    return false;
  }
}
