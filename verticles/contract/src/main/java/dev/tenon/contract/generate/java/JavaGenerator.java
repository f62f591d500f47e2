package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Api.Event;
import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Declaration.Variant;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes one contract as one package: its types, its client, its events and its kinds of problem.
public final class JavaGenerator {

  private final Api api;
  private final String packageName;
  private final JavaNames names;
  private final Map<String, JavaFile> files = new TreeMap<>();
  private final Map<Declaration, List<String>> unionsOf = new IdentityHashMap<>();

  private JavaGenerator(Api api, String packageName) {
    this.api = api;
    this.packageName = packageName;
    this.names = new JavaNames(api);
  }

  /// The files of a package, by their paths below the source folder.
  ///
  /// @param packageName of all of them
  public static Map<String, String> generate(Api api, String packageName) {
    return new JavaGenerator(api, packageName).generate();
  }

  /// A contract's name as the last part of a package's name.
  public static String packagePart(String contract) {
    return JavaNames.packagePart(contract);
  }

  private Map<String, String> generate() {
    gatherUnions();
    api.declarations().forEach(this::declaration);
    String prefix = Words.pascal(api.name());
    if (!api.calls().isEmpty()) {
      JavaFile client = file(prefix + "Client");
      JavaTypes types = new JavaTypes(names, client);
      new ClientWriter(client, types, prefix + "Client", api, new OptionsWriter(names, this::file), new AnswerWriter(names, client, types, this::file)).write();
    }
    if (!api.events().isEmpty()) {
      events(prefix + "Events");
    }
    if (!api.problemTypes().isEmpty()) {
      problemTypes(prefix + "ProblemType");
    }
    Map<String, String> texts = new TreeMap<>();
    String folder = packageName.replace('.', '/') + "/";
    files.forEach((name, file) -> texts.put(folder + name + ".java", file.text()));
    texts.put(folder + "package-info.java", packageInfo());
    return texts;
  }

  private JavaFile file(String name) {
    JavaFile file = new JavaFile(packageName, "the contract " + api.name() + " " + api.version().replaceAll("[^\\x20-\\x7e]|\\\\", " "));
    files.put(name, file);
    return file;
  }

  /// Which sealed types a record is a variant of.
  private void gatherUnions() {
    for (Declaration declaration : api.declarations()) {
      if (declaration.definition() instanceof Union union) {
        for (Variant variant : union.variants()) {
          if (JavaTypes.isRecord(variant.type()) && JavaTypes.meant(variant.type()) instanceof Type.Ref(Declaration to)) {
            unionsOf.computeIfAbsent(to, key -> new ArrayList<>()).add(names.of(declaration));
          }
        }
      }
    }
  }

  private void declaration(Declaration declaration) {
    if (declaration.definition() instanceof Alias && !declaration.isEndless()) {
      return;
    }
    String name = names.of(declaration);
    JavaFile file = file(name);
    JavaTypes types = new JavaTypes(names, file);
    List<String> interfaces = unionsOf.getOrDefault(declaration, List.of());
    switch (declaration.definition()) {
      case Obj object when JavaTypes.isTooWide(object) -> new TupleWriter(file, types, name).write(declaration, new Type.MapOf(Type.Basic.ANY), interfaces);
      case Obj object -> new ObjectWriter(file, types, name, declaration, object).write(interfaces);
      case Enumeration(List<String> values) -> new EnumWriter(file).write(name, declaration.docs(), "`" + declaration.hint() + "` of the contract.", EnumWriter.constants(values), interfaces);
      case Union union -> new UnionWriter(file, types, names, name).write(declaration, union, interfaces);
      case Tuple tuple -> new TupleWriter(file, types, name).write(declaration, tuple, interfaces);
      case Alias(Type type) -> new TupleWriter(file, types, name).write(declaration, type, interfaces);
    }
  }

  private void events(String name) {
    JavaFile file = file(name);
    JavaTypes types = new JavaTypes(names, file);
    String eventType = file.use("dev.tenon.bus.client.EventType");
    Names constants = JavaNames.constants();
    file.docs("The events that `" + api.component() + "` emits.").open("public final class " + name + " {");
    for (Event event : api.events()) {
      file.blank().docs(event.docs(), "`" + event.name() + "`", Map.of());
      file.list("public static final " + eventType + "<" + types.boxed(event.type()) + "> " + constants.give(Words.constant(event.name())) + " = new " + eventType + "<>(",
          List.of(JavaFile.quoted(api.component()), JavaFile.quoted(event.name()), types.reader(event.type()), types.writer(event.type())), ");");
    }
    file.blank().line("private " + name + "() {}").close("}");
  }

  private void problemTypes(String name) {
    Map<String, String> constants = new LinkedHashMap<>();
    Names given = JavaNames.constants();
    for (String type : api.problemTypes()) {
      constants.put(type, given.give(Words.constant(type.replaceFirst("[/#:]+$", "").replaceFirst("^.*[/#:]", ""))));
    }
    new EnumWriter(file(name)).write(name, new Docs("The kinds of problem that `" + api.component() + "` answers with.", List.of(), false), "", constants, List.of());
  }

  private String packageInfo() {
    JavaFile file = new JavaFile("x", "x");
    String kinds = api.calls().isEmpty() ? "types" : "types, and [" + Words.pascal(api.name()) + "Client] to call the component with";
    file.docs(new Docs("The contract `" + api.name() + "` " + api.version() + ": its " + kinds + "." + (api.docs().text().isEmpty() ? "" : "\n\n" + api.docs().text()), List.of(), false), "", Map.of());
    String docs = file.text();
    return "// Generated by `tenon contract generate` from the contract " + api.name() + ". Changes are lost: change the contract.\n"
        + docs.substring(docs.indexOf("///")) + "package " + packageName + ";\n";
  }
}
