package dev.tenon.bus.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/// The claims of a token whose signature is good, checked against the rules. What must be there is never assumed.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, registered claims</a>
final class Claims {

  private static final int SUBJECT_CHARS_MAX = 255;
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final JsonObject claims;
  private final TokenRules rules;

  Claims(JsonObject claims, TokenRules rules) {
    this.claims = claims;
    this.rules = rules;
  }

  TokenCheck.Accepted check(Instant now) throws TokenRejected {
    Instant expires = checkTimes(now);
    if (!rules.issuer().equals(text("iss"))) {
      throw new TokenRejected(TokenCheck.Reason.WRONG_ISSUER, "the token was not issued by " + rules.issuer());
    }
    if (!audienceFits()) {
      throw new TokenRejected(TokenCheck.Reason.WRONG_AUDIENCE, "the token is not meant for " + rules.audience());
    }
    String subject = text("sub");
    if (subject.length() > SUBJECT_CHARS_MAX) {
      throw missing("sub");
    }
    return new TokenCheck.Accepted(new Identity(subject, words("scope"), words("roles")), expires);
  }

  private Instant checkTimes(Instant now) throws TokenRejected {
    Instant expires = time("exp");
    if (!now.isBefore(expires.plus(rules.leeway()))) {
      throw new TokenRejected(TokenCheck.Reason.EXPIRED, "the token has expired – log in again or refresh it");
    }
    for (String start : new String[] {"nbf", "iat"}) {
      if (claims.containsKey(start) && time(start).isAfter(now.plus(rules.leeway()))) {
        throw new TokenRejected(TokenCheck.Reason.NOT_YET_VALID, "the token is not valid yet");
      }
    }
    return expires;
  }

  private boolean audienceFits() throws TokenRejected {
    return switch (claims.getValue("aud")) {
      case String one -> one.equals(rules.audience());
      case JsonArray many -> many.contains(rules.audience());
      case null, default -> throw missing("aud");
    };
  }

  private Instant time(String name) throws TokenRejected {
    if (!(claims.getValue(name) instanceof Number number) || Double.isNaN(number.doubleValue())) {
      throw missing(name);
    }
    return Instant.ofEpochSecond(Math.clamp((long) number.doubleValue(), 0, LAST_SECOND));
  }

  private String text(String name) throws TokenRejected {
    if (claims.getValue(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw missing(name);
  }

  /// Words of a space-separated string (RFC 8693) or of an array of strings; anything else counts as none.
  private Set<String> words(String name) {
    Set<String> words = new LinkedHashSet<>();
    switch (claims.getValue(name)) {
      case String text -> {
        for (String word : text.split(" ")) {
          if (!word.isEmpty()) {
            words.add(word);
          }
        }
      }
      case JsonArray array -> {
        for (Object entry : array) {
          if (entry instanceof String word && !word.isEmpty()) {
            words.add(word);
          }
        }
      }
      case null, default -> {
        return Set.of();
      }
    }
    return words;
  }

  private static TokenRejected missing(String name) {
    return new TokenRejected(TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"" + name + "\"");
  }
}
