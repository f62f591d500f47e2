package dev.tenon.worker.esbuild;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An error or a warning of a build.
///
/// @param notes further sentences, each perhaps with a place of its own
public record Message(String text, Optional<Location> location, List<Note> notes) {

  /// @param file relative to the build's working directory, with its namespace in front when that is not `file`
  /// @param line from 1
  /// @param column from 0, in bytes of UTF-8
  /// @param lineText the whole source line
  public record Location(String file, int line, int column, String lineText) {

    static Optional<Location> of(Object value) {
      return value instanceof Map<?, ?> map
          ? Optional.of(new Location((String) map.get("file"), (Integer) map.get("line"), (Integer) map.get("column"), (String) map.get("lineText")))
          : Optional.empty();
    }
  }

  public record Note(String text, Optional<Location> location) {}

  public Message {
    notes = List.copyOf(notes);
  }

  static List<Message> list(Object values) {
    return values instanceof List<?> list ? list.stream().map(value -> of((Map<?, ?>) value)).toList() : List.of();
  }

  private static Message of(Map<?, ?> value) {
    List<?> notes = (List<?>) value.get("notes");
    return new Message((String) value.get("text"), Location.of(value.get("location")), notes.stream()
        .map(note -> (Map<?, ?>) note)
        .map(note -> new Note((String) note.get("text"), Location.of(note.get("location"))))
        .toList());
  }

  /// An error as esbuild wants to be told of one; it adds the place itself.
  static Map<String, Object> encode(String text) {
    return Map.of("id", "", "pluginName", "", "text", text, "notes", List.of(), "detail", -1);
  }
}
