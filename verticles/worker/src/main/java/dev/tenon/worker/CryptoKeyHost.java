package dev.tenon.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Makes, reads and writes the keys of Web Cryptography.
///
/// `family` is `RSA`, `Ed25519`, `X25519` or the name of a curve (`P-256`, `P-384`, `P-521`). A key that cannot be read throws; JavaScript turns that into a
/// `DataError`.
public final class CryptoKeyHost {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int OKP_BYTES = 32;

  private final Offload offload;

  CryptoKeyHost(Offload offload) {
    this.offload = offload;
  }

  // Secret keys.

  @HostAccess.Export
  public CryptoKeyHandle generateSecret(int bits) {
    byte[] bytes = new byte[(bits + 7) / 8];
    RANDOM.nextBytes(bytes);
    return secret(bytes);
  }

  @HostAccess.Export
  public CryptoKeyHandle importSecret(Value bytes) {
    return secret(JsBytes.read(bytes));
  }

  @HostAccess.Export
  public ByteBuffer exportSecret(CryptoKeyHandle handle) {
    return JsBytes.outgoing(handle.key().getEncoded());
  }

  @HostAccess.Export
  public ByteBuffer base64UrlBytes(String text) {
    return JsBytes.outgoing(Base64.getUrlDecoder().decode(text));
  }

  @HostAccess.Export
  public String base64Url(Value bytes) {
    return base64(JsBytes.read(bytes));
  }

  // Key pairs.

  @HostAccess.Export
  public Object generateRsa(int modulusBits, String exponentHex) {
    RSAKeyGenParameterSpec spec = new RSAKeyGenParameterSpec(modulusBits, new BigInteger(exponentHex, 16));
    return offload.promise(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(spec);
          return pair(generator.generateKeyPair());
        });
  }

  @HostAccess.Export
  public Object generate(String family) {
    return offload.promise(
        () -> {
          if (isOkp(family)) {
            return pair(KeyPairGenerator.getInstance(family).generateKeyPair());
          }
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec(Curve.of(family).javaName()));
          return pair(generator.generateKeyPair());
        });
  }

  @HostAccess.Export
  public CryptoKeyHandle importSpki(String family, Value bytes) throws GeneralSecurityException {
    byte[] spki = JsBytes.read(bytes);
    Optional<byte[]> compressed = family.startsWith("P-") ? Curve.of(family).compressedPoint(spki) : Optional.empty();
    return compressed.isPresent() ? CryptoKeyHandle.of(Curve.of(family).publicKey(compressed.get())) : checked(family, publicKey(family, spki));
  }

  @HostAccess.Export
  public CryptoKeyHandle importPkcs8(String family, Value bytes) throws GeneralSecurityException {
    PrivateKey key = factory(family).generatePrivate(new PKCS8EncodedKeySpec(JsBytes.read(bytes)));
    checked(family, key);
    return CryptoKeyHandle.of(key, partnerOf(family, key));
  }

  /// A public key as its bare bytes: an uncompressed (or compressed) point of a curve, or 32 bytes of an Edwards or Montgomery curve.
  @HostAccess.Export
  public CryptoKeyHandle importRaw(String family, Value bytes) throws GeneralSecurityException {
    byte[] raw = JsBytes.read(bytes);
    if (isOkp(family)) {
      requireBytes(raw.length == OKP_BYTES, family + " public key");
      return CryptoKeyHandle.of(publicKey(family, concat(spkiPrefix(family), raw)));
    }
    return CryptoKeyHandle.of(Curve.of(family).publicKey(raw));
  }

  @HostAccess.Export
  public CryptoKeyHandle importJwk(String family, String jwk) throws GeneralSecurityException, IOException {
    JsonNode json = JSON.readTree(jwk);
    boolean isPrivate = json.has("d");
    if (family.equals("RSA")) {
      return isPrivate ? rsaPrivate(json) : CryptoKeyHandle.of(rsaPublic(json));
    }
    if (!isOkp(family)) {
      Curve curve = Curve.of(family);
      PublicKey point = curve.publicKey(curve.field(bytes(json, "x")), curve.field(bytes(json, "y")));
      return isPrivate ? CryptoKeyHandle.of(curve.privateKey(curve.field(bytes(json, "d"))), point) : CryptoKeyHandle.of(point);
    }
    byte[] x = bytes(json, "x");
    requireBytes(x.length == OKP_BYTES, "x");
    PublicKey point = publicKey(family, concat(spkiPrefix(family), x));
    if (!isPrivate) {
      return CryptoKeyHandle.of(point);
    }
    byte[] d = bytes(json, "d");
    requireBytes(d.length == OKP_BYTES, "d");
    PrivateKey key = okpPrivate(family, d);
    requireBytes(Arrays.equals(partnerOf(family, key).getEncoded(), point.getEncoded()), "x, which does not belong to d,");
    return CryptoKeyHandle.of(key, point);
  }

  @HostAccess.Export
  public ByteBuffer exportEncoded(CryptoKeyHandle handle) {
    Key key = handle.key();
    if (key instanceof ECPrivateKey ec && handle.partner().isPresent()) {
      return JsBytes.outgoing(Curve.of(ec).pkcs8(ec, (ECPublicKey) handle.partner().get()));
    }
    return JsBytes.outgoing(key.getEncoded());
  }

  @HostAccess.Export
  public ByteBuffer exportRaw(CryptoKeyHandle handle) {
    return JsBytes.outgoing(
        handle.key() instanceof ECPublicKey ec ? Curve.of(ec).point(ec) : lastBytes(handle.key().getEncoded()));
  }

  /// The members of a JWK that carry the key itself, as JSON.
  @HostAccess.Export
  public String exportJwk(CryptoKeyHandle handle) {
    ObjectNode json = JSON.createObjectNode();
    switch (handle.key()) {
      case RSAPublicKey key -> writeRsa(json, key.getModulus(), key.getPublicExponent());
      case RSAPrivateCrtKey key -> writeRsaPrivate(json, key);
      case ECPublicKey key -> writeEc(json, key);
      case ECPrivateKey key -> {
        writeEc(json, (ECPublicKey) handle.partner().orElseThrow());
        json.put("d", base64(Curve.of(key).field(key.getS())));
      }
      case EdECPrivateKey key -> writeOkp(json, "Ed25519", handle.partner(), key.getBytes());
      case XECPrivateKey key -> writeOkp(json, "X25519", handle.partner(), key.getScalar());
      case PublicKey key -> writeOkp(json, key.getAlgorithm().startsWith("X") ? "X25519" : "Ed25519", Optional.of(key), Optional.empty());
      default -> throw new IllegalArgumentException("a secret key is not written here");
    }
    return json.toString();
  }

  @HostAccess.Export
  public int modulusBits(CryptoKeyHandle handle) {
    return ((RSAKey) handle.key()).getModulus().bitLength();
  }

  @HostAccess.Export
  public ByteBuffer publicExponent(CryptoKeyHandle handle) {
    BigInteger exponent =
        handle.key() instanceof RSAPublicKey key ? key.getPublicExponent() : ((RSAPrivateCrtKey) handle.key()).getPublicExponent();
    return JsBytes.outgoing(unsigned(exponent));
  }

  private static CryptoKeyHandle secret(byte[] bytes) {
    return CryptoKeyHandle.of(bytes.length == 0 ? new EmptySecret() : new SecretKeySpec(bytes, "AES"));
  }

  /// `SecretKeySpec` refuses what PBKDF2 and HKDF allow: a key of no bytes.
  private static final class EmptySecret implements Key {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "raw";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  private static CryptoKeyHandle.Pair pair(KeyPair pair) {
    return new CryptoKeyHandle.Pair(pair.getPublic(), pair.getPrivate());
  }

  private static boolean isOkp(String family) {
    return family.equals("Ed25519") || family.equals("X25519");
  }

  private static KeyFactory factory(String family) throws GeneralSecurityException {
    return KeyFactory.getInstance(family.startsWith("P-") ? "EC" : family);
  }

  private static PublicKey publicKey(String family, byte[] spki) throws GeneralSecurityException {
    return factory(family).generatePublic(new X509EncodedKeySpec(spki));
  }

  private static CryptoKeyHandle checked(String family, Key key) {
    if (family.startsWith("P-")) {
      Curve curve = Curve.of(family);
      requireBytes(key instanceof ECPublicKey ec ? curve == Curve.of(ec) : curve == Curve.of((ECPrivateKey) key), "curve");
      if (key instanceof ECPublicKey ec) {
        curve.requireOnCurve(ec.getW());
      }
    }
    return CryptoKeyHandle.of(key);
  }

  private static PublicKey partnerOf(String family, PrivateKey key) throws GeneralSecurityException {
    return switch (key) {
      case RSAPrivateCrtKey rsa -> factory(family).generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      case ECPrivateKey ec -> Curve.of(ec).partnerOf(ec);
      case EdECPrivateKey ed -> okpPair("Ed25519", ed.getBytes().orElseThrow());
      case XECPrivateKey x -> okpPair("X25519", x.getScalar().orElseThrow());
      default -> throw new IllegalArgumentException("a private key of an unknown kind: " + key.getAlgorithm());
    };
  }

  /// Java derives no public key from a private one, but its generators take their private bytes from the random source.
  private static PublicKey okpPair(String family, byte[] privateBytes) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
    generator.initialize(
        new NamedParameterSpec(family),
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(privateBytes, 0, bytes, 0, bytes.length);
          }
        });
    return generator.generateKeyPair().getPublic();
  }

  private static PrivateKey okpPrivate(String family, byte[] bytes) throws GeneralSecurityException {
    NamedParameterSpec spec = new NamedParameterSpec(family);
    return factory(family)
        .generatePrivate(family.equals("Ed25519") ? new EdECPrivateKeySpec(spec, bytes) : new XECPrivateKeySpec(spec, bytes));
  }

  private static PublicKey rsaPublic(JsonNode json) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(json, "n"), number(json, "e")));
  }

  private static CryptoKeyHandle rsaPrivate(JsonNode json) throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateCrtKeySpec(
                    number(json, "n"), number(json, "e"), number(json, "d"), number(json, "p"), number(json, "q"),
                    number(json, "dp"), number(json, "dq"), number(json, "qi")));
    return CryptoKeyHandle.of(key, rsaPublic(json));
  }

  private static void writeRsa(ObjectNode json, BigInteger modulus, BigInteger exponent) {
    json.put("kty", "RSA").put("n", base64(unsigned(modulus))).put("e", base64(unsigned(exponent)));
  }

  private static void writeRsaPrivate(ObjectNode json, RSAPrivateCrtKey key) {
    writeRsa(json, key.getModulus(), key.getPublicExponent());
    json.put("d", base64(unsigned(key.getPrivateExponent())))
        .put("p", base64(unsigned(key.getPrimeP())))
        .put("q", base64(unsigned(key.getPrimeQ())))
        .put("dp", base64(unsigned(key.getPrimeExponentP())))
        .put("dq", base64(unsigned(key.getPrimeExponentQ())))
        .put("qi", base64(unsigned(key.getCrtCoefficient())));
  }

  private static void writeEc(ObjectNode json, ECPublicKey key) {
    Curve curve = Curve.of(key);
    json.put("kty", "EC").put("crv", curve.webName())
        .put("x", base64(curve.field(key.getW().getAffineX())))
        .put("y", base64(curve.field(key.getW().getAffineY())));
  }

  private static void writeOkp(ObjectNode json, String curve, Optional<PublicKey> point, Optional<byte[]> secret) {
    json.put("kty", "OKP").put("crv", curve).put("x", base64(lastBytes(point.orElseThrow().getEncoded())));
    secret.ifPresent(d -> json.put("d", base64(d)));
  }

  /// RFC 8410: a public key's SPKI form ends with its bare bytes.
  private static byte[] lastBytes(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - OKP_BYTES, encoded.length);
  }

  /// RFC 8410: what stands before the bare bytes; the object identifiers are 1.3.101.110 and 1.3.101.112.
  private static byte[] spkiPrefix(String family) {
    byte kind = (byte) (family.equals("X25519") ? 0x6e : 0x70);
    return new byte[] {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, kind, 0x03, 0x21, 0x00};
  }

  private static BigInteger number(JsonNode json, String member) {
    return new BigInteger(1, bytes(json, member));
  }

  private static byte[] bytes(JsonNode json, String member) {
    JsonNode value = json.get(member);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("the JWK has no member " + member);
    }
    return Base64.getUrlDecoder().decode(value.textValue());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Big-endian without a sign byte.
  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static void requireBytes(boolean valid, String what) {
    if (!valid) {
      throw new IllegalArgumentException("the key's " + what + " is not valid");
    }
  }
}
