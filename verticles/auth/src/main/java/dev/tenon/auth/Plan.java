package dev.tenon.auth;

import java.util.Locale;

/// What a user may use.
enum Plan {
  FREE(12_000_000),
  PRO(50_000_000);

  private final int imagePixelsMax;

  Plan(int imagePixelsMax) {
    this.imagePixelsMax = imagePixelsMax;
  }

  /// The largest image, width times height.
  int imagePixelsMax() {
    return imagePixelsMax;
  }

  /// As the contract and the database write it.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Plan of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
