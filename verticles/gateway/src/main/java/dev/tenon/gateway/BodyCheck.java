package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Violation;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// What came of checking a JSON body.
sealed interface BodyCheck {

  record Valid() implements BodyCheck {}

  /// @param where `line 1, column 5`
  record NotJson(String where, String why) implements BodyCheck {}

  record Invalid(List<Violation> violations) implements BodyCheck {}

  Valid VALID = new Valid();

  /// Checks a whole body against the schema of its media type. Takes some microseconds for each kilobyte.
  static BodyCheck of(Buffer body, MediaType type) {
    Object value;
    try {
      value = JsonValue.read(body.getBytes());
    } catch (NotJsonException e) {
      return new NotJson("line " + e.line() + ", column " + e.column(), e.getMessage());
    }
    if (type.schema().isEmpty() || type.schema().get().accepts(value)) {
      return VALID;
    }
    return new Invalid(type.schema().get().violations(value));
  }
}
