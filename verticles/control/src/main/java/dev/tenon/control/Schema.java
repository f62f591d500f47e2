package dev.tenon.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Control's tables, moved forward by Flyway from `migration/V*.sql`. Flyway and JDBC are loaded only when something is
/// pending: asking costs one query.
final class Schema {

  /// The newest migration beside this class; a test holds them together.
  static final int NEWEST = 1;

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String HISTORY = "tenon_schema_history";

  private final Vertx vertx;
  private final Pool pool;
  private final DatabaseAddress address;

  Schema(Vertx vertx, Pool pool, DatabaseAddress address) {
    this.vertx = vertx;
    this.pool = pool;
    this.address = address;
  }

  Future<Void> bringUpToDate() {
    return current().compose(version -> {
      if (version == NEWEST) {
        return Future.succeededFuture();
      }
      if (version > NEWEST) {
        return Future.failedFuture(new ControlException("database " + address + " – its schema is version " + version
            + ", this Tenon knows " + NEWEST + " – run the newer Tenon"));
      }
      return vertx.executeBlocking(this::migrate);
    });
  }

  private Future<Integer> current() {
    return pool.query("SELECT coalesce(max(version::int), 0) FROM " + HISTORY + " WHERE success").execute()
        .timeout(ControlDatabase.CONNECT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .map(rows -> rows.iterator().next().getInteger(0))
        .recover(failed -> failed instanceof PgException said && UNDEFINED_TABLE.equals(said.getSqlState())
            ? Future.succeededFuture(0)
            : Future.failedFuture(failed));
  }

  private Void migrate() {
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(jdbcUrl(), address.user(), address.password())
          .jdbcProperties(Map.of("sslmode", address.tls().name().toLowerCase(Locale.ROOT).replace('_', '-')))
          .table(HISTORY)
          .locations("classpath:dev/tenon/control/migration")
          .loggers("slf4j")
          .load()
          .migrate();
      return null;
    } catch (FlywayException failed) {
      throw new ControlException("database " + address + " – its schema cannot be brought up to date ("
          + failed.getMessage().strip().lines().findFirst().orElse("") + ") – give '" + address.user()
          + "' the right to create tables there", failed);
    }
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
  }
}
