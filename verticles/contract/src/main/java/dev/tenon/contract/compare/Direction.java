package dev.tenon.contract.compare;

/// Who sends a value, and so which of the two schemas must contain the other.
enum Direction {
  /// The consumer sends it: what the old schema takes the new one must take.
  REQUEST,
  /// The provider sends it: what the new schema takes the old one must have taken.
  RESPONSE;

  /// The shape whose values must all be taken.
  Shape sub(Shape before, Shape after) {
    return this == REQUEST ? before : after;
  }

  /// The shape that must take them.
  Shape sup(Shape before, Shape after) {
    return this == REQUEST ? after : before;
  }

  /// Whether such a change can hurt.
  boolean harms(Facet.Movement movement) {
    return movement == Facet.Movement.CHANGED || (movement == Facet.Movement.NARROWED) == (this == REQUEST);
  }
}
