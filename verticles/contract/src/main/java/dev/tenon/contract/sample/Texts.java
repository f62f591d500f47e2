package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Makes strings: of a length, in a format, matching patterns.
final class Texts {

  private static final String WORDS = "A joint that is cut well needs no glue and can be taken apart again. ";
  private static final int USUAL_CHARACTERS = 12;
  private static final int MAXIMAL_CHARACTERS = 1_000;
  private static final int TRIES = 40;

  private final SampleOptions options;
  private final Map<String, Optional<PatternTexts>> patterns = new HashMap<>();

  Texts(SampleOptions options) {
    this.options = options;
  }

  static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  static String letters(int characters, Random random) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /// Words of that many characters, with no space at either end.
  static String words(int characters) {
    StringBuilder text = new StringBuilder(characters + WORDS.length());
    while (text.length() < characters) {
      text.append(WORDS);
    }
    text.setLength(characters);
    if (characters > 0 && text.charAt(characters - 1) == ' ') {
      text.setCharAt(characters - 1, 's');
    }
    return text.toString();
  }

  long lengthMin(Facts facts) {
    return facts.largest("minLength").orElse(0L);
  }

  /// The most characters, [Long#MAX_VALUE] where nothing bounds them.
  long lengthMax(Facts facts) {
    return facts.smallest("maxLength").orElse(Long.MAX_VALUE);
  }

  Optional<Made> make(Facts facts, Style style, Random random) {
    long min = lengthMin(facts);
    long max = Math.min(lengthMax(facts), options.charactersMax());
    if (min > max) {
      return Optional.empty();
    }
    long length = switch (style) {
      case MINIMAL -> min;
      case TYPICAL -> Math.clamp(USUAL_CHARACTERS, min, max);
      case MAXIMAL -> Math.max(min, Math.min(max, lengthMax(facts) > MAXIMAL_CHARACTERS ? 64 : max));
      case RANDOM -> min + random.nextLong(Math.min(max - min, 40) + 1);
    };
    Optional<String> exact = ofLength(facts, (int) length, style, random);
    return exact.or(() -> anyLength(facts, min, max, random)).map(Made::new);
  }

  /// A string of exactly that many characters; empty where none was found.
  Optional<String> ofLength(Facts facts, int length, Style style, Random random) {
    return candidates(facts, length, style, random).stream().filter(text -> characters(text) == length && fits(facts, text)).findFirst();
  }

  private Optional<String> anyLength(Facts facts, long min, long max, Random random) {
    for (int i = 0; i < TRIES; i++) {
      int length = (int) Math.min(max, min + i);
      Optional<String> found = candidates(facts, length, i == 0 ? Style.TYPICAL : Style.RANDOM, random).stream()
          .filter(text -> characters(text) >= min && characters(text) <= max && fits(facts, text)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<String> candidates(Facts facts, int length, Style style, Random random) {
    List<String> all = new ArrayList<>();
    for (String format : facts.texts("format")) {
      if (FormatTexts.isKnown(format)) {
        if (style == Style.RANDOM) {
          all.add(FormatTexts.random(format, random));
        }
        all.addAll(FormatTexts.candidates(format, length, random));
      }
    }
    for (String pattern : facts.texts("pattern")) {
      pattern(pattern).flatMap(texts -> texts.text(length, random)).ifPresent(all::add);
    }
    if (all.isEmpty()) {
      all.add(style == Style.RANDOM ? letters(length, random) : words(length));
      all.add(letters(length, random));
    }
    return all;
  }

  private boolean fits(Facts facts, String text) {
    return facts.texts("pattern").stream().allMatch(pattern -> compiled(pattern).map(found -> isFound(found, text)).orElse(true));
  }

  /// Whether a pattern is found in a text. One that needs more stack than there is counts as not found, as it does when values are checked.
  static boolean isFound(Pattern pattern, String text) {
    try {
      return pattern.matcher(text).find();
    } catch (StackOverflowError e) {
      return false;
    }
  }

  /// The writer of texts that match a pattern; empty where the pattern is not understood.
  Optional<PatternTexts> pattern(String pattern) {
    return patterns.computeIfAbsent(pattern, source -> compiled(source).flatMap(PatternTexts::of));
  }

  private static Optional<Pattern> compiled(String source) {
    try {
      return Optional.of(Pattern.compile(source));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /// The same number of characters, as far as they are free, from beyond the Basic Multilingual Plane: two UTF-16 units each, four bytes each.
  Optional<String> wide(Facts facts, int length) {
    String text = "\uD83D\uDE00".repeat(length);
    return fits(facts, text) && facts.texts("format").stream().noneMatch(FormatTexts::isKnown) ? Optional.of(text) : Optional.empty();
  }

  /// Texts near a valid one that may miss the patterns.
  static List<String> nearly(String valid, Random random) {
    List<String> all = new ArrayList<>();
    int length = valid.length();
    for (char odd : new char[] {'!', ' ', '~', 'Z', '0', '\u00e9', '\n'}) {
      if (length > 0) {
        all.add(valid.substring(0, length - 1) + odd);
        all.add(odd + valid.substring(1));
        int middle = random.nextInt(length);
        all.add(valid.substring(0, middle) + odd + valid.substring(middle + 1));
      }
      all.add(valid + odd);
      all.add(odd + valid);
      all.add(String.valueOf(odd).repeat(Math.max(1, length)));
    }
    all.add(valid.isEmpty() ? "x" : valid.substring(1));
    all.add(valid.isEmpty() ? "x" : valid.substring(0, length - 1));
    all.add("");
    return all;
  }

  /// Whether a node is a text, for the keywords that are.
  static Optional<String> value(Node node) {
    return node instanceof Node.Text text ? Optional.of(text.value()) : Optional.empty();
  }
}
