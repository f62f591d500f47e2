package dev.tenon.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// A file that only its owner may read.
final class SecretFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SecretFile() {}

  /// Writes it whole or not at all, also when the process dies in the middle.
  static void write(Path file, String secret) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(draft, secret, StandardCharsets.US_ASCII, StandardOpenOption.DSYNC);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// @throws ControlException when others than the owner may read it
  static String read(Path file) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new ControlException("secret file " + file + " – others may use it (" + PosixFilePermissions.toString(permissions)
          + ") – run: chmod 600 " + file);
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  /// The reason of a failed file operation in a few words; the file is named by the caller.
  static String reason(IOException failed) {
    return switch (failed) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> failed.getClass().getSimpleName();
    };
  }
}
