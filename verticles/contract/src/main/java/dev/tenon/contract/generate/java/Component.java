package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Type;

/// One component of a record that is written.
///
/// @param json how the contract calls it
/// @param name how Java calls it
/// @param type without what `presence` says
/// @param method the name of the method that sets it
record Component(String json, String name, Type type, Presence presence, String method, Docs docs) {

  /// Whether a value has to be there, and what stands for its absence.
  enum Presence {
    /// Always there.
    REQUIRED,
    /// There, or not.
    OPTIONAL,
    /// There, and maybe null.
    NULLABLE,
    /// There, null, or not there.
    FIELD,
    /// Everything that has no name of its own; maybe nothing.
    OTHERS
  }

  static Presence presence(Type type, boolean required) {
    boolean nullable = JavaTypes.meant(type) instanceof Type.Nullable;
    return required ? nullable ? Presence.NULLABLE : Presence.REQUIRED : nullable ? Presence.FIELD : Presence.OPTIONAL;
  }

  static Type inner(Type type) {
    return JavaTypes.meant(type) instanceof Type.Nullable(Type of) ? of : type;
  }

  /// The component's type.
  String declared(JavaTypes types, JavaFile file) {
    return switch (presence) {
      case REQUIRED, OTHERS -> types.plain(type);
      case OPTIONAL, NULLABLE -> file.use("java.util.Optional") + "<" + types.boxed(type) + ">";
      case FIELD -> file.use("dev.tenon.bus.json.Field") + "<" + types.boxed(type) + ">";
    };
  }

  /// What it is while it has not been read.
  String unread(JavaFile file) {
    return switch (presence) {
      case REQUIRED, NULLABLE -> "null";
      case OPTIONAL, FIELD, OTHERS -> absent(file);
    };
  }

  /// What stands for nothing.
  String absent(JavaFile file) {
    return switch (presence) {
      case FIELD -> file.use("dev.tenon.bus.json.Field") + ".absent()";
      case OTHERS -> type instanceof Type.ListOf ? file.use("java.util.List") + ".of()" : file.use("java.util.Map") + ".of()";
      case REQUIRED, OPTIONAL, NULLABLE -> file.use("java.util.Optional") + ".empty()";
    };
  }

  /// A value as the component takes it.
  String wrapped(String value, JavaFile file) {
    return switch (presence) {
      case REQUIRED, OTHERS -> value;
      case OPTIONAL, NULLABLE -> file.use("java.util.Optional") + ".of(" + value + ")";
      case FIELD -> file.use("dev.tenon.bus.json.Field") + ".of(" + value + ")";
    };
  }

  /// Reads it.
  String read(JavaTypes types, JavaFile file) {
    return switch (presence) {
      case REQUIRED, OTHERS -> types.read(type);
      case OPTIONAL -> file.use("java.util.Optional") + ".of(" + types.read(type) + ")";
      case NULLABLE -> "in.nullable(" + types.reader(type, 1) + ")";
      case FIELD -> "in.field(" + types.reader(type, 1) + ")";
    };
  }
}
