package dev.tenon.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts what a service must keep and nobody may read at rest: AES-256-GCM under a key of this component that lives in
/// the node's settings, not in the database. Thread-safe.
public final class Sealer {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /// @param key 32 bytes
  public Sealer(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("sealing key – it has " + key.length + " bytes – give " + KEY_BYTES);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /// @param purpose what is sealed, e.g. `signing-key 7f3a`; the same has to be named to open it
  public byte[] seal(String purpose, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(plain);
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no AES-GCM", missing);
    }
  }

  /// What was sealed; empty when it was sealed with another key or for another purpose, or was changed since.
  public Optional<byte[]> open(String purpose, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (AEADBadTagException notOurs) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no AES-GCM", missing);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
