package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// Which schemas are not the same in requests and in responses, because something in them is `readOnly` or `writeOnly`.
final class Sides {

  /// Where a schema is used.
  enum Side { BOTH, REQUEST, RESPONSE }

  private static final String SCHEMAS = "#/components/schemas/";

  private final Set<String> differing = new HashSet<>();
  private final Map<Node, Boolean> inline = new IdentityHashMap<>();

  Sides(Node.Obj document) {
    Map<String, Set<String>> users = new HashMap<>();
    Set<String> next = new HashSet<>();
    document.object("components").flatMap(components -> components.object("schemas")).ifPresent(all -> all.members().forEach((name, schema) -> {
      Set<String> used = new HashSet<>();
      if (scan(schema, used)) {
        next.add(name);
      }
      used.forEach(other -> users.computeIfAbsent(other, key -> new HashSet<>()).add(name));
    }));
    while (!next.isEmpty()) {
      String name = next.iterator().next();
      next.remove(name);
      if (differing.add(name)) {
        next.addAll(users.getOrDefault(name, Set.of()));
      }
    }
  }

  /// The side that matters for a schema: none where it is the same on both.
  Side of(Node schema, Side side) {
    return side != Side.BOTH && inline.computeIfAbsent(schema, this::differs) ? side : Side.BOTH;
  }

  private boolean differs(Node schema) {
    Set<String> used = new HashSet<>();
    return scan(schema, used) || used.stream().anyMatch(differing::contains);
  }

  /// Whether something in it is for one side only; gathers the names of the schemas it refers to.
  private static boolean scan(Node node, Set<String> used) {
    return switch (node) {
      case Node.Obj object -> {
        boolean found = object.isTrue("readOnly") || object.isTrue("writeOnly");
        object.text("$ref").filter(reference -> reference.startsWith(SCHEMAS)).ifPresent(reference -> used.add(reference.substring(SCHEMAS.length()).split("/", 2)[0]));
        for (Map.Entry<String, Node> member : object.members().entrySet()) {
          if (!member.getKey().startsWith("example") && !member.getKey().startsWith("x-")) {
            found |= scan(member.getValue(), used);
          }
        }
        yield found;
      }
      case Node.Arr array -> array.items().stream().map(item -> scan(item, used)).reduce(false, Boolean::logicalOr);
      default -> false;
    };
  }
}
