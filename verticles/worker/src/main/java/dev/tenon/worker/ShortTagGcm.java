package dev.tenon.worker;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// AES-GCM with tags of 32 and 64 bits, which Web Cryptography knows and Java does not. A short tag is the beginning of the long one.
///
/// @see <a href="https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf">SP 800-38D, section 5.2.1.2</a>
final class ShortTagGcm {

  static final int JAVA_TAG_BITS_MIN = 96;
  private static final int LONG_TAG_BYTES = 16;

  private ShortTagGcm() {}

  static byte[] apply(boolean encrypt, Key key, byte[] iv, byte[] associated, int tagBytes, byte[] data) throws GeneralSecurityException {
    return encrypt ? seal(key, iv, associated, tagBytes, data) : open(key, iv, associated, tagBytes, data);
  }

  private static byte[] seal(Key key, byte[] iv, byte[] associated, int tagBytes, byte[] plain) throws GeneralSecurityException {
    return Arrays.copyOf(encrypted(key, iv, associated, plain), plain.length + tagBytes);
  }

  /// Encrypting twice gives the plain text back, because both add the same key stream; encrypting that once more gives the tag it must have had.
  private static byte[] open(Key key, byte[] iv, byte[] associated, int tagBytes, byte[] sealed) throws GeneralSecurityException {
    int length = sealed.length - tagBytes;
    byte[] plain = Arrays.copyOf(encrypted(key, iv, new byte[0], Arrays.copyOf(sealed, length)), length);
    if (!MessageDigest.isEqual(seal(key, iv, associated, tagBytes, plain), sealed)) {
      throw new AEADBadTagException("Tag mismatch");
    }
    return plain;
  }

  /// A cipher of its own for each pass: Java's refuses to use a key and vector twice.
  private static byte[] encrypted(Key key, byte[] iv, byte[] associated, byte[] plain) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(LONG_TAG_BYTES * 8, iv));
    cipher.updateAAD(associated);
    return cipher.doFinal(plain);
  }
}
