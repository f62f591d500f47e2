package dev.tenon.contract.generate;

import java.util.List;

/// What a value may be.
public sealed interface Type {

  /// What needs no declaration.
  enum Basic implements Type {
    ANY, STRING, BOOLEAN, INT32, INT64, INTEGER, NUMBER, DECIMAL, DATE, DATE_TIME, UUID, URI,
    /// Bytes, as a string in Base64.
    BASE64,
    /// Bytes as they are: a file of a form.
    BINARY
  }

  /// Some values of a basic type and no others. Strings are so only where there is a single one; otherwise they are a [Declaration] with names.
  ///
  /// @param values strings, numbers or booleans
  record Literals(Basic base, List<Object> values) implements Type {
    public Literals {
      values = List.copyOf(values);
    }
  }

  record ListOf(Type items) implements Type {}

  record MapOf(Type values) implements Type {}

  /// The same, or null.
  record Nullable(Type type) implements Type {}

  record Ref(Declaration to) implements Type {}

  /// The same or null, said once.
  static Type nullable(Type type) {
    return type instanceof Nullable || type == Basic.ANY ? type : new Nullable(type);
  }
}
