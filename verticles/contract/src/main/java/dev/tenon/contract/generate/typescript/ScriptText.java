package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Lines of TypeScript or JavaScript while they are written.
final class ScriptText {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  /// Names that would change an object's nature when they are written as a key.
  private static final Set<String> SPECIAL = Set.of("__proto__", "constructor");

  private final StringBuilder text = new StringBuilder();
  private int depth;

  ScriptText line(String line) {
    if (!line.isEmpty()) {
      text.repeat("  ", depth).append(line);
    }
    text.append('\n');
    return this;
  }

  ScriptText open(String line) {
    line(line);
    depth++;
    return this;
  }

  ScriptText close(String line) {
    depth--;
    return line(line);
  }

  ScriptText blank() {
    return line("");
  }

  /// A documentation comment; nothing where there is nothing to say.
  ScriptText docs(Docs docs, String otherwise) {
    List<String> lines = new ArrayList<>();
    String words = docs.text().isEmpty() ? otherwise : docs.text();
    if (!words.isEmpty()) {
      lines.addAll(Prose.lines(words, ScriptText::escaped));
    }
    if (!docs.rules().isEmpty()) {
      lines.addAll(Prose.wrapped(escaped(Prose.oneLine(String.join(" ", docs.rules())))));
    }
    if (docs.deprecated()) {
      lines.add("@deprecated by its contract");
    }
    if (lines.size() == 1) {
      return line("/** " + lines.getFirst() + " */");
    }
    if (!lines.isEmpty()) {
      line("/**");
      lines.forEach(line -> line(line.isEmpty() ? " *" : " * " + line));
      line(" */");
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// A name as a key of an object.
  static String key(String name) {
    return IDENTIFIER.matcher(name).matches() && !SPECIAL.contains(name) ? name : quoted(name);
  }

  /// A string as JavaScript writes it.
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value.chars().forEach(c -> {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            quoted.append(String.format("\\u%04x", c));
          } else {
            quoted.append((char) c);
          }
        }
      }
    });
    return quoted.append('"').toString();
  }

  /// What would end the comment, or be taken for a tag.
  private static String escaped(String line) {
    String safe = line.replace("*/", "*&#47;");
    String start = safe.stripLeading();
    return start.startsWith("@") ? safe.substring(0, safe.length() - start.length()) + "&#64;" + start.substring(1) : safe;
  }
}
