package dev.tenon.worker.wpt;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `{{…}}` in files with `.sub.` in their name and in what the pipe `sub` sends.
///
/// @param ports by scheme: the first and the second port
/// @see <a href="https://web-platform-tests.org/writing-tests/server-pipes.html#sub">the sub pipe</a>
record Substitutions(Map<String, int[]> ports) {

  static final String HOST = "web-platform.test";
  static final String OTHER_HOST = "not-web-platform.test";

  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*(\\w+)((?:\\[[^\\]]*\\])*)(\\([^)]*\\))?\\s*\\}\\}");

  String apply(String text) {
    return apply(text, MultiMap.caseInsensitiveMultiMap(), MultiMap.caseInsensitiveMultiMap());
  }

  /// @param query the request's parameters
  /// @param headers the request's headers
  String apply(String text, MultiMap query, MultiMap headers) {
    Matcher field = FIELD.matcher(text);
    StringBuilder result = new StringBuilder();
    while (field.find()) {
      field.appendReplacement(result, Matcher.quoteReplacement(value(field, query, headers)));
    }
    return field.appendTail(result).toString();
  }

  private String value(Matcher field, MultiMap query, MultiMap headers) {
    String[] keys = field.group(2).isEmpty() ? new String[0] : field.group(2).substring(1, field.group(2).length() - 1).split("\\]\\[", -1);
    return switch (field.group(1)) {
      case "host" -> HOST;
      case "domains" -> domain(keys[0], HOST);
      case "hosts" -> domain(keys[1], keys[0].equals("alt") ? OTHER_HOST : HOST);
      case "ports" -> port(keys[0], Integer.parseInt(keys[1]));
      case "GET" -> orEmpty(query.get(keys[0]));
      case "headers" -> orEmpty(headers.get(keys[0]));
      case "location" -> location(keys[0], headers);
      case "uuid" -> UUID.randomUUID().toString();
      case "url_base" -> "/";
      default -> field.group();
    };
  }

  private static String domain(String label, String host) {
    return label.isEmpty() ? host : label + "." + host;
  }

  private String port(String scheme, int index) {
    int[] known = ports.get(scheme);
    return known == null || index >= known.length ? "0" : Integer.toString(known[index]);
  }

  private String location(String part, MultiMap headers) {
    String authority = orEmpty(headers.get("host"));
    return switch (part) {
      case "scheme" -> "http";
      case "host" -> authority;
      case "hostname" -> authority.replaceFirst(":\\d+$", "");
      case "port" -> authority.replaceFirst("^.*:", "");
      default -> "http://" + authority;
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
