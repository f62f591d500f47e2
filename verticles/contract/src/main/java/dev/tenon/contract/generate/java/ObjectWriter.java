package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Member;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Type.Literals;
import dev.tenon.contract.generate.Words;
import dev.tenon.contract.generate.java.Component.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes an object as a record. Members that have one value only are no components: they are written by themselves.
final class ObjectWriter {

  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final Declaration declaration;
  private final Obj object;
  private final List<Component> components;
  private final Optional<Component> others;
  private final List<Member> constants;

  ObjectWriter(JavaFile file, JavaTypes types, String name, Declaration declaration, Obj object) {
    this.file = file;
    this.types = types;
    this.name = name;
    this.declaration = declaration;
    this.object = object;
    this.constants = object.members().stream().filter(ObjectWriter::isConstant).toList();
    List<Component> all = new ArrayList<>();
    for (Member member : object.members()) {
      if (!isConstant(member)) {
        all.add(new Component(member.name(), "", Component.inner(member.type()), Component.presence(member.type(), member.required()), "", member.docs()));
      }
    }
    this.components = new ArrayList<>(RecordText.named(all));
    this.others = object.others().map(type -> new Component("", "others", new Type.MapOf(type), Presence.OTHERS, "withOthers",
        new Docs("Members that the contract gives no name.", List.of(), false)));
  }

  /// Whether a member is always there, with the same value.
  static boolean isConstant(Member member) {
    return member.required() && member.type() instanceof Literals(Basic base, List<Object> values) && values.size() == 1 && base != Basic.ANY;
  }

  void write(List<String> interfaces) {
    List<Component> every = new ArrayList<>(components);
    others.ifPresent(every::add);
    RecordText record = new RecordText(file, types, name, every);
    List<String> implemented = interfaces.isEmpty() ? List.of(file.use("dev.tenon.bus.json.JsonWritable")) : interfaces;
    record.open(declaration.docs(), "`" + declaration.hint() + "` of the contract.", "public record", " implements " + String.join(", ", implemented));
    record.makers();
    constants();
    reading(record);
    writing();
    file.close("}");
  }

  private void constants() {
    Names names = JavaNames.members();
    components.forEach(each -> names.give(each.name()));
    names.give("others");
    for (Member member : constants) {
      Literals literals = (Literals) member.type();
      file.blank().docs(member.docs(), "Always the same.", java.util.Map.of());
      file.open("public " + types.plain(literals.base()) + " " + names.give(Words.camel(member.name())) + "() {");
      file.line("return " + literal(literals) + ";").close("}");
    }
  }

  private void reading(RecordText record) {
    file.blank().docs("Reads one. Members that are not known here are passed over.");
    file.open("public static " + name + " read(" + file.use("dev.tenon.bus.json.JsonReader") + " in) {");
    for (Component each : components) {
      String type = each.presence() == Presence.REQUIRED ? types.boxed(each.type()) : each.declared(types, file);
      file.line(type + " " + each.name() + " = " + each.unread(file) + ";");
    }
    others.ifPresent(each -> file.line(types.boxed(each.type()) + " others = new " + file.use("java.util.LinkedHashMap") + "<>();"));
    file.line("in.beginObject();").open("while (in.nextMember()) {");
    String otherwise = others.map(each -> "others.put(in.name(), " + types.read(((Type.MapOf) each.type()).values()) + ")").orElse("in.skip()");
    if (components.isEmpty() && constants.isEmpty()) {
      file.line(otherwise + ";");
    } else {
      file.open("switch (in.name()) {");
      components.forEach(each -> file.line("case " + JavaFile.quoted(each.json()) + " -> " + each.name() + " = " + each.read(types, file) + ";"));
      constants.forEach(each -> file.line("case " + JavaFile.quoted(each.name()) + " -> in.constant(" + literal((Literals) each.type()) + ");"));
      file.line("default -> " + otherwise + ";").close("}");
    }
    file.close("}");
    record.create("return ", each -> switch (each.presence()) {
      case REQUIRED, NULLABLE -> "in.required(" + JavaFile.quoted(each.json()) + ", " + each.name() + ")";
      case OPTIONAL, FIELD, OTHERS -> each.name();
    }, ";");
    file.close("}");
  }

  private void writing() {
    file.blank().line("@Override").open("public void write(" + file.use("dev.tenon.bus.json.JsonWriter") + " out) {");
    file.line("out.beginObject();");
    for (Member member : object.members()) {
      if (isConstant(member)) {
        Literals literals = (Literals) member.type();
        file.line("out.name(" + JavaFile.quoted(member.name()) + ");").line(types.write(literals.base(), literal(literals)) + ";");
      } else {
        components.stream().filter(each -> each.json().equals(member.name())).findFirst().ifPresent(this::writing);
      }
    }
    others.ifPresent(each -> file.line("out.members(others, " + types.writer(((Type.MapOf) each.type()).values(), 1) + ");"));
    file.line("out.endObject();").close("}");
  }

  private void writing(Component each) {
    String json = JavaFile.quoted(each.json());
    switch (each.presence()) {
      case REQUIRED, OTHERS -> file.line("out.name(" + json + ");").line(types.write(each.type(), each.name()) + ";");
      case NULLABLE -> file.line("out.name(" + json + ");").line("out.nullable(" + each.name() + ", " + types.writer(each.type(), 1) + ");");
      case OPTIONAL -> file.line("out.optional(" + json + ", " + each.name() + ", " + types.writer(each.type(), 1) + ");");
      case FIELD -> file.line("out.field(" + json + ", " + each.name() + ", " + types.writer(each.type(), 1) + ");");
    }
  }

  private static String literal(Literals literals) {
    Object value = literals.values().getFirst();
    return switch (value) {
      case String text -> JavaFile.quoted(text);
      case Long number -> literals.base() == Basic.NUMBER ? number + ".0" : number + "L";
      case Number number -> number.doubleValue() + "";
      default -> value.toString();
    };
  }
}
