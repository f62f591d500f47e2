package dev.tenon.auth;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// Who is registered.
final class Accounts {

  /// @param passwordHash in PHC form
  record WithPassword(User user, String passwordHash) {}

  private static final String USER = "id, email, plan, created_at";

  private final Pool database;

  Accounts(Pool database) {
    this.database = database;
  }

  /// Makes a user on the free plan; empty when the address is taken.
  Future<Optional<User>> register(EmailAddress email, String passwordHash) {
    return database.preparedQuery("INSERT INTO account (id, email, password) VALUES ($1, $2, $3)"
            + " ON CONFLICT (email) DO NOTHING RETURNING " + USER)
        .execute(Tuple.of(UUID.randomUUID(), email.text(), passwordHash))
        .map(Accounts::user);
  }

  Future<Optional<WithPassword>> find(EmailAddress email) {
    return database.preparedQuery("SELECT " + USER + ", password FROM account WHERE email = $1")
        .execute(Tuple.of(email.text()))
        .map(rows -> user(rows).map(user -> new WithPassword(user, rows.iterator().next().getString("password"))));
  }

  Future<Optional<User>> find(UUID id) {
    return database.preparedQuery("SELECT " + USER + " FROM account WHERE id = $1").execute(Tuple.of(id)).map(Accounts::user);
  }

  private static Optional<User> user(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    OffsetDateTime createdAt = row.getOffsetDateTime("created_at");
    return Optional.of(new User(row.getUUID("id"), row.getString("email"), Plan.of(row.getString("plan")), createdAt.toInstant()));
  }
}
