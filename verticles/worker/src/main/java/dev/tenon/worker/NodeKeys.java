package dev.tenon.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// The encodings of keys that OpenSSL reads and writes: SPKI, PKCS#8 (encrypted too), PKCS#1, SEC 1 and certificates.
final class NodeKeys {

  private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final AlgorithmIdentifier RSA = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
  private static final int ITERATIONS = 2048;
  private static final int SALT_BYTES = 16;

  private NodeKeys() {}

  /// @param passphrase null when there is none
  /// @throws GeneralSecurityException with the message `passphrase` when one is needed and missing, or wrong
  static Key ofPem(String text, char[] passphrase) throws GeneralSecurityException, IOException {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw new GeneralSecurityException("no PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    return switch (pem.group(1)) {
      case "PUBLIC KEY" -> ofDer(der, "spki", passphrase);
      case "RSA PUBLIC KEY" -> ofDer(der, "pkcs1-public", passphrase);
      case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> ofDer(der, "pkcs8", passphrase);
      case "RSA PRIVATE KEY" -> ofDer(der, "pkcs1", passphrase);
      case "EC PRIVATE KEY" -> ofDer(der, "sec1", passphrase);
      case "CERTIFICATE", "X509 CERTIFICATE" -> certificateKey(text.substring(pem.start()).getBytes(StandardCharsets.US_ASCII));
      default -> throw new GeneralSecurityException("unsupported PEM: " + pem.group(1));
    };
  }

  static PublicKey certificateKey(byte[] encoded) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)).getPublicKey();
  }

  /// @param type `spki`, `pkcs8`, `pkcs1`, `pkcs1-public` or `sec1`
  static Key ofDer(byte[] der, String type, char[] passphrase) throws GeneralSecurityException, IOException {
    return switch (type) {
      case "spki" -> publicKey(SubjectPublicKeyInfo.getInstance(der));
      case "pkcs1-public" -> publicKey(new SubjectPublicKeyInfo(RSA, RSAPublicKey.getInstance(der)));
      case "pkcs1" -> privateKey(new PrivateKeyInfo(RSA, RSAPrivateKey.getInstance(der)));
      case "sec1" -> {
        ECPrivateKey key = ECPrivateKey.getInstance(der);
        yield privateKey(new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key));
      }
      default -> privateKey(PrivateKeyInfo.getInstance(isEncrypted(der) ? decrypted(der, passphrase) : der));
    };
  }

  private static boolean isEncrypted(byte[] der) {
    try {
      new EncryptedPrivateKeyInfo(der);
      return PrivateKeyInfo.getInstance(der) == null;
    } catch (IOException plain) {
      return false;
    } catch (RuntimeException notPlain) {
      return true;
    }
  }

  private static byte[] decrypted(byte[] der, char[] passphrase) throws GeneralSecurityException, IOException {
    if (passphrase == null) {
      throw new GeneralSecurityException("passphrase missing");
    }
    EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
    AlgorithmParameters parameters = encrypted.getAlgParameters();
    String name = encrypted.getAlgName().equals("PBES2") || encrypted.getAlgName().startsWith("1.2.840.113549.1.5.13") ? parameters.toString() : encrypted.getAlgName();
    Cipher cipher = Cipher.getInstance(name);
    cipher.init(Cipher.DECRYPT_MODE, secret(name, passphrase), parameters);
    return encrypted.getKeySpec(cipher).getEncoded();
  }

  private static SecretKey secret(String name, char[] passphrase) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(passphrase));
  }

  /// @param keyBits of the AES key that protects it
  static byte[] encrypted(byte[] pkcs8, int keyBits, char[] passphrase) throws GeneralSecurityException, IOException {
    String name = "PBEWithHmacSHA256AndAES_" + keyBits;
    Cipher cipher = Cipher.getInstance(name);
    SecretKeyFactory factory = SecretKeyFactory.getInstance(name);
    byte[] random = new byte[2 * SALT_BYTES];
    new SecureRandom().nextBytes(random);
    PBEParameterSpec parameters = new PBEParameterSpec(Arrays.copyOf(random, SALT_BYTES), ITERATIONS, new IvParameterSpec(random, SALT_BYTES, SALT_BYTES));
    cipher.init(Cipher.ENCRYPT_MODE, factory.generateSecret(new PBEKeySpec(passphrase)), parameters);
    AlgorithmIdentifier scheme = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded()));
    return new org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo(scheme, cipher.doFinal(pkcs8)).getEncoded();
  }

  static PublicKey publicKey(SubjectPublicKeyInfo info) throws GeneralSecurityException, IOException {
    X509EncodedKeySpec spec = new X509EncodedKeySpec(info.getEncoded());
    ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
    try {
      return KeyFactory.getInstance(algorithm.getId()).generatePublic(spec);
    } catch (GeneralSecurityException notInJava) {
      return KeyFactory.getInstance(algorithm.getId(), NodeHashHost.Extra.PROVIDER).generatePublic(spec);
    }
  }

  static PrivateKey privateKey(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(info.getEncoded());
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    try {
      return KeyFactory.getInstance(algorithm.getId()).generatePrivate(spec);
    } catch (GeneralSecurityException notInJava) {
      return KeyFactory.getInstance(algorithm.getId(), NodeHashHost.Extra.PROVIDER).generatePrivate(spec);
    }
  }

  /// The public half of a private key.
  static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException, IOException {
    AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key.getEncoded());
    AsymmetricKeyParameter open = switch (secret) {
      case RSAPrivateCrtKeyParameters rsa -> new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
      case ECPrivateKeyParameters ec -> new ECPublicKeyParameters(ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
      case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
      case Ed448PrivateKeyParameters ed -> ed.generatePublicKey();
      case X25519PrivateKeyParameters x -> x.generatePublicKey();
      case X448PrivateKeyParameters x -> x.generatePublicKey();
      default -> throw new GeneralSecurityException("a private key of an unknown kind: " + key.getAlgorithm());
    };
    SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open);
    // A curve keeps the name its private key has.
    return open instanceof ECPublicKeyParameters
        ? publicKey(new SubjectPublicKeyInfo(PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm(), info.getPublicKeyData().getBytes()))
        : publicKey(info);
  }

  /// @param type as for [#ofDer]
  static byte[] toDer(Key key, String type) throws GeneralSecurityException, IOException {
    return switch (type) {
      case "pkcs1-public" -> SubjectPublicKeyInfo.getInstance(key.getEncoded()).parsePublicKey().getEncoded();
      case "pkcs1" -> PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey().toASN1Primitive().getEncoded();
      case "sec1" -> ecKey((PrivateKey) key, true).getEncoded();
      case "pkcs8" -> key.getAlgorithm().startsWith("EC")
          ? new PrivateKeyInfo(PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm(), ecKey((PrivateKey) key, false)).getEncoded()
          : key.getEncoded();
      default -> key.getEncoded();
    };
  }

  /// The key as OpenSSL writes it: with its public half.
  private static ECPrivateKey ecKey(PrivateKey key, boolean withCurve) throws GeneralSecurityException, IOException {
    ECPrivateKeyParameters parameters = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
    byte[] point = parameters.getParameters().getG().multiply(parameters.getD()).normalize().getEncoded(false);
    BigInteger order = parameters.getParameters().getN();
    return new ECPrivateKey(order.bitLength(), parameters.getD(), new DERBitString(point),
        withCurve ? PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm().getParameters() : null);
  }

  /// The provider that knows a key's curve; null for Java's own.
  static Provider providerOf(Key key) {
    return key.getClass().getName().startsWith("org.bouncycastle") ? NodeHashHost.Extra.PROVIDER : null;
  }
}
