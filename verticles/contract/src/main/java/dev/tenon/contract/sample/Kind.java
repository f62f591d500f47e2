package dev.tenon.contract.sample;

import java.util.List;
import java.util.Map;

/// The types of JSON values.
enum Kind {
  OBJECT, ARRAY, STRING, INTEGER, NUMBER, BOOLEAN, NULL;

  static Kind of(Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> STRING;
      case Map<?, ?> object -> OBJECT;
      case List<?> array -> ARRAY;
      case Boolean bool -> BOOLEAN;
      case Number number -> Decimals.isWhole(number) ? INTEGER : NUMBER;
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    };
  }

  String words() {
    return switch (this) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case INTEGER -> "a whole number";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
    };
  }
}
