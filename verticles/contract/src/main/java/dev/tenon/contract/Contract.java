package dev.tenon.contract;

import dev.tenon.contract.schema.SchemaCompiler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What a component promises: an OpenAPI document, bundled and found valid. Immutable; thread-safe.
///
/// @param name the component it is the contract of, for messages
/// @param document the bundled document: every `$ref` stays inside it
/// @param operations in the document's order
/// @param securitySchemes by name
/// @param source what it was read from
public record Contract(
    String name,
    OpenApiVersion version,
    Node.Obj document,
    List<Operation> operations,
    Map<String, SecurityScheme> securitySchemes,
    ContractDocument source) {

  public Contract {
    operations = List.copyOf(operations);
    securitySchemes = Map.copyOf(securitySchemes);
  }

  /// Reads a contract from a file and the files it refers to, which lie in the same folder or below it.
  ///
  /// @throws ContractException with everything that is wrong with it
  public static Contract load(String name, Path file) {
    Path absolute = file.toAbsolutePath();
    return load(name, absolute.getFileName().toString(), ContractFiles.in(absolute.getParent()));
  }

  /// Reads a contract of files that lie somewhere else.
  ///
  /// @throws ContractException with everything that is wrong with it
  public static Contract load(String name, String file, ContractFiles files) {
    return load(name, file, files, Map.of());
  }

  /// Reads a contract, knowing formats of strings beside the usual ones.
  ///
  /// @throws ContractException with everything that is wrong with it
  public static Contract load(String name, String file, ContractFiles files, Map<String, Predicate<String>> formats) {
    List<ContractProblem> problems = new ArrayList<>();
    ContractDocument document = Bundler.bundle(file, files, problems);
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return new ContractReader(name, document, problems, formats).read();
  }

  /// Reads a contract that is one text.
  ///
  /// @throws ContractException with everything that is wrong with it
  public static Contract parse(String name, String text) {
    String file = name + ".yaml";
    return load(name, file, ContractFiles.of(Map.of(file, text)));
  }

  /// The document's own version: `info.version`.
  public String documentVersion() {
    return document.object("info").flatMap(info -> info.text("version")).orElseThrow();
  }

  /// The bundled document as JSON.
  public String json() {
    return JsonText.of(document);
  }

  /// A compiler for schemas of this document.
  public SchemaCompiler schemas() {
    return new SchemaCompiler(document, version.dialect());
  }
}
