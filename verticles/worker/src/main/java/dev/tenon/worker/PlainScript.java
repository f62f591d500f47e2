package dev.tenon.worker;

import dev.tenon.worker.WorkerDefinition.Format;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/// Decides whether a file can run as it is, without esbuild: plain JavaScript that imports nothing. One pass, no tree.
///
/// It says yes only when it is certain, and leaves every doubt to esbuild: a `/` that may divide or start a regular expression, a `<` that may be JSX,
/// anything that esbuild would replace or translate.
final class PlainScript {

  /// Words that only esbuild, or a linker, knows what to do with.
  private static final Set<String> BEYOND = Set.of("import", "require", "using", "NODE_ENV", "__filename", "__dirname");
  private static final Set<String> BEFORE_EXPRESSION = Set.of(
      "return", "typeof", "case", "in", "delete", "void", "throw", "new", "else", "do", "instanceof", "default", "extends");
  /// Words that are names in one place and operators in another.
  private static final Set<String> EITHER = Set.of("of", "await", "yield", "async", "get", "set", "static", "let");

  /// What the last token was, as far as the meaning of the next `/` or `<` depends on it.
  private enum Last { VALUE, OPERATOR, UNSURE }

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;
  private Last last = Last.OPERATOR;
  private boolean afterDot;
  private boolean exports;
  private boolean exportsDefault;
  private boolean listens;

  private PlainScript(String text) {
    this.text = text;
  }

  /// The worker's format if the text can run as it is.
  static Optional<Format> format(String text) {
    if (text.contains("sourceMappingURL=") || text.startsWith("#!")) {
      return Optional.empty();
    }
    PlainScript script = new PlainScript(text);
    if (!script.scan()) {
      return Optional.empty();
    }
    if (script.exportsDefault) {
      return Optional.of(Format.MODULES);
    }
    return script.listens && !script.exports ? Optional.of(Format.SERVICE_WORKER) : Optional.empty();
  }

  private boolean scan() {
    while (at < text.length()) {
      if (!token()) {
        return false;
      }
    }
    return open.isEmpty();
  }

  private boolean token() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '\uFEFF') {
      at++;
      return true;
    }
    if (nameStart(c) || c == '#' && at + 1 < text.length() && nameStart(text.charAt(at + 1))) {
      return word();
    }
    if (c >= '0' && c <= '9' || c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
      return number();
    }
    return switch (c) {
      case '"', '\'' -> string(c);
      case '`' -> template();
      case '/' -> slash();
      case '<' -> less();
      case '(', '[', '{' -> opening(c);
      case ')' -> closing('(', Last.UNSURE);
      case ']' -> closing('[', Last.VALUE);
      case '}' -> closingBrace();
      case '.' -> dot();
      case '@', '\\', '#' -> false;
      case '+', '-' -> sign(c);
      default -> operator();
    };
  }

  private boolean word() {
    int start = at++;
    while (at < text.length() && (nameStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
      at++;
    }
    String word = text.substring(start, at);
    if (BEYOND.contains(word) || at < text.length() && text.charAt(at) == '\\') {
      return false;
    }
    if (afterDot) {
      return ended(Last.VALUE);
    }
    if (word.equals("export")) {
      return export();
    }
    listens |= word.equals("addEventListener");
    return ended(BEFORE_EXPRESSION.contains(word) ? Last.OPERATOR : EITHER.contains(word) ? Last.UNSURE : Last.VALUE);
  }

  /// `export default …`, `export { … }` and declarations are fine; `export … from` imports, which is not.
  private boolean export() {
    if (!open.isEmpty() || !skipBlank()) {
      return false;
    }
    exports = true;
    if (text.startsWith("default", at)) {
      exportsDefault = true;
      return ended(Last.OPERATOR);
    }
    if (text.charAt(at) == '*') {
      return false;
    }
    if (text.charAt(at) == '{') {
      int end = text.indexOf('}', at);
      if (end < 0) {
        return false;
      }
      String names = text.substring(at + 1, end);
      if (!names.matches("[\\w$\\s,]*")) {
        return false;
      }
      exportsDefault |= (names + ",").matches("(?s).*\\sas\\s+default\\s*,.*");
      at = end + 1;
      return ended(Last.UNSURE) && (!skipBlank() || !text.startsWith("from", at));
    }
    return ended(Last.OPERATOR);
  }

  /// Moves to the next character that is not blank; false at the end, or at a comment.
  private boolean skipBlank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) != '/';
  }

  private boolean number() {
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.')) {
      at++;
    }
    return ended(Last.VALUE);
  }

  private boolean string(char quote) {
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return ended(Last.VALUE);
      }
      if (c == '\\') {
        at++;
      } else if (c == '\n') {
        return false;
      }
    }
    return false;
  }

  private boolean template() {
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '`') {
        at++;
        return ended(Last.VALUE);
      }
      if (c == '\\') {
        at++;
      } else if (c == '$' && text.startsWith("${", at)) {
        at += 2;
        open.push('`');
        return ended(Last.OPERATOR);
      }
    }
    return false;
  }

  private boolean slash() {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      return true;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      at = end + 2;
      return end >= 0;
    }
    return switch (last) {
      case VALUE -> operator();
      case OPERATOR -> regularExpression();
      case UNSURE -> false;
    };
  }

  private boolean regularExpression() {
    boolean inClass = false;
    for (at++; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '\\' -> at++;
        case '\n' -> {
          return false;
        }
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '/' -> {
          if (!inClass) {
            at++;
            while (at < text.length() && nameStart(text.charAt(at))) {
              at++;
            }
            return ended(Last.VALUE);
          }
        }
        default -> { }
      }
    }
    return false;
  }

  private boolean less() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    boolean mayBeMarkup = nameStart(next) || next == '>' || next == '/' || next == '!';
    return (!mayBeMarkup || last == Last.VALUE && next != '!') && operator();
  }

  private boolean opening(char c) {
    open.push(c);
    at++;
    return ended(Last.OPERATOR);
  }

  private boolean closing(char opener, Last then) {
    if (open.isEmpty() || open.pop() != opener) {
      return false;
    }
    at++;
    return ended(then);
  }

  private boolean closingBrace() {
    if (open.isEmpty()) {
      return false;
    }
    char opener = open.pop();
    if (opener == '`') {
      return template();
    }
    at++;
    return opener == '{' && ended(Last.UNSURE);
  }

  private boolean dot() {
    boolean spread = text.startsWith("...", at);
    at += spread ? 3 : 1;
    last = Last.OPERATOR;
    afterDot = !spread;
    return true;
  }

  private boolean sign(char c) {
    boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
    if (twice && c == '-' && text.startsWith("-->", at)) {
      return false;
    }
    at += twice ? 2 : 1;
    return ended(twice ? Last.UNSURE : Last.OPERATOR);
  }

  private boolean operator() {
    at++;
    return ended(Last.OPERATOR);
  }

  private boolean ended(Last token) {
    last = token;
    afterDot = false;
    return true;
  }

  private static boolean nameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c > 127 && Character.isUnicodeIdentifierStart(c);
  }
}
