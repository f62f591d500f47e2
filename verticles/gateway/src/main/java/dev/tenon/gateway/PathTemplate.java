package dev.tenon.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The template of a path, `/users/{id}`, compared with paths as they were sent. Immutable; thread-safe.
final class PathTemplate {

  private static final String VARIABLE = "{}";

  private final String text;
  private final List<String> segments;
  private final boolean hasVariables;
  private final Pattern pattern;

  PathTemplate(String text) {
    this.text = text;
    this.segments = List.of(text.substring(1).split("/", -1)).stream().map(segment -> segment.startsWith("{") ? VARIABLE : segment).toList();
    this.hasVariables = segments.contains(VARIABLE);
    this.pattern = Pattern.compile(regex());
  }

  /// What two templates that match the same paths have in common.
  String shape() {
    return String.join("/", segments);
  }

  /// A regular expression without groups: vertx-web would decode what groups capture, and the query with it.
  String regex() {
    StringBuilder regex = new StringBuilder();
    segments.forEach(segment -> regex.append('/').append(segment.equals(VARIABLE) ? "[^/]+" : Pattern.quote(segment)));
    return regex.toString();
  }

  /// A path template that vertx-openapi and vertx-web take for what it is: they read colons and asterisks as their own signs, some names of variables
  /// not at all, drop slashes at the end, and sort `~` behind variables. Different for different shapes.
  String outline() {
    if (text.equals("/")) {
      return text;
    }
    StringBuilder outline = new StringBuilder();
    int variables = 0;
    for (String segment : segments) {
      outline.append('/').append(segment.equals(VARIABLE) ? "{p" + variables++ + "}" : segment.isEmpty() ? "%00" : encoded(segment));
    }
    return outline.toString();
  }

  /// Whether vertx-web can compare this path without a regular expression.
  boolean isPlain() {
    return !hasVariables && outline().equals(text);
  }

  boolean matches(String path) {
    return hasVariables ? pattern.matcher(path).matches() : text.equals(path);
  }

  /// What stands in a path that matches where this template has variables, as sent, in the template's order.
  List<String> values(String path) {
    if (!hasVariables) {
      return List.of();
    }
    List<String> values = new ArrayList<>(segments.size());
    int start = 1;
    for (String segment : segments) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (segment.equals(VARIABLE)) {
        values.add(path.substring(start, end));
      }
      start = end + 1;
    }
    return values;
  }

  /// Whether some paths match both, and belong to this one: it has a literal segment where the other has its first variable that differs.
  boolean goesBefore(PathTemplate other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    boolean differs = false;
    boolean before = false;
    for (int i = 0; i < segments.size(); i++) {
      String mine = segments.get(i);
      String theirs = other.segments.get(i);
      if (mine.equals(theirs)) {
        continue;
      }
      if (!mine.equals(VARIABLE) && !theirs.equals(VARIABLE)) {
        return false;
      }
      before = differs ? before : theirs.equals(VARIABLE);
      differs = true;
    }
    return before;
  }

  private static String encoded(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_') {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
