package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/// Reads regular expressions as JSON Schema means them: ECMA-262 with the flag `u`.
///
/// Two liberties that many contracts take are let through, because they have one meaning: an escaped punctuation mark that needs no escape (`\-`, `\@`), and
/// a brace or bracket that opens nothing. Escaped letters without a meaning are refused, as ECMA-262 does.
///
/// @see <a href="https://tc39.es/ecma262/#sec-patterns">ECMA-262, Patterns</a>
final class ExpressionReader {

  private static final int NESTING_MAX = 100;
  private static final int REPEAT_MAX = 1_000_000;

  private final String text;
  private final Set<String> names = new HashSet<>();
  private final List<String> backs = new ArrayList<>();
  private int at;
  private int groups;
  private int depth;

  private ExpressionReader(String text) {
    this.text = text;
  }

  /// @throws PatternSyntaxException when it is none
  static Expression read(String text) {
    ExpressionReader reader = new ExpressionReader(text);
    Expression expression = reader.choice();
    if (reader.at < text.length()) {
      throw reader.wrong("a parenthesis is closed that was not opened");
    }
    for (String back : reader.backs) {
      if (back.startsWith("<") ? !reader.names.contains(back.substring(1, back.length() - 1)) : Integer.parseInt(back) > reader.groups) {
        throw reader.wrong("a back reference leads to no group");
      }
    }
    return expression;
  }

  private PatternSyntaxException wrong(String what) {
    return new PatternSyntaxException(what, text, at);
  }

  private boolean ended() {
    return at >= text.length();
  }

  private boolean next(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  private int character() {
    if (ended()) {
      throw wrong("it ends too early");
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  private Expression choice() {
    if (++depth > NESTING_MAX) {
      throw wrong("groups are nested deeper than " + NESTING_MAX);
    }
    List<Expression> alternatives = new ArrayList<>(List.of(sequence()));
    while (next("|")) {
      alternatives.add(sequence());
    }
    depth--;
    return alternatives.size() == 1 ? alternatives.getFirst() : new Expression.Choice(alternatives);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (!ended() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(part()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
  }

  private Expression repeated(Expression part) {
    int before = at;
    int least;
    int most;
    if (next("*")) {
      least = 0;
      most = -1;
    } else if (next("+")) {
      least = 1;
      most = -1;
    } else if (next("?")) {
      least = 0;
      most = 1;
    } else if (next("{")) {
      int[] counts = counts();
      if (counts.length == 0) {
        at = before;
        return part;
      }
      least = counts[0];
      most = counts[1];
    } else {
      return part;
    }
    if (part instanceof Expression.Start || part instanceof Expression.End || part instanceof Expression.WordBoundary || part instanceof Expression.Look) {
      at = before;
      throw wrong("there is nothing to repeat");
    }
    return new Expression.Repeat(part, least, most, !next("?"));
  }

  /// What stands between braces; nothing where that is no repetition.
  private int[] counts() {
    int least = number();
    if (least < 0) {
      return new int[0];
    }
    int most = least;
    if (next(",")) {
      most = number();
    }
    if (!next("}")) {
      return new int[0];
    }
    if (most >= 0 && most < least) {
      throw wrong("a repetition ends before it begins");
    }
    return new int[] {least, most};
  }

  private int number() {
    int start = at;
    long number = 0;
    while (!ended() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      number = Math.min(REPEAT_MAX, number * 10 + text.charAt(at++) - '0');
    }
    return at == start ? -1 : (int) number;
  }

  private Expression part() {
    if (next("(")) {
      return group();
    }
    if (next("[")) {
      return new Expression.Characters(characterClass());
    }
    if (next("\\")) {
      return escape();
    }
    int character = character();
    return switch (character) {
      case '^' -> new Expression.Start();
      case '$' -> new Expression.End();
      case '.' -> new Expression.Characters(CharacterSet.ANY);
      case '*', '+', '?' -> {
        at--;
        throw wrong("there is nothing to repeat");
      }
      default -> new Expression.Characters(CharacterSet.of(character, character));
    };
  }

  private Expression group() {
    for (String opening : List.of("?=", "?!", "?<=", "?<!")) {
      if (next(opening)) {
        return new Expression.Look(opening, closed());
      }
    }
    if (next("?:")) {
      Expression part = closed();
      return part instanceof Expression.Choice ? part : new Expression.Sequence(List.of(part));
    }
    String name = "";
    if (next("?<")) {
      name = name();
      if (!names.add(name)) {
        throw wrong("two groups have one name");
      }
    } else if (next("?")) {
      throw wrong("this kind of group is not known to ECMA-262");
    }
    groups++;
    return new Expression.Group(closed(), name);
  }

  private Expression closed() {
    Expression part = choice();
    if (!next(")")) {
      throw wrong("a parenthesis is not closed");
    }
    return part;
  }

  private String name() {
    int end = text.indexOf('>', at);
    String name = end < 0 ? "" : text.substring(at, end);
    if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
      throw wrong("the name of a group is made of letters and digits");
    }
    at = end + 1;
    return name;
  }

  private Expression escape() {
    if (next("b")) {
      return new Expression.WordBoundary(false);
    }
    if (next("B")) {
      return new Expression.WordBoundary(true);
    }
    if (next("k<")) {
      backs.add("<" + name() + ">");
      return new Expression.Back(backs.getLast());
    }
    if (!ended() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
      backs.add(Integer.toString(number()));
      return new Expression.Back(backs.getLast());
    }
    return new Expression.Characters(escaped());
  }

  /// A class, or a single character, behind a backslash.
  private CharacterSet escaped() {
    int start = at;
    int character = character();
    return switch (character) {
      case 'd' -> CharacterSet.DIGITS;
      case 'D' -> CharacterSet.DIGITS.inverse();
      case 'w' -> CharacterSet.WORD;
      case 'W' -> CharacterSet.WORD.inverse();
      case 's' -> CharacterSet.SPACE;
      case 'S' -> CharacterSet.SPACE.inverse();
      case 'p' -> property();
      case 'P' -> property().inverse();
      default -> {
        at = start;
        int single = escapedCharacter();
        yield CharacterSet.of(single, single);
      }
    };
  }

  private CharacterSet property() {
    int end = text.indexOf('}', at);
    if (!next("{") || end < 0) {
      throw wrong("a property has a name in braces");
    }
    String name = text.substring(at, end);
    at = end + 1;
    try {
      return CharacterSet.property(name);
    } catch (PatternSyntaxException e) {
      throw wrong("\\p{" + name + "} is not a property that is known");
    }
  }

  private int escapedCharacter() {
    int character = character();
    return switch (character) {
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case '0' -> {
        if (!ended() && Character.isDigit(text.charAt(at))) {
          throw wrong("octal escapes are not known to ECMA-262");
        }
        yield 0;
      }
      case 'c' -> {
        int letter = character();
        if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
          throw wrong("\\c needs a letter");
        }
        yield letter % 32;
      }
      case 'x' -> hexadecimal(2);
      case 'u' -> unicode();
      default -> {
        if (character > 0x7F || Character.isLetterOrDigit(character)) {
          throw wrong("\\" + Character.toString(character) + " has no meaning in ECMA-262");
        }
        yield character;
      }
    };
  }

  private int unicode() {
    if (next("{")) {
      int end = text.indexOf('}', at);
      int character = end < 0 || end - at > 8 ? -1 : hexadecimal(end - at);
      if (character < 0 || character > Character.MAX_CODE_POINT || !next("}")) {
        throw wrong("there is no such character");
      }
      return character;
    }
    int unit = hexadecimal(4);
    if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", at)) {
      int before = at;
      at += 2;
      int low = hexadecimal(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) unit, (char) low);
      }
      at = before;
    }
    return unit;
  }

  private int hexadecimal(int digits) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(character(), 16);
      if (digit < 0) {
        throw wrong("a hexadecimal digit is missing");
      }
      number = number << 4 | digit;
    }
    if (digits == 0) {
      throw wrong("a hexadecimal digit is missing");
    }
    return number;
  }

  private CharacterSet characterClass() {
    boolean inverse = next("^");
    List<CharacterSet> sets = new ArrayList<>();
    while (!next("]")) {
      CharacterSet first = classAtom();
      int before = at;
      if (next("-") && !text.startsWith("]", at)) {
        CharacterSet last = classAtom();
        if (!isSingle(first) || !isSingle(last)) {
          throw wrong("a range of characters has a class at one end");
        }
        if (last.bounds().getFirst() < first.bounds().getFirst()) {
          throw wrong("a range of characters ends before it begins");
        }
        sets.add(CharacterSet.of(first.bounds().getFirst(), last.bounds().getFirst()));
      } else {
        at = before;
        sets.add(first);
      }
    }
    CharacterSet all = CharacterSet.union(sets);
    return inverse ? all.inverse() : all;
  }

  private static boolean isSingle(CharacterSet set) {
    return set.bounds().size() == 2 && set.bounds().getFirst().equals(set.bounds().getLast());
  }

  private CharacterSet classAtom() {
    if (next("\\")) {
      return next("b") ? CharacterSet.of('\b', '\b') : escaped();
    }
    int character = character();
    return CharacterSet.of(character, character);
  }
}
