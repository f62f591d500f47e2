package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A document as one side has it: for requests without what `readOnly` properties must be, for responses without what `writeOnly` ones must be. Neither is required there.
///
/// @see <a href="https://spec.openapis.org/oas/v3.0.3#schema-object">OpenAPI 3.0, Schema Object: readOnly, writeOnly</a>
final class Views {

  private static final Set<String> NO_SCHEMAS = Set.of("example", "examples", "default", "enum", "const");

  private final Node.Obj document;
  private final Dialect dialect;
  private final String mark;

  private Views(Node.Obj document, Dialect dialect, String mark) {
    this.document = document;
    this.dialect = dialect;
    this.mark = mark;
  }

  static Node.Obj of(Node.Obj document, Dialect dialect, Direction direction) {
    String mark = mark(direction);
    return isMarked(document, mark) ? new Views(document, dialect, mark).view(document, Set.of()) : document;
  }

  private static String mark(Direction direction) {
    return direction == Direction.REQUEST ? "readOnly" : "writeOnly";
  }

  /// Whether the property is for both sides in one of the documents, and only for the other side in the other: then its values are not compared.
  static boolean changesSides(SchemaPair pair) {
    String mark = mark(pair.direction());
    return pair.before().notes().isTrue(mark) != pair.after().notes().isTrue(mark);
  }

  private static boolean isMarked(Node node, String mark) {
    return switch (node) {
      case Node.Obj object -> object.isTrue(mark) || object.members().values().stream().anyMatch(member -> isMarked(member, mark));
      case Node.Arr array -> array.items().stream().anyMatch(item -> isMarked(item, mark));
      case Node.Text text -> false;
      case Node.Num number -> false;
      case Node.Bool bool -> false;
      case Node.Null nothing -> false;
    };
  }

  /// @param unneeded names that a schema around this one has marked
  private Node view(Node node, Set<String> unneeded) {
    return switch (node) {
      case Node.Obj object -> view(object, unneeded);
      case Node.Arr array -> new Node.Arr(array.items().stream().map(item -> view(item, Set.of())).toList(), array.at());
      case Node.Text text -> text;
      case Node.Num number -> number;
      case Node.Bool bool -> bool;
      case Node.Null nothing -> nothing;
    };
  }

  private Node.Obj view(Node.Obj object, Set<String> unneeded) {
    Set<String> marked = new HashSet<>(unneeded);
    if (object.has("properties") || object.has("allOf")) {
      collect(object, marked, 0);
    }
    Map<String, Node> members = LinkedHashMap.newLinkedHashMap(object.members().size());
    object.members().forEach((name, value) -> members.put(name, member(name, value, marked)));
    return new Node.Obj(members, object.at());
  }

  private Node member(String name, Node value, Set<String> marked) {
    if (NO_SCHEMAS.contains(name) && !(name.equals("default") && value instanceof Node.Obj) || name.startsWith("x-")) {
      return value;
    }
    if (name.equals("properties") && value instanceof Node.Obj properties) {
      Map<String, Node> members = LinkedHashMap.newLinkedHashMap(properties.members().size());
      properties.members().forEach((property, schema) -> members.put(property, isMarked(schema, 0) ? stripped(schema) : view(schema, Set.of())));
      return new Node.Obj(members, properties.at());
    }
    if (name.equals("required") && value instanceof Node.Arr required) {
      return new Node.Arr(required.items().stream().filter(item -> !(item instanceof Node.Text text && marked.contains(text.value()))).toList(), required.at());
    }
    if (name.equals("allOf") && value instanceof Node.Arr all) {
      return new Node.Arr(all.items().stream().map(item -> view(item, marked)).toList(), all.at());
    }
    return view(value, Set.of());
  }

  private Node stripped(Node schema) {
    Map<String, Node> members = new LinkedHashMap<>();
    ((Node.Obj) schema).members().forEach((name, value) -> {
      if (Notes.DOCUMENTATION.contains(name) || name.equals("deprecated") || name.startsWith("x-")) {
        members.put(name, value);
      }
    });
    members.put(mark, new Node.Bool(true, schema.at()));
    return new Node.Obj(members, schema.at());
  }

  private void collect(Node node, Set<String> marked, int depth) {
    if (!(node instanceof Node.Obj object) || depth > 20) {
      return;
    }
    object.object("properties").ifPresent(properties -> properties.members().forEach((name, schema) -> {
      if (isMarked(schema, 0)) {
        marked.add(name);
      }
    }));
    List<Node> others = new ArrayList<>(object.items("allOf"));
    object.text("$ref").filter(reference -> reference.startsWith("#")).flatMap(reference -> document.find(reference.substring(1))).ifPresent(others::add);
    others.forEach(other -> collect(other, marked, depth + 1));
  }

  private boolean isMarked(Node schema, int hops) {
    if (!(schema instanceof Node.Obj object) || hops > 20) {
      return false;
    }
    boolean hides = dialect == Dialect.OPENAPI_3_0 && object.has("$ref");
    return !hides && object.isTrue(mark)
        || object.text("$ref").filter(reference -> reference.startsWith("#")).flatMap(reference -> document.find(reference.substring(1)))
            .filter(target -> isMarked(target, hops + 1)).isPresent();
  }
}
