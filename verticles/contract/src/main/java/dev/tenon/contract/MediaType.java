package dev.tenon.contract;

import dev.tenon.contract.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One media type that a body may have.
///
/// @param range as in the contract, in lower case and without parameters: `application/json`, `image/*`
/// @param parameters those of the contract, without `charset`: `version` in `application/json;version=2`
/// @param schema absent where the contract leaves the body open, as 3.1 does for binary bodies
/// @param examples literal examples by name (`""` for the only one)
/// @param open whether any text or bytes are allowed: there is no schema, or one that says nothing but that it is a string
/// @param shape what a form is made of; of no meaning for other types
/// @param encodings how the properties of a form are written, for those that the contract says something about
public record MediaType(
    String range, Map<String, String> parameters, Optional<Node> schemaNode, Optional<Schema> schema, Map<String, Node> examples,
    boolean open, ValueShape shape, Map<String, Encoding> encodings, Location at) {

  /// Whether bodies of this type are JSON.
  public boolean isJson() {
    return isJson(range);
  }

  /// Whether bodies of this type are forms: URL-encoded, or in parts.
  public boolean isForm() {
    return range.equals("application/x-www-form-urlencoded") || isMultipart();
  }

  public boolean isMultipart() {
    return range.startsWith("multipart/");
  }

  /// Whether bodies of this type are texts that are no JSON.
  public boolean isText() {
    return range.startsWith("text/") && !isEventStream();
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
    String essence = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return essence.equals("application/json") ? "application/json" : essence.toLowerCase(Locale.ROOT);
  }

  /// The parameters of a `Content-Type`, names in lower case, values without quotes. RFC 9110, 8.3.1.
  public static Map<String, String> parameters(String contentType) {
    int start = contentType.indexOf(';');
    if (start < 0) {
      return Map.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = start + 1;
    while (at < contentType.length()) {
      int equals = contentType.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      String name = contentType.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder value = new StringBuilder();
      at = value(contentType, equals + 1, value);
      parameters.putIfAbsent(name, value.toString());
    }
    return parameters;
  }

  /// Reads one value, quoted or not, and returns the place behind the semicolon that ends it.
  private static int value(String text, int from, StringBuilder value) {
    int at = from;
    boolean quoted = false;
    while (at < text.length() && (quoted || text.charAt(at) != ';')) {
      char c = text.charAt(at++);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && at < text.length()) {
        value.append(text.charAt(at++));
      } else if (quoted || c != ' ' && c != '\t') {
        value.append(c);
      }
    }
    return at + 1;
  }

  /// How well a `Content-Type` fits: 4 exactly, 3 by its name, 2 by its kind, 1 by `*/*`, 0 not at all.
  public int fit(String contentType) {
    String essence = essence(contentType);
    if (!parameters.isEmpty()) {
      Map<String, String> sent = parameters(contentType);
      if (!parameters.entrySet().stream().allMatch(each -> each.getValue().equalsIgnoreCase(sent.get(each.getKey())))) {
        return 0;
      }
    }
    return fit(range, essence) == 3 && !parameters.isEmpty() ? 4 : fit(range, essence);
  }

  /// How well a media type without parameters fits a range.
  public static int fit(String range, String essence) {
    if (range.equals(essence)) {
      return 3;
    }
    if (range.equals("*/*")) {
      return 1;
    }
    return range.endsWith("/*") && essence.startsWith(range.substring(0, range.length() - 1)) ? 2 : 0;
  }
}
