package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Violation;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What came of checking a whole body.
sealed interface BodyCheck {

  record Valid() implements BodyCheck {}

  /// @param where `line 1, column 5`
  record NotJson(String where, String why) implements BodyCheck {}

  /// A form, or a text, that is none.
  record Malformed(String why) implements BodyCheck {}

  record Invalid(List<Violation> violations) implements BodyCheck {}

  Valid VALID = new Valid();

  /// Whether bodies of this type have to be read whole to be checked.
  static boolean isNeeded(MediaType type) {
    return type.isJson() || type.isForm() || type.isText() && !type.open();
  }

  /// Checks a whole body against the schema of its media type. Takes some microseconds for each kilobyte.
  static BodyCheck of(Buffer body, MediaType type, String contentType) {
    if (type.isForm()) {
      Object form = FormBody.read(body.getBytes(), type, contentType);
      return form instanceof StyledText.Wrong wrong ? new Malformed(wrong.why()) : of(form, type);
    }
    if (type.isText()) {
      return ofText(body, type);
    }
    try {
      return of(JsonValue.read(body.getBytes()), type);
    } catch (NotJsonException e) {
      return new NotJson("line " + e.line() + ", column " + e.column(), e.getMessage());
    }
  }

  private static BodyCheck of(Object value, MediaType type) {
    if (type.schema().isEmpty() || type.schema().get().accepts(value)) {
      return VALID;
    }
    return new Invalid(type.schema().get().violations(value));
  }

  private static BodyCheck ofText(Buffer body, MediaType type) {
    try {
      return of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString(), type);
    } catch (CharacterCodingException e) {
      return new Malformed("it is not UTF-8");
    }
  }
}
