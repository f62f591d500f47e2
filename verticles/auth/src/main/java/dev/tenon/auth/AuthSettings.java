package dev.tenon.auth;

import java.time.Duration;

/// What `settings` in component.yaml may change.
record AuthSettings(
    Duration accessTokenLifetime, Duration refreshTokenLifetime, Duration sessionLifetime, Hashing hashing, Throttling throttling) {

  /// @param parallel password hashes computed at the same time; each takes 46 MiB
  /// @param waiting hashes that may wait for their turn; more are refused
  record Hashing(int parallel, int waiting) {
    Hashing {
      if (parallel < 1 || parallel > 16 || waiting < 1 || waiting > 1_000) {
        throw new IllegalArgumentException("hashing – parallel is " + parallel + ", waiting is " + waiting
            + " – give 1 to 16, and 1 to 1000");
      }
    }
  }

  /// @param failuresFree wrong passwords in a row for one account before it has to wait
  record Throttling(int failuresFree, int waitSecondsMax) {}

  static final AuthSettings DEFAULTS = new AuthSettings(
      Duration.ofMinutes(10), Duration.ofDays(30), Duration.ofDays(90), new Hashing(2, 64), new Throttling(5, 300));
}
