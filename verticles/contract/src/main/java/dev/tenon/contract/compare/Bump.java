package dev.tenon.contract.compare;

import java.util.Locale;

/// Which number of a semantic version must grow. In the order of their weight.
public enum Bump {
  NONE, PATCH, MINOR, MAJOR;

  /// As reports write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Bump max(Bump other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
