package dev.tenon.worker.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What `.assetsignore` says, in the syntax of `.gitignore`. Letters match in either case, as wrangler has it.
///
/// @see <a href="https://git-scm.com/docs/gitignore#_pattern_format">gitignore's pattern format</a>
final class IgnoreRules {

  static final String FILE = ".assetsignore";

  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Pattern regex, boolean ignores, boolean foldersOnly) {}

  /// The files that are not for clients, whatever the worker's team says.
  IgnoreRules() {
    List.of(FILE, RedirectRules.FILE, HeaderRules.FILE).forEach(name -> add("/" + name));
  }

  void addAll(String text) {
    text.lines().forEach(this::add);
  }

  private void add(String line) {
    String pattern = line.startsWith("#") ? "" : withoutTrailingSpaces(line);
    boolean ignores = !pattern.startsWith("!");
    pattern = ignores ? pattern : pattern.substring(1);
    boolean foldersOnly = pattern.endsWith("/");
    pattern = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (!pattern.isEmpty()) {
      rules.add(new Rule(Pattern.compile(regex(pattern), Pattern.CASE_INSENSITIVE), ignores, foldersOnly));
    }
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && Character.isWhitespace(line.charAt(end - 1)) && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  private static String regex(String pattern) {
    boolean anchored = pattern.indexOf('/') >= 0;
    String rest = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    StringBuilder regex = new StringBuilder(anchored ? "" : "(?:.*/)?");
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      boolean atStart = i == 0 || rest.charAt(i - 1) == '/';
      if (atStart && rest.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (atStart && rest.substring(i).equals("**")) {
        regex.append(".+");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && rest.indexOf(']', i + 2) > 0) {
        int end = rest.indexOf(']', i + 2);
        regex.append(characterClass(rest.substring(i + 1, end)));
        i = end;
      } else if (c == '\\' && i + 1 < rest.length()) {
        regex.append(Pattern.quote(String.valueOf(rest.charAt(++i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static String characterClass(String inside) {
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String members = (negated ? inside.substring(1) : inside).replaceAll("[\\[\\]&^\\\\]", "\\\\$0");
    return (negated ? "(?!/)[^" : "[") + members + "]";
  }

  /// Whether a file is left away. A folder that contains it has not been.
  ///
  /// @param path relative to the assets' folder, with `/`
  boolean ignoresFile(String path) {
    return ignores(path, false);
  }

  /// Whether a folder is left away with everything in it.
  boolean ignoresFolder(String path) {
    return ignores(path, true);
  }

  private boolean ignores(String path, boolean folder) {
    for (Rule rule : rules.reversed()) {
      if ((folder || !rule.foldersOnly()) && rule.regex().matcher(path).matches()) {
        return rule.ignores();
      }
    }
    return false;
  }
}
