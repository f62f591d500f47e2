package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {

  private Path directory = TestPostgres.usedDirectory();

  @Test
  void dataStaysBetweenRunsFromTheFirstOn() {
    directory = TestPostgres.freshDirectory();
    try (EmbeddedPostgres first = start()) {
      Sql.execute(first.address(), "CREATE TABLE kept (n int)");
      Sql.execute(first.address(), "INSERT INTO kept VALUES (42)");
    }
    try (EmbeddedPostgres second = start()) {
      assertEquals("42", Sql.value(second.address(), "SELECT n FROM kept"));
    }
  }

  @Test
  void closeStopsTheServerAndMayBeRepeated() throws IOException {
    EmbeddedPostgres postgres = start();
    ProcessHandle server = server();
    postgres.close();
    postgres.close();
    assertFalse(server.isAlive());
    assertFalse(Files.exists(Postmaster.file(directory.resolve("data"))));
  }

  @Test
  void aClientInATransactionDoesNotHoldUpTheStop() throws SQLException, IOException {
    EmbeddedPostgres postgres = start();
    ProcessHandle server = server();
    try (var connection = Sql.connect(postgres.address()); var statement = connection.createStatement()) {
      statement.execute("BEGIN");
      postgres.close();
      assertFalse(server.isAlive());
    }
  }

  @Test
  void aServerLeftByAKilledProcessIsReplaced() throws Exception {
    ProcessHandle left = killedOwner();
    assertTrue(left.isAlive());
    try (EmbeddedPostgres next = start()) {
      assertFalse(left.isAlive());
      assertNotEquals(left.pid(), server().pid());
      assertEquals("1", Sql.value(next.address(), "SELECT n FROM kept"));
    }
  }

  @Test
  void aServerThatWasKilledTooIsRecovered() throws Exception {
    ProcessHandle left = killedOwner();
    left.destroyForcibly();
    left.onExit().get(30, TimeUnit.SECONDS);
    assertTrue(Files.exists(Postmaster.file(directory.resolve("data"))));
    try (EmbeddedPostgres next = start()) {
      assertEquals("1", Sql.value(next.address(), "SELECT n FROM kept"));
    }
  }

  @Test
  void anotherProcessThatOwnsTheDirectoryIsNamed() throws Exception {
    Process owner = owner();
    try {
      assertEquals("data directory " + directory + " – another Tenon (process " + owner.pid()
          + ") uses it – stop that one, or choose another with --data-dir", assertThrows(ControlException.class, this::start).getMessage());
    } finally {
      owner.destroyForcibly().waitFor();
      start().close();
    }
  }

  @Test
  void aProcessIdThatWentToAnotherProgramIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(Postmaster.file(directory.resolve("data")),
          stranger.pid() + "\n" + directory.resolve("data") + "\n1\n5432\n\n127.0.0.1\n0 0\nready   \n");
      try (EmbeddedPostgres next = start()) {
        assertEquals("1", Sql.value(next.address(), "SELECT 1"));
        assertTrue(stranger.isAlive());
      }
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aDirectoryIsOwnedOnceInAProcessToo() {
    try (EmbeddedPostgres _ = start()) {
      assertEquals("data directory " + directory + " – another Tenon (process " + ProcessHandle.current().pid()
          + ") uses it – stop that one, or choose another with --data-dir", assertThrows(ControlException.class, this::start).getMessage());
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefusedInOneSentence() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertEquals("data directory " + file + " – it cannot be written (FileAlreadyExistsException)"
        + " – change its owner or mode, or choose another with --data-dir",
        assertThrows(ControlException.class, () -> EmbeddedPostgres.start(file, TestPostgres.PROGRAMS)).getMessage());
  }

  @Test
  void anotherMajorVersionIsRefusedInOneSentence() throws IOException {
    Files.writeString(directory.resolve("data/PG_VERSION"), "9\n");
    assertEquals("database in " + directory + " – its files are of PostgreSQL 9, this Tenon runs " + PostgresBinaries.version()
        + " – dump it with the Tenon that made it and restore it here, or choose another with --data-dir",
        assertThrows(ControlException.class, this::start).getMessage());
  }

  @Test
  void thePasswordIsTheOwnersOnlyAndIsNeeded() throws IOException {
    try (EmbeddedPostgres postgres = start()) {
      Path file = directory.resolve("superuser.password");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      DatabaseAddress right = postgres.address();
      SQLException refused = assertThrows(SQLException.class,
          () -> Sql.connect(right.as(right.database(), right.user(), "wrong")).close());
      assertEquals("28P01", refused.getSQLState());
      assertFalse(right.toString().contains(right.password()));
      assertEquals("", Sql.value(right, "SHOW unix_socket_directories"));
      assertEquals("127.0.0.1", Sql.value(right, "SHOW listen_addresses"));
    }
  }

  @Test
  void aLostPasswordIsReplaced() throws IOException {
    Files.delete(directory.resolve("superuser.password"));
    try (EmbeddedPostgres postgres = start()) {
      assertEquals("1", Sql.value(postgres.address(), "SELECT 1"));
    }
  }

  @Test
  void aPasswordThatOthersMayReadIsRefused() throws IOException {
    Path file = directory.resolve("superuser.password");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals("secret file " + file + " – others may use it (rw-r--r--) – run: chmod 600 " + file,
        assertThrows(ControlException.class, this::start).getMessage());
  }

  @Test
  void aHalfMadeDirectoryIsMadeAnew() throws IOException {
    directory = TestPostgres.freshDirectory();
    Files.createDirectories(directory.resolve("creating-7/base"));
    Files.writeString(directory.resolve("creating-7/base/half"), "");
    try (EmbeddedPostgres postgres = start()) {
      assertEquals("1", Sql.value(postgres.address(), "SELECT 1"));
    }
  }

  @Test
  void rootRunsItAsTheOwnerOfTheData() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")));
    Path open = Files.createTempDirectory("tenon-nobody-");
    try {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path data = Files.createDirectory(open.resolve("postgres"));
      Files.setAttribute(data, "unix:uid", 65534);
      for (int run = 0; run < 2; run++) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data, open.resolve("programs"))) {
          assertEquals("1", Sql.value(postgres.address(), "SELECT 1"));
          assertEquals(65534, Files.getAttribute(data.resolve("data/PG_VERSION"), "unix:uid"));
        }
      }
    } finally {
      new ProcessBuilder("rm", "-rf", open.toString()).start().waitFor();
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory, TestPostgres.PROGRAMS);
  }

  /// The server of a process that was killed after it had written a row.
  private ProcessHandle killedOwner() throws Exception {
    Process owner = owner();
    ProcessHandle server = server();
    owner.destroyForcibly();
    assertTrue(owner.waitFor(30, TimeUnit.SECONDS));
    return server;
  }

  private Process owner() throws IOException {
    Process owner = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
        PostgresOwner.class.getName(), directory.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertEquals("ready", owner.inputReader().readLine());
    return owner;
  }

  private ProcessHandle server() throws IOException {
    return Postmaster.of(directory.resolve("data")).orElseThrow().process();
  }
}
