package dev.tenon.bus.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A set of public keys and the signature check with them. There is no empty one: [JWTAuth] without a key would accept
/// unsigned tokens.
final class PublicKeys {

  private static final int RSA_BITS_MIN = 2048;
  private static final Set<String> NOT_FOR_SIGNATURES = Set.of("enc");

  /// One public key.
  ///
  /// @param jwk its public members only, with `kid`, `alg` and `use`
  record Key(String id, KeyAlgorithm algorithm, JsonObject jwk) {

    /// Reads the public half of a JSON Web Key. Throws [UnusableKeys].
    static Key of(JsonObject jwk) {
      String type = text(jwk, "kty");
      return switch (type) {
        case "RSA" -> rsa(jwk);
        case "OKP" -> ed25519(jwk);
        case "oct" -> throw new UnusableKeys("key set – holds a symmetric key – whoever checks with it could sign with it: use RSA or Ed25519");
        default -> throw new UnusableKeys("key – has kty \"" + type + "\" – use RSA or OKP");
      };
    }

    @Override
    public JsonObject jwk() {
      return jwk.copy();
    }

    private static Key rsa(JsonObject jwk) {
      JsonObject members = new JsonObject().put("e", text(jwk, "e")).put("kty", "RSA").put("n", text(jwk, "n"));
      Key key = withId(jwk, members, KeyAlgorithm.RS256);
      if (!(key.parsed().publicKey() instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < RSA_BITS_MIN) {
        throw new UnusableKeys("RSA key " + key.id() + " – is shorter than " + RSA_BITS_MIN + " bits – make a longer one");
      }
      return key;
    }

    private static Key ed25519(JsonObject jwk) {
      if (!"Ed25519".equals(text(jwk, "crv"))) {
        throw new UnusableKeys("OKP key – has crv \"" + text(jwk, "crv") + "\" – use Ed25519");
      }
      Key key = withId(jwk, new JsonObject().put("crv", "Ed25519").put("kty", "OKP").put("x", text(jwk, "x")), KeyAlgorithm.EDDSA);
      if (key.parsed().publicKey() == null) {
        throw new UnusableKeys("Ed25519 key " + key.id() + " – is no key – give its \"x\"");
      }
      return key;
    }

    private static Key withId(JsonObject jwk, JsonObject members, KeyAlgorithm algorithm) {
      String stated = jwk.getValue("alg") instanceof String alg ? alg : algorithm.header();
      if (!stated.equals(algorithm.header())) {
        throw new UnusableKeys("key – has alg \"" + stated + "\" – use " + algorithm.header() + " with this kind of key");
      }
      String id = jwk.getValue("kid") instanceof String kid && !kid.isEmpty() ? kid : thumbprint(members);
      return new Key(id, algorithm, members.copy().put("kid", id).put("alg", algorithm.header()).put("use", "sig"));
    }

    private JWK parsed() {
      try {
        return new JWK(jwk);
      } catch (RuntimeException invalid) {
        throw new UnusableKeys("key " + id + " – cannot be read as a public key – give a JSON Web Key (RFC 7517)");
      }
    }

    /// RFC 7638: the members in the order of their names, without spaces.
    private static String thumbprint(JsonObject members) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(members.encode().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static String text(JsonObject jwk, String name) {
      if (jwk.getValue(name) instanceof String text && !text.isEmpty()) {
        return text;
      }
      throw new UnusableKeys("key – has no \"" + name + "\" – give a JSON Web Key (RFC 7517)");
    }
  }

  private final Map<String, Key> byId = new HashMap<>();
  private final Set<KeyAlgorithm> algorithms = new HashSet<>();
  private final JWTAuth signatures;

  PublicKeys(List<Key> keys) {
    if (keys.isEmpty()) {
      throw new UnusableKeys("key set – holds no key that can check a signature – give at least one RSA or Ed25519 key");
    }
    for (Key key : keys) {
      Key other = byId.putIfAbsent(key.id(), key);
      if (other != null && !other.jwk().equals(key.jwk())) {
        throw new UnusableKeys("key set – has two different keys with the id " + key.id() + " – give each its own");
      }
      algorithms.add(key.algorithm());
    }
    // Only the signature is checked there; every claim is checked in Claims, strictly.
    JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    byId.values().forEach(key -> options.addJwk(key.jwk()));
    this.signatures = JWTAuth.create(null, options);
  }

  /// Reads a key set (RFC 7517). Keys for encryption are passed over; a key that cannot be used otherwise makes the whole
  /// set unusable, so that a typing mistake is not found by the user whose token it refuses.
  static PublicKeys ofJwks(JsonObject jwks) {
    if (!(jwks.getValue("keys") instanceof JsonArray array)) {
      throw new UnusableKeys("key set – has no \"keys\" array – give a JSON Web Key Set (RFC 7517)");
    }
    List<Key> keys = new ArrayList<>();
    for (Object entry : array) {
      if (!(entry instanceof JsonObject jwk)) {
        throw new UnusableKeys("key set – holds something that is no object – give a JSON Web Key Set (RFC 7517)");
      }
      if (!(jwk.getValue("use") instanceof String use && NOT_FOR_SIGNATURES.contains(use))) {
        keys.add(Key.of(jwk));
      }
    }
    return new PublicKeys(keys);
  }

  /// The key set as it may be published.
  JsonObject jwks() {
    JsonArray keys = new JsonArray();
    byId.values().forEach(key -> keys.add(key.jwk()));
    return new JsonObject().put("keys", keys);
  }

  /// The claims of a token whose signature is good; nothing is known about the claims themselves yet.
  JsonObject authenticate(String token) throws TokenRejected {
    checkHeader(TokenHeader.of(token));
    Future<User> user;
    try {
      user = signatures.authenticate(new TokenCredentials(token));
    } catch (RuntimeException unreadable) {
      throw new TokenRejected(TokenCheck.Reason.MALFORMED, "the token's claims cannot be read");
    }
    if (!user.succeeded()) {
      throw user.cause() instanceof GeneralSecurityException || user.cause().getCause() instanceof GeneralSecurityException
          ? new TokenRejected(TokenCheck.Reason.SIGNATURE, "the token's signature does not fit")
          : new TokenRejected(TokenCheck.Reason.MALFORMED, "the token cannot be read");
    }
    return user.result().attributes().getJsonObject("accessToken");
  }

  private void checkHeader(TokenHeader header) throws TokenRejected {
    KeyAlgorithm algorithm = header.algorithm();
    if (header.keyId().isEmpty()) {
      if (!algorithms.contains(algorithm)) {
        throw new TokenRejected(TokenCheck.Reason.ALGORITHM, "the token is signed with " + algorithm.header() + ", which no key here is for");
      }
      return;
    }
    Key key = byId.get(header.keyId().get());
    if (key == null) {
      throw new TokenRejected(TokenCheck.Reason.UNKNOWN_KEY, "the token is signed with a key that is not known here");
    }
    if (key.algorithm() != algorithm) {
      throw new TokenRejected(TokenCheck.Reason.ALGORITHM, "the token says " + algorithm.header() + ", but its key is for " + key.algorithm().header());
    }
  }
}
