package dev.tenon.contract.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a field of an object may hold.
sealed interface Form {

  /// Values without fields.
  enum Plain implements Form {
    ANY, TEXT, URI, URL, EMAIL, BOOLEAN, NUMBER, POSITIVE, COUNT, PATTERN,
    /// One of JSON Schema's types, or several.
    TYPES
  }

  record OneOf(List<String> words) implements Form {}

  /// An object of the table.
  record ObjectOf(String kind) implements Form {}

  /// `additionalProperties` of OpenAPI 3.0.
  record SchemaOrBoolean() implements Form {}

  record ListOf(Form items) implements Form {}

  record MapOf(Form values) implements Form {}

  /// A word of the table in [OpenApiObjects].
  static Form parse(String word) {
    if (word.startsWith("[")) {
      return new ListOf(parse(word.substring(1, word.length() - 1)));
    }
    if (word.startsWith("{")) {
      return new MapOf(parse(word.substring(1, word.length() - 1)));
    }
    if (word.startsWith("one-of:")) {
      return new OneOf(List.of(word.substring("one-of:".length()).split("\\|")));
    }
    if (word.equals("schema-or-boolean")) {
      return new SchemaOrBoolean();
    }
    return Arrays.stream(Plain.values())
        .filter(plain -> plain.name().toLowerCase(Locale.ROOT).equals(word))
        .<Form>map(plain -> plain)
        .findFirst()
        .orElseGet(() -> new ObjectOf(word));
  }
}
