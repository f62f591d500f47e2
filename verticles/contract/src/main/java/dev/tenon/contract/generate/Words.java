package dev.tenon.contract.generate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Identifiers made of names that may be anything. What comes out has ASCII letters and digits only, and never nothing.
public final class Words {

  private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern CAMEL = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BORDERS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Map<Character, String> SIGNS = Map.ofEntries(
      Map.entry('+', "plus"), Map.entry('-', "minus"), Map.entry('*', "star"), Map.entry('/', "slash"), Map.entry('%', "percent"),
      Map.entry('=', "equals"), Map.entry('<', "less"), Map.entry('>', "greater"), Map.entry('!', "not"), Map.entry('&', "and"),
      Map.entry('|', "or"), Map.entry('@', "at"), Map.entry('#', "hash"), Map.entry('$', "dollar"), Map.entry('.', "dot"),
      Map.entry(',', "comma"), Map.entry(':', "colon"), Map.entry(';', "semicolon"), Map.entry('?', "question"), Map.entry('_', "underscore"),
      Map.entry('~', "tilde"), Map.entry('^', "caret"), Map.entry(' ', "space"), Map.entry('"', "quote"), Map.entry('\'', "apostrophe"),
      Map.entry('(', "open"), Map.entry(')', "close"), Map.entry('[', "open"), Map.entry(']', "close"), Map.entry('{', "open"), Map.entry('}', "close"));

  private Words() {}

  /// `user-id` as `UserId`: a type.
  public static String pascal(String name) {
    if (PASCAL.matcher(name).matches()) {
      return name;
    }
    StringBuilder joined = new StringBuilder();
    words(name).forEach(word -> joined.append(capital(word)));
    return begun(joined.toString());
  }

  /// `user-id` as `userId`: a variable or a method.
  public static String camel(String name) {
    if (CAMEL.matcher(name).matches()) {
      return name;
    }
    List<String> words = words(name);
    StringBuilder joined = new StringBuilder(small(words.getFirst()));
    words.subList(1, words.size()).forEach(word -> joined.append(capital(word)));
    return begun(joined.toString());
  }

  /// `user-id` as `USER_ID`: a constant.
  public static String constant(String name) {
    return begun(String.join("_", words(name)).toUpperCase(Locale.ROOT));
  }

  /// `userId` as `user id`, for sentences.
  public static String sentence(String name) {
    return String.join(" ", words(name)).toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String name) {
    String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    plain.codePoints().forEach(c -> {
      if (c < 128 && Character.isLetterOrDigit(c)) {
        word.append((char) c);
      } else {
        close(word, words);
        if (c >= 128 && Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL) {
          words.add("u" + Integer.toHexString(c));
        }
      }
    });
    close(word, words);
    if (plain.length() > 1 && (plain.charAt(0) == '+' || plain.charAt(0) == '-') && Character.isDigit(plain.charAt(1))) {
      words.addFirst(SIGNS.get(plain.charAt(0)));
    }
    if (words.isEmpty()) {
      plain.chars().limit(8).forEach(c -> words.add(SIGNS.getOrDefault((char) c, "u" + Integer.toHexString(c))));
    }
    return words.isEmpty() ? List.of("empty") : words;
  }

  private static void close(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.addAll(List.of(BORDERS.split(word)));
      word.setLength(0);
    }
  }

  /// A word that is written all in capitals becomes an ordinary one: `HTTP` as `Http`.
  private static String capital(String word) {
    String rest = word.substring(1);
    return Character.toUpperCase(word.charAt(0)) + (rest.equals(rest.toUpperCase(Locale.ROOT)) ? rest.toLowerCase(Locale.ROOT) : rest);
  }

  private static String small(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT)) ? word.toLowerCase(Locale.ROOT) : Character.toLowerCase(word.charAt(0)) + word.substring(1);
  }

  private static String begun(String identifier) {
    return Character.isDigit(identifier.charAt(0)) ? "_" + identifier : identifier;
  }
}
