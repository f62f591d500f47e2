package dev.tenon.node;

import dev.tenon.control.DatabaseAddress;
import dev.tenon.control.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Optional;

/// The PostgreSQL server: the node's own, or the operator's.
final class DatabasePart implements AutoCloseable {

  private final Optional<EmbeddedPostgres> embedded;
  private final DatabaseAddress address;

  private DatabasePart(Optional<EmbeddedPostgres> embedded, DatabaseAddress address) {
    this.embedded = embedded;
    this.address = address;
  }

  /// Blocks until the embedded server answers; an operator's server is asked later, by who connects to it.
  static DatabasePart start(NodeOptions options) {
    if (options.databaseUrl().isPresent()) {
      return new DatabasePart(Optional.empty(), DatabaseAddress.parse(options.databaseUrl().get()));
    }
    EmbeddedPostgres server = EmbeddedPostgres.start(directory(options), options.cache());
    return new DatabasePart(Optional.of(server), server.address());
  }

  /// Where the node's own server keeps its files.
  static Path directory(NodeOptions options) {
    return options.data().resolve("postgres");
  }

  DatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}
