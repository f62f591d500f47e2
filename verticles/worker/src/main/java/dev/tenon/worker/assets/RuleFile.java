package dev.tenon.worker.assets;

import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The lines of `_headers` or `_redirects` that say something, and where to complain about one. A line that is wrong is warned about and left away, as Cloudflare does.
final class RuleFile implements Iterator<String> {

  private static final int LINE_CHARS_MAX = 2_000;

  private final String shown;
  private final String[] lines;
  private final Problems problems;
  private int next;
  private int current;

  /// @param shown what messages call the file
  RuleFile(String shown, String text, Problems problems) {
    this.shown = shown;
    this.lines = text.split("\n", -1);
    this.problems = problems;
    skip();
  }

  @Override
  public boolean hasNext() {
    return next < lines.length;
  }

  /// The next line that is neither empty nor a comment, trimmed.
  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    current = next++;
    String line = lines[current].strip();
    skip();
    return line;
  }

  private void skip() {
    for (; next < lines.length; next++) {
      String line = lines[next].strip();
      if (line.length() > LINE_CHARS_MAX) {
        problems.warning(Problem.of(new Problem.Place(shown, next + 1, 0, ""), "the line has more than " + LINE_CHARS_MAX + " characters and is ignored", "shorten it"));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        return;
      }
    }
  }

  /// The number of the current line, from 1.
  int line() {
    return current + 1;
  }

  /// Ignores what remains.
  void stop(String message) {
    warn(line(), message + " – this line and those below it are ignored", "");
    next = lines.length;
  }

  void warn(String message) {
    warn(line(), message + " – the line is ignored", "");
  }

  void warn(int line, String message, String remedy) {
    problems.warning(Problem.of(new Problem.Place(shown, line, 1, lines[line - 1].strip()), message, remedy));
  }
}
