package dev.tenon.worker;

import dev.tenon.worker.NodeCipherHost.Kind;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts or decrypts byte by byte: as much comes out as went in, at once. OpenSSL does so in the modes that need no whole blocks, and callers count on it
/// when they drop what `final()` gives; Java holds bytes back, when it decrypts with a tag all of them. It does not authenticate.
@FunctionalInterface
interface ByteFlow {

  int BLOCK_BYTES = 16;

  byte[] apply(byte[] bytes) throws GeneralSecurityException;

  /// Empty for a kind whose cipher of Java's holds nothing back that OpenSSL would not.
  static Optional<ByteFlow> of(Kind kind, boolean encrypt, byte[] key, byte[] iv) throws GeneralSecurityException {
    if (kind.mode().equals("stream")) {
      Cipher stream = Cipher.getInstance("ChaCha20");
      // Block 0 of the key stream makes the key of the tag: RFC 8439, section 2.8.
      stream.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new ChaCha20ParameterSpec(iv, 1));
      return Optional.of(bytes -> orEmpty(stream.update(bytes)));
    }
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    return switch (kind.mode()) {
      case "gcm" -> {
        Cipher zeros = Cipher.getInstance("AES/GCM/NoPadding");
        zeros.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(BLOCK_BYTES * 8, iv));
        yield Optional.of(new KeyStream(zeros));
      }
      case "ofb" -> {
        Cipher zeros = Cipher.getInstance("AES/OFB/NoPadding");
        zeros.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(iv));
        yield Optional.of(new KeyStream(zeros));
      }
      case "cfb" -> {
        Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
        block.init(Cipher.ENCRYPT_MODE, secret);
        yield Optional.of(new Feedback(block, iv.clone(), encrypt));
      }
      default -> Optional.empty();
    };
  }

  private static byte[] orEmpty(byte[] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  /// A key stream that does not depend on the text: what the cipher makes of zeros, taken in whole blocks.
  final class KeyStream implements ByteFlow {
    private final Cipher cipher;
    private byte[] ahead = new byte[0];
    private int at;

    private KeyStream(Cipher cipher) {
      this.cipher = cipher;
    }

    @Override
    public byte[] apply(byte[] bytes) {
      int missing = bytes.length - (ahead.length - at);
      if (missing > 0) {
        byte[] more = orEmpty(cipher.update(new byte[Math.ceilDiv(missing, BLOCK_BYTES) * BLOCK_BYTES]));
        byte[] rest = Arrays.copyOfRange(ahead, at, ahead.length + more.length);
        System.arraycopy(more, 0, rest, ahead.length - at, more.length);
        ahead = rest;
        at = 0;
      }
      byte[] out = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        out[i] = (byte) (bytes[i] ^ ahead[at++]);
      }
      return out;
    }
  }

  /// Cipher feedback of whole blocks: SP 800-38A, section 6.3.
  final class Feedback implements ByteFlow {
    private final Cipher block;
    private final byte[] register;
    private final boolean encrypt;
    private byte[] pad = new byte[0];
    private int at = BLOCK_BYTES;

    private Feedback(Cipher block, byte[] register, boolean encrypt) {
      this.block = block;
      this.register = register;
      this.encrypt = encrypt;
    }

    @Override
    public byte[] apply(byte[] bytes) {
      byte[] out = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        if (at == BLOCK_BYTES) {
          pad = block.update(register);
          at = 0;
        }
        out[i] = (byte) (bytes[i] ^ pad[at]);
        register[at++] = encrypt ? out[i] : bytes[i];
      }
      return out;
    }
  }
}
