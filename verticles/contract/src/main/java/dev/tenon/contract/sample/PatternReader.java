package dev.tenon.contract.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/// Reads regular expressions into [Piece]s. What a class or an escape means is asked of [Pattern] itself, so that both agree. Used once.
final class PatternReader {

  private static final int[] USUAL = IntStream.concat(
      IntStream.concat(IntStream.rangeClosed('a', 'z'), IntStream.rangeClosed('0', '9')), IntStream.rangeClosed('A', 'Z')).toArray();
  private static final int[] OTHERS = IntStream.concat(
      IntStream.rangeClosed(' ', '~').filter(c -> !Character.isLetterOrDigit(c)),
      IntStream.of('\t', '\n', '\r', 0xE9, 0xDF, 0x416, 0x3B1, 0x5D0, 0x4E2D, 0x1F600)).toArray();
  private static final int NESTING_MAX = 100;

  private final String source;
  private final Map<String, Integer> names = new HashMap<>();
  private int at;
  private int groups;
  private int depth;

  private PatternReader(String source) {
    this.source = source;
  }

  /// The pieces of an expression; empty where it holds something that is not understood here.
  static Optional<Piece> read(String pattern) {
    try {
      PatternReader reader = new PatternReader(pattern);
      Piece piece = reader.choice();
      return reader.at == pattern.length() ? Optional.of(piece) : Optional.empty();
    } catch (PatternSyntaxException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Piece choice() {
    if (++depth > NESTING_MAX) {
      throw new PatternSyntaxException("nested too deep", source, at);
    }
    List<Piece> branches = new ArrayList<>();
    branches.add(sequence());
    while (at < source.length() && source.charAt(at) == '|') {
      at++;
      branches.add(sequence());
    }
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new Piece.Choice(branches);
  }

  private Piece sequence() {
    List<Piece> pieces = new ArrayList<>();
    while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
      if (source.startsWith("\\Q", at)) {
        quoted(pieces);
      } else {
        pieces.add(quantified(atom()));
      }
    }
    return new Piece.Sequence(pieces);
  }

  private void quoted(List<Piece> pieces) {
    int end = source.indexOf("\\E", at + 2);
    String text = source.substring(at + 2, end < 0 ? source.length() : end);
    text.codePoints().forEach(c -> pieces.add(new Piece.OneOf(new int[] {c})));
    at = end < 0 ? source.length() : end + 2;
  }

  private Piece quantified(Piece atom) {
    if (at >= source.length()) {
      return atom;
    }
    long min;
    long max;
    switch (source.charAt(at)) {
      case '*' -> {
        min = 0;
        max = Piece.ENDLESS;
        at++;
      }
      case '+' -> {
        min = 1;
        max = Piece.ENDLESS;
        at++;
      }
      case '?' -> {
        min = 0;
        max = 1;
        at++;
      }
      case '{' -> {
        int end = source.indexOf('}', at);
        String[] bounds = source.substring(at + 1, end).split(",", -1);
        min = Long.parseLong(bounds[0].strip());
        max = bounds.length == 1 ? min : bounds[1].isBlank() ? Piece.ENDLESS : Long.parseLong(bounds[1].strip());
        at = end + 1;
      }
      default -> {
        return atom;
      }
    }
    if (at < source.length() && (source.charAt(at) == '?' || source.charAt(at) == '+')) {
      at++;   // how eagerly it matches is no matter here
    }
    return quantified(new Piece.Repeat(atom, min, max));
  }

  private Piece atom() {
    char next = source.charAt(at);
    return switch (next) {
      case '(' -> group();
      case '[' -> matching(characterClass());
      case '.' -> {
        at++;
        yield matching(".");
      }
      case '^', '$' -> {
        at++;
        yield new Piece.Nothing();
      }
      case '\\' -> escape();
      default -> {
        int character = source.codePointAt(at);
        at += Character.charCount(character);
        yield new Piece.OneOf(new int[] {character});
      }
    };
  }

  private Piece group() {
    at++;
    if (!source.startsWith("?", at)) {
      int number = ++groups;
      return new Piece.Group(number, closed());
    }
    for (String look : List.of("?=", "?!", "?<=", "?<!")) {
      if (source.startsWith(look, at)) {
        at += look.length();
        closed();
        return new Piece.Nothing();   // texts are checked against the whole expression afterwards
      }
    }
    if (source.startsWith("?<", at)) {
      int end = source.indexOf('>', at);
      int number = ++groups;
      names.put(source.substring(at + 2, end), number);
      at = end + 1;
      return new Piece.Group(number, closed());
    }
    if (source.startsWith("?>", at)) {
      at += 2;
      return closed();
    }
    at++;
    while (source.charAt(at) != ':' && source.charAt(at) != ')') {
      at++;   // flags
    }
    if (source.charAt(at) == ')') {
      at++;
      return new Piece.Nothing();
    }
    at++;
    return closed();
  }

  private Piece closed() {
    Piece inside = choice();
    if (source.charAt(at) != ')') {
      throw new PatternSyntaxException("a group does not end", source, at);
    }
    at++;
    return inside;
  }

  private String characterClass() {
    int start = at;
    int open = 0;
    do {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        open++;
        if (source.startsWith("[^", at)) {
          at++;
        }
        if (source.startsWith("]", at + 1)) {
          at++;   // a bracket that comes first stands for itself
        }
      } else if (c == ']') {
        open--;
      }
      at++;
    } while (open > 0);
    return source.substring(start, at);
  }

  private Piece escape() {
    char kind = source.charAt(at + 1);
    if ("bBAzZG".indexOf(kind) >= 0) {
      at += 2;
      return new Piece.Nothing();
    }
    if (kind >= '1' && kind <= '9') {
      at += 2;
      return new Piece.Back(kind - '0');
    }
    if (kind == 'k') {
      int end = source.indexOf('>', at);
      String name = source.substring(at + 3, end);
      at = end + 1;
      return new Piece.Back(names.getOrDefault(name, 0));
    }
    int start = at;
    at += switch (kind) {
      case 'p', 'P' -> source.charAt(at + 2) == '{' ? source.indexOf('}', at) + 1 - at : 3;
      case 'x' -> source.charAt(at + 2) == '{' ? source.indexOf('}', at) + 1 - at : 4;
      case 'u' -> 6;
      case 'c' -> 3;
      case '0' -> octal();
      default -> 1 + Character.charCount(source.codePointAt(at + 1));
    };
    return matching(source.substring(start, at));
  }

  private int octal() {
    int end = at + 2;
    while (end < source.length() && end < at + 5 && source.charAt(end) >= '0' && source.charAt(end) <= '7') {
      end++;
    }
    return end - at;
  }

  /// The characters that a class or escape stands for: out of the usual ones, or of all where it holds none of those.
  private static Piece matching(String expression) {
    Pattern pattern = Pattern.compile(expression);
    int[] found = IntStream.concat(IntStream.of(USUAL), IntStream.of(OTHERS)).filter(c -> matches(pattern, c)).toArray();
    if (found.length == 0) {
      found = IntStream.rangeClosed(0, 0x1FFFF).filter(c -> (c < 0xD800 || c > 0xDFFF) && matches(pattern, c)).limit(200).toArray();
    }
    if (found.length == 0) {
      throw new PatternSyntaxException("no character matches", expression, 0);
    }
    return new Piece.OneOf(found);
  }

  private static boolean matches(Pattern pattern, int character) {
    return pattern.matcher(Character.toString(character)).matches();
  }
}
