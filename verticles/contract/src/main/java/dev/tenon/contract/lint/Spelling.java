package dev.tenon.contract.lint;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What somebody may have meant.
final class Spelling {

  private Spelling() {}

  static String advice(String name, Collection<String> known) {
    return closest(name, known).map(close -> "did you mean \"" + close + "\"?").orElse("remove it, or begin its name with x-");
  }

  /// `a, b or c`.
  static String list(List<String> words) {
    return words.size() < 2 ? String.join("", words) : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  private static Optional<String> closest(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    int bound = Math.max(1, name.length() / 3);
    String best = null;
    for (String candidate : known) {
      int distance = name.length() > 40 ? Integer.MAX_VALUE : distance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance <= bound) {
        bound = distance - 1;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Levenshtein's.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
