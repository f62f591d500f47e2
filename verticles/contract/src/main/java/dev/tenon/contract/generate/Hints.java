package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What schemas may be called, by where they are written: the size of `Plan` is `PlanSize`, wherever it is used. So a name stays when something else changes.
final class Hints {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Map<Node, String> hints = new IdentityHashMap<>();
  private final Map<Node, String> named = new IdentityHashMap<>();
  private final References references;

  Hints(Node.Obj document, References references) {
    this.references = references;
    document.object("components").ifPresent(components -> {
      section(components, "schemas").forEach((name, node) -> {
        if (node instanceof Node.Obj) {
          named.put(node, name);
        }
        walk(node, Words.pascal(name));
      });
      section(components, "parameters").forEach((name, node) -> parameter(node, Words.pascal(name)));
      section(components, "headers").forEach((name, node) -> parameter(node, Words.pascal(name)));
      section(components, "requestBodies").forEach((name, node) -> content(node, Words.pascal(name) + "Request"));
      section(components, "responses").forEach((name, node) -> content(node, Words.pascal(name) + "Response"));
    });
    for (String part : List.of("paths", "webhooks")) {
      document.object(part).ifPresent(items -> items.members().forEach((path, item) -> pathItem(path, item, part.equals("webhooks"))));
    }
  }

  /// What the schema may be called; empty for one that is written nowhere, because it was put together.
  Optional<String> of(Node schema) {
    return Optional.ofNullable(hints.get(schema));
  }

  /// The name it has among the components' schemas.
  Optional<String> name(Node schema) {
    return Optional.ofNullable(named.get(schema));
  }

  private static Map<String, Node> section(Node.Obj components, String name) {
    return components.object(name).map(Node.Obj::members).orElse(Map.of());
  }

  private void pathItem(String path, Node node, boolean webhook) {
    if (!(references.resolved(node) instanceof Node.Obj item)) {
      return;
    }
    item.items("parameters").forEach(parameter -> parameter(parameter, Words.pascal(path)));
    for (String method : METHODS) {
      item.object(method).ifPresent(operation -> {
        String name = webhook ? Words.pascal(path) : Words.pascal(operation.text("operationId").orElse(method + " " + path));
        operation.items("parameters").forEach(parameter -> parameter(parameter, name));
        operation.get("requestBody").ifPresent(body -> content(body, webhook ? name : name + "Request"));
        operation.object("responses").ifPresent(all -> all.members().forEach((status, response) ->
            content(response, name + "Response" + (status.startsWith("2") ? "" : Words.pascal(status).replace("_", "")))));
      });
    }
  }

  private void parameter(Node node, String owner) {
    if (node instanceof Node.Obj parameter && parameter.text("$ref").isEmpty()) {
      String hint = owner + parameter.text("name").map(Words::pascal).filter(name -> !owner.endsWith(name)).orElse("");
      parameter.get("schema").ifPresent(schema -> walk(schema, hint));
      content(parameter, hint);
    }
  }

  private void content(Node node, String hint) {
    if (node instanceof Node.Obj object) {
      object.object("content").ifPresent(types -> types.members().forEach((range, type) -> {
        if (type instanceof Node.Obj media) {
          media.get("schema").ifPresent(schema -> walk(schema, hint));
        }
      }));
    }
  }

  private void walk(Node node, String hint) {
    if (!(node instanceof Node.Obj schema) || hints.putIfAbsent(schema, hint) != null) {
      return;
    }
    for (String keyword : List.of("properties", "$defs", "definitions")) {
      schema.object(keyword).ifPresent(all -> all.members().forEach((name, property) -> walk(property, hint + Words.pascal(name))));
    }
    schema.get("items").ifPresent(items -> walk(items, hint + "Item"));
    schema.get("additionalProperties").ifPresent(values -> walk(values, hint + "Value"));
    schema.object("patternProperties").ifPresent(all -> all.members().values().forEach(values -> walk(values, hint + "Value")));
    schema.items("allOf").forEach(part -> walk(part, hint));
    numbered(schema.items("prefixItems"), hint + "Item");
    for (String keyword : List.of("oneOf", "anyOf")) {
      List<Node> branches = schema.items(keyword);
      long real = branches.stream().filter(branch -> !(branch instanceof Node.Obj object && object.text("type").orElse("").equals("null"))).count();
      if (real == 1) {
        branches.forEach(branch -> walk(branch, hint));
      } else {
        numbered(branches, hint + "Option");
      }
    }
  }

  private void numbered(List<Node> nodes, String hint) {
    for (int i = 0; i < nodes.size(); i++) {
      walk(nodes.get(i), hint + (i + 1));
    }
  }
}
