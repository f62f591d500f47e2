package dev.tenon.worker;

import java.util.ArrayList;
import java.util.List;

/// Some lines of a source file around the place that something is said about.
///
/// @param file as the user would name it, relative to the worker's folder where it is inside
/// @param line of the place, from 1
/// @param column of the place, from 1
/// @param firstLine the number of the first of `lines`, from 1
/// @param lines without their ends, the one of the place among them
public record SourceExcerpt(String file, int line, int column, int firstLine, List<String> lines) {

  private static final int LINES_BEFORE = 3;
  private static final int LINES_AFTER = 3;
  private static final int WIDTH_MAX = 160;

  public SourceExcerpt {
    lines = List.copyOf(lines);
  }

  /// The lines around a place of a text.
  public static SourceExcerpt of(String file, int line, int column, String text) {
    List<String> all = new ArrayList<>(text.lines().toList());
    if (line == all.size() + 1) {
      all.add(""); // what is missing is missing at the end
    }
    int from = Math.clamp(line - 1L - LINES_BEFORE, 0, all.size());
    int to = Math.clamp((long) line + LINES_AFTER, from, all.size());
    return new SourceExcerpt(file, line, column, from + 1, all.subList(from, to));
  }

  /// The line of the place; empty when the text has none there.
  public String text() {
    int index = line - firstLine;
    return index >= 0 && index < lines.size() ? lines.get(index) : "";
  }

  /// `file:line:column`.
  public String place() {
    return file + ":" + line + ":" + column;
  }

  /// The lines with their numbers, and a mark under the column.
  public String frame() {
    StringBuilder text = new StringBuilder();
    int digits = String.valueOf(firstLine + lines.size() - 1).length();
    for (int i = 0; i < lines.size(); i++) {
      int number = firstLine + i;
      boolean here = number == line;
      // A minified line is cut to what stands around the place.
      int start = here ? Math.max(0, column - WIDTH_MAX / 2) : 0;
      String shown = lines.get(i).substring(Math.min(start, lines.get(i).length()), Math.min(lines.get(i).length(), start + WIDTH_MAX)).replace('\t', ' ');
      String head = (here ? "> " : "  ") + " ".repeat(digits - String.valueOf(number).length()) + number + " | ";
      text.append(i == 0 ? "" : "\n").append(head).append(shown);
      if (here) {
        text.append('\n').repeat(' ', 2 + digits).append(" | ").repeat(' ', Math.clamp(column - 1L - start, 0, shown.length())).append('^');
      }
    }
    return text.toString();
  }
}
