package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Signatures, RSA encryption and key agreement of `node:crypto`.
public final class NodeSignHost {

  /// What `crypto.constants` calls the paddings of RSA.
  private static final int PKCS1 = 1;
  private static final int NONE = 3;
  private static final int PSS = 6;
  /// The special lengths of a salt.
  private static final int SALT_DIGEST = -1;
  private static final int SALT_MAX = -2;

  private final Offload offload;

  NodeSignHost(Offload offload) {
    this.offload = offload;
  }

  /// @param hash as OpenSSL names it; ignored by Ed25519 and Ed448
  /// @param padding one of RSA's; 0 for the key's usual one
  /// @param ieee whether an ECDSA signature is `r` and `s` side by side
  @HostAccess.Export
  public ByteBuffer sign(String hash, CryptoKeyHandle key, int padding, int saltBytes, boolean ieee, Value data) throws Exception {
    return JsBytes.outgoing(signed(hash, (PrivateKey) key.key(), padding, saltBytes, ieee, JsBytes.read(data)));
  }

  /// As [#sign], later.
  @HostAccess.Export
  public Object signLater(String hash, CryptoKeyHandle key, int padding, int saltBytes, boolean ieee, Value data) {
    byte[] bytes = JsBytes.read(data);
    return offload.promise(() -> JsBytes.outgoing(signed(hash, (PrivateKey) key.key(), padding, saltBytes, ieee, bytes)));
  }

  @HostAccess.Export
  public boolean verify(String hash, CryptoKeyHandle key, int padding, int saltBytes, boolean ieee, Value data, Value claimed) throws Exception {
    return verified(hash, (PublicKey) key.key(), padding, saltBytes, ieee, JsBytes.read(data), JsBytes.read(claimed));
  }

  /// As [#verify], later.
  @HostAccess.Export
  public Object verifyLater(String hash, CryptoKeyHandle key, int padding, int saltBytes, boolean ieee, Value data, Value claimed) {
    byte[] bytes = JsBytes.read(data);
    byte[] given = JsBytes.read(claimed);
    return offload.promise(() -> verified(hash, (PublicKey) key.key(), padding, saltBytes, ieee, bytes, given));
  }

  private static byte[] signed(String hash, PrivateKey key, int padding, int saltBytes, boolean ieee, byte[] data) throws GeneralSecurityException {
    Signature signature = signature(hash, key, padding, saltBytes, ieee);
    signature.initSign(key);
    signature.update(data);
    return signature.sign();
  }

  private static boolean verified(String hash, PublicKey key, int padding, int saltBytes, boolean ieee, byte[] data, byte[] claimed) throws GeneralSecurityException {
    Signature signature = signature(hash, key, padding, saltBytes, ieee);
    signature.initVerify(key);
    signature.update(data);
    try {
      return signature.verify(claimed);
    } catch (SignatureException malformed) {
      return false;
    }
  }

  private static Signature signature(String hash, Key key, int padding, int saltBytes, boolean ieee) throws GeneralSecurityException {
    String kind = key.getAlgorithm();
    if (kind.startsWith("Ed")) {
      return Signature.getInstance("EdDSA");
    }
    String name = NodeHashHost.javaName(hash);
    String digest = name.startsWith("SHA3") ? name : name.replaceFirst("^SHA-", "SHA");
    if (key instanceof RSAKey rsa) {
      return padding == PSS || kind.equals("RSASSA-PSS") ? pss(name, rsa, saltBytes) : Signature.getInstance(digest + "withRSA");
    }
    Provider provider = NodeKeys.providerOf(key);
    if (provider != null) {
      return Signature.getInstance(digest + (ieee ? "withPLAIN-ECDSA" : "withECDSA"), provider);
    }
    return Signature.getInstance(digest + "withECDSA" + (ieee ? "inP1363Format" : ""));
  }

  private static Signature pss(String hash, RSAKey key, int saltBytes) throws GeneralSecurityException {
    int digestBytes = MessageDigest.getInstance(hash).getDigestLength();
    int most = (key.getModulus().bitLength() + 6) / 8 - digestBytes - 2;
    int salt = saltBytes == SALT_DIGEST ? digestBytes : saltBytes == SALT_MAX ? most : saltBytes;
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, PSSParameterSpec.TRAILER_FIELD_BC));
    return signature;
  }

  /// RSA with either half of a key.
  @HostAccess.Export
  public ByteBuffer rsa(boolean encrypt, CryptoKeyHandle key, int padding, String hash, Value label, Value data) throws GeneralSecurityException {
    int mode = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    Cipher cipher = Cipher.getInstance(switch (padding) {
      case PKCS1 -> "RSA/ECB/PKCS1Padding";
      case NONE -> "RSA/ECB/NoPadding";
      default -> "RSA/ECB/OAEPPadding";
    });
    if (padding == PKCS1 || padding == NONE) {
      cipher.init(mode, key.key());
    } else {
      String name = NodeHashHost.javaName(hash);
      PSource source = label.isNull() ? PSource.PSpecified.DEFAULT : new PSource.PSpecified(JsBytes.read(label));
      cipher.init(mode, key.key(), new OAEPParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), source));
    }
    return JsBytes.outgoing(cipher.doFinal(JsBytes.read(data)));
  }

  /// What two keys of one kind have in common.
  @HostAccess.Export
  public ByteBuffer agree(CryptoKeyHandle own, CryptoKeyHandle other) throws GeneralSecurityException {
    String kind = own.key().getAlgorithm();
    Provider provider = NodeKeys.providerOf(own.key());
    KeyAgreement agreement = provider != null ? KeyAgreement.getInstance("ECDH", provider) : KeyAgreement.getInstance(kind.startsWith("EC") ? "ECDH" : "XDH");
    agreement.init(own.key());
    agreement.doPhase(other.key(), true);
    return JsBytes.outgoing(agreement.generateSecret());
  }
}
