package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;
import java.util.List;

/// How a client's method takes a body and puts it into the call; and how values become text.
final class BodyWriter {

  private final JavaFile file;
  private final JavaTypes types;

  BodyWriter(JavaFile file, JavaTypes types) {
    this.file = file;
    this.types = types;
  }

  /// The type of the method's parameter.
  String type(Payload payload) {
    return switch (payload.form()) {
      case JSON, FORM -> types.plain(payload.type());
      case MULTIPART -> types.plain(payload.type());
      case TEXT -> "String";
      case EVENTS -> file.use("dev.tenon.bus.Body");
      case BYTES -> isOneType(payload) ? file.use("dev.tenon.bus.Body") : file.use("dev.tenon.bus.client.TypedBody");
    };
  }

  /// Whether nobody has to say which media type it is.
  static boolean isOneType(Payload payload) {
    return payload.mediaTypes().size() == 1 && !payload.mediaTypes().getFirst().contains("*");
  }

  /// Lines before the call, for a body that is put together first.
  void form(Payload payload) {
    String form = file.use("dev.tenon.bus.client.MultipartForm");
    file.line(form + " form = new " + form + "();");
    if (JavaTypes.meant(payload.type()) instanceof Type.Ref(Declaration to) && to.definition() instanceof Obj object && !JavaTypes.isTooWide(object)) {
      List<Component> components = RecordText.named(object.members().stream()
          .filter(member -> !ObjectWriter.isConstant(member))
          .map(member -> new Component(member.name(), "", Component.inner(member.type()), Component.presence(member.type(), member.required()), "", member.docs()))
          .toList());
      components.forEach(each -> {
        String value = "body." + each.name() + "()";
        switch (each.presence()) {
          case REQUIRED, OTHERS -> file.line("form." + part(each, value) + ";");
          case OPTIONAL, NULLABLE -> file.line(value + ".ifPresent(value -> form." + part(each, "value") + ");");
          case FIELD -> file.line(value + ".toOptional().ifPresent(value -> form." + part(each, "value") + ");");
        }
      });
      object.members().stream().filter(ObjectWriter::isConstant).forEach(member ->
          file.line("form.text(" + JavaFile.quoted(member.name()) + ", " + JavaFile.quoted(String.valueOf(((Type.Literals) member.type()).values().getFirst())) + ");"));
    } else {
      file.line(tree(payload.type(), "body") + ".asObject().ifPresent(members -> members.forEach(form::value));");
    }
  }

  private String part(Component each, String value) {
    String json = JavaFile.quoted(each.json());
    Type type = JavaTypes.meant(each.type());
    if (type == Basic.BINARY) {
      return "file(" + json + ", \"application/octet-stream\", " + value + ")";
    }
    if (type instanceof Type.ListOf(Type items) && JavaTypes.meant(items) == Basic.BINARY) {
      return "files(" + json + ", \"application/octet-stream\", " + value + ")";
    }
    String text = text(each.type(), value);
    return text.isEmpty() ? "value(" + json + ", " + tree(each.type(), value) + ")" : "text(" + json + ", " + text + ")";
  }

  /// Puts the body into the call.
  String call(Payload payload) {
    String mediaType = JavaFile.quoted(payload.mediaTypes().getFirst());
    return switch (payload.form()) {
      case JSON -> "json(" + (payload.mediaTypes().getFirst().contains("*") ? "\"application/json\"" : mediaType) + ", body, " + types.writer(payload.type(), 0) + ")";
      case FORM -> "form(" + tree(payload.type(), "body") + ")";
      case MULTIPART -> "multipart(form)";
      case TEXT -> "text(" + (payload.mediaTypes().getFirst().contains("*") ? "\"text/plain\"" : mediaType) + ", body)";
      case EVENTS -> "body(" + mediaType + ", body)";
      case BYTES -> isOneType(payload) ? "body(" + mediaType + ", body)" : "body(body)";
    };
  }

  /// A value as JSON in memory, for what is written in another way.
  String tree(Type type, String value) {
    return switch (JavaTypes.meant(type)) {
      case Basic basic when basic == Basic.ANY -> value;
      default -> {
        String reader = file.use("dev.tenon.bus.json.JsonReader");
        String writer = file.use("dev.tenon.bus.json.JsonWriter");
        yield reader + ".read(" + writer + ".write(" + value + ", " + types.writer(type, 0) + "), " + reader + "::any)";
      }
    };
  }

  /// A value as text; empty where it is more than one.
  String text(Type type, String value) {
    return switch (JavaTypes.meant(type)) {
      case Basic basic -> switch (basic) {
        case ANY, BASE64, BINARY -> "";
        case STRING -> value;
        case BOOLEAN, INT32, INT64, NUMBER -> "String.valueOf(" + value + ")";
        case DECIMAL -> value + ".toPlainString()";
        case DATE_TIME -> file.use("java.time.format.DateTimeFormatter") + ".ISO_OFFSET_DATE_TIME.format(" + value + ")";
        case INTEGER, DATE, UUID, URI -> value + ".toString()";
      };
      case Type.Literals literals -> text(literals.base(), value);
      case Type.Ref(Declaration to) when to.definition() instanceof Enumeration -> value + ".value()";
      default -> "";
    };
  }
}
