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
  /// @param waitSecondsMax the longest wait
  record Throttling(int failuresFree, int waitSecondsMax) {

    /// How long an account with so many failures, the last of them so long ago, still has to wait; 0 for not at all.
    int waitSeconds(int failures, double secondsAgo) {
      if (failures < failuresFree) {
        return 0;
      }
      double wait = Math.min(waitSecondsMax, Math.pow(2, failures - failuresFree));
      return (int) Math.ceil(Math.max(0, wait - secondsAgo));
    }
  }

  static final AuthSettings DEFAULTS = new AuthSettings(
      Duration.ofMinutes(10), Duration.ofDays(30), Duration.ofDays(90), new Hashing(2, 64), new Throttling(5, 300));
}
