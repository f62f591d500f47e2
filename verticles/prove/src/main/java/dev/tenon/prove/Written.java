package dev.tenon.prove;

import dev.tenon.contract.Contract;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What authors wrote as examples in a contract.
final class Written {

  private static final int HOPS_MAX = 20;

  private final Contract contract;
  private final Path folder;

  /// @param folder where files that examples name lie
  Written(Contract contract, Path folder) {
    this.contract = contract;
    this.folder = folder;
  }

  /// An example of a body.
  sealed interface Body {
    record Value(Object value) implements Body {}

    record InFile(Path file) implements Body {}

    record Missing(String file) implements Body {}
  }

  /// The examples of a request body by name.
  Map<String, Body> bodies(Operation operation, MediaType type) {
    Map<String, Body> all = new LinkedHashMap<>();
    Optional<Node.Obj> media = node(operation).flatMap(node -> node.get("requestBody")).flatMap(this::resolved).flatMap(body -> body.object("content"))
        .flatMap(content -> content.members().entrySet().stream().filter(entry -> MediaType.essence(entry.getKey()).equals(type.range())).map(Map.Entry::getValue).findFirst())
        .flatMap(this::resolved);
    media.flatMap(node -> node.get("example")).ifPresent(node -> all.put("example", new Body.Value(node.plain())));
    media.flatMap(node -> node.object("examples")).ifPresent(examples -> examples.members().forEach((name, node) -> resolved(node).ifPresent(example -> {
      example.get("value").ifPresent(value -> all.put(name, new Body.Value(value.plain())));
      example.text("externalValue").ifPresent(file -> all.put(name, file(file)));
    })));
    return all;
  }

  private Body file(String name) {
    Path file = folder.resolve(name).normalize();
    return file.startsWith(folder) && Files.isRegularFile(file) ? new Body.InFile(file.toAbsolutePath()) : new Body.Missing(name);
  }

  /// The examples of a parameter by name.
  Map<String, Object> values(Operation operation, Parameter parameter) {
    Map<String, Object> all = new LinkedHashMap<>();
    Optional<Node.Obj> found = node(operation).flatMap(node -> parameter(node.items("parameters"), parameter))
        .or(() -> path(operation).flatMap(item -> parameter(item.items("parameters"), parameter)));
    found.flatMap(node -> node.get("example")).ifPresent(node -> all.put("example", node.plain()));
    found.flatMap(node -> node.object("examples")).ifPresent(examples -> examples.members().forEach((name, node) ->
        resolved(node).flatMap(example -> example.get("value")).ifPresent(value -> all.put(name, value.plain()))));
    return all;
  }

  private Optional<Node.Obj> parameter(List<Node> nodes, Parameter parameter) {
    return nodes.stream().map(this::resolved).flatMap(Optional::stream)
        .filter(node -> node.text("name").equals(Optional.of(parameter.name())) && node.text("in").equals(Optional.of(parameter.in().name().toLowerCase(Locale.ROOT))))
        .findFirst();
  }

  private Optional<Node.Obj> path(Operation operation) {
    return contract.document().object("paths").flatMap(paths -> paths.get(operation.path())).flatMap(this::resolved);
  }

  private Optional<Node.Obj> node(Operation operation) {
    return path(operation).flatMap(item -> item.object(operation.method().toLowerCase(Locale.ROOT)));
  }

  private Optional<Node.Obj> resolved(Node node) {
    Node here = node;
    for (int i = 0; i < HOPS_MAX && here instanceof Node.Obj object; i++) {
      Optional<String> reference = object.text("$ref");
      if (reference.isEmpty()) {
        return Optional.of(object);
      }
      here = contract.document().find(reference.get().substring(1)).orElse(null);
    }
    return Optional.empty();
  }
}
