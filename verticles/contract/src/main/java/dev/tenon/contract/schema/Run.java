package dev.tenon.contract.schema;

import java.util.IdentityHashMap;
import java.util.Map;

/// What one validation keeps in mind so that its time stays in proportion to the value. Used by one thread.
///
/// Alternatives that lead into the same members make a schema look at a member twice, at its members four times, and so on: 250 levels are more than time itself
/// has. After some thousand steps it is therefore remembered which object or array was found to be what, and each pair is decided once.
final class Run {

  static final int STEPS_BEFORE_MEMORY = 20_000;
  /// Steps that all regular expressions of one validation may take together, beside those for each character.
  static final long PATTERN_STEPS_MAX = 1_000_000;
  static final long PATTERN_STEPS_PER_CHARACTER_MAX = 50;

  private int steps;
  private long patternSteps = PATTERN_STEPS_MAX;
  private Map<Object, Map<Schema, Boolean>> found;

  /// Counts a look at an object or array, and says whether such looks are remembered by now.
  boolean remembers() {
    return ++steps > STEPS_BEFORE_MEMORY;
  }

  /// Remembers from now on.
  Run remember() {
    steps = STEPS_BEFORE_MEMORY;
    return this;
  }

  boolean holds(Schema schema, Object value) {
    if (found == null) {
      found = new IdentityHashMap<>();
    }
    Map<Schema, Boolean> ofValue = found.computeIfAbsent(value, key -> new IdentityHashMap<>(4));
    Boolean known = ofValue.get(schema);
    if (known == null) {
      known = schema.decide(value, this);
      ofValue.put(schema, known);
    }
    return known;
  }

  /// The steps that are left for a match in a text of this many characters.
  long patternSteps(int characters) {
    return patternSteps + PATTERN_STEPS_PER_CHARACTER_MAX * characters;
  }

  /// Takes account of a match.
  void patternTook(long taken, int characters) {
    patternSteps -= Math.max(0, taken - PATTERN_STEPS_PER_CHARACTER_MAX * characters);
  }
}
