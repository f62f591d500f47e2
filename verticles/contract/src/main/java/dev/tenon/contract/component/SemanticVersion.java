package dev.tenon.contract.component;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version by Semantic Versioning 2.0.0. Build metadata is not kept: it plays no part in comparing.
///
/// @param preRelease identifiers after the hyphen; none for a release
/// @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
public record SemanticVersion(int major, int minor, int patch, List<String> preRelease) implements Comparable<SemanticVersion> {

  private static final String NUMBER = "(0|[1-9]\\d{0,8})";
  private static final String IDENTIFIER = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern VERSION = Pattern.compile(
      NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

  public SemanticVersion {
    preRelease = List.copyOf(preRelease);
  }

  /// A release.
  public static SemanticVersion of(int major, int minor, int patch) {
    return new SemanticVersion(major, minor, patch, List.of());
  }

  /// Empty for a text that is no version.
  public static Optional<SemanticVersion> parse(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches()
        ? Optional.of(new SemanticVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), identifiers(matcher.group(4))))
        : Optional.empty();
  }

  static List<String> identifiers(String text) {
    return text == null ? List.of() : List.of(text.split("\\."));
  }

  /// The release that this is, or is before.
  public SemanticVersion release() {
    return of(major, minor, patch);
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int numbers = major != other.major ? Integer.compare(major, other.major)
        : minor != other.minor ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
    if (numbers != 0 || preRelease.equals(other.preRelease)) {
      return numbers;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return preRelease.isEmpty() ? 1 : -1;
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int one = compare(preRelease.get(i), other.preRelease.get(i));
      if (one != 0) {
        return one;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compare(String one, String other) {
    boolean number = one.chars().allMatch(Character::isDigit);
    boolean otherNumber = other.chars().allMatch(Character::isDigit);
    if (number && otherNumber) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease));
  }
}
