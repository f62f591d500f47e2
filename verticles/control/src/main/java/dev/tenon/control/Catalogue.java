package dev.tenon.control;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Components, their versions, and what should run of each: the truth that nodes work towards.
public final class Catalogue {

  /// @param kind `service` or `worker`
  /// @param number the semantic version in its manifest
  /// @param sha256 of its artifact, in hexadecimal
  public record Upload(String component, String kind, String number, String sha256) {}

  /// @param percent of the traffic that goes to this version
  public record Deployed(String component, String kind, String number, UUID version, int percent) {}

  private final Pool pool;

  Catalogue(Pool pool) {
    this.pool = pool;
  }

  /// Records an upload and makes it what should run, all of it. The same upload again changes nothing.
  public Future<UUID> deploy(Upload upload) {
    return pool.withTransaction(connection -> component(connection, upload)
        .compose(_ -> version(connection, upload))
        .compose(version -> deployment(connection, upload.component(), version).map(version)))
        .timeout(ControlDatabase.STATEMENT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What should run of every component, by name.
  public Future<List<Deployed>> deployed() {
    return pool.query("""
        SELECT c.name, c.kind, v.number, v.id, s.percent
        FROM component c
        JOIN LATERAL (SELECT id FROM deployment WHERE component = c.name ORDER BY id DESC LIMIT 1) d ON true
        JOIN deployment_share s ON s.deployment = d.id
        JOIN version v ON v.id = s.version
        ORDER BY c.name, s.percent DESC, v.number""").execute()
        .timeout(ControlDatabase.STATEMENT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .map(rows -> {
          List<Deployed> all = new ArrayList<>(rows.rowCount());
          rows.forEach(row -> all.add(new Deployed(
              row.getString(0), row.getString(1), row.getString(2), row.getUUID(3), row.getInteger(4))));
          return List.copyOf(all);
        });
  }

  private static Future<?> component(SqlConnection connection, Upload upload) {
    return connection.preparedQuery("INSERT INTO component (name, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .execute(Tuple.of(upload.component(), upload.kind()))
        .compose(_ -> connection.preparedQuery("SELECT kind FROM component WHERE name = $1 FOR UPDATE")
            .execute(Tuple.of(upload.component())))
        .compose(rows -> {
          String kind = rows.iterator().next().getString(0);
          return kind.equals(upload.kind()) ? Future.succeededFuture() : Future.failedFuture(new ControlException(
              "component '" + upload.component() + "' – it is a " + kind + ", this upload is a " + upload.kind()
                  + " – give the new one another name"));
        });
  }

  private static Future<UUID> version(SqlConnection connection, Upload upload) {
    Tuple key = Tuple.of(upload.component(), upload.number(), Buffer.buffer(HexFormat.of().parseHex(upload.sha256())));
    return connection.preparedQuery("INSERT INTO version (component, number, sha256) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .execute(key)
        .compose(_ -> connection.preparedQuery("SELECT id FROM version WHERE component = $1 AND number = $2 AND sha256 = $3")
            .execute(key))
        .map(rows -> rows.iterator().next().getUUID(0));
  }

  private static Future<?> deployment(SqlConnection connection, String component, UUID version) {
    return connection.preparedQuery("""
        WITH newest AS (
          SELECT id FROM deployment WHERE component = $1 ORDER BY id DESC LIMIT 1
        ), made AS (
          INSERT INTO deployment (component) SELECT $1 WHERE NOT EXISTS (
            SELECT FROM deployment_share s JOIN newest n ON n.id = s.deployment WHERE s.version = $2 AND s.percent = 100)
          RETURNING id
        )
        INSERT INTO deployment_share (deployment, version, percent) SELECT id, $2, 100 FROM made""")
        .execute(Tuple.of(component, version));
  }
}
