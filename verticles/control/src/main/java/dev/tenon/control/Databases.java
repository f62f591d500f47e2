package dev.tenon.control;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A database and a role for each component that asks for one, made on first use.
///
/// 1. Only the component's role, and the server's superusers, can connect to its database.
/// 2. The role owns its database and nothing else; it may not make databases or roles.
/// 3. The role's password is derived from the node key: it is stored nowhere and never logged.
/// 4. Making one is repeatable: a node that dies in the middle leaves nothing that the next call does not mend.
public final class Databases {

  private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9-]{0,47}");

  private static final int NAME_BYTES_MAX = 63;
  private static final int FIRST_GENERATION = 1;

  /// One maker at a time in the whole cluster; the number is arbitrary and ours.
  private static final long MAKER_LOCK = 0x74656e6f6e6462L;

  private final Pool pool;
  private final DatabaseAddress control;
  private final NodeKey key;

  Databases(Pool pool, DatabaseAddress control, NodeKey key) {
    this.pool = pool;
    this.control = control;
    this.key = key;
  }

  /// The database of a component; costs one query once it is there.
  ///
  /// @return fails with a [ControlException] when control's user may not make databases
  public Future<DatabaseAddress> of(String component) {
    if (!COMPONENT.matcher(component).matches()) {
      return Future.failedFuture(new ControlException("component '" + component
          + "' – it cannot have a database under this name – use 1 to 48 of a-z, 0-9 and -, starting with a letter"));
    }
    return known(pool, component)
        .compose(known -> known.isPresent()
            ? Future.succeededFuture(known.get())
            : pool.withConnection(connection -> make(connection, component)))
        .timeout(ControlDatabase.STATEMENT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Optional<DatabaseAddress>> known(SqlClient client, String component) {
    return client.preparedQuery("SELECT database, role, generation FROM component_database WHERE component = $1 AND node_key = $2")
        .execute(Tuple.of(component, key.id()))
        .map(rows -> rows.rowCount() == 0 ? Optional.empty() : Optional.of(address(component, rows.iterator().next())));
  }

  private DatabaseAddress address(String component, Row row) {
    return control.as(row.getString(0), row.getString(1), password(component, row.getInteger(2)));
  }

  private Future<DatabaseAddress> make(SqlConnection connection, String component) {
    return connection.preparedQuery("SELECT pg_advisory_lock($1)").execute(Tuple.of(MAKER_LOCK))
        .compose(_ -> known(connection, component))
        .compose(known -> known.isPresent() ? Future.succeededFuture(known.get()) : makeLocked(connection, component))
        .eventually(() -> connection.preparedQuery("SELECT pg_advisory_unlock($1)").execute(Tuple.of(MAKER_LOCK)));
  }

  private Future<DatabaseAddress> makeLocked(SqlConnection connection, String component) {
    String name = control.database() + "_" + component.replace('-', '_');
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
      return Future.failedFuture(new ControlException("component '" + component + "' – its database '" + name
          + "' would have a name longer than PostgreSQL's " + NAME_BYTES_MAX + " bytes – shorten the component's name"));
    }
    String password = password(component, FIRST_GENERATION);
    return maker(connection)
        .compose(maker -> role(connection, maker, name, ScramVerifier.of(password)))
        .compose(_ -> database(connection, name))
        .compose(_ -> connection.query("REVOKE ALL ON DATABASE " + quoted(name) + " FROM PUBLIC").execute())
        .compose(_ -> connection.preparedQuery(
            "INSERT INTO component_database (component, database, role, generation, node_key) VALUES ($1, $2, $2, $3, $4)"
                + " ON CONFLICT (component) DO UPDATE SET generation = $3, node_key = $4")
            .execute(Tuple.of(component, name, FIRST_GENERATION, key.id())))
        .map(_ -> control.as(name, name, password));
  }

  private enum Maker { SUPERUSER, OWNER_OF_WHAT_IT_MAKES }

  private Future<Maker> maker(SqlConnection connection) {
    return connection.query("SELECT rolsuper, rolcreatedb AND rolcreaterole FROM pg_roles WHERE rolname = current_user").execute()
        .map(rows -> rows.iterator().next())
        .compose(row -> row.getBoolean(0) ? Future.succeededFuture(Maker.SUPERUSER)
            : row.getBoolean(1) ? Future.succeededFuture(Maker.OWNER_OF_WHAT_IT_MAKES)
            : Future.failedFuture(new ControlException("database " + control + " – '" + control.user()
                + "' may not make a database and a role for each component – run: ALTER ROLE " + quoted(control.user())
                + " CREATEDB CREATEROLE")));
  }

  private static Future<?> role(SqlConnection connection, Maker maker, String name, String verifier) {
    String can = " WITH LOGIN PASSWORD '" + verifier + "'";
    return exists(connection, "SELECT FROM pg_roles WHERE rolname = $1", name)
        .compose(there -> connection.query((there ? "ALTER" : "CREATE") + " ROLE " + quoted(name) + can).execute())
        .compose(made -> maker == Maker.SUPERUSER ? Future.succeededFuture(made)
            : connection.query("GRANT " + quoted(name) + " TO CURRENT_USER").execute());
  }

  private static Future<?> database(SqlConnection connection, String name) {
    return exists(connection, "SELECT FROM pg_database WHERE datname = $1", name)
        .compose(there -> connection.query(there
            ? "ALTER DATABASE " + quoted(name) + " OWNER TO " + quoted(name)
            : "CREATE DATABASE " + quoted(name) + " OWNER " + quoted(name) + " ENCODING 'UTF8' TEMPLATE template0").execute());
  }

  private static Future<Boolean> exists(SqlConnection connection, String query, String name) {
    return connection.preparedQuery(query).execute(Tuple.of(name)).map(rows -> rows.rowCount() > 0);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private String password(String component, int generation) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.derive("database/" + component + "/" + generation));
  }
}
