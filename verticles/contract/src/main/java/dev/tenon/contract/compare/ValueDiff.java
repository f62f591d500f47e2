package dev.tenon.contract.compare;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import java.util.Map;
import java.util.Optional;

/// Compares what a parameter or a header may be: by its schema, or by the schema of its only media type.
final class ValueDiff {

  /// @param subject for witnesses
  /// @param rewritten the rule for a value that is written in another way
  record Place(String operation, String part, String subject, Direction direction, Side side, ApiRule rewritten) {}

  private ValueDiff() {}

  static void compare(ApiDiff diff, Place place, Node.Obj old, Node.Obj now) {
    String was = mediaType(old);
    String is = mediaType(now);
    if (!was.equals(is)) {
      diff.add(place.side(), place.rewritten(), place.operation(), place.part(), Optional.of(old.get("content").orElse(old)), Optional.of(now.get("content").orElse(now)),
          place.operation() + ": " + place.part() + " is written as " + words(is) + " instead of " + words(was) + "; what is sent is misread",
          Optional.of(new Witness(place.subject() + " written as " + words(was), "")));
      return;
    }
    diff.root(schema(old), schema(now), place.direction(), place.side(), place.operation(), place.part(), place.subject(), was.isEmpty());
  }

  private static String words(String mediaType) {
    return mediaType.isEmpty() ? "its style says" : mediaType;
  }

  private static String mediaType(Node.Obj owner) {
    return owner.object("content").flatMap(content -> content.members().keySet().stream().findFirst()).map(MediaType::essence).orElse("");
  }

  private static Optional<Node> schema(Node.Obj owner) {
    return owner.object("content").map(content -> content.members().entrySet().stream().findFirst().map(Map.Entry::getValue)
        .filter(Node.Obj.class::isInstance).flatMap(type -> ((Node.Obj) type).get("schema"))).orElseGet(() -> owner.get("schema"));
  }
}
