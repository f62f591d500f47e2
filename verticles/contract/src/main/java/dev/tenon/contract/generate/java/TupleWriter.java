package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.java.Component.Presence;
import java.util.ArrayList;
import java.util.List;

/// Writes an array whose places have types of their own as a record, and other names for types that cannot be left out as records of one value.
final class TupleWriter {

  private final JavaFile file;
  private final JavaTypes types;
  private final String name;

  TupleWriter(JavaFile file, JavaTypes types, String name) {
    this.file = file;
    this.types = types;
    this.name = name;
  }

  void write(Declaration declaration, Tuple tuple, List<String> interfaces) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < tuple.items().size(); i++) {
      Type type = tuple.items().get(i);
      Presence presence = i < tuple.itemsMin() ? Component.presence(type, true) : Component.presence(type, false);
      Type inner = presence == Presence.REQUIRED ? type : Component.inner(type);
      components.add(new Component(String.valueOf(i), "item" + (i + 1), inner, presence, "withItem" + (i + 1), new Docs("the item at " + i, List.of(), false)));
    }
    List<Component> all = new ArrayList<>(components);
    tuple.rest().ifPresent(rest -> all.add(new Component("", "rest", new Type.ListOf(rest), Presence.OTHERS, "withRest", new Docs("what comes after them", List.of(), false))));
    RecordText record = new RecordText(file, types, name, all);
    record.open(declaration.docs(), "`" + declaration.hint() + "` of the contract, an array.", "public record", implemented(interfaces));
    reading(tuple, components, record);
    file.blank().line("@Override").open("public void write(" + file.use("dev.tenon.bus.json.JsonWriter") + " out) {").line("out.beginArray();");
    for (Component each : components) {
      switch (each.presence()) {
        case REQUIRED, OTHERS -> file.line(types.write(each.type(), each.name()) + ";");
        case NULLABLE -> file.line("out.nullable(" + each.name() + ", " + types.writer(each.type(), 1) + ");");
        case OPTIONAL -> file.open("if (" + each.name() + ".isPresent()) {").line(types.write(each.type(), each.name() + ".get()") + ";").close("}");
        case FIELD -> file.open("if (!" + each.name() + ".isAbsent()) {").line("out.nullable(" + each.name() + ".toOptional(), " + types.writer(each.type(), 1) + ");").close("}");
      }
    }
    tuple.rest().ifPresent(rest -> file.line("rest.forEach(each -> " + types.write(rest, "each") + ");"));
    file.line("out.endArray();").close("}").close("}");
  }

  private void reading(Tuple tuple, List<Component> components, RecordText record) {
    file.blank().docs("Reads one.").open("public static " + name + " read(" + file.use("dev.tenon.bus.json.JsonReader") + " in) {");
    for (Component each : components) {
      String type = each.presence() == Presence.REQUIRED ? types.boxed(each.type()) : each.declared(types, file);
      file.line(type + " " + each.name() + " = " + each.unread(file) + ";");
    }
    tuple.rest().ifPresent(rest -> file.line(types.boxed(new Type.ListOf(rest)) + " rest = new " + file.use("java.util.ArrayList") + "<>();"));
    file.line("in.beginArray();").open("for (int i = 0; in.nextItem(); i++) {").open("switch (i) {");
    for (int i = 0; i < components.size(); i++) {
      Component each = components.get(i);
      file.line("case " + i + " -> " + each.name() + " = " + each.read(types, file) + ";");
    }
    file.line("default -> " + tuple.rest().map(rest -> "rest.add(" + types.read(rest) + ")").orElse("in.skip()") + ";").close("}").close("}");
    record.create("return ", each -> switch (each.presence()) {
      case REQUIRED, NULLABLE -> "in.required(\"" + each.json() + "\", " + each.name() + ")";
      case OPTIONAL, FIELD, OTHERS -> each.name();
    }, ";");
    file.close("}");
  }

  /// A record that is its one value and nothing else.
  void write(Declaration declaration, Type type, List<String> interfaces) {
    Component value = new Component("value", "value", type, Presence.REQUIRED, "", Docs.NONE);
    RecordText record = new RecordText(file, types, name, List.of(value));
    record.open(declaration.docs(), "`" + declaration.hint() + "` of the contract.", "public record", implemented(interfaces));
    file.blank().docs("Reads one.").open("public static " + name + " read(" + file.use("dev.tenon.bus.json.JsonReader") + " in) {");
    file.line("return new " + name + "(" + types.read(type) + ");").close("}");
    file.blank().line("@Override").open("public void write(" + file.use("dev.tenon.bus.json.JsonWriter") + " out) {");
    file.line(types.write(type, "value") + ";").close("}").close("}");
  }

  private String implemented(List<String> interfaces) {
    return " implements " + String.join(", ", interfaces.isEmpty() ? List.of(file.use("dev.tenon.bus.json.JsonWritable")) : interfaces);
  }
}
