package dev.tenon.bus.json;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// A member that may be absent, null, or have a value, where these are three different things: in a JSON merge patch, null deletes and absent keeps.
public sealed interface Field<T> {

  /// The member is not there.
  record Absent<T>() implements Field<T> {}

  /// The member is there, and null.
  record Null<T>() implements Field<T> {}

  /// The member is there, with a value.
  record Value<T>(T value) implements Field<T> {
    public Value {
      Objects.requireNonNull(value, "value");
    }
  }

  static <T> Field<T> absent() {
    return new Absent<>();
  }

  static <T> Field<T> ofNull() {
    return new Null<>();
  }

  static <T> Field<T> of(T value) {
    return new Value<>(value);
  }

  /// The value if there is one: empty both for an absent member and for null.
  default Optional<T> toOptional() {
    return switch (this) {
      case Value<T>(T value) -> Optional.of(value);
      case Absent<T>() -> Optional.empty();
      case Null<T>() -> Optional.empty();
    };
  }

  default boolean isAbsent() {
    return this instanceof Absent<T>;
  }

  /// The same field with its value, if there is one, put through a function.
  default <R> Field<R> map(Function<? super T, ? extends R> function) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(function.apply(value));
      case Absent<T>() -> new Absent<>();
      case Null<T>() -> new Null<>();
    };
  }
}
