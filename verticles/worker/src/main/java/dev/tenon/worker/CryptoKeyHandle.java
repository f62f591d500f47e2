package dev.tenon.worker;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import org.graalvm.polyglot.HostAccess;

/// The Java half of a `CryptoKey`. JavaScript holds it and hands it back; it cannot look inside.
public final class CryptoKeyHandle {

  private final Key key;
  private final Optional<PublicKey> partner;

  private CryptoKeyHandle(Key key, Optional<PublicKey> partner) {
    this.key = key;
    this.partner = partner;
  }

  static CryptoKeyHandle of(Key key) {
    return new CryptoKeyHandle(key, Optional.empty());
  }

  /// A private key whose public half is known: its JWK form has members of both.
  static CryptoKeyHandle of(PrivateKey key, PublicKey partner) {
    return new CryptoKeyHandle(key, Optional.of(partner));
  }

  Key key() {
    return key;
  }

  /// The public half of a private key.
  Optional<PublicKey> partner() {
    return partner;
  }

  /// Two handles that belong together, as JavaScript receives them from a generator.
  public static final class Pair {

    private final CryptoKeyHandle publicKey;
    private final CryptoKeyHandle privateKey;

    Pair(PublicKey publicKey, PrivateKey privateKey) {
      this.publicKey = of(publicKey);
      this.privateKey = of(privateKey, publicKey);
    }

    @HostAccess.Export
    public CryptoKeyHandle publicKey() {
      return publicKey;
    }

    @HostAccess.Export
    public CryptoKeyHandle privateKey() {
      return privateKey;
    }
  }
}
