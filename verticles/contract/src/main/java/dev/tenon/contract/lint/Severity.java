package dev.tenon.contract.lint;

import java.util.Locale;

/// How bad a finding is.
public enum Severity {
  /// The document is not what the specification or a rule asks for.
  ERROR,
  /// It can be used, and somebody will be sorry.
  WARNING;

  /// `error` or `warning`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
