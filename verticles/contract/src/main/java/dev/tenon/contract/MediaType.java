package dev.tenon.contract;

import dev.tenon.contract.schema.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One media type that a body may have.
///
/// @param range as in the contract, in lower case: `application/json`, `image/*`
/// @param schema absent where the contract leaves the body open, as 3.1 does for binary bodies
/// @param examples literal examples by name (`""` for the only one)
public record MediaType(String range, Optional<Node> schemaNode, Optional<Schema> schema, Map<String, Node> examples, Location at) {

  /// Whether bodies of this type are JSON.
  public boolean isJson() {
    return isJson(range);
  }

  /// Whether bodies of this type go on for as long as they like and are passed through as they come.
  public boolean isEventStream() {
    return range.equals("text/event-stream");
  }

  /// Whether `essence` is JSON: `application/json` or anything `+json`.
  public static boolean isJson(String essence) {
    return essence.equals("application/json") || essence.endsWith("+json");
  }

  /// A `Content-Type` without its parameters, in lower case.
  public static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// How well `essence` fits this range: 3 exactly, 2 by its type, 1 by `*/*`, 0 not at all.
  public int fit(String essence) {
    if (range.equals(essence)) {
      return 3;
    }
    if (range.equals("*/*")) {
      return 1;
    }
    return range.endsWith("/*") && essence.startsWith(range.substring(0, range.length() - 1)) ? 2 : 0;
  }
}
