package dev.tenon.worker.html;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads selectors: the part of <https://www.w3.org/TR/selectors-4/> that can be decided while a document streams past. What cannot is refused.
final class SelectorParser {

  private static final String UNSUPPORTED_PSEUDO = "Unsupported pseudo-class or pseudo-element in selector.";
  private static final String UNEXPECTED = "Unexpected token in selector.";
  private static final String UNEXPECTED_END = "Unexpected end of selector.";
  private static final String UNEXPECTED_IN_ATTRIBUTE = "Unexpected token in the attribute selector.";
  private static final String NAMESPACED = "Selectors with explicit namespaces are not supported.";
  private static final String EMPTY = "The selector is empty.";
  private static final String DANGLING = "Dangling combinator in selector.";
  private static final int NEGATIONS_MAX = 64;

  /// Attributes whose values HTML compares without regard to case.
  private static final Set<String> CASELESS = Set.of(
      "accept", "accept-charset", "align", "alink", "axis", "bgcolor", "charset", "checked", "clear", "codetype", "color", "compact", "declare", "defer", "dir",
      "direction", "disabled", "enctype", "face", "frame", "hreflang", "http-equiv", "lang", "language", "link", "media", "method", "multiple", "nohref",
      "noresize", "noshade", "nowrap", "readonly", "rel", "rev", "rules", "scope", "scrolling", "selected", "shape", "target", "text", "type", "valign",
      "valuetype", "vlink");

  private final String text;
  private final TextCodec codec;
  private int at;
  private int depth;

  /// @param codec of the documents
  SelectorParser(String text, TextCodec codec) {
    this.text = text;
    this.codec = codec;
  }

  Selector parse() throws SelectorException {
    List<Selector.Complex> alternatives = new ArrayList<>();
    do {
      skipBlanks();
      alternatives.add(complex());
    } while (take(','));
    if (!atEnd()) {
      throw new SelectorException(UNEXPECTED);
    }
    return new Selector(text, List.copyOf(alternatives));
  }

  private Selector.Complex complex() throws SelectorException {
    List<Selector.Compound> compounds = new ArrayList<>();
    List<Selector.Combinator> combinators = new ArrayList<>();
    for (;;) {
      List<Selector.Condition> conditions = new ArrayList<>();
      compound(conditions, false);
      if (conditions.isEmpty()) {
        throw new SelectorException(compounds.isEmpty() ? EMPTY : DANGLING);
      }
      compounds.add(new Selector.Compound(List.copyOf(conditions)));
      boolean blank = skipBlanks();
      if (atEnd() || peek() == ',') {
        return new Selector.Complex(List.copyOf(compounds), List.copyOf(combinators));
      }
      char next = peek();
      if (next == '+' || next == '~') {
        throw new SelectorException("Unsupported combinator `" + next + "` in selector.");
      }
      if (next == '>') {
        at++;
        skipBlanks();
        combinators.add(Selector.Combinator.CHILD);
      } else if (blank) {
        combinators.add(Selector.Combinator.DESCENDANT);
      } else {
        throw new SelectorException(UNEXPECTED);
      }
    }
  }

  private static boolean isCombinator(char c) {
    return c == '>' || c == '+' || c == '~';
  }

  /// @param negated whether the conditions stand in a `:not()`
  private void compound(List<Selector.Condition> conditions, boolean negated) throws SelectorException {
    boolean noNamespace = !atEnd() && peek() == '|';
    if (noNamespace) {
      at++;
      conditions.add(new Selector.Condition(new Selector.Test.Always(false), negated));
    } else if (text.startsWith("*|", at)) {
      at += 2;
    }
    if (!atEnd() && peek() == '*') {
      at++;
      conditions.add(new Selector.Condition(new Selector.Test.Always(true), negated));
    } else if (startsIdentifier(at)) {
      String name = identifier();
      refuseNamespace();
      conditions.add(new Selector.Condition(
          codec.encodeExactly(Ascii.lower(name)).<Selector.Test>map(bytes -> new Selector.Test.Name(new String(bytes, StandardCharsets.ISO_8859_1)))
              .orElse(new Selector.Test.Always(false)),
          negated));
    }
    while (!atEnd()) {
      switch (peek()) {
        case '#' -> {
          if (!startsIdentifier(at + 1)) {
            return;
          }
          at++;
          conditions.add(new Selector.Condition(value("id", Selector.Operator.EQUAL, identifier(), Selector.Case.COUNTS), negated));
        }
        case '.' -> {
          if (at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
            return;
          }
          at++;
          if (!startsIdentifier(at)) {
            throw new SelectorException(atEnd() ? UNEXPECTED_END : "Invalid or unescaped class name in selector.");
          }
          conditions.add(new Selector.Condition(value("class", Selector.Operator.WORD, identifier(), Selector.Case.COUNTS), negated));
        }
        case '[' -> {
          at++;
          conditions.add(new Selector.Condition(attribute(), negated));
        }
        case ':' -> {
          at++;
          pseudoClass(conditions, negated);
        }
        default -> {
          return;
        }
      }
    }
  }

  /// `html|a` is one; `a |= b` cannot stand here.
  private void refuseNamespace() throws SelectorException {
    if (!atEnd() && peek() == '|') {
      throw new SelectorException(NAMESPACED);
    }
  }

  /// What the document's encoding has no bytes for is never there.
  private Selector.Test value(String name, Selector.Operator operator, String operand, Selector.Case sensitivity) {
    Optional<byte[]> nameBytes = codec.encodeExactly(name);
    Optional<byte[]> operandBytes = codec.encodeExactly(operand);
    return nameBytes.isEmpty() || operandBytes.isEmpty()
        ? new Selector.Test.Always(false)
        : new Selector.Test.Value(nameBytes.get(), operator, operandBytes.get(), sensitivity);
  }

  private Selector.Test attribute() throws SelectorException {
    skipBlanks();
    if (!startsIdentifier(at)) {
      throw new SelectorException(atEnd() ? UNEXPECTED_END : peek() == '*' || peek() == '|' ? NAMESPACED : "Missing attribute name in attribute selector.");
    }
    String name = Ascii.lower(identifier());
    if (!atEnd() && peek() == '|' && (at + 1 == text.length() || text.charAt(at + 1) != '=')) {
      throw new SelectorException(NAMESPACED);
    }
    skipBlanks();
    if (take(']') || atEnd()) {
      return codec.encodeExactly(name).<Selector.Test>map(Selector.Test.Present::new).orElse(new Selector.Test.Always(false));
    }
    Selector.Operator operator = operator();
    skipBlanks();
    if (atEnd()) {
      throw new SelectorException(UNEXPECTED_END);
    }
    String operand;
    if (peek() == '"' || peek() == '\'') {
      operand = string();
    } else if (startsIdentifier(at)) {
      operand = identifier();
    } else {
      throw new SelectorException(UNEXPECTED_IN_ATTRIBUTE);
    }
    skipBlanks();
    Selector.Case sensitivity = CASELESS.contains(name) ? Selector.Case.IGNORED_IN_HTML : Selector.Case.COUNTS;
    if (startsIdentifier(at)) {
      sensitivity = switch (Ascii.lower(identifier())) {
        case "i" -> Selector.Case.IGNORED;
        case "s" -> Selector.Case.COUNTS;
        default -> throw new SelectorException(UNEXPECTED);
      };
      skipBlanks();
    }
    if (!atEnd() && !take(']')) {
      throw new SelectorException(UNEXPECTED);
    }
    return value(name, operator, operand, sensitivity);
  }

  private Selector.Operator operator() throws SelectorException {
    if (atEnd()) {
      throw new SelectorException(UNEXPECTED_END);
    }
    char first = text.charAt(at++);
    if (first == '=') {
      return Selector.Operator.EQUAL;
    }
    if (!take('=')) {
      throw new SelectorException(UNEXPECTED_IN_ATTRIBUTE);
    }
    return switch (first) {
      case '~' -> Selector.Operator.WORD;
      case '|' -> Selector.Operator.DASH;
      case '^' -> Selector.Operator.PREFIX;
      case '$' -> Selector.Operator.SUFFIX;
      case '*' -> Selector.Operator.SUBSTRING;
      default -> throw new SelectorException(UNEXPECTED_IN_ATTRIBUTE);
    };
  }

  private void pseudoClass(List<Selector.Condition> conditions, boolean negated) throws SelectorException {
    if (!startsIdentifier(at)) {
      throw new SelectorException(at == text.length() || text.substring(at).equals(":") ? UNEXPECTED_END : UNSUPPORTED_PSEUDO);
    }
    String name = Ascii.lower(identifier());
    boolean function = take('(');
    if (function && name.equals("not")) {
      negation(conditions, negated);
    } else if (function && (name.equals("nth-child") || name.equals("nth-of-type"))) {
      conditions.add(new Selector.Condition(nth(name.equals("nth-of-type")), negated));
    } else if (!function && (name.equals("first-child") || name.equals("first-of-type"))) {
      conditions.add(new Selector.Condition(new Selector.Test.Nth(0, 1, name.equals("first-of-type")), negated));
    } else {
      throw new SelectorException(UNSUPPORTED_PSEUDO);
    }
  }

  /// What is negated is a list; each of its conditions is negated alone, as in lol-html.
  private void negation(List<Selector.Condition> conditions, boolean negated) throws SelectorException {
    if (++depth > NEGATIONS_MAX) {
      throw new SelectorException("Nested negation in selector.");
    }
    do {
      skipBlanks();
      int before = conditions.size();
      compound(conditions, !negated);
      if (conditions.size() == before) {
        throw new SelectorException(EMPTY);
      }
      boolean blank = skipBlanks();
      if (!atEnd() && (isCombinator(peek()) || blank && peek() != ')' && peek() != ',')) {
        throw new SelectorException(UNSUPPORTED_PSEUDO);
      }
    } while (take(','));
    if (!atEnd() && !take(')')) {
      throw new SelectorException(UNEXPECTED);
    }
    depth--;
  }

  /// <https://www.w3.org/TR/css-syntax-3/#anb-microsyntax>
  private Selector.Test nth(boolean ofType) throws SelectorException {
    int close = text.indexOf(')', at);
    String inside = Ascii.lower(text.substring(at, close < 0 ? text.length() : close)).strip();
    at = close < 0 ? text.length() : close + 1;
    if (inside.equals("odd")) {
      return new Selector.Test.Nth(2, 1, ofType);
    }
    if (inside.equals("even")) {
      return new Selector.Test.Nth(2, 0, ofType);
    }
    int n = inside.indexOf('n');
    if (n < 0) {
      if (!inside.matches("[+-]?[0-9]{1,9}")) {
        throw new SelectorException(inside.isEmpty() ? UNEXPECTED_END : UNEXPECTED);
      }
      return new Selector.Test.Nth(0, Integer.parseInt(inside), ofType);
    }
    String step = inside.substring(0, n);
    String offset = inside.substring(n + 1).strip();
    if (!step.matches("[+-]?[0-9]{0,9}") || !offset.matches("(?:[+-]\\s*[0-9]{1,9})?")) {
      throw new SelectorException(UNEXPECTED);
    }
    return new Selector.Test.Nth(
        switch (step) {
          case "", "+" -> 1;
          case "-" -> -1;
          default -> Integer.parseInt(step);
        },
        offset.isEmpty() ? 0 : Integer.parseInt(offset.replaceAll("\\s", "")), ofType);
  }

  // ---- tokens, https://www.w3.org/TR/css-syntax-3/#tokenization

  private boolean atEnd() {
    return at >= text.length();
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean take(char c) {
    if (!atEnd() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /// Skips blanks and comments. @return whether there were blanks
  private boolean skipBlanks() {
    boolean blank = false;
    while (!atEnd()) {
      if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
      } else if (peek() <= ' ' && Ascii.blank((byte) peek())) {
        at++;
        blank = true;
      } else {
        break;
      }
    }
    return blank;
  }

  private static boolean isNameStart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || c >= '0' && c <= '9' || c == '-';
  }

  private boolean startsIdentifier(int from) {
    if (from >= text.length()) {
      return false;
    }
    char c = text.charAt(from);
    if (c == '-') {
      return from + 1 < text.length() && (text.charAt(from + 1) == '-' || isNameStart(text.charAt(from + 1)) || isEscape(from + 1));
    }
    return isNameStart(c) || isEscape(from);
  }

  private boolean isEscape(int from) {
    return text.charAt(from) == '\\' && from + 1 < text.length() && text.charAt(from + 1) != '\n';
  }

  private String identifier() {
    StringBuilder name = new StringBuilder();
    while (!atEnd()) {
      int c = text.codePointAt(at);
      if (isNamePart(c)) {
        name.appendCodePoint(c);
        at += Character.charCount(c);
      } else if (c == '\\' && isEscape(at)) {
        at++;
        escape(name);
      } else {
        break;
      }
    }
    return name.toString();
  }

  private void escape(StringBuilder name) {
    int start = at;
    while (at < text.length() && at - start < 6 && Character.digit(text.charAt(at), 16) >= 0) {
      at++;
    }
    if (at == start) {
      int c = text.codePointAt(at);
      name.appendCodePoint(c);
      at += Character.charCount(c);
      return;
    }
    int point = Integer.parseInt(text.substring(start, at), 16);
    boolean real = point > 0 && point <= Character.MAX_CODE_POINT && !(point >= 0xd800 && point <= 0xdfff);
    name.appendCodePoint(real ? point : 0xfffd);
    if (!atEnd() && Ascii.blank((byte) Math.min(peek(), 0x7f))) {
      at++;
    }
  }

  private String string() throws SelectorException {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return value.toString();
      }
      if (c == '\n') {
        throw new SelectorException(UNEXPECTED_IN_ATTRIBUTE);
      }
      at++;
      if (c != '\\') {
        value.append(c);
      } else if (!atEnd() && peek() == '\n') {
        at++;
      } else if (!atEnd()) {
        escape(value);
      }
    }
    return value.toString();
  }
}
