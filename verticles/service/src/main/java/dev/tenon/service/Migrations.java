package dev.tenon.service;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves a service's schema forward before the service starts, each step once per cluster. Flyway does it, under its own
/// lock in the database; it and JDBC are loaded only when something is pending: asking costs one query.
final class Migrations {

  static final String HISTORY = "schema_history";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String UNDEFINED_TABLE = "42P01";

  private final Vertx vertx;
  private final List<Migration> migrations;
  private final DatabaseCredentials credentials;

  Migrations(Vertx vertx, List<Migration> migrations, DatabaseCredentials credentials) {
    this.vertx = vertx;
    this.migrations = migrations;
    this.credentials = credentials;
  }

  /// @return fails with a [ServiceException] when a step fails, or when what was applied is not what the jar holds
  Future<Void> run(Pool pool) {
    if (migrations.isEmpty()) {
      return Future.succeededFuture();
    }
    return applied(pool).compose(applied -> {
      if (applied.equals(expected())) {
        return Future.succeededFuture();
      }
      LOG.info("{} – {} of {} migrations are applied, running the others", credentials, applied.size(), migrations.size());
      return vertx.executeBlocking(() -> {
        new FlywayRun(migrations, credentials).migrate();
        return null;
      });
    });
  }

  private Map<String, Integer> expected() {
    Map<String, Integer> expected = new HashMap<>();
    migrations.forEach(migration -> expected.put(migration.version(), migration.checksum()));
    return expected;
  }

  private Future<Map<String, Integer>> applied(Pool pool) {
    return pool.query("SELECT version, checksum FROM " + HISTORY + " WHERE success AND version IS NOT NULL").execute()
        .map(rows -> {
          Map<String, Integer> applied = new HashMap<>();
          rows.forEach(row -> applied.put(row.getString(0), row.getInteger(1)));
          return applied;
        })
        .recover(failed -> failed instanceof PgException said && UNDEFINED_TABLE.equals(said.getSqlState())
            ? Future.succeededFuture(Map.of())
            : Future.failedFuture(failed));
  }
}
