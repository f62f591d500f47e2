package dev.tenon.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Control's own database: its schema at the newest version, and what control keeps in it.
public final class ControlDatabase {

  private static final int CONNECTIONS_MAX = 4;
  static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);
  static final Duration STATEMENT_DEADLINE = Duration.ofSeconds(30);


  private final DatabaseAddress address;
  private final Pool pool;
  private final Databases databases;
  private final Catalogue catalogue;

  private ControlDatabase(DatabaseAddress address, Pool pool, NodeKey key) {
    this.address = address;
    this.pool = pool;
    this.databases = new Databases(pool, address, key);
    this.catalogue = new Catalogue(pool);
  }

  /// Connects and brings the schema up to date.
  ///
  /// @return fails with a [ControlException] when the server does not answer, refuses the user, or holds a newer schema
  public static Future<ControlDatabase> open(Vertx vertx, DatabaseAddress address, NodeKey key) {
    Pool pool = pool(vertx, address);
    return new Schema(vertx, pool, address).bringUpToDate()
        .map(_ -> new ControlDatabase(address, pool, key))
        .onFailure(_ -> pool.close())
        .recover(failed -> Future.failedFuture(Unreachable.sentence(address, failed)));
  }

  /// Connects and changes nothing.
  ///
  /// @return what answered; fails with a [ControlException] when the server does not answer or refuses the user
  public static Future<String> probe(Vertx vertx, DatabaseAddress address) {
    Pool pool = pool(vertx, address);
    return version(pool, address)
        .recover(failed -> Future.failedFuture(Unreachable.sentence(address, failed)))
        .eventually(pool::close);
  }

  /// The databases of components.
  public Databases databases() {
    return databases;
  }

  /// Components, versions, deployments.
  public Catalogue catalogue() {
    return catalogue;
  }

  /// For [Health]: a round trip to the server.
  public Future<String> check() {
    return version(pool, address);
  }

  private static Future<String> version(Pool pool, DatabaseAddress address) {
    return pool.query("SELECT current_setting('server_version')").execute()
        .map(rows -> "PostgreSQL " + rows.iterator().next().getString(0) + " at " + address.host() + ":" + address.port());
  }

  public Future<Void> close() {
    return pool.close();
  }

  private static Pool pool(Vertx vertx, DatabaseAddress address) {
    PgConnectOptions options = new PgConnectOptions()
        .setHost(address.host()).setPort(address.port()).setDatabase(address.database())
        .setUser(address.user()).setPassword(address.password());
    options.addProperty("application_name", "tenon-control");
    options.addProperty("statement_timeout", String.valueOf(STATEMENT_DEADLINE.toMillis()));
    switch (address.tls()) {
      case DISABLE -> options.setSslMode(SslMode.DISABLE);
      case PREFER -> options.setSslMode(SslMode.PREFER).setSslOptions(new ClientSSLOptions().setTrustAll(true));
      case REQUIRE -> options.setSslMode(SslMode.REQUIRE).setSslOptions(new ClientSSLOptions().setTrustAll(true));
      case VERIFY_FULL -> options.setSslMode(SslMode.VERIFY_FULL)
          .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
    }
    return PgBuilder.pool().connectingTo(options).using(vertx)
        .with(new NetClientOptions().setConnectTimeout((int) CONNECT_DEADLINE.toMillis()))
        .with(new PoolOptions().setMaxSize(CONNECTIONS_MAX).setConnectionTimeout((int) CONNECT_DEADLINE.toSeconds())
            .setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .build();
  }
}
