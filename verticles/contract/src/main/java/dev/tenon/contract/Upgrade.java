package dev.tenon.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One schema of OpenAPI 3.0, its own keywords only, written in the words of 3.1, with the same meaning.
///
/// @see <a href="https://spec.openapis.org/oas/v3.0.4#schema-object">OpenAPI 3.0, Schema Object</a>
final class Upgrade {

  /// What 3.0 does not know, and so ignores.
  private static final Set<String> UNKNOWN_TO_3_0 = Set.of("const", "if", "then", "else", "prefixItems", "contains", "minContains", "maxContains", "patternProperties",
      "propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "$defs", "$anchor", "$id", "$schema", "$dynamicRef",
      "$dynamicAnchor", "examples", "contentEncoding", "contentMediaType", "contentSchema", "$comment");

  private Upgrade() {}

  static Node.Obj schema(Node.Obj schema) {
    if (schema.get("$ref").isPresent()) {
      return new Node.Obj(Map.of("$ref", schema.members().get("$ref")), schema.at());   // its neighbours count for nothing
    }
    Map<String, Node> members = new LinkedHashMap<>();
    schema.members().forEach((name, value) -> {
      switch (name) {
        case "nullable", "exclusiveMinimum", "exclusiveMaximum" -> { }
        case "type" -> members.put("type", schema.isTrue("nullable") ? new Node.Arr(List.of(value, new Node.Text("null", value.at())), value.at()) : value);
        case "minimum" -> members.put(schema.isTrue("exclusiveMinimum") ? "exclusiveMinimum" : "minimum", value);
        case "maximum" -> members.put(schema.isTrue("exclusiveMaximum") ? "exclusiveMaximum" : "maximum", value);
        case "example" -> members.put("examples", new Node.Arr(List.of(value), value.at()));
        default -> {
          if (!UNKNOWN_TO_3_0.contains(name)) {
            members.put(name, value);
          }
        }
      }
    });
    Optional<String> format = schema.text("format");
    if (format.equals(Optional.of("binary")) && schema.text("type").equals(Optional.of("string"))) {
      members.put("contentMediaType", new Node.Text("application/octet-stream", schema.at()));
    }
    return new Node.Obj(members, schema.at());
  }
}
