package dev.tenon.worker.config;

import java.util.Optional;

/// Something wrong in a worker's files, said so that it can be mended: where, what, and what to do.
///
/// @param at the place, where there is one
/// @param message what is wrong, without the place
/// @param remedy what to do next; empty when the message says it already
public record Problem(Optional<Place> at, String message, String remedy) {

  /// @param file as the user would name it, relative to the worker's folder where it is inside
  /// @param line from 1; 0 when only the file is known
  /// @param column from 1; 0 when only the line is known
  /// @param text the source line, without its end; empty when not known
  public record Place(String file, int line, int column, String text) {

    public static Place of(String file) {
      return new Place(file, 0, 0, "");
    }

    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    }
  }

  public static Problem of(String message, String remedy) {
    return new Problem(Optional.empty(), message, remedy);
  }

  public static Problem of(Place at, String message, String remedy) {
    return new Problem(Optional.of(at), message, remedy);
  }

  /// `file:line:column: message – remedy`, and below it the source line with a mark under the column.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    at.ifPresent(place -> text.append(place).append(": "));
    text.append(message);
    if (!remedy.isEmpty()) {
      text.append(" – ").append(remedy);
    }
    at.filter(place -> !place.text().isBlank()).ifPresent(place -> quote(place, text));
    return text.toString();
  }

  private static void quote(Place place, StringBuilder text) {
    String line = place.text();
    int start = Math.max(0, place.column() - 100);
    String shown = line.substring(Math.min(start, line.length()), Math.min(line.length(), start + 160));
    text.append("\n    ").append(shown.replace('\t', ' '));
    if (place.column() > 0) {
      text.append("\n    ").repeat(' ', Math.min(shown.length(), place.column() - 1 - start)).append('^');
    }
  }
}
