package dev.tenon.worker;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Asymmetric keys of `node:crypto`: read, written, generated, and asked what they are.
public final class NodeKeyHost {

  /// Curves by their object identifiers, as OpenSSL names them.
  private static final Map<String, String> CURVES = Map.of(
      "1.2.840.10045.3.1.7", "prime256v1", "1.3.132.0.34", "secp384r1", "1.3.132.0.35", "secp521r1", "1.3.132.0.10", "secp256k1", "1.3.132.0.33", "secp224r1");

  private final Offload offload;
  private final CryptoKeyHost web;

  NodeKeyHost(Offload offload) {
    this.offload = offload;
    this.web = new CryptoKeyHost(offload);
  }

  @HostAccess.Export
  public CryptoKeyHandle ofPem(String text, String passphrase) throws GeneralSecurityException, IOException {
    return CryptoKeyHandle.of(NodeKeys.ofPem(text, passphrase == null ? null : passphrase.toCharArray()));
  }

  /// @param type `spki`, `pkcs8`, `pkcs1`, `pkcs1-public` or `sec1`
  @HostAccess.Export
  public CryptoKeyHandle ofDer(Value der, String type, String passphrase) throws GeneralSecurityException, IOException {
    return CryptoKeyHandle.of(NodeKeys.ofDer(JsBytes.read(der), type, passphrase == null ? null : passphrase.toCharArray()));
  }

  @HostAccess.Export
  public CryptoKeyHandle ofJwk(String jwk) throws GeneralSecurityException, IOException {
    JsonObject json = new JsonObject(jwk);
    String family = json.getString("kty").equals("RSA") ? "RSA" : json.getString("crv");
    return web.importJwk(family, jwk);
  }

  @HostAccess.Export
  public String toJwk(CryptoKeyHandle handle) throws GeneralSecurityException, IOException {
    return web.exportJwk(webKey(handle));
  }

  @HostAccess.Export
  public ByteBuffer toDer(CryptoKeyHandle handle, String type) throws GeneralSecurityException, IOException {
    return JsBytes.outgoing(NodeKeys.toDer(handle.key(), type));
  }

  /// PKCS#8, protected by a passphrase.
  ///
  /// @param cipher `aes-128-cbc` or `aes-256-cbc`
  @HostAccess.Export
  public ByteBuffer toEncryptedDer(CryptoKeyHandle handle, String cipher, String passphrase) throws GeneralSecurityException, IOException {
    int bits = switch (cipher.toLowerCase(Locale.ROOT)) {
      case "aes-128-cbc" -> 128;
      case "aes-256-cbc", "aes256" -> 256;
      default -> throw new GeneralSecurityException("cipher");
    };
    return JsBytes.outgoing(NodeKeys.encrypted(NodeKeys.toDer(handle.key(), "pkcs8"), bits, passphrase.toCharArray()));
  }

  @HostAccess.Export
  public String pem(String label, Value der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(JsBytes.read(der));
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  @HostAccess.Export
  public boolean isPrivate(CryptoKeyHandle handle) {
    return handle.key() instanceof PrivateKey;
  }

  @HostAccess.Export
  public CryptoKeyHandle publicOf(CryptoKeyHandle handle) throws GeneralSecurityException, IOException {
    return handle.partner().isPresent() ? CryptoKeyHandle.of(handle.partner().get()) : CryptoKeyHandle.of(NodeKeys.publicOf((PrivateKey) handle.key()));
  }

  /// What OpenSSL calls the key: `rsa`, `rsa-pss`, `ec`, `ed25519`, `x25519`, `ed448`, `x448`, `dsa` or `dh`.
  @HostAccess.Export
  public String type(CryptoKeyHandle handle) {
    String id = algorithm(handle.key()).getAlgorithm().getId();
    return switch (id) {
      case "1.2.840.113549.1.1.1" -> "rsa";
      case "1.2.840.113549.1.1.10" -> "rsa-pss";
      case "1.2.840.10045.2.1" -> "ec";
      case "1.3.101.110" -> "x25519";
      case "1.3.101.111" -> "x448";
      case "1.3.101.112" -> "ed25519";
      case "1.3.101.113" -> "ed448";
      case "1.2.840.10040.4.1" -> "dsa";
      default -> "dh";
    };
  }

  /// `bits exponent` of an RSA key, the curve's name of an EC key, otherwise nothing.
  @HostAccess.Export
  public String details(CryptoKeyHandle handle) throws GeneralSecurityException, IOException {
    Key key = handle.key();
    if (key instanceof RSAKey rsa) {
      PublicKey open = key instanceof PrivateKey secret ? NodeKeys.publicOf(secret) : (PublicKey) key;
      return rsa.getModulus().bitLength() + " " + ((RSAPublicKey) open).getPublicExponent();
    }
    return type(handle).equals("ec") ? curve(key) : "";
  }

  static String curve(Key key) {
    String id = ASN1ObjectIdentifier.getInstance(algorithm(key).getParameters()).getId();
    return CURVES.getOrDefault(id, id);
  }

  private static AlgorithmIdentifier algorithm(Key key) {
    return key instanceof PrivateKey
        ? PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm() : SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
  }

  @HostAccess.Export
  public boolean same(CryptoKeyHandle one, CryptoKeyHandle other) {
    return isPrivate(one) == isPrivate(other) && MessageDigest.isEqual(one.key().getEncoded(), other.key().getEncoded());
  }

  /// @param bits of an RSA key
  /// @param exponent of an RSA key
  @HostAccess.Export
  public CryptoKeyHandle.Pair generate(String type, int bits, String exponent, String curve) throws GeneralSecurityException {
    KeyPair pair = generator(type, bits, exponent, curve).generateKeyPair();
    return new CryptoKeyHandle.Pair(pair.getPublic(), pair.getPrivate());
  }

  /// As [#generate], later.
  @HostAccess.Export
  public Object generateLater(String type, int bits, String exponent, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = generator(type, bits, exponent, curve);
    return offload.promise(() -> {
      KeyPair pair = generator.generateKeyPair();
      return new CryptoKeyHandle.Pair(pair.getPublic(), pair.getPrivate());
    });
  }

  private static KeyPairGenerator generator(String type, int bits, String exponent, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator;
    switch (type) {
      case "rsa", "rsa-pss" -> {
        generator = KeyPairGenerator.getInstance(type.equals("rsa") ? "RSA" : "RSASSA-PSS");
        generator.initialize(new RSAKeyGenParameterSpec(bits, new BigInteger(exponent)));
      }
      case "ec" -> {
        String name = javaCurve(curve);
        generator = name.equals("secp256k1") || name.equals("secp224r1") ? KeyPairGenerator.getInstance("EC", NodeHashHost.Extra.PROVIDER) : KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
      }
      case "ed25519", "ed448", "x25519", "x448" -> generator = KeyPairGenerator.getInstance(type);
      default -> throw new GeneralSecurityException("type");
    }
    return generator;
  }

  /// @throws GeneralSecurityException with the message `curve` when there is no such curve
  static String javaCurve(String name) throws GeneralSecurityException {
    return switch (name) {
      case "P-256", "prime256v1", "secp256r1" -> "secp256r1";
      case "P-384", "secp384r1" -> "secp384r1";
      case "P-521", "secp521r1" -> "secp521r1";
      case "secp256k1", "secp224r1" -> name;
      default -> throw new GeneralSecurityException("curve");
    };
  }

  /// The bytes of a secret key as a handle, for a `CryptoKey`; and back.
  @HostAccess.Export
  public CryptoKeyHandle secret(Value bytes) {
    return web.importSecret(bytes);
  }

  /// A key as Web Cryptography wants it: a private one knows its public half.
  @HostAccess.Export
  public CryptoKeyHandle webKey(CryptoKeyHandle handle) throws GeneralSecurityException, IOException {
    return handle.key() instanceof PrivateKey secret && handle.partner().isEmpty() ? CryptoKeyHandle.of(secret, NodeKeys.publicOf(secret)) : handle;
  }

  @HostAccess.Export
  public ByteBuffer secretBytes(CryptoKeyHandle handle) {
    return web.exportSecret(handle);
  }
}
