package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Api.Argument;
import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Words;
import dev.tenon.contract.generate.java.Component.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Writes what an operation's caller may leave out as a record of its own.
final class OptionsWriter {

  private final JavaNames names;
  private final Function<String, JavaFile> files;
  private final Map<Argument, String> components = new HashMap<>();

  /// @param files gives the file for a new type
  OptionsWriter(JavaNames names, Function<String, JavaFile> files) {
    this.names = names;
    this.files = files;
  }

  /// The name of the record; empty for an operation that has no such parameters.
  String write(Call call) {
    List<Argument> optional = call.arguments().stream().filter(argument -> !argument.required()).toList();
    if (optional.isEmpty()) {
      return "";
    }
    String name = names.type(Words.pascal(call.id()) + "Options");
    JavaFile file = files.apply(name);
    JavaTypes types = new JavaTypes(names, file);
    List<Component> all = RecordText.named(optional.stream()
        .map(argument -> new Component(argument.name(), "", argument.type(), Presence.OPTIONAL, "", argument.docs())).toList());
    List<Component> named = new ArrayList<>(all);
    for (int i = 0; i < named.size(); i++) {
      components.put(optional.get(i), named.get(i).name());
    }
    RecordText record = new RecordText(file, types, name, named);
    record.open(Docs.NONE, "What may be left out of a call of `" + call.id() + "`.", "public record", "");
    file.blank().docs("Everything left out.").line("public static final " + name + " NONE = of();");
    record.makers();
    file.close("}");
    return name;
  }

  /// The component that is a parameter of the operation.
  String component(Call call, Argument argument) {
    return components.get(argument);
  }
}
