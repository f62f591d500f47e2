package dev.tenon.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An OpenAPI document of one or several files, bundled, and not yet checked beyond that. Immutable; thread-safe.
///
/// @param root the bundled document: every `$ref` stays inside it
/// @param files what the files hold, by their names
public record ContractDocument(OpenApiVersion version, Node.Obj root, Map<String, Node> files) {

  public ContractDocument {
    files = Map.copyOf(files);
  }

  /// Reads a document from a file and the files it refers to, which lie in the same folder or below it.
  ///
  /// @throws ContractException with everything that keeps it from being read
  public static ContractDocument load(Path file) {
    Path absolute = file.toAbsolutePath();
    return load(absolute.getFileName().toString(), ContractFiles.in(absolute.getParent()));
  }

  /// Reads a document of files that lie somewhere else.
  ///
  /// @throws ContractException with everything that keeps it from being read
  public static ContractDocument load(String file, ContractFiles files) {
    List<ContractProblem> problems = new ArrayList<>();
    ContractDocument document = Bundler.bundle(file, files, problems);
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return document;
  }

  /// Reads a document that is one text.
  ///
  /// @throws ContractException with everything that keeps it from being read
  public static ContractDocument parse(String file, String text) {
    return load(file, ContractFiles.of(Map.of(file, text)));
  }

  /// `info.version`; empty where it is not there.
  public String documentVersion() {
    return root.object("info").flatMap(info -> info.text("version")).orElse("");
  }

  /// A JSON pointer (RFC 6901) for every place at which one of the files holds a value, as those who edit the files know it.
  public Map<Location, String> pointers() {
    Map<Location, String> pointers = new LinkedHashMap<>();
    files.values().forEach(file -> point(file, "", pointers));
    return pointers;
  }

  private static void point(Node node, String pointer, Map<Location, String> pointers) {
    pointers.putIfAbsent(node.at(), pointer);
    switch (node) {
      case Node.Obj object -> object.members().forEach((name, member) -> point(member, pointer + "/" + Pointer.escape(name), pointers));
      case Node.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          point(array.items().get(i), pointer + "/" + i, pointers);
        }
      }
      case Node.Text text -> { }
      case Node.Num number -> { }
      case Node.Bool bool -> { }
      case Node.Null nothing -> { }
    }
  }

  /// The version that the first line of a document names.
  static OpenApiVersion versionOf(Node.Obj document) {
    Optional<String> swagger = document.get("swagger").map(node -> String.valueOf(node.plain()));
    Node node = document.get("openapi").or(() -> document.get("swagger")).orElse(document);
    String version = document.text("openapi").orElse("");
    if (version.matches("3\\.0\\.[0-9]+.*")) {
      return OpenApiVersion.V3_0;
    }
    if (version.matches("3\\.1\\.[0-9]+.*")) {
      return OpenApiVersion.V3_1;
    }
    String problem = !version.isEmpty()
        ? "is OpenAPI " + version + " – versions 3.0 and 3.1 are understood"
        : swagger.isPresent()
            ? "is Swagger " + swagger.get() + " – versions 3.0 and 3.1 of OpenAPI are understood, so convert it first"
            : "has no \"openapi\" – the first line says which version it is, as in openapi: 3.1.0";
    throw new ContractException(List.of(new ContractProblem(node.at(), problem)));
  }
}
