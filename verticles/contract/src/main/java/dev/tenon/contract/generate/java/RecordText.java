package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Words;
import dev.tenon.contract.generate.java.Component.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What all records have: components, a constructor that copies, and ways to make one that need not name everything.
final class RecordText {

  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final List<Component> components;

  RecordText(JavaFile file, JavaTypes types, String name, List<Component> components) {
    this.file = file;
    this.types = types;
    this.name = name;
    this.components = components;
  }

  /// Components with names of their own, and with methods that set them.
  static List<Component> named(List<Component> unnamed) {
    Names names = JavaNames.members();
    Names methods = JavaNames.members();
    List<Component> components = new ArrayList<>();
    for (Component each : unnamed) {
      components.add(new Component(each.json(), names.give(Words.camel(each.json())), each.type(), each.presence(), "", each.docs()));
    }
    components.forEach(each -> methods.give(each.name()));
    components.replaceAll(each -> new Component(each.json(), each.name(), each.type(), each.presence(),
        methods.give("with" + Words.pascal(each.json())), each.docs()));
    return components;
  }

  /// Everything up to the first method that is the record's own.
  void open(Docs docs, String otherwise, String kind, String interfaces) {
    Map<String, Docs> parameters = new LinkedHashMap<>();
    components.forEach(each -> parameters.put(each.name(), each.docs()));
    file.docs(docs, otherwise, parameters);
    file.list(kind + " " + name + "(", components.stream().map(each -> each.declared(types, file) + " " + each.name()).toList(), ")" + interfaces + " {");
    file.in();
    checks();
  }

  /// The record, with one expression for each component.
  void create(String before, Function<Component, String> value, String after) {
    file.list(before + "new " + name + "(", components.stream().map(value).toList(), ")" + after);
  }

  /// A method that makes one of what has to be there, and methods that add the rest.
  void makers() {
    List<Component> needed = components.stream().filter(each -> each.presence() == Presence.REQUIRED).toList();
    if (needed.size() < components.size()) {
      file.blank().docs(needed.isEmpty() ? "One with nothing in it; the `with…` methods add to it." : "One with what has to be there; the `with…` methods add the rest.");
      file.list("public static " + name + " of(", needed.stream().map(each -> types.plain(each.type()) + " " + each.name()).toList(), ") {");
      file.in();
      create("return ", each -> needed.contains(each) ? each.name() : each.absent(file), ";");
      file.close("}");
    }
    for (Component one : components) {
      if (one.presence() != Presence.REQUIRED) {
        with(one, types.plain(one.type()) + " " + one.name(), one.method(), one.wrapped(one.name(), file), "The same with another value for `" + one.name() + "`.");
      }
      if (one.presence() == Presence.FIELD) {
        with(one, "", one.method() + "Null", file.use("dev.tenon.bus.json.Field") + ".ofNull()", "The same with null for `" + one.name() + "`.");
      }
    }
  }

  private void with(Component one, String parameter, String method, String value, String sentence) {
    file.blank().docs(sentence);
    file.open("public " + name + " " + method + "(" + parameter + ") {");
    create("return ", each -> each == one ? value : each.name(), ";");
    file.close("}");
  }

  private void checks() {
    List<String> checks = new ArrayList<>();
    for (Component each : components) {
      String copier = types.copier(each.type());
      if (each.presence() == Presence.REQUIRED || each.presence() == Presence.OTHERS) {
        if (!copier.isEmpty()) {
          checks.add(each.name() + " = " + copier.replace("::", ".") + "(" + each.name() + ");");
        } else if (!types.isPrimitive(each.type())) {
          checks.add(file.use("java.util.Objects") + ".requireNonNull(" + each.name() + ", \"" + each.name() + "\");");
        }
      } else {
        checks.add(copier.isEmpty()
            ? file.use("java.util.Objects") + ".requireNonNull(" + each.name() + ", \"" + each.name() + "\");"
            : each.name() + " = " + each.name() + ".map(" + copier + ");");
      }
    }
    if (!checks.isEmpty()) {
      file.blank().open("public " + name + " {");
      checks.forEach(file::line);
      file.close("}");
    }
  }
}
