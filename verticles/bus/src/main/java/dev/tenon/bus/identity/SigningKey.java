package dev.tenon.bus.identity;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A private key that signs tokens. Its id is the thumbprint of its public half (RFC 7638), so equal keys have equal ids.
///
/// Its text form never shows the private half.
public final class SigningKey {

  private static final int RSA_BITS = 2048;
  private static final int ED25519_BYTES = 32;

  private final KeyAlgorithm algorithm;
  private final JsonObject privateJwk;
  private final PublicKeys.Key publicKey;

  private SigningKey(JsonObject privateJwk) {
    this.publicKey = PublicKeys.Key.of(privateJwk);
    this.algorithm = publicKey.algorithm();
    this.privateJwk = privateJwk.copy().put("kid", publicKey.id()).put("alg", algorithm.header()).put("use", "sig");
  }

  /// A new random key. RSA keys take a moment to find: not on an event loop.
  public static SigningKey generate(KeyAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case RS256 -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(RSA_BITS);
          yield new SigningKey(jwkOf((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate()));
        }
        case EDDSA -> new SigningKey(jwkOf(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
      };
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("signing key – this JDK cannot make one for " + algorithm.header() + " – run on a complete JDK 25", missing);
    }
  }

  /// Reads what [#privateJwk()] wrote. Throws [UnusableKeys] with what is wrong; the message holds no key material.
  public static SigningKey of(JsonObject privateJwk) {
    String missing = "RSA".equals(privateJwk.getValue("kty"))
        ? absent(privateJwk, "n", "e", "d", "p", "q", "dp", "dq", "qi")
        : absent(privateJwk, "crv", "x", "d");
    if (!missing.isEmpty()) {
      throw new UnusableKeys("signing key – has no \"" + missing + "\" – give the private key as a JSON Web Key");
    }
    SigningKey key = new SigningKey(privateJwk);
    key.signOnce();
    return key;
  }

  public String id() {
    return publicKey.id();
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /// The whole key as a JSON Web Key, to be kept where secrets are kept.
  public JsonObject privateJwk() {
    return privateJwk.copy();
  }

  /// The half that may be published.
  public JsonObject publicJwk() {
    return publicKey.jwk();
  }

  @Override
  public String toString() {
    return algorithm.header() + " key " + id();
  }

  /// A key whose halves do not belong together, or whose numbers are no key, is found before anybody relies on it.
  private void signOnce() {
    TokenRules rules = new TokenRules("self-test", "self-test");
    try {
      String token = new Signer(this).sign(new JsonObject().put("sub", "self-test"), rules, 60);
      new PublicKeys(List.of(publicKey)).authenticate(token);
    } catch (RuntimeException | TokenRejected unusable) {
      throw new UnusableKeys("signing key " + id() + " – does not sign what its public half accepts – give a whole key pair");
    }
  }

  private static JsonObject jwkOf(RSAPrivateCrtKey key) {
    return new JsonObject()
        .put("kty", "RSA")
        .put("n", base64(key.getModulus()))
        .put("e", base64(key.getPublicExponent()))
        .put("d", base64(key.getPrivateExponent()))
        .put("p", base64(key.getPrimeP()))
        .put("q", base64(key.getPrimeQ()))
        .put("dp", base64(key.getPrimeExponentP()))
        .put("dq", base64(key.getPrimeExponentQ()))
        .put("qi", base64(key.getCrtCoefficient()));
  }

  private static JsonObject jwkOf(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return new JsonObject()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", base64(Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length)))
        .put("d", base64(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow()));
  }

  private static String absent(JsonObject jwk, String... names) {
    for (String name : names) {
      if (!(jwk.getValue(name) instanceof String text) || text.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return base64(bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
