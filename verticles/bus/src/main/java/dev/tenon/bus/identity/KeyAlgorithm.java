package dev.tenon.bus.identity;

/// The two ways tokens are signed here. No symmetric one: whoever can check a token must not be able to make one.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7518">RFC 7518</a>, <a href="https://www.rfc-editor.org/rfc/rfc8037">RFC 8037</a>
public enum KeyAlgorithm {
  RS256("RS256"),
  EDDSA("EdDSA");

  private final String header;

  KeyAlgorithm(String header) {
    this.header = header;
  }

  /// The name in a token's `alg` and in a key's.
  public String header() {
    return header;
  }
}
