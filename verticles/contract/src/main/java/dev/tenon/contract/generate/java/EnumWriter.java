package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a set of strings as a sealed type of the known ones and the unknown, so that a `switch` over it is complete and still survives a value that
/// comes later.
final class EnumWriter {

  /// With more constants than this, a class has no room for their initialisation.
  private static final int CONSTANTS_MAX = 1_200;

  private final JavaFile file;

  EnumWriter(JavaFile file) {
    this.file = file;
  }

  /// Names for values, each its own.
  static Map<String, String> constants(List<String> values) {
    Names names = JavaNames.constants();
    Map<String, String> constants = new LinkedHashMap<>();
    values.forEach(value -> constants.put(value, names.give(Words.constant(value))));
    return constants;
  }

  /// @param constants values with their names
  void write(String name, Docs docs, String otherwise, Map<String, String> constants, List<String> interfaces) {
    if (constants.size() > CONSTANTS_MAX) {
      many(name, docs, otherwise, constants.size(), interfaces);
      return;
    }
    String writable = file.use("dev.tenon.bus.json.JsonWritable");
    file.docs(docs, otherwise, Map.of());
    file.open("public sealed interface " + name + " extends " + String.join(", ", interfaces.isEmpty() ? List.of(writable) : interfaces) + " {").blank();
    constants.forEach((value, constant) -> file.docs("`" + value.replace("`", "'") + "`").line(name + " " + constant + " = Known." + constant + ";"));
    file.blank().docs("The value as the contract writes it.").line("String value();").blank();
    file.docs("The value that is written so.").open("static " + name + " of(String value) {").open("return switch (value) {");
    constants.forEach((value, constant) -> file.line("case " + JavaFile.quoted(value) + " -> Known." + constant + ";"));
    file.line("default -> new Unknown(value);").close("};").close("}").blank();
    file.docs("Reads one.").open("static " + name + " read(" + file.use("dev.tenon.bus.json.JsonReader") + " in) {").line("return of(in.string());").close("}").blank();
    known(name, constants);
    file.blank().docs("A value that this code does not know: it is newer. Use [#of(String)] to make a value.");
    file.open("record Unknown(String value) implements " + name + " {").blank();
    writing();
    file.close("}").close("}");
  }

  private void known(String name, Map<String, String> constants) {
    file.docs("The values that the contract has.").open("enum Known implements " + name + " {");
    int left = constants.size();
    for (Map.Entry<String, String> each : constants.entrySet()) {
      left--;
      file.line(each.getValue() + "(" + JavaFile.quoted(each.getKey()) + ")" + (left == 0 ? ";" : ","));
    }
    file.blank().line("private final String value;").blank();
    file.open("Known(String value) {").line("this.value = value;").close("}").blank();
    file.line("@Override").open("public String value() {").line("return value;").close("}").blank();
    writing();
    file.close("}");
  }

  private void writing() {
    file.line("@Override").open("public void write(" + file.use("dev.tenon.bus.json.JsonWriter") + " out) {").line("out.string(value);").close("}");
  }

  private void many(String name, Docs docs, String otherwise, int count, List<String> interfaces) {
    String writable = file.use("dev.tenon.bus.json.JsonWritable");
    file.docs(new Docs((docs.text().isEmpty() ? otherwise : docs.text()) + "\n\nOne of " + count + " values, too many for constants.", docs.rules(), docs.deprecated()), "",
        Map.of("value", new Docs("as the contract writes it", List.of(), false)));
    file.open("public record " + name + "(String value) implements " + String.join(", ", interfaces.isEmpty() ? List.of(writable) : interfaces) + " {").blank();
    file.docs("The value that is written so.").open("public static " + name + " of(String value) {").line("return new " + name + "(value);").close("}").blank();
    file.docs("Reads one.").open("public static " + name + " read(" + file.use("dev.tenon.bus.json.JsonReader") + " in) {").line("return of(in.string());").close("}").blank();
    writing();
    file.close("}");
  }
}
