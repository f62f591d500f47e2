package dev.tenon.contract.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A contract's Markdown as the lines of a comment: paragraphs are wrapped, everything else stays as it is.
public final class Prose {

  private static final int COLUMNS = 120;
  private static final Pattern OWN_LINE = Pattern.compile("\\s.*|[|#>*+-].*|[0-9]+[.)] .*|<.*|\\[[^]]+]:.*|");
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  private Prose() {}

  /// @param escape what makes a line safe inside the comment
  public static List<String> lines(String markdown, UnaryOperator<String> escape) {
    List<String> lines = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    boolean fenced = false;
    for (String each : markdown.split("\\R")) {
      String line = escape.apply(visible(each).stripTrailing());
      boolean fence = line.strip().startsWith("```") || line.strip().startsWith("~~~");
      if (fence || fenced || OWN_LINE.matcher(line).matches()) {
        close(paragraph, lines);
        lines.add(line);
        fenced ^= fence;
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
        if (each.endsWith("  ")) {
          close(paragraph, lines);
        }
      }
    }
    close(paragraph, lines);
    if (fenced) {
      lines.add("```");
    }
    return lines;
  }

  /// One line of any length as lines that fit.
  public static List<String> wrapped(String line) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : line.split(" ")) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > COLUMNS) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  /// All of it on one line.
  public static String oneLine(String text) {
    return visible(text.replaceAll("\\s*\\R\\s*", " ")).strip();
  }

  private static String visible(String text) {
    return HIDDEN.matcher(text).replaceAll(" ");
  }

  private static void close(StringBuilder paragraph, List<String> lines) {
    if (!paragraph.isEmpty()) {
      lines.addAll(wrapped(paragraph.toString()));
      paragraph.setLength(0);
    }
  }
}
