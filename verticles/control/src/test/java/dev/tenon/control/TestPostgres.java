package dev.tenon.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;

/// One server for all tests of this JVM, stopped when it ends. Tests keep apart by databases of their own.
final class TestPostgres {

  static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

  private TestPostgres() {}

  /// Started when a test first needs it, not in the processes that only want to know where the programs are.
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();
  }

  /// A new empty control database.
  static DatabaseAddress freshControl() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    DatabaseAddress superuser = Shared.SERVER.address();
    Sql.execute(superuser, "CREATE DATABASE " + name);
    return superuser.as(name, superuser.user(), superuser.password());
  }

  static DatabaseAddress superuser() {
    return Shared.SERVER.address();
  }

  static Path freshDirectory() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test data")), "data-").toAbsolutePath();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A directory in which a server ran and was stopped: a copy of one, which is faster than making each.
  static Path usedDirectory() {
    Path directory = freshDirectory();
    Path template = Template.DIRECTORY;
    try (Stream<Path> tree = Files.walk(template)) {
      for (Path path : tree.skip(1).toList()) {
        Files.copy(path, directory.resolve(template.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
      return directory;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static final class Template {
    static final Path DIRECTORY = freshDirectory();

    static {
      EmbeddedPostgres.start(DIRECTORY, PROGRAMS).close();
    }
  }

  private static EmbeddedPostgres start() {
    EmbeddedPostgres server = EmbeddedPostgres.start(freshDirectory(), PROGRAMS);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }
}
