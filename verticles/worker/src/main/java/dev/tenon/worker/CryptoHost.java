package dev.tenon.worker;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// The operations of Web Cryptography that work on bytes: digests, signatures, ciphers, derivation.
///
/// What is quick is done at once and returned; what is not (public keys, derivation, more than [#INLINE_BYTES_MAX] bytes) is a promise. Hashes are named as
/// the specification names them (`SHA-256`). Every failure becomes an `OperationError` in JavaScript.
///
/// @see <a href="https://w3c.github.io/webcrypto/">Web Cryptography Level 2</a>
public final class CryptoHost {

  private static final int INLINE_BYTES_MAX = 64 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Offload offload;

  CryptoHost(Offload offload) {
    this.offload = offload;
  }

  @HostAccess.Export
  public ByteBuffer random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return JsBytes.outgoing(bytes);
  }

  @HostAccess.Export
  public Object digest(String hash, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    return quick(bytes.length, () -> JsBytes.outgoing(MessageDigest.getInstance(hash).digest(bytes)));
  }

  /// A digest, or a checksum (`crc32`, `crc32c`, `crc64nvme`), that is fed piece by piece.
  @HostAccess.Export
  public RunningDigest digester(String hash) throws GeneralSecurityException {
    return RunningDigest.of(hash);
  }

  /// Whether two views hold the same bytes, in time that depends on their length only.
  @HostAccess.Export
  public boolean equal(Value one, Value other) {
    return MessageDigest.isEqual(JsBytes.read(one), JsBytes.read(other));
  }

  @HostAccess.Export
  public Object hmacSign(String hash, CryptoKeyHandle key, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    return quick(bytes.length, () -> JsBytes.outgoing(hmac(hash, key.key().getEncoded(), bytes)));
  }

  @HostAccess.Export
  public Object hmacVerify(String hash, CryptoKeyHandle key, Value signature, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    byte[] given = JsBytes.read(signature);
    return quick(bytes.length, () -> MessageDigest.isEqual(hmac(hash, key.key().getEncoded(), bytes), given));
  }

  @HostAccess.Export
  public Object aesGcm(boolean encrypt, CryptoKeyHandle key, Value vector, Value additional, int tagBits, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    byte[] iv = JsBytes.read(vector);
    byte[] associated = additional.isNull() ? new byte[0] : JsBytes.read(additional);
    return quick(
        bytes.length + associated.length,
        () -> JsBytes.outgoing(tagBits < ShortTagGcm.JAVA_TAG_BITS_MIN
            ? ShortTagGcm.apply(encrypt, key.key(), iv, associated, tagBits / 8, bytes)
            : gcm(encrypt, key, new GCMParameterSpec(tagBits, iv), associated, bytes)));
  }

  private static byte[] gcm(boolean encrypt, CryptoKeyHandle key, AlgorithmParameterSpec spec, byte[] associated, byte[] data) throws GeneralSecurityException {
    Cipher cipher = cipher("AES/GCM/NoPadding", encrypt, key, spec);
    cipher.updateAAD(associated);
    return cipher.doFinal(data);
  }

  @HostAccess.Export
  public Object aesCbc(boolean encrypt, CryptoKeyHandle key, Value iv, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    AlgorithmParameterSpec spec = new IvParameterSpec(JsBytes.read(iv));
    return quick(bytes.length, () -> JsBytes.outgoing(cipher("AES/CBC/PKCS5Padding", encrypt, key, spec).doFinal(bytes)));
  }

  /// @param counterBits how many of the counter block's last bits count; they wrap without touching the others
  @HostAccess.Export
  public Object aesCtr(CryptoKeyHandle key, Value counter, int counterBits, Value data) throws Exception {
    byte[] bytes = JsBytes.read(data);
    byte[] block = JsBytes.read(counter);
    return quick(bytes.length, () -> JsBytes.outgoing(CounterMode.apply(key.key(), block, counterBits, bytes)));
  }

  @HostAccess.Export
  public ByteBuffer aesKw(boolean wrap, CryptoKeyHandle key, Value data) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
    cipher.init(wrap ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key.key());
    return JsBytes.outgoing(cipher.doFinal(JsBytes.read(data)));
  }

  @HostAccess.Export
  public Object rsaOaep(boolean encrypt, String hash, CryptoKeyHandle key, Value label, Value data) {
    byte[] bytes = JsBytes.read(data);
    byte[] named = label.isNull() ? new byte[0] : JsBytes.read(label);
    OAEPParameterSpec spec = new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), new PSource.PSpecified(named));
    return offload.promise(() -> JsBytes.outgoing(cipher("RSA/ECB/OAEPPadding", encrypt, key, spec).doFinal(bytes)));
  }

  /// The bare private operation on a number as long as the modulus, which blind signatures are made of.
  @HostAccess.Export
  public Object rsaRaw(CryptoKeyHandle key, Value data) {
    byte[] bytes = JsBytes.read(data);
    int length = (((RSAKey) key.key()).getModulus().bitLength() + 7) / 8;
    CryptoKeyHost.requireBytes(bytes.length == length, "data, which must have " + length + " bytes,");
    return offload.promise(
        () -> {
          Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
          cipher.init(Cipher.DECRYPT_MODE, key.key());
          return JsBytes.outgoing(cipher.doFinal(bytes));
        });
  }

  /// @param scheme `PKCS1`, `PSS`, `ECDSA` or `Ed25519`
  /// @param saltBytes of PSS; ignored by the others
  @HostAccess.Export
  public Object sign(String scheme, String hash, int saltBytes, CryptoKeyHandle key, Value data) {
    byte[] bytes = JsBytes.read(data);
    return offload.promise(
        () -> {
          Signature signature = signature(scheme, hash, saltBytes);
          signature.initSign((PrivateKey) key.key());
          signature.update(bytes);
          return JsBytes.outgoing(signature.sign());
        });
  }

  /// A signature that is no signature at all is a wrong one, not an error; so is every signature of a key whose point is not on its curve.
  @HostAccess.Export
  public Object verify(String scheme, String hash, int saltBytes, CryptoKeyHandle key, Value given, Value data) {
    byte[] bytes = JsBytes.read(data);
    byte[] claimed = JsBytes.read(given);
    return offload.promise(
        () -> {
          PublicKey open = (PublicKey) key.key();
          if (scheme.equals("Ed25519") && !EdwardsPoint.mayVerify(open, claimed)) {
            return false;
          }
          Signature signature = signature(scheme, hash, saltBytes);
          try {
            signature.initVerify(open);
            signature.update(bytes);
            return signature.verify(claimed);
          } catch (SignatureException | InvalidKeyException malformed) {
            return false;
          }
        });
  }

  /// @param algorithm `ECDH` or `X25519`
  @HostAccess.Export
  public Object agree(String algorithm, CryptoKeyHandle own, CryptoKeyHandle other) {
    return offload.promise(
        () -> {
          KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
          agreement.init(own.key());
          agreement.doPhase(other.key(), true);
          return JsBytes.outgoing(agreement.generateSecret());
        });
  }

  /// RFC 8018, section 5.2.
  @HostAccess.Export
  public Object pbkdf2(String hash, CryptoKeyHandle password, Value salt, int iterations, int bytes) {
    byte[] salted = JsBytes.read(salt);
    return offload.promise(() -> JsBytes.outgoing(pbkdf2(mac(hash, password.key().getEncoded()), salted, iterations, bytes)));
  }

  /// RFC 5869.
  @HostAccess.Export
  public ByteBuffer hkdf(String hash, CryptoKeyHandle secret, Value salt, Value info, int bytes) throws GeneralSecurityException {
    byte[] salted = JsBytes.read(salt);
    Mac extract = mac(hash, salted);
    return JsBytes.outgoing(hkdfExpand(mac(hash, extract.doFinal(secret.key().getEncoded())), JsBytes.read(info), bytes));
  }

  private Object quick(int bytes, Callable<?> work) throws Exception {
    return bytes <= INLINE_BYTES_MAX ? work.call() : offload.promise(work);
  }

  private static Cipher cipher(String name, boolean encrypt, CryptoKeyHandle key, AlgorithmParameterSpec spec) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(name);
    cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key.key(), spec);
    return cipher;
  }

  private static byte[] hmac(String hash, byte[] key, byte[] data) throws GeneralSecurityException {
    return mac(hash, key).doFinal(data);
  }

  /// An empty key is a key of zeros: `SecretKeySpec` takes none of length 0.
  private static Mac mac(String hash, byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("Hmac" + hash.replace("-", ""));
    mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, mac.getAlgorithm()));
    return mac;
  }

  private static Signature signature(String scheme, String hash, int saltBytes)
      throws GeneralSecurityException, InvalidAlgorithmParameterException {
    String digest = hash.replace("-", "");
    return switch (scheme) {
      case "PKCS1" -> Signature.getInstance(digest + "withRSA");
      case "ECDSA" -> Signature.getInstance(digest + "withECDSAinP1363Format");
      case "PSS" -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltBytes, PSSParameterSpec.TRAILER_FIELD_BC));
        yield pss;
      }
      default -> Signature.getInstance(scheme);
    };
  }

  /// AES in counter mode whose counter is the last `counterBits` of the block. Java's own counts over all 128.
  private static final class CounterMode {

    static byte[] apply(Key key, byte[] block, int counterBits, byte[] data) throws GeneralSecurityException {
      BigInteger space = BigInteger.ONE.shiftLeft(counterBits);
      BigInteger counter = new BigInteger(1, block).mod(space);
      BigInteger blocks = BigInteger.valueOf((data.length + 15L) / 16);
      if (blocks.compareTo(space) > 0) {
        throw new GeneralSecurityException("the data has more blocks than the counter has values");
      }
      BigInteger beforeWrap = space.subtract(counter);
      if (blocks.compareTo(beforeWrap) <= 0) {
        return run(key, block, data, 0, data.length);
      }
      int split = Math.toIntExact(beforeWrap.longValueExact() * 16);
      byte[] first = run(key, block, data, 0, split);
      byte[] second = run(key, withCounterZero(block, counterBits), data, split, data.length);
      byte[] all = Arrays.copyOf(first, data.length);
      System.arraycopy(second, 0, all, split, second.length);
      return all;
    }

    private static byte[] run(Key key, byte[] block, byte[] data, int from, int to) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
      return cipher.doFinal(data, from, to - from);
    }

    private static byte[] withCounterZero(byte[] block, int counterBits) {
      byte[] zeroed = block.clone();
      for (int bit = 0; bit < counterBits; bit++) {
        zeroed[15 - bit / 8] &= (byte) ~(1 << (bit % 8));
      }
      return zeroed;
    }
  }

  static byte[] pbkdf2(Mac mac, byte[] salt, int iterations, int length) {
    int hashBytes = mac.getMacLength();
    byte[] output = new byte[length];
    for (int block = 1, at = 0; at < length; block++, at += hashBytes) {
      mac.update(salt);
      byte[] u = mac.doFinal(ByteBuffer.allocate(4).putInt(block).array());
      byte[] sum = u.clone();
      for (int i = 1; i < iterations; i++) {
        u = mac.doFinal(u);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= u[j];
        }
      }
      System.arraycopy(sum, 0, output, at, Math.min(hashBytes, length - at));
    }
    return output;
  }

  static byte[] hkdfExpand(Mac mac, byte[] info, int length) {
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    for (int counter = 1, at = 0; at < length; counter++, at += block.length) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
    }
    return output;
  }
}
