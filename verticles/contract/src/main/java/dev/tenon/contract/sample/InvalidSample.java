package dev.tenon.contract.sample;

import dev.tenon.contract.schema.Violation;
import java.util.List;

/// A value that the schema forbids.
///
/// @param name what is wrong with it, unique among the invalid samples of the schema: `/password minLength`
/// @param pointer where the fault is, as a JSON pointer into the value
/// @param keyword the keyword that the fault violates
/// @param value as [dev.tenon.contract.schema.JsonValue] reads it
/// @param violations what the compiled schema says of it; never empty. Inside `anyOf`, `oneOf` and `not` it names that keyword and not the one within
public record InvalidSample(String name, String pointer, String keyword, Object value, List<Violation> violations) {

  public InvalidSample {
    violations = List.copyOf(violations);
  }

  /// Whether nothing else is wrong with the value.
  public boolean isAlone() {
    return violations.size() == 1;
  }
}
