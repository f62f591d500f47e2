package dev.tenon.contract;

import java.util.Map;
import java.util.Optional;

/// The kinds of object an OpenAPI document is made of, and which of them hold which.
///
/// @see <a href="https://spec.openapis.org/oas/v3.1.0#schema">OpenAPI 3.1, Schema</a>
enum Part {
  DOCUMENT(""), COMPONENTS(""), PATH_ITEM(""), OPERATION(""), MEDIA_TYPE(""), ENCODING(""), CALLBACK("callbacks"),
  PARAMETER("parameters"), HEADER("headers"), REQUEST_BODY("requestBodies"), RESPONSE("responses"), EXAMPLE("examples"),
  LINK("links"), SECURITY_SCHEME("securitySchemes"), SCHEMA("schemas");

  /// How a member holds parts: as itself, as a list of them, or as a map from names to them.
  enum Holding { ONE, LIST, MAP }

  record Child(Part part, Holding holding) {}

  private static final Map<String, Child> IN_SCHEMA = Map.ofEntries(
      Map.entry("properties", new Child(SCHEMA, Holding.MAP)),
      Map.entry("patternProperties", new Child(SCHEMA, Holding.MAP)),
      Map.entry("dependentSchemas", new Child(SCHEMA, Holding.MAP)),
      Map.entry("$defs", new Child(SCHEMA, Holding.MAP)),
      Map.entry("definitions", new Child(SCHEMA, Holding.MAP)),
      Map.entry("allOf", new Child(SCHEMA, Holding.LIST)),
      Map.entry("anyOf", new Child(SCHEMA, Holding.LIST)),
      Map.entry("oneOf", new Child(SCHEMA, Holding.LIST)),
      Map.entry("prefixItems", new Child(SCHEMA, Holding.LIST)),
      Map.entry("not", new Child(SCHEMA, Holding.ONE)),
      Map.entry("if", new Child(SCHEMA, Holding.ONE)),
      Map.entry("then", new Child(SCHEMA, Holding.ONE)),
      Map.entry("else", new Child(SCHEMA, Holding.ONE)),
      Map.entry("items", new Child(SCHEMA, Holding.ONE)),
      Map.entry("contains", new Child(SCHEMA, Holding.ONE)),
      Map.entry("additionalProperties", new Child(SCHEMA, Holding.ONE)),
      Map.entry("propertyNames", new Child(SCHEMA, Holding.ONE)),
      Map.entry("unevaluatedItems", new Child(SCHEMA, Holding.ONE)),
      Map.entry("unevaluatedProperties", new Child(SCHEMA, Holding.ONE)),
      Map.entry("contentSchema", new Child(SCHEMA, Holding.ONE)));

  private static final Map<String, Child> IN_PARAMETER = Map.of(
      "schema", new Child(SCHEMA, Holding.ONE),
      "content", new Child(MEDIA_TYPE, Holding.MAP),
      "examples", new Child(EXAMPLE, Holding.MAP));

  /// The section of `components` that holds this kind; empty for kinds that have none in every version.
  private final String section;

  Part(String section) {
    this.section = section;
  }

  String section() {
    return section;
  }

  /// What the member `name` of an object of this kind holds; empty where it holds a plain value.
  Optional<Child> child(String name) {
    return Optional.ofNullable(switch (this) {
      case DOCUMENT -> switch (name) {
        case "paths", "webhooks" -> new Child(PATH_ITEM, Holding.MAP);
        case "components" -> new Child(COMPONENTS, Holding.ONE);
        default -> null;
      };
      case COMPONENTS -> inComponents(name);
      case PATH_ITEM -> switch (name) {
        case "get", "put", "post", "delete", "options", "head", "patch", "trace" -> new Child(OPERATION, Holding.ONE);
        case "parameters" -> new Child(PARAMETER, Holding.LIST);
        default -> null;
      };
      case OPERATION -> switch (name) {
        case "parameters" -> new Child(PARAMETER, Holding.LIST);
        case "requestBody" -> new Child(REQUEST_BODY, Holding.ONE);
        case "responses" -> new Child(RESPONSE, Holding.MAP);
        case "callbacks" -> new Child(CALLBACK, Holding.MAP);
        default -> null;
      };
      case CALLBACK -> name.startsWith("x-") ? null : new Child(PATH_ITEM, Holding.ONE);
      case PARAMETER, HEADER -> IN_PARAMETER.get(name);
      case REQUEST_BODY -> name.equals("content") ? new Child(MEDIA_TYPE, Holding.MAP) : null;
      case RESPONSE -> switch (name) {
        case "headers" -> new Child(HEADER, Holding.MAP);
        case "content" -> new Child(MEDIA_TYPE, Holding.MAP);
        case "links" -> new Child(LINK, Holding.MAP);
        default -> null;
      };
      case MEDIA_TYPE -> switch (name) {
        case "schema" -> new Child(SCHEMA, Holding.ONE);
        case "examples" -> new Child(EXAMPLE, Holding.MAP);
        case "encoding" -> new Child(ENCODING, Holding.MAP);
        default -> null;
      };
      case ENCODING -> name.equals("headers") ? new Child(HEADER, Holding.MAP) : null;
      case SCHEMA -> IN_SCHEMA.get(name);
      case EXAMPLE, LINK, SECURITY_SCHEME -> null;
    });
  }

  private static Child inComponents(String section) {
    if (section.equals("pathItems")) {
      return new Child(PATH_ITEM, Holding.MAP);
    }
    for (Part part : values()) {
      if (part.section.equals(section) && !section.isEmpty()) {
        return new Child(part, Holding.MAP);
      }
    }
    return null;
  }
}
