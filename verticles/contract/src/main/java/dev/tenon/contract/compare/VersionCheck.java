package dev.tenon.contract.compare;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether `info.version` grew as much as the changes ask for.
///
/// Versions are semantic. Before 1.0.0 the second number stands for the first, as everywhere: what breaks raises it, and everything else raises the third.
///
/// @param required which number must grow
/// @param least the smallest version that would do; empty where the old one is not a semantic version
/// @param enough whether the new version is that or later; true where that cannot be said
/// @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
public record VersionCheck(String oldVersion, String newVersion, Bump required, Optional<String> least, boolean enough) {

  private static final Pattern SEMANTIC = Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?");

  private record Numbers(int major, int minor, int patch) {

    static Optional<Numbers> of(String version) {
      Matcher matcher = SEMANTIC.matcher(version);
      return matcher.matches()
          ? Optional.of(new Numbers(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))))
          : Optional.empty();
    }

    Numbers raised(Bump bump) {
      return switch (bump) {
        case NONE -> this;
        case PATCH -> new Numbers(major, minor, patch + 1);
        case MINOR -> new Numbers(major, minor + 1, 0);
        case MAJOR -> new Numbers(major + 1, 0, 0);
      };
    }

    boolean isAtLeast(Numbers other) {
      return major != other.major ? major > other.major : minor != other.minor ? minor > other.minor : patch >= other.patch;
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + patch;
    }
  }

  static VersionCheck of(String oldVersion, String newVersion, Bump needed) {
    Optional<Numbers> old = Numbers.of(oldVersion);
    Optional<Numbers> now = Numbers.of(newVersion);
    Bump bump = old.filter(numbers -> numbers.major() == 0).isEmpty() ? needed : switch (needed) {
      case MAJOR -> Bump.MINOR;
      case MINOR, PATCH -> Bump.PATCH;
      case NONE -> Bump.NONE;
    };
    Optional<Numbers> least = old.map(numbers -> numbers.raised(bump));
    boolean enough = least.isEmpty() || now.isEmpty() || now.get().isAtLeast(least.get());
    return new VersionCheck(oldVersion, newVersion, bump, least.map(Numbers::toString), enough);
  }

  /// What a report says of it.
  public String sentence() {
    if (oldVersion.isEmpty() || newVersion.isEmpty() || least.isEmpty()) {
      return "info.version is not a semantic version in both documents, so it was not checked";
    }
    String versions = "info.version goes from " + oldVersion + " to " + newVersion;
    return required == Bump.NONE ? versions
        : enough ? versions + ", which is enough for a " + required.name().toLowerCase(Locale.ROOT) + " change"
        : versions + " – the changes ask for a " + required.name().toLowerCase(Locale.ROOT) + " one, so make it at least " + least.get();
  }
}
