package dev.tenon.contract.compare;

import java.util.Locale;

/// How bad a change is for the other side.
public enum Severity {
  /// A witness shows it: somebody who keeps to the old contract fails under the new one.
  BREAKING,
  /// It may break somebody, and nothing shows whether it does.
  RISKY,
  /// Nobody who keeps to the old contract notices.
  COMPATIBLE;

  /// As reports and flags write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
