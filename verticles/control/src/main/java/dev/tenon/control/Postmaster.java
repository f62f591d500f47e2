package dev.tenon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `postmaster.pid` in a data directory says about the server that wrote it.
///
/// @see <a href="https://www.postgresql.org/docs/current/storage-file-layout.html">PostgreSQL: database file layout</a>
record Postmaster(ProcessHandle process, Path data, boolean ready) {

  private static final int STATUS_LINE = 7;

  /// Empty when no server was here, it stopped cleanly, or the process it names is gone.
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(data));
    } catch (NoSuchFileException stopped) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d{1,10}")) {
      return Optional.empty(); // it is being written
    }
    boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
    return ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())))
        .filter(ProcessHandle::isAlive)
        .map(process -> new Postmaster(process, data, ready));
  }

  static Path file(Path data) {
    return data.resolve("postmaster.pid");
  }

  /// Whether the process is a server of this directory, not one that was given the same number later. A server's
  /// working directory is its data directory; where that cannot be seen, its program's name has to do.
  boolean isServer() {
    try {
      Path cwd = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
      return cwd.equals(data.toRealPath());
    } catch (IOException | UnsupportedOperationException notVisible) {
      return process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
    }
  }
}
