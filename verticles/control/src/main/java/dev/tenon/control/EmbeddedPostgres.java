package dev.tenon.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL that this process owns, on a loopback port of its own. Its data stays in a directory between runs:
///
///     DIR/lock                  held by the process that owns the directory, released by the kernel when that dies
///     DIR/superuser.password    0600
///     DIR/data                  PostgreSQL's own
///     DIR/postgres.log          of this run; postgres.log.1 of the one before
///     DIR/postgresql-18.6.0     the programs
///
/// The server is a session of its own, so that Ctrl-C reaches it only through [#close()]. When this process is killed the
/// server stays; the next [#start] stops it and starts anew. All methods block: call them off the event loops.
public final class EmbeddedPostgres implements AutoCloseable {

  /// The superuser, and the database that belongs to control.
  public static final String NAME = "tenon";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int START_ATTEMPTS = 5;
  private static final int CONNECTIONS_MAX = 100;
  private static final int PASSWORD_BYTES = 24;

  /// Small machines first; everything about durability stays as PostgreSQL has it.
  private static final Map<String, String> SETTINGS = Map.of(
      "listen_addresses", "127.0.0.1",
      "unix_socket_directories", "",
      "max_connections", String.valueOf(CONNECTIONS_MAX),
      "password_encryption", "scram-sha-256",
      "shared_buffers", "64MB",
      "jit", "off",
      "log_min_messages", "warning",
      "cluster_name", NAME);

  private final Path directory;
  private final DirectoryLock lock;
  private final PostgresCluster cluster;
  private String password;
  private int port;

  private EmbeddedPostgres(Path directory, Path programs, DirectoryLock lock) throws IOException {
    this.directory = directory;
    this.lock = lock;
    this.cluster = new PostgresCluster(directory, PostgresBinaries.in(programs));
  }

  /// Starts the server of a directory, with programs unpacked into that directory.
  public static EmbeddedPostgres start(Path directory) {
    return start(directory, directory);
  }

  /// Starts the server of a directory, made on first use.
  ///
  /// @param programs where PostgreSQL's programs are, or are unpacked to
  /// @throws ControlException when another process owns the directory, it cannot be written, or the server does not start
  public static EmbeddedPostgres start(Path directory, Path programs) {
    Path absolute = directory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.take(absolute);
    try {
      EmbeddedPostgres postgres = new EmbeddedPostgres(absolute, programs.toAbsolutePath().normalize(), lock);
      postgres.prepare();
      postgres.listen();
      return postgres;
    } catch (IOException failed) {
      release(lock);
      throw new ControlException("database in " + absolute + " – its files cannot be used (" + SecretFile.reason(failed)
          + ") – change their owner or mode, or choose another with --data-dir", failed);
    } catch (RuntimeException failed) {
      release(lock);
      throw failed;
    }
  }

  /// Whether a server could own a directory now: says at once what [#start] would say later.
  ///
  /// @throws ControlException when another process owns the directory, or it cannot be written
  public static void checkFree(Path directory) {
    release(DirectoryLock.take(directory.toAbsolutePath().normalize()));
  }

  /// Where it listens, as superuser, in control's database.
  public DatabaseAddress address() {
    return new DatabaseAddress("127.0.0.1", port, NAME, NAME, password, DatabaseAddress.Tls.DISABLE);
  }

  /// Stops the server after its running transactions are rolled back, and gives the directory free. Safe to repeat.
  @Override
  public void close() {
    if (!lock.isHeld()) {
      return;
    }
    try {
      cluster.stop();
    } catch (IOException failed) {
      LOG.warn("database in {} – its server may still run ({}) – the next start stops it", directory, SecretFile.reason(failed));
    } finally {
      release(lock);
    }
  }

  private void prepare() throws IOException {
    Path passwordFile = directory.resolve("superuser.password");
    if (!cluster.exists()) {
      password = randomPassword();
      SecretFile.write(passwordFile, password);
      cluster.create(NAME, password);
      return;
    }
    cluster.stop();
    cluster.checkVersion();
    if (Files.exists(passwordFile)) {
      password = SecretFile.read(passwordFile);
    } else {
      password = randomPassword();
      cluster.changePassword(NAME, password);
      SecretFile.write(passwordFile, password);
    }
  }

  private void listen() throws IOException {
    for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      port = freePort();
      if (cluster.start(port, SETTINGS)) {
        return;
      }
      cluster.stop();
    }
    throw new ControlException("database in " + directory + " – PostgreSQL does not start: " + cluster.lastWords()
        + " – see " + cluster.log());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static String randomPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException failed) {
      LOG.debug("closing the lock file failed", failed);
    }
  }
}
