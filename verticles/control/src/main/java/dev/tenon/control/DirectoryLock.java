package dev.tenon.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The right to use a data directory, held by one process at a time and given back by the kernel when that process dies.
final class DirectoryLock implements Closeable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Makes the directory if need be, and takes it.
  ///
  /// @throws ControlException when another process has it, or it cannot be written
  static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel = FileChannel.open(directory.resolve("lock"),
          StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new ControlException("data directory " + directory + " – " + owner(directory)
            + " uses it – stop that one, or choose another with --data-dir");
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      return new DirectoryLock(channel);
    } catch (IOException failed) {
      throw new ControlException("data directory " + directory + " – it cannot be written (" + SecretFile.reason(failed)
          + ") – change its owner or mode, or choose another with --data-dir", failed);
    }
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String owner(Path directory) throws IOException {
    String pid = Files.readString(directory.resolve("lock"), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "another Tenon" : "another Tenon (process " + pid + ")";
  }
}
