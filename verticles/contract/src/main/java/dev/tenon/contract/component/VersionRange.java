package dev.tenon.contract.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which versions of a component fit, written as npm does: `^1.2`, `~1.2.3`, `>=1.2 <3`, `1.x`, `1.2 - 2.0`, `^1 || ^2`, `*`.
///
/// A pre-release fits only where the range names a pre-release of the same three numbers.
///
/// @see <a href="https://github.com/npm/node-semver#ranges">npm's ranges</a>
public final class VersionRange {

  private static final int TEXT_MAX = 256;
  private static final String PART = "[xX*]|0|[1-9]\\d{0,8}";
  private static final String PARTIAL = "v?(" + PART + ")(?:\\.(" + PART + ")(?:\\.(" + PART + ")(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?)?)?";
  private static final Pattern SIMPLE = Pattern.compile("(\\^|~>?|>=|<=|>|<|=)?\\s*" + PARTIAL);
  private static final Pattern HYPHEN = Pattern.compile(PARTIAL + "\\s+-\\s+" + PARTIAL);
  private static final SemanticVersion ZERO = SemanticVersion.of(0, 0, 0);

  private enum Sense { AT_LEAST, MORE, AT_MOST, LESS, EXACTLY, NEVER }

  private record Bound(Sense sense, SemanticVersion version) {

    boolean holds(SemanticVersion candidate) {
      int order = candidate.compareTo(version);
      return switch (sense) {
        case AT_LEAST -> order >= 0;
        case MORE -> order > 0;
        case AT_MOST -> order <= 0;
        case LESS -> order < 0;
        case EXACTLY -> order == 0;
        case NEVER -> false;
      };
    }
  }

  /// A version of which the last numbers may be left open: -1.
  private record Partial(int major, int minor, int patch, List<String> preRelease) {

    static Partial of(Matcher matcher, int group) {
      int major = number(matcher.group(group));
      int minor = major < 0 ? -1 : number(matcher.group(group + 1));
      int patch = minor < 0 ? -1 : number(matcher.group(group + 2));
      return new Partial(major, minor, patch, patch < 0 ? List.of() : SemanticVersion.identifiers(matcher.group(group + 3)));
    }

    private static int number(String text) {
      return text == null || text.equals("x") || text.equals("X") || text.equals("*") ? -1 : Integer.parseInt(text);
    }

    SemanticVersion lowest() {
      return new SemanticVersion(Math.max(0, major), Math.max(0, minor), Math.max(0, patch), preRelease);
    }

    /// The first version after all that the partial stands for, pre-releases of it included; only where something is open.
    SemanticVersion after() {
      return minor < 0 ? first(major + 1, 0, 0) : first(major, minor + 1, 0);
    }

    boolean open() {
      return patch < 0;
    }
  }

  private final String text;
  private final List<List<Bound>> alternatives;

  private VersionRange(String text, List<List<Bound>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /// Empty for a text that is no range.
  public static Optional<VersionRange> parse(String text) {
    if (text.length() > TEXT_MAX) {
      return Optional.empty();
    }
    List<List<Bound>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      List<Bound> bounds = new ArrayList<>();
      if (!alternative(alternative.strip(), bounds)) {
        return Optional.empty();
      }
      alternatives.add(List.copyOf(bounds));
    }
    return Optional.of(new VersionRange(text.strip(), List.copyOf(alternatives)));
  }

  /// Whether a version fits.
  public boolean contains(SemanticVersion version) {
    return alternatives.stream().anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.holds(version)) && (version.preRelease().isEmpty() || bounds.stream()
        .anyMatch(bound -> !bound.version().preRelease().isEmpty() && !bound.version().preRelease().equals(FIRST) && bound.version().release().equals(version.release()))));
  }

  private static boolean alternative(String text, List<Bound> bounds) {
    if (text.isEmpty()) {
      return bounds.add(new Bound(Sense.AT_LEAST, ZERO));
    }
    Matcher hyphen = HYPHEN.matcher(text);
    if (hyphen.matches()) {
      Partial to = Partial.of(hyphen, 5);
      bounds.add(new Bound(Sense.AT_LEAST, Partial.of(hyphen, 1).lowest()));
      if (to.major() >= 0) {
        bounds.add(to.open() ? new Bound(Sense.LESS, to.after()) : new Bound(Sense.AT_MOST, to.lowest()));
      }
      return true;
    }
    Matcher simple = SIMPLE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      simple.region(at, text.length());
      if (!simple.lookingAt() || simple.end() < text.length() && !Character.isWhitespace(text.charAt(simple.end()))) {
        return false;
      }
      simple(simple.group(1) == null ? "" : simple.group(1), Partial.of(simple, 2), bounds);
      at = simple.end();
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
    return true;
  }

  private static void simple(String operator, Partial partial, List<Bound> bounds) {
    if (partial.major() < 0) {
      bounds.add(operator.equals("<") || operator.equals(">") ? new Bound(Sense.NEVER, ZERO) : new Bound(Sense.AT_LEAST, ZERO));
      return;
    }
    SemanticVersion lowest = partial.lowest();
    switch (operator) {
      case "^" -> between(lowest, caret(partial), bounds);
      case "~", "~>" -> between(lowest, partial.minor() < 0 ? first(partial.major() + 1, 0, 0) : first(partial.major(), partial.minor() + 1, 0), bounds);
      case ">=" -> bounds.add(new Bound(Sense.AT_LEAST, lowest));
      case ">" -> bounds.add(partial.open() ? new Bound(Sense.AT_LEAST, partial.after().release()) : new Bound(Sense.MORE, lowest));
      case "<" -> bounds.add(new Bound(Sense.LESS, partial.open() ? first(lowest.major(), lowest.minor(), lowest.patch()) : lowest));
      case "<=" -> bounds.add(partial.open() ? new Bound(Sense.LESS, partial.after()) : new Bound(Sense.AT_MOST, lowest));
      default -> {
        if (partial.open()) {
          between(lowest, partial.after(), bounds);
        } else {
          bounds.add(new Bound(Sense.EXACTLY, lowest));
        }
      }
    }
  }

  private static void between(SemanticVersion lowest, SemanticVersion end, List<Bound> bounds) {
    bounds.add(new Bound(Sense.AT_LEAST, lowest));
    bounds.add(new Bound(Sense.LESS, end));
  }

  /// The first number that is not 0 stays as it is.
  private static SemanticVersion caret(Partial partial) {
    if (partial.major() > 0 || partial.minor() < 0) {
      return first(partial.major() + 1, 0, 0);
    }
    return partial.minor() > 0 || partial.patch() < 0 ? first(0, partial.minor() + 1, 0) : first(0, 0, partial.patch() + 1);
  }

  private static final List<String> FIRST = List.of("0");

  /// Before every other version of these numbers: what is below it is below its pre-releases too.
  private static SemanticVersion first(int major, int minor, int patch) {
    return new SemanticVersion(major, minor, patch, FIRST);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRange range && range.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// As it was written.
  @Override
  public String toString() {
    return text;
  }
}
