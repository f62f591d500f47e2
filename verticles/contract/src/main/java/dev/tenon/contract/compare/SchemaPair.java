package dev.tenon.contract.compare;

import java.util.ArrayList;
import java.util.List;

/// An old and a new schema that stand for the same value, with what differs between them. A pair is made once, wherever it is met.
final class SchemaPair {

  /// @param step from the value to the part that the other pair is about
  record Edge(Step step, SchemaPair to) {}

  private final Shape before;
  private final Shape after;
  private final Direction direction;
  private final boolean text;
  private final List<Change> changes = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private boolean touched;
  private int visit;

  SchemaPair(Shape before, Shape after, Direction direction, boolean text) {
    this.before = before;
    this.after = after;
    this.direction = direction;
    this.text = text;
  }

  Shape before() {
    return before;
  }

  Shape after() {
    return after;
  }

  Direction direction() {
    return direction;
  }

  /// Whether the values are written as text, as those of parameters are.
  boolean text() {
    return text;
  }

  Shape sub() {
    return direction.sub(before, after);
  }

  Shape sup() {
    return direction.sup(before, after);
  }

  List<Change> changes() {
    return changes;
  }

  List<Edge> edges() {
    return edges;
  }

  /// Whether some change can be reached from it.
  boolean isTouched() {
    return touched;
  }

  void touch() {
    touched = true;
  }

  /// Notes that it is met on this visit.
  ///
  /// @return whether it is so for the first time
  boolean enter(int number) {
    boolean first = visit != number;
    visit = number;
    return first;
  }
}
