package dev.tenon.bus.identity;

import java.time.Instant;

/// What came of checking a token.
public sealed interface TokenCheck {

  /// @param expires when the token stops being good, without leeway
  record Accepted(Identity identity, Instant expires) implements TokenCheck {}

  /// @param message one sentence that may be shown to whoever sent the token
  record Rejected(Reason reason, String message) implements TokenCheck {}

  enum Reason {
    /// Not a token: parts, encoding, JSON or size.
    MALFORMED,
    /// A token nobody signed.
    UNSIGNED,
    /// Signed in a way that is not accepted, or not the way of the key it names.
    ALGORITHM,
    /// Signed with a key that is not, or no longer, in the key set.
    UNKNOWN_KEY,
    /// The signature does not fit.
    SIGNATURE,
    /// A claim that every token must have is absent or of the wrong type.
    CLAIM_MISSING,
    EXPIRED,
    NOT_YET_VALID,
    WRONG_ISSUER,
    WRONG_AUDIENCE
  }
}
