package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;

/// How types are written in one file: by name, as something that reads them and as something that writes them.
final class JavaTypes {

  /// What a record's constructor can take at most, in slots; `long` and `double` need two.
  private static final int SLOTS_MAX = 250;

  private final JavaNames names;
  private final JavaFile file;

  JavaTypes(JavaNames names, JavaFile file) {
    this.names = names;
    this.file = file;
  }

  /// What is left of a type when names that stand for something else are replaced.
  static Type meant(Type type) {
    return type instanceof Type.Ref(Declaration to) && to.definition() instanceof Alias(Type of) && !to.isEndless() ? meant(of)
        : type instanceof Type.Literals literals ? literals.base()
        : type instanceof Type.Nullable(Type of) ? Type.nullable(meant(of))
        : type;
  }

  /// Whether an object has so many members that no constructor takes them.
  static boolean isTooWide(Obj object) {
    return object.members().stream().mapToInt(member -> meant(member.type()) == Basic.INT64 || meant(member.type()) == Basic.NUMBER ? 2 : 1).sum() > SLOTS_MAX;
  }

  /// Whether a type is a record of its own that can take part in a sealed type.
  static boolean isRecord(Type type) {
    return meant(type) instanceof Type.Ref(Declaration to) && to.definition() instanceof Obj object && !isTooWide(object);
  }

  boolean isPrimitive(Type type) {
    return switch (meant(type)) {
      case Basic basic -> switch (basic) {
        case BOOLEAN, INT32, INT64, NUMBER -> true;
        default -> false;
      };
      default -> false;
    };
  }

  /// The type as a variable has it.
  String plain(Type type) {
    return switch (meant(type)) {
      case Basic basic -> switch (basic) {
        case BOOLEAN -> "boolean";
        case INT32 -> "int";
        case INT64 -> "long";
        case NUMBER -> "double";
        default -> boxed(basic);
      };
      case Type other -> boxed(other);
    };
  }

  /// The type as a type argument.
  String boxed(Type type) {
    return switch (meant(type)) {
      case Basic basic -> switch (basic) {
        case ANY -> file.use("dev.tenon.bus.json.Json");
        case STRING -> "String";
        case BOOLEAN -> "Boolean";
        case INT32 -> "Integer";
        case INT64 -> "Long";
        case INTEGER -> file.use("java.math.BigInteger");
        case NUMBER -> "Double";
        case DECIMAL -> file.use("java.math.BigDecimal");
        case DATE -> file.use("java.time.LocalDate");
        case DATE_TIME -> file.use("java.time.OffsetDateTime");
        case UUID -> file.use("java.util.UUID");
        case URI -> file.use("java.net.URI");
        case BASE64, BINARY -> file.use("io.vertx.core.buffer.Buffer");
      };
      case Type.Literals literals -> boxed(literals.base());
      case Type.ListOf(Type items) -> file.use("java.util.List") + "<" + boxed(items) + ">";
      case Type.MapOf(Type values) -> file.use("java.util.Map") + "<String, " + boxed(values) + ">";
      case Type.Nullable(Type of) -> file.use("java.util.Optional") + "<" + boxed(of) + ">";
      case Type.Ref(Declaration to) -> names.of(to);
    };
  }

  /// An expression that reads a value from the variable `in`.
  String read(Type type, int depth) {
    String in = variable("in", depth);
    return switch (meant(type)) {
      case Basic basic -> in + "." + method(basic) + "()";
      case Type.Literals literals -> read(literals.base(), depth);
      case Type.ListOf(Type items) -> in + ".list(" + reader(items, depth) + ")";
      case Type.MapOf(Type values) -> in + ".map(" + reader(values, depth) + ")";
      case Type.Nullable(Type of) -> in + ".nullable(" + reader(of, depth) + ")";
      case Type.Ref(Declaration to) -> names.of(to) + ".read(" + in + ")";
    };
  }

  String read(Type type) {
    return read(type, 1);
  }

  /// A function that reads a value.
  String reader(Type type, int depth) {
    return switch (meant(type)) {
      case Basic basic -> file.use("dev.tenon.bus.json.JsonReader") + "::" + method(basic);
      case Type.Ref(Declaration to) -> names.of(to) + "::read";
      case Type other -> variable("in", depth + 1) + " -> " + read(other, depth + 1);
    };
  }

  String reader(Type type) {
    return reader(type, 0);
  }

  /// An expression that writes a value to the variable `out`.
  String write(Type type, String value, int depth) {
    String out = variable("out", depth);
    return switch (meant(type)) {
      case Basic basic -> out + "." + method(basic) + "(" + value + ")";
      case Type.Literals literals -> write(literals.base(), value, depth);
      case Type.ListOf(Type items) -> out + ".list(" + value + ", " + writer(items, depth) + ")";
      case Type.MapOf(Type values) -> out + ".map(" + value + ", " + writer(values, depth) + ")";
      case Type.Nullable(Type of) -> out + ".nullable(" + value + ", " + writer(of, depth) + ")";
      case Type.Ref ref -> out + ".value(" + value + ")";
    };
  }

  String write(Type type, String value) {
    return write(type, value, 1);
  }

  /// A function that writes a value.
  String writer(Type type, int depth) {
    return switch (meant(type)) {
      case Basic basic -> file.use("dev.tenon.bus.json.JsonWriter") + "::" + method(basic);
      case Type.Ref ref -> file.use("dev.tenon.bus.json.JsonWriter") + "::value";
      case Type other -> "(" + variable("out", depth + 1) + ", " + variable("it", depth + 1) + ") -> " + write(other, variable("it", depth + 1), depth + 1);
    };
  }

  String writer(Type type) {
    return writer(type, 0);
  }

  /// Something that copies what could be changed from outside; empty where nothing can.
  String copier(Type type) {
    return switch (meant(type)) {
      case Type.ListOf list -> file.use("java.util.List") + "::copyOf";
      case Type.MapOf map -> file.use("dev.tenon.bus.json.Json") + "::copyOf";
      default -> "";
    };
  }

  private static String variable(String name, int depth) {
    return depth <= 1 ? name : name + depth;
  }

  private static String method(Basic basic) {
    return switch (basic) {
      case ANY -> "any";
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case INTEGER -> "integer";
      case NUMBER -> "number";
      case DECIMAL -> "decimal";
      case DATE -> "date";
      case DATE_TIME -> "dateTime";
      case UUID -> "uuid";
      case URI -> "uri";
      case BASE64 -> "base64";
      case BINARY -> "binary";
    };
  }
}
