package dev.tenon.cli;

import dev.tenon.control.ControlDatabase;
import dev.tenon.control.ControlException;
import dev.tenon.control.DatabaseAddress;
import dev.tenon.control.EmbeddedPostgres;
import dev.tenon.control.FirstContact;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Whether a node would find its database.
final class DatabaseCheck {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private DatabaseCheck() {}

  /// Asks the operator's server, or starts an embedded one with nothing in it and stops it again.
  static Check run(Home home, Optional<String> url) {
    try {
      return Check.ok("database", url.isPresent() ? probe(DatabaseAddress.parse(url.get())) : embedded(home));
    } catch (ControlException refused) {
      String[] parts = refused.getMessage().split(" – ", 3);
      return Check.fail("database", parts.length == 3 ? parts[0] + " – " + parts[1] : refused.getMessage(), parts.length == 3 ? parts[2] : "");
    } catch (IOException | UncheckedIOException broken) {
      return Check.fail("database", home.state() + " cannot be used (" + broken.getMessage() + ")", "make it writable, or set TENON_HOME to a directory of yours");
    }
  }

  private static String embedded(Home home) throws IOException {
    Files.createDirectories(home.state());
    Path scratch = Files.createTempDirectory(home.state(), "doctor-");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(scratch.resolve("postgres"), home.cache())) {
      return "an embedded " + probe(server.address()).replaceFirst(" at .*", "") + " starts and answers";
    } finally {
      delete(scratch);
    }
  }

  private static String probe(DatabaseAddress address) {
    FirstContact.check(address);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      return ControlDatabase.probe(vertx, address).await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      throw new ControlException("database " + address + " – no answer within " + DEADLINE.toSeconds() + " s – check the network", silent);
    } finally {
      vertx.close().await();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
