package dev.tenon.service;

import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A service's connections to its own database.
final class DatabasePool {

  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);
  private static final Duration STATEMENT_DEADLINE = Duration.ofSeconds(30);

  /// Callers that wait for a connection beyond this many are answered OVERLOADED.
  private static final int WAITING_MAX = 256;

  /// PostgreSQL's classes of errors for: connection lost, no connection left, shutting down or starting.
  private static final List<String> SERVER_LEAVES = List.of("08", "53300", "57P");

  private DatabasePool() {}

  /// Whether every connection is in use and enough callers wait already.
  static boolean isOverloaded(Throwable failed) {
    return failed instanceof ConnectionPoolTooBusyException
        || failed instanceof VertxException && failed.getMessage() != null && failed.getMessage().startsWith("Timeout");
  }

  /// Whether there is no server to talk to: nothing was wrong with what was asked.
  static boolean isUnavailable(Throwable failed) {
    return switch (failed) {
      case ConnectException _, ClosedConnectionException _ -> true;
      case PgException said -> said.getSqlState() != null && SERVER_LEAVES.stream().anyMatch(said.getSqlState()::startsWith);
      default -> false;
    };
  }

  static Pool open(Vertx vertx, String component, DatabaseCredentials credentials, int connectionsMax) {
    SslMode sslMode = SslMode.of(credentials.sslMode());
    PgConnectOptions options = new PgConnectOptions()
        .setHost(credentials.host()).setPort(credentials.port()).setDatabase(credentials.database())
        .setUser(credentials.user()).setPassword(credentials.password())
        .setCachePreparedStatements(true)
        .setSslMode(sslMode);
    options.addProperty("application_name", "tenon-" + component);
    options.addProperty("statement_timeout", String.valueOf(STATEMENT_DEADLINE.toMillis()));
    switch (sslMode) {
      case DISABLE, ALLOW -> { }
      case PREFER, REQUIRE -> options.setSslOptions(new ClientSSLOptions().setTrustAll(true));
      case VERIFY_CA -> options.setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm(""));
      case VERIFY_FULL -> options.setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
    }
    return PgBuilder.pool().connectingTo(options).using(vertx)
        .with(new NetClientOptions().setConnectTimeout((int) CONNECT_DEADLINE.toMillis()))
        .with(new PoolOptions()
            .setMaxSize(connectionsMax)
            .setMaxWaitQueueSize(WAITING_MAX)
            .setConnectionTimeout((int) CONNECT_DEADLINE.toSeconds()).setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .build();
  }
}
