package dev.tenon.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The one secret a node keeps in a file: 256 random bits from which every other secret of the node is derived, one per
/// purpose (HKDF-SHA256). Nodes of one cluster share it.
public final class NodeKey {

  private static final int KEY_BYTES = 32;

  private final byte[] key;

  private NodeKey(byte[] key) {
    this.key = key;
  }

  /// Reads the key, or makes one that only the owner may read when the file is not there.
  ///
  /// @throws ControlException when others may read the file, or it holds no key
  public static NodeKey load(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        SecretFile.write(file, Base64.getEncoder().encodeToString(fresh));
      }
      byte[] key = Base64.getDecoder().decode(SecretFile.read(file));
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException(key.length + " bytes");
      }
      return new NodeKey(key);
    } catch (IllegalArgumentException notOne) {
      throw new ControlException("node key " + file + " – it does not hold 32 bytes in Base64 – put the right file back,"
          + " or remove it to start with a new key (every session then ends)", notOne);
    } catch (IOException failed) {
      throw new ControlException("node key " + file + " – it cannot be read or made (" + SecretFile.reason(failed)
          + ") – make its directory writable", failed);
    }
  }

  /// 32 bytes that only this key and this purpose give.
  public byte[] derive(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
          .addIKM(key).thenExpand(("tenon/" + purpose).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (InvalidAlgorithmParameterException impossible) {
      throw new IllegalStateException(impossible);
    } catch (GeneralSecurityException missing) {
      throw new ControlException("JDK – it has no HKDF-SHA256 – run on JDK 25", missing);
    }
  }

  /// Tells keys apart without telling them.
  public String id() {
    return HexFormat.of().formatHex(derive("id"), 0, 8);
  }
}
