package dev.tenon.bus.identity;

import java.time.Duration;

/// What every token must say, on both sides.
///
/// @param issuer the token's `iss`
/// @param audience what the token's `aud` is or contains
/// @param leeway how far the clocks of issuer and verifier may differ; at most a minute
/// @param cachedMax how many checked tokens a verifier remembers
public record TokenRules(String issuer, String audience, Duration leeway, int cachedMax) {

  public TokenRules {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("token rules – issuer is \"" + issuer + "\", audience is \"" + audience + "\" – name both");
    }
    if (leeway.isNegative() || leeway.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("token rules – leeway is " + leeway + " – give 0 to 60 seconds");
    }
    if (cachedMax < 0) {
      throw new IllegalArgumentException("token rules – cachedMax is " + cachedMax + " – give 0 or more");
    }
  }

  /// Five seconds of leeway, 10,000 tokens remembered.
  public TokenRules(String issuer, String audience) {
    this(issuer, audience, Duration.ofSeconds(5), 10_000);
  }
}
