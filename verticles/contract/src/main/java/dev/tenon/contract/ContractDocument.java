package dev.tenon.contract;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /// JSON pointers (RFC 6901) of places in the files, as those who edit the files know them. A place where no value begins has none.
  public Map<Location, String> pointers(Set<Location> places) {
    Map<Location, String> pointers = new HashMap<>();
    files.values().forEach(file -> point(file, new ArrayDeque<>(), places, pointers));
    return pointers;
  }

  private static void point(Node node, Deque<String> way, Set<Location> places, Map<Location, String> pointers) {
    if (places.contains(node.at())) {
      StringBuilder pointer = new StringBuilder();
      way.descendingIterator().forEachRemaining(name -> pointer.append('/').append(Pointer.escape(name)));
      pointers.putIfAbsent(node.at(), pointer.toString());
    }
    switch (node) {
      case Node.Obj object -> object.members().forEach((name, member) -> {
        way.push(name);
        point(member, way, places, pointers);
        way.pop();
      });
      case Node.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          way.push(Integer.toString(i));
          point(array.items().get(i), way, places, pointers);
          way.pop();
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
