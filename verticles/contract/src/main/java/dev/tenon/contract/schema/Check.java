package dev.tenon.contract.schema;

/// One thing a schema asks of a value.
interface Check {

  /// Whether the value is as asked. Values of other types than the check is about are.
  boolean holds(Object value, Run run);

  /// The same, and notes which members or items of the value it has looked at, for `unevaluatedProperties` and `unevaluatedItems`. What a check notes counts
  /// only when it holds.
  default boolean holds(Object value, Run run, Evaluated evaluated) {
    return holds(value, run);
  }

  /// Says what is wrong with a value that does not hold.
  void explain(Object value, Place at, Findings findings);
}
