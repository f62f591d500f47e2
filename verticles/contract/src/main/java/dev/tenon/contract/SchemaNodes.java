package dev.tenon.contract;

import java.util.ArrayList;
import java.util.List;

/// Where the schemas of a document are.
public final class SchemaNodes {

  private SchemaNodes() {}

  /// The schemas of an OpenAPI document that are inside no other schema. References are not followed.
  public static List<Node> in(Node.Obj document) {
    List<Node> schemas = new ArrayList<>();
    collect(document, Part.DOCUMENT, schemas);
    return schemas;
  }

  private static void collect(Node node, Part part, List<Node> schemas) {
    if (part == Part.SCHEMA) {
      schemas.add(node);
    } else if (node instanceof Node.Obj object) {
      object.members().forEach((name, value) -> part.child(name).ifPresent(child -> {
        switch (child.holding()) {
          case ONE -> collect(value, child.part(), schemas);
          case LIST -> {
            if (value instanceof Node.Arr array) {
              array.items().forEach(item -> collect(item, child.part(), schemas));
            }
          }
          case MAP -> {
            if (value instanceof Node.Obj map) {
              map.members().values().forEach(member -> collect(member, child.part(), schemas));
            }
          }
        }
      }));
    }
  }
}
