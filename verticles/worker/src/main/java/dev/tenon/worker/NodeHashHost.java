package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Hashes, HMACs and key derivation of `node:crypto`. Hashes are named as OpenSSL names them; an unknown one throws.
public final class NodeHashHost {

  private static final Map<String, String> NAMES = Map.ofEntries(
      Map.entry("md5", "MD5"), Map.entry("sha1", "SHA-1"), Map.entry("sha224", "SHA-224"), Map.entry("sha256", "SHA-256"), Map.entry("sha384", "SHA-384"),
      Map.entry("sha512", "SHA-512"), Map.entry("sha512-224", "SHA-512/224"), Map.entry("sha512-256", "SHA-512/256"), Map.entry("sha3-224", "SHA3-224"),
      Map.entry("sha3-256", "SHA3-256"), Map.entry("sha3-384", "SHA3-384"), Map.entry("sha3-512", "SHA3-512"), Map.entry("ripemd160", "RIPEMD160"),
      Map.entry("rmd160", "RIPEMD160"), Map.entry("ripemd", "RIPEMD160"), Map.entry("blake2b512", "BLAKE2B-512"), Map.entry("blake2s256", "BLAKE2S-256"),
      Map.entry("sm3", "SM3"));

  private final Offload offload;

  NodeHashHost(Offload offload) {
    this.offload = offload;
  }

  /// Bouncy Castle's algorithms, without making them those of the whole process.
  static final class Extra {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private Extra() {}
  }

  /// Java's name of a hash.
  static String javaName(String hash) throws NoSuchAlgorithmException {
    String lower = hash.toLowerCase(Locale.ROOT);
    String name = NAMES.get(lower.startsWith("rsa-") ? lower.substring(4) : lower);
    if (name == null) {
      name = NAMES.get(lower.replace("sha-", "sha").replace("sha512/", "sha512-"));
    }
    if (name == null) {
      throw new NoSuchAlgorithmException(hash);
    }
    return name;
  }

  /// Whether there is a hash of this name.
  @HostAccess.Export
  public boolean has(String hash) {
    try {
      return hash.matches("(?i)shake(128|256)") || !javaName(hash).isEmpty();
    } catch (NoSuchAlgorithmException unknown) {
      return false;
    }
  }

  /// @param outputBytes of a hash that gives as many as are wanted; -1 for the usual number
  @HostAccess.Export
  public Hash hash(String name, int outputBytes) throws GeneralSecurityException {
    if (name.matches("(?i)shake(128|256)")) {
      int bits = Integer.parseInt(name.substring(5));
      return new Shake(new SHAKEDigest(bits), outputBytes < 0 ? bits / 8 : outputBytes);
    }
    MessageDigest digest = digest(javaName(name));
    if (outputBytes >= 0 && outputBytes != digest.getDigestLength()) {
      throw new GeneralSecurityException("Unsupported state or unable to set output length");
    }
    return new Digest(digest);
  }

  private static MessageDigest digest(String javaName) throws GeneralSecurityException {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException notInJava) {
      return MessageDigest.getInstance(javaName, Extra.PROVIDER);
    }
  }

  @HostAccess.Export
  public Hmac hmac(String name, Value key) throws GeneralSecurityException {
    return new Hmac(mac(name, JsBytes.read(key)));
  }

  static Mac mac(String hash, byte[] key) throws GeneralSecurityException {
    String name = "Hmac" + javaName(hash).replaceFirst("^SHA-", "SHA").replace("-", javaName(hash).startsWith("SHA3") ? "-" : "");
    Mac mac;
    try {
      mac = Mac.getInstance(name);
    } catch (NoSuchAlgorithmException notInJava) {
      mac = Mac.getInstance(name, Extra.PROVIDER);
    }
    mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
    return mac;
  }

  /// A hash that is fed piece by piece.
  public abstract static sealed class Hash {

    @HostAccess.Export
    public void update(Value data) {
      add(JsBytes.read(data));
    }

    abstract void add(byte[] bytes);

    @HostAccess.Export
    public ByteBuffer finish() {
      return JsBytes.outgoing(result());
    }

    abstract byte[] result();

    /// The same so far, to be fed differently from now on.
    @HostAccess.Export
    public Hash copy(int outputBytes) throws CloneNotSupportedException {
      return twin(outputBytes);
    }

    abstract Hash twin(int outputBytes) throws CloneNotSupportedException;
  }

  private static final class Digest extends Hash {
    private final MessageDigest digest;

    Digest(MessageDigest digest) {
      this.digest = digest;
    }

    @Override
    void add(byte[] bytes) {
      digest.update(bytes);
    }

    @Override
    byte[] result() {
      return digest.digest();
    }

    @Override
    Hash twin(int outputBytes) throws CloneNotSupportedException {
      return new Digest((MessageDigest) digest.clone());
    }
  }

  private static final class Shake extends Hash {
    private final SHAKEDigest digest;
    private final int bytes;

    Shake(SHAKEDigest digest, int bytes) {
      this.digest = digest;
      this.bytes = bytes;
    }

    @Override
    void add(byte[] data) {
      digest.update(data, 0, data.length);
    }

    @Override
    byte[] result() {
      byte[] out = new byte[bytes];
      ((Xof) digest).doFinal(out, 0, bytes);
      return out;
    }

    @Override
    Hash twin(int outputBytes) {
      return new Shake(new SHAKEDigest(digest), outputBytes < 0 ? bytes : outputBytes);
    }
  }

  /// An HMAC that is fed piece by piece.
  public static final class Hmac {
    private final Mac mac;

    Hmac(Mac mac) {
      this.mac = mac;
    }

    @HostAccess.Export
    public void update(Value data) {
      mac.update(JsBytes.read(data));
    }

    @HostAccess.Export
    public ByteBuffer finish() {
      return JsBytes.outgoing(mac.doFinal());
    }
  }

  /// RFC 8018, section 5.2.
  @HostAccess.Export
  public ByteBuffer pbkdf2(String hash, Value password, Value salt, int iterations, int bytes) throws GeneralSecurityException {
    return JsBytes.outgoing(CryptoHost.pbkdf2(mac(hash, JsBytes.read(password)), JsBytes.read(salt), iterations, bytes));
  }

  /// As [#pbkdf2], later.
  @HostAccess.Export
  public Object pbkdf2Later(String hash, Value password, Value salt, int iterations, int bytes) throws GeneralSecurityException {
    Mac mac = mac(hash, JsBytes.read(password));
    byte[] salted = JsBytes.read(salt);
    return offload.promise(() -> JsBytes.outgoing(CryptoHost.pbkdf2(mac, salted, iterations, bytes)));
  }

  /// RFC 7914.
  @HostAccess.Export
  public ByteBuffer scrypt(Value password, Value salt, int cost, int blockSize, int parallelization, int bytes) {
    return JsBytes.outgoing(SCrypt.generate(JsBytes.read(password), JsBytes.read(salt), cost, blockSize, parallelization, bytes));
  }

  /// As [#scrypt], later.
  @HostAccess.Export
  public Object scryptLater(Value password, Value salt, int cost, int blockSize, int parallelization, int bytes) {
    byte[] secret = JsBytes.read(password);
    byte[] salted = JsBytes.read(salt);
    return offload.promise(() -> JsBytes.outgoing(SCrypt.generate(secret, salted, cost, blockSize, parallelization, bytes)));
  }

  /// RFC 5869.
  @HostAccess.Export
  public ByteBuffer hkdf(String hash, Value secret, Value salt, Value info, int bytes) throws GeneralSecurityException {
    byte[] key = mac(hash, JsBytes.read(salt)).doFinal(JsBytes.read(secret));
    return JsBytes.outgoing(CryptoHost.hkdfExpand(mac(hash, key), JsBytes.read(info), bytes));
  }
}
