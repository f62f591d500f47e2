package dev.tenon.bus.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Checks access tokens. Thread-safe; a token seen before costs a hash and a look-up, a new one a signature check of some
/// tens of microseconds, on the calling thread.
///
/// There is no verifier without keys, and none that accepts a token without a signature, `exp`, `iss`, `aud` or `sub`.
public final class TokenVerifier {

  /// A key set and what was accepted with it: a set that is replaced takes its cache along.
  private record Keys(PublicKeys keys, Cache<TokenHash, TokenCheck.Accepted> accepted) {}

  private final TokenRules rules;
  private final InstantSource clock;
  private volatile Keys current;

  private TokenVerifier(TokenRules rules, JsonObject jwks, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    replaceKeys(jwks);
  }

  /// Throws [UnusableKeys] when the key set (RFC 7517) holds no key that can be used, or one that must not be.
  public static TokenVerifier of(TokenRules rules, JsonObject jwks) {
    return of(rules, jwks, InstantSource.system());
  }

  static TokenVerifier of(TokenRules rules, JsonObject jwks, InstantSource clock) {
    return new TokenVerifier(rules, jwks, clock);
  }

  /// Checks a token as it stands in `Authorization: Bearer …`, without the scheme.
  public TokenCheck check(String token) {
    Keys keys = current;
    if (token.length() > TokenHeader.TOKEN_CHARS_MAX) {
      return checkAnew(keys, token);
    }
    TokenHash hash = TokenHash.of(token);
    TokenCheck.Accepted known = keys.accepted().getIfPresent(hash);
    if (known != null && clock.instant().isBefore(known.expires().plus(rules.leeway()))) {
      return known;
    }
    TokenCheck result = checkAnew(keys, token);
    if (result instanceof TokenCheck.Accepted accepted) {
      keys.accepted().put(hash, accepted);
    }
    return result;
  }

  /// Checks with another key set from now on, for rotation. What was accepted under the old one is forgotten. When the
  /// new set is unusable, [UnusableKeys] is thrown and the old one stays.
  public void replaceKeys(JsonObject jwks) {
    PublicKeys keys = PublicKeys.ofJwks(jwks);
    Cache<TokenHash, TokenCheck.Accepted> accepted = Caffeine.newBuilder()
        .maximumSize(rules.cachedMax())
        .expireAfter(Expiry.<TokenHash, TokenCheck.Accepted>creating((hash, token) -> remaining(token)))
        .build();
    current = new Keys(keys, accepted);
  }

  /// Tokens remembered as accepted, about.
  long cached() {
    current.accepted().cleanUp();
    return current.accepted().estimatedSize();
  }

  private TokenCheck checkAnew(Keys keys, String token) {
    try {
      return new Claims(keys.keys().authenticate(token), rules).check(clock.instant());
    } catch (TokenRejected rejected) {
      return rejected.rejection();
    }
  }

  private Duration remaining(TokenCheck.Accepted token) {
    Duration left = Duration.between(clock.instant(), token.expires().plus(rules.leeway()));
    return left.isNegative() ? Duration.ZERO : left.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : left;
  }
}
