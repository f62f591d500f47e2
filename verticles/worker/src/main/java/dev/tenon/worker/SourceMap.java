package dev.tenon.worker;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A source map, version 3, as far as stack traces need it: from a place in generated code to the place it was made from.
///
/// @see <a href="https://tc39.es/ecma426/">ECMA-426</a>
final class SourceMap {

  private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /// A place in a source file; line and column count from 1.
  record Position(String source, int line, int column) {}

  /// One segment of the generated code: where it starts, and where that came from. All count from 0.
  private record Segment(int column, int source, int line, int sourceColumn) {}

  private final List<String> sources;
  private final Segment[][] lines;

  private SourceMap(List<String> sources, Segment[][] lines) {
    this.sources = sources;
    this.lines = lines;
  }

  /// @throws IllegalArgumentException if the text is no source map (index maps are not supported)
  static SourceMap parse(String json) {
    try {
      JsonObject map = new JsonObject(json);
      return new SourceMap(names(map), new Mappings(map.getString("mappings")).lines());
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException("the source map cannot be read: " + broken.getMessage(), broken);
    }
  }

  private static List<String> names(JsonObject map) {
    String root = map.getString("sourceRoot", "");
    List<String> sources = new ArrayList<>();
    JsonArray names = map.getJsonArray("sources", new JsonArray());
    for (int i = 0; i < names.size(); i++) {
      String name = names.getString(i);
      sources.add(root == null || root.isEmpty() || name == null ? String.valueOf(name) : root + (root.endsWith("/") ? "" : "/") + name);
    }
    return sources;
  }

  /// The source that bundlers put last: the entry point.
  String lastSource() {
    return sources.isEmpty() ? "" : sources.getLast();
  }

  /// The text of a source, when the map brings it along. The map's text is read anew: nobody keeps the sources in memory.
  ///
  /// @param source as [Position] names it
  static Optional<String> content(String json, String source) {
    try {
      JsonObject map = new JsonObject(json);
      JsonArray contents = map.getJsonArray("sourcesContent");
      int index = names(map).indexOf(source);
      return contents == null || index < 0 || index >= contents.size() ? Optional.empty() : Optional.ofNullable(contents.getString(index));
    } catch (RuntimeException broken) {
      return Optional.empty();
    }
  }

  /// The source of a place in the generated code.
  ///
  /// @param line from 1
  /// @param column from 1
  Optional<Position> locate(int line, int column) {
    if (line < 1 || line > lines.length) {
      return Optional.empty();
    }
    Segment[] segments = lines[line - 1];
    int at = Arrays.binarySearch(segments, new Segment(column - 1, 0, 0, 0), (a, b) -> Integer.compare(a.column(), b.column()));
    int found = at >= 0 ? at : -at - 2;
    if (found < 0 || segments[found].source() < 0) {
      return Optional.empty();
    }
    Segment segment = segments[found];
    return Optional.of(new Position(sources.get(segment.source()), segment.line() + 1, segment.sourceColumn() + 1));
  }

  /// Decodes `mappings`: lines parted by `;`, segments by `,`, each one to five numbers in base-64 VLQ, relative to the one before.
  private static final class Mappings {
    private final String text;
    private int at;

    Mappings(String text) {
      this.text = text;
    }

    Segment[][] lines() {
      List<Segment[]> lines = new ArrayList<>();
      List<Segment> current = new ArrayList<>();
      int column = 0;
      int source = 0;
      int line = 0;
      int sourceColumn = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == ';') {
          lines.add(current.toArray(Segment[]::new));
          current.clear();
          column = 0;
          at++;
        } else if (c == ',') {
          at++;
        } else {
          column += number();
          if (segmentEnds()) {
            current.add(new Segment(column, -1, 0, 0));
          } else {
            source += number();
            line += number();
            sourceColumn += number();
            if (!segmentEnds()) {
              number();
            }
            current.add(new Segment(column, source, line, sourceColumn));
          }
        }
      }
      lines.add(current.toArray(Segment[]::new));
      return lines.toArray(Segment[][]::new);
    }

    private boolean segmentEnds() {
      return at >= text.length() || text.charAt(at) == ',' || text.charAt(at) == ';';
    }

    private int number() {
      int value = 0;
      int shift = 0;
      int digit;
      do {
        digit = BASE64.indexOf(text.charAt(at++));
        if (digit < 0) {
          throw new IllegalArgumentException("'" + text.charAt(at - 1) + "' in its mappings");
        }
        value |= (digit & 31) << shift;
        shift += 5;
      } while ((digit & 32) != 0);
      return (value & 1) == 1 ? -(value >>> 1) : value >>> 1;
    }
  }
}
