package dev.tenon.bus.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenTest {

  private static final TokenRules RULES = new TokenRules("tenon-auth", "tenon");
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final SigningKey RSA = SigningKey.generate(KeyAlgorithm.RS256);
  private static final SigningKey ED = SigningKey.generate(KeyAlgorithm.EDDSA);
  private static final SigningKey FOREIGN = SigningKey.generate(KeyAlgorithm.RS256);
  private static final Identity ANNA = new Identity("user-1", Set.of("image:write", "ai:use"), Set.of("admin"));

  @Test
  void whatWasIssuedIsAcceptedWithTheCallersIdentity() {
    for (SigningKey key : List.of(RSA, ED)) {
      TokenIssuer issuer = TokenIssuer.of(RULES, TEN_MINUTES, List.of(key));
      TokenVerifier verifier = TokenVerifier.of(RULES, issuer.jwks());
      String token = issuer.issue(ANNA, new JsonObject().put("plan", "pro").put("iss", "someone else").put("exp", 0));
      TokenCheck.Accepted accepted = assertInstanceOf(TokenCheck.Accepted.class, verifier.check(token));
      assertEquals(ANNA, accepted.identity());
      assertTrue(accepted.expires().isAfter(Instant.now().plusSeconds(590)));
      assertEquals("pro", claimsOf(token).getString("plan"));
      assertEquals(Set.of("iss", "aud", "sub", "iat", "exp", "jti", "scope", "roles", "plan"), claimsOf(token).fieldNames());
      assertNotEquals(token, issuer.issue(ANNA));
    }
  }

  @Test
  void everyWayOfBeingWrongIsNamed() throws Exception {
    record Row(String name, String token, TokenCheck.Reason reason, String message) {}
    long now = Instant.now().getEpochSecond();
    JsonObject good = good(now);
    String token = signed(RSA, good);
    String[] parts = token.split("\\.");
    JsonObject header = new JsonObject().put("alg", "RS256").put("kid", RSA.id());
    List<Row> rows = new ArrayList<>(List.of(
        new Row("empty", "", TokenCheck.Reason.MALFORMED, "the token does not have three parts"),
        new Row("no parts", "abc", TokenCheck.Reason.MALFORMED, "the token does not have three parts"),
        new Row("four parts", token + ".x", TokenCheck.Reason.MALFORMED, "the token does not have three parts"),
        new Row("empty parts", "..x", TokenCheck.Reason.MALFORMED, "the token does not have three parts"),
        new Row("header not base64", "*." + parts[1] + "." + parts[2], TokenCheck.Reason.MALFORMED, "the token cannot be read"),
        new Row("header not JSON", base64("nope") + "." + parts[1] + "." + parts[2], TokenCheck.Reason.MALFORMED, "the token cannot be read"),
        new Row("claims not JSON", parts[0] + "." + base64("[1]") + "." + parts[2], TokenCheck.Reason.MALFORMED, "the token cannot be read"),
        new Row("no alg", unsigned(new JsonObject(), good) + "." + parts[2], TokenCheck.Reason.MALFORMED, "the token does not say how it is signed"),
        new Row("crit", unsigned(header.copy().put("crit", new JsonArray().add("b64")), good) + "." + parts[2], TokenCheck.Reason.MALFORMED,
            "the token demands extensions that are not known here"),
        new Row("too long", "a".repeat(8_193), TokenCheck.Reason.MALFORMED, "the token is longer than 8192 characters"),
        new Row("alg none, two parts", unsigned(new JsonObject().put("alg", "none"), good), TokenCheck.Reason.UNSIGNED, "the token is not signed"),
        new Row("alg none, empty signature", unsigned(new JsonObject().put("alg", "none"), good) + ".", TokenCheck.Reason.UNSIGNED, "the token is not signed"),
        new Row("alg none, some signature", unsigned(new JsonObject().put("alg", "none"), good) + "." + parts[2], TokenCheck.Reason.UNSIGNED, "the token is not signed"),
        new Row("alg NoNe", unsigned(new JsonObject().put("alg", "NoNe"), good) + ".AA", TokenCheck.Reason.UNSIGNED, "the token is not signed"),
        new Row("signature cut off", parts[0] + "." + parts[1], TokenCheck.Reason.UNSIGNED, "the token is not signed"),
        new Row("HS256 with the public key", hs256WithThePublicKey(good), TokenCheck.Reason.ALGORITHM,
            "the token is signed in a way that is not accepted – use RS256 or EdDSA"),
        new Row("RS512", unsigned(header.copy().put("alg", "RS512"), good) + "." + parts[2], TokenCheck.Reason.ALGORITHM,
            "the token is signed in a way that is not accepted – use RS256 or EdDSA"),
        new Row("EdDSA with the RSA key's id", unsigned(header.copy().put("alg", "EdDSA"), good) + "." + parts[2], TokenCheck.Reason.ALGORITHM,
            "the token says EdDSA, but its key is for RS256"),
        new Row("EdDSA without a key for it", unsigned(new JsonObject().put("alg", "EdDSA"), good) + "." + parts[2], TokenCheck.Reason.ALGORITHM,
            "the token is signed with EdDSA, which no key here is for"),
        new Row("foreign key", signed(FOREIGN, good), TokenCheck.Reason.UNKNOWN_KEY, "the token is signed with a key that is not known here"),
        new Row("foreign key under our key's id", signed(foreignUnderOurId(), good), TokenCheck.Reason.SIGNATURE, "the token's signature does not fit"),
        new Row("claims changed", parts[0] + "." + base64(good.copy().put("sub", "root").encode()) + "." + parts[2], TokenCheck.Reason.SIGNATURE,
            "the token's signature does not fit"),
        new Row("signature too short", parts[0] + "." + parts[1] + ".AAAA", TokenCheck.Reason.SIGNATURE, "the token's signature does not fit"),
        new Row("expired", signed(RSA, good.copy().put("exp", now - 60)), TokenCheck.Reason.EXPIRED, "the token has expired – log in again or refresh it"),
        new Row("exp 0", signed(RSA, good.copy().put("exp", 0)), TokenCheck.Reason.EXPIRED, "the token has expired – log in again or refresh it"),
        new Row("no exp", signed(RSA, without(good, "exp")), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"exp\""),
        new Row("nbf in the future", signed(RSA, good.copy().put("nbf", now + 60)), TokenCheck.Reason.NOT_YET_VALID, "the token is not valid yet"),
        new Row("issued in the future", signed(RSA, good.copy().put("iat", now + 60)), TokenCheck.Reason.NOT_YET_VALID, "the token is not valid yet"),
        new Row("wrong iss", signed(RSA, good.copy().put("iss", "evil")), TokenCheck.Reason.WRONG_ISSUER, "the token was not issued by tenon-auth"),
        new Row("no iss", signed(RSA, without(good, "iss")), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"iss\""),
        new Row("wrong aud", signed(RSA, good.copy().put("aud", "other")), TokenCheck.Reason.WRONG_AUDIENCE, "the token is not meant for tenon"),
        new Row("wrong auds", signed(RSA, good.copy().put("aud", new JsonArray().add("a").add("b"))), TokenCheck.Reason.WRONG_AUDIENCE, "the token is not meant for tenon"),
        new Row("no aud", signed(RSA, without(good, "aud")), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"aud\""),
        new Row("aud a number", signed(RSA, good.copy().put("aud", 7)), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"aud\""),
        new Row("no sub", signed(RSA, without(good, "sub")), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"sub\""),
        new Row("empty sub", signed(RSA, good.copy().put("sub", "")), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"sub\""),
        new Row("sub a number", signed(RSA, good.copy().put("sub", 7)), TokenCheck.Reason.CLAIM_MISSING, "the token has no valid \"sub\"")));
    TokenVerifier verifier = TokenVerifier.of(RULES, jwks(RSA));
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(token), "the row the others are made from");
    for (Row row : rows) {
      TokenCheck.Rejected rejected = assertInstanceOf(TokenCheck.Rejected.class, verifier.check(row.token()), row.name());
      assertEquals(row.reason(), rejected.reason(), row.name());
      assertEquals(row.message(), rejected.message(), row.name());
    }
    assertEquals(1, verifier.cached(), "only what was accepted is remembered");
    assertFalse(verifier.check(signed(RSA, good.copy().put("exp", "tomorrow"))) instanceof TokenCheck.Accepted);
  }

  @Test
  void noDamagedTokenIsAcceptedAndNoneThrows() {
    TokenIssuer issuer = TokenIssuer.of(RULES, TEN_MINUTES, List.of(ED));
    TokenVerifier verifier = TokenVerifier.of(RULES, issuer.jwks());
    String token = issuer.issue(ANNA);
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder damaged = new StringBuilder(token);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, (char) random.nextInt(0x3000));
          default -> damaged.setCharAt(at, "ABCDabcd019-_.={}\"".charAt(random.nextInt(18)));
        }
      }
      if (verifier.check(damaged.toString()) instanceof TokenCheck.Accepted accepted) {
        assertEquals(ANNA, accepted.identity());
        assertEquals(signedPartOf(token), signedPartOf(damaged.toString()), "only the unused bits of the signature's last character may differ");
      }
    }
  }

  @Test
  void clocksMayDifferALittle() {
    Instant start = Instant.now();
    Instant[] now = {start};
    TokenVerifier verifier = TokenVerifier.of(RULES, jwks(ED), () -> now[0]);
    String token = signed(ED, good(start.getEpochSecond()).put("exp", start.getEpochSecond() + 60).put("iat", start.getEpochSecond() + 4));
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(token));
    now[0] = start.plusSeconds(63);
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(token));
    now[0] = start.plusSeconds(66);
    assertEquals(TokenCheck.Reason.EXPIRED, ((TokenCheck.Rejected) verifier.check(token)).reason(), "a remembered token expires as well");
  }

  @Test
  void keysCanBeReplacedWhileRunning() {
    TokenIssuer issuer = TokenIssuer.of(RULES, TEN_MINUTES, List.of(RSA));
    TokenVerifier verifier = TokenVerifier.of(RULES, issuer.jwks());
    String old = issuer.issue(ANNA);
    issuer.replaceKeys(List.of(ED, RSA));
    verifier.replaceKeys(issuer.jwks());
    String fresh = issuer.issue(ANNA);
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(old));
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(fresh));
    issuer.replaceKeys(List.of(ED));
    verifier.replaceKeys(issuer.jwks());
    assertEquals(TokenCheck.Reason.UNKNOWN_KEY, ((TokenCheck.Rejected) verifier.check(old)).reason(), "what an old key signed is not remembered either");
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(fresh));
    assertThrows(UnusableKeys.class, () -> verifier.replaceKeys(new JsonObject().put("keys", new JsonArray())));
    assertInstanceOf(TokenCheck.Accepted.class, verifier.check(fresh), "the old set stays when the new one is unusable");
    assertThrows(UnusableKeys.class, () -> issuer.replaceKeys(List.of()));
  }

  @Test
  void unusableKeysStopTheStart() {
    JsonObject rsa = RSA.publicJwk();
    record Row(JsonObject jwks, String message) {}
    List<Row> rows = List.of(
        new Row(new JsonObject(), "key set – has no \"keys\" array – give a JSON Web Key Set (RFC 7517)"),
        new Row(keys(), "key set – holds no key that can check a signature – give at least one RSA or Ed25519 key"),
        new Row(keys(rsa.copy().put("use", "enc")), "key set – holds no key that can check a signature – give at least one RSA or Ed25519 key"),
        new Row(keys(new JsonObject().put("kty", "oct").put("k", "c2VjcmV0")),
            "key set – holds a symmetric key – whoever checks with it could sign with it: use RSA or Ed25519"),
        new Row(keys(new JsonObject().put("kty", "EC")), "key – has kty \"EC\" – use RSA or OKP"),
        new Row(keys(without(rsa, "n")), "key – has no \"n\" – give a JSON Web Key (RFC 7517)"),
        new Row(keys(rsa.copy().put("alg", "HS256")), "key – has alg \"HS256\" – use RS256 with this kind of key"),
        new Row(keys(rsa.copy().put("n", "_w" + "7x".repeat(84)).put("kid", "short")), "RSA key short – is shorter than 2048 bits – make a longer one"),
        new Row(keys(rsa.copy().put("n", "!").put("kid", "broken")), "key broken – cannot be read as a public key – give a JSON Web Key (RFC 7517)"),
        new Row(keys(ED.publicJwk().put("crv", "X25519")), "OKP key – has crv \"X25519\" – use Ed25519"),
        new Row(keys(rsa, FOREIGN.publicJwk().put("kid", RSA.id())), "key set – has two different keys with the id " + RSA.id() + " – give each its own"));
    for (Row row : rows) {
      assertEquals(row.message(), assertThrows(UnusableKeys.class, () -> TokenVerifier.of(RULES, row.jwks()), row.message()).getMessage());
    }
    assertEquals("token issuer – has no key to sign with – give at least one",
        assertThrows(UnusableKeys.class, () -> TokenIssuer.of(RULES, TEN_MINUTES, List.of())).getMessage());
  }

  @Test
  void signingKeysSurviveBeingStoredAndShowNothing() {
    for (SigningKey key : List.of(RSA, ED)) {
      SigningKey back = SigningKey.of(new JsonObject(key.privateJwk().encode()));
      assertEquals(key.id(), back.id());
      assertEquals(key.publicJwk(), back.publicJwk());
      assertFalse(key.publicJwk().containsKey("d"));
      assertFalse(key.toString().contains(key.privateJwk().getString("d")));
      assertInstanceOf(TokenCheck.Accepted.class, TokenVerifier.of(RULES, jwks(key)).check(signed(back, good(Instant.now().getEpochSecond()))));
      assertThrows(UnusableKeys.class, () -> SigningKey.of(key.publicJwk()));
    }
    assertThrows(UnusableKeys.class, () -> SigningKey.of(RSA.privateJwk().mergeIn(FOREIGN.publicJwk())), "halves of two keys");
    assertEquals(43, RSA.id().length(), "a SHA-256 thumbprint in base64url");
  }

  @Test
  void rememberedTokensAreBounded() {
    TokenVerifier verifier = TokenVerifier.of(new TokenRules("tenon-auth", "tenon", Duration.ZERO, 10), jwks(ED));
    String token = signed(ED, good(Instant.now().getEpochSecond()));
    assertSame(verifier.check(token), verifier.check(token), "the second time it is remembered");
    for (int i = 0; i < 50; i++) {
      verifier.check(signed(ED, good(Instant.now().getEpochSecond()).put("n", i)));
    }
    assertTrue(verifier.cached() <= 10, "remembers " + verifier.cached());
  }

  private static JsonObject good(long now) {
    return new JsonObject().put("iss", "tenon-auth").put("aud", "tenon").put("sub", "user-1").put("iat", now).put("exp", now + 600).put("scope", "a b");
  }

  private static String signed(SigningKey key, JsonObject claims) {
    return JWTAuth.create(null, new JWTAuthOptions().addJwk(key.privateJwk()))
        .generateToken(claims.copy(), new JWTOptions().setAlgorithm(key.algorithm().header()).setNoTimestamp(true));
  }

  private static SigningKey foreignUnderOurId() {
    return SigningKey.of(FOREIGN.privateJwk().put("kid", RSA.id()));
  }

  private static String hs256WithThePublicKey(JsonObject claims) throws Exception {
    JsonObject jwk = RSA.publicJwk();
    PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
    String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----";
    String unsigned = unsigned(new JsonObject().put("alg", "HS256").put("kid", RSA.id()), claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(pem.getBytes(UTF_8), "HmacSHA256"));
    return unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(unsigned.getBytes(UTF_8)));
  }

  private static BigInteger number(JsonObject jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(name)));
  }

  private static String unsigned(JsonObject header, JsonObject claims) {
    return base64(header.encode()) + "." + base64(claims.encode());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static JsonObject claimsOf(String token) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8));
  }

  /// What the signature covers and the signature's bytes, whatever way they are written.
  private static List<Object> signedPartOf(String token) {
    String[] parts = token.split("\\.");
    return List.of(ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts[2])), ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts[1])));
  }

  private static JsonObject without(JsonObject json, String name) {
    JsonObject copy = json.copy();
    copy.remove(name);
    return copy;
  }

  private static JsonObject jwks(SigningKey key) {
    return keys(key.publicJwk());
  }

  private static JsonObject keys(JsonObject... keys) {
    return new JsonObject().put("keys", new JsonArray(List.of(keys)));
  }
}
