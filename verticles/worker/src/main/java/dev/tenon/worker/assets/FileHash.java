package dev.tenon.worker.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;

/// Hashes of files' contents. A file that has not changed since is not read again, so that a reload costs a look at each file and no more.
final class FileHash {

  private static final int DIGITS = 32;
  private static final int KNOWN_MAX = 50_000;
  private static final ConcurrentHashMap<Path, Known> KNOWN = new ConcurrentHashMap<>();

  private record Known(long bytes, FileTime modified, String hash) {

    boolean isOf(BasicFileAttributes file) {
      return bytes == file.size() && modified.equals(file.lastModifiedTime());
    }
  }

  private FileHash() {}

  /// Blocks. The first half of the content's SHA-256.
  static String of(Path file, BasicFileAttributes attributes) throws IOException {
    Known known = KNOWN.get(file);
    if (known != null && known.isOf(attributes)) {
      return known.hash();
    }
    String hash = read(file);
    if (KNOWN.size() >= KNOWN_MAX) {
      KNOWN.clear();
    }
    KNOWN.put(file, new Known(attributes.size(), attributes.lastModifiedTime(), hash));
    return hash;
  }

  private static String read(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
