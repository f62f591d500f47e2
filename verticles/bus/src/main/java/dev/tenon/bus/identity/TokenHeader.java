package dev.tenon.bus.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/// The first part of a signed token, read before any key is touched.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515</a>
record TokenHeader(KeyAlgorithm algorithm, Optional<String> keyId) {

  /// Longer tokens are refused unread.
  static final int TOKEN_CHARS_MAX = 8 * 1024;

  static TokenHeader of(String token) throws TokenRejected {
    if (token.length() > TOKEN_CHARS_MAX) {
      throw malformed("the token is longer than " + TOKEN_CHARS_MAX + " characters");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length == 2 || parts.length == 3 && parts[2].isEmpty()) {
      throw unsigned();
    }
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw malformed("the token does not have three parts");
    }
    JsonObject header = json(parts[0]);
    json(parts[1]);
    if (header.containsKey("crit")) {
      throw malformed("the token demands extensions that are not known here");
    }
    return new TokenHeader(algorithm(header), header.getValue("kid") instanceof String kid ? Optional.of(kid) : Optional.empty());
  }

  private static KeyAlgorithm algorithm(JsonObject header) throws TokenRejected {
    if (!(header.getValue("alg") instanceof String name)) {
      throw malformed("the token does not say how it is signed");
    }
    if (name.equalsIgnoreCase("none")) {
      throw unsigned();
    }
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      if (algorithm.header().equals(name)) {
        return algorithm;
      }
    }
    throw new TokenRejected(TokenCheck.Reason.ALGORITHM, "the token is signed in a way that is not accepted – use RS256 or EdDSA");
  }

  private static JsonObject json(String part) throws TokenRejected {
    try {
      return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    } catch (IllegalArgumentException | DecodeException unreadable) {
      throw malformed("the token cannot be read");
    }
  }

  private static TokenRejected malformed(String message) {
    return new TokenRejected(TokenCheck.Reason.MALFORMED, message);
  }

  private static TokenRejected unsigned() {
    return new TokenRejected(TokenCheck.Reason.UNSIGNED, "the token is not signed");
  }
}
