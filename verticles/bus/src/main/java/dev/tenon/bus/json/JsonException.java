package dev.tenon.bus.json;

import io.vertx.core.VertxException;

/// Bytes that are not JSON, or JSON that is not what was expected at one place.
public final class JsonException extends VertxException {

  private static final long serialVersionUID = 1L;

  /// The two ways in which a text can be wrong.
  public enum Kind { NOT_JSON, NOT_AS_EXPECTED }

  private final Kind kind;
  private final String pointer;
  private final String problem;

  /// @param pointer JSON pointer (RFC 6901) of the place; empty for the whole value
  /// @param problem what is wrong there, as the rest of a sentence: `is required and missing`
  public JsonException(Kind kind, String pointer, String problem) {
    super((pointer.isEmpty() ? "the JSON value" : "\"" + pointer + "\"") + " " + problem, true);
    this.kind = kind;
    this.pointer = pointer;
    this.problem = problem;
  }

  public Kind kind() {
    return kind;
  }

  /// The place, as a JSON pointer.
  public String pointer() {
    return pointer;
  }

  /// What is wrong there, without the place.
  public String problem() {
    return problem;
  }
}
