package dev.tenon.auth;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/// Makes guessing passwords slow: after some failures in a row an account has to wait, each time twice as long. The count is
/// in the database, so it holds across nodes; unknown addresses are counted alike. A right password clears it.
final class LoginThrottle {

  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private final Pool database;
  private final AuthSettings.Throttling bounds;

  LoginThrottle(Pool database, AuthSettings.Throttling bounds) {
    this.database = database;
    this.bounds = bounds;
  }

  /// @param failures in a row
  /// @param waitSeconds until the next attempt is allowed; 0 for at once
  record State(int failures, int waitSeconds) {}

  Future<State> state(EmailAddress email) {
    return database.preparedQuery("SELECT failures, extract(epoch FROM now() - last_at)::float8 FROM login_failure WHERE sha256 = $1")
        .execute(Tuple.of(Sessions.sha256(email.text())))
        .map(rows -> rows.size() == 0
            ? new State(0, 0)
            : state(rows.iterator().next()));
  }

  Future<Void> failed(EmailAddress email) {
    return database.preparedQuery("INSERT INTO login_failure AS f (sha256, failures, last_at) VALUES ($1, 1, now())"
        + " ON CONFLICT (sha256) DO UPDATE SET failures = f.failures + 1, last_at = now()")
        .execute(Tuple.of(Sessions.sha256(email.text()))).mapEmpty();
  }

  Future<Void> succeeded(EmailAddress email) {
    return database.preparedQuery("DELETE FROM login_failure WHERE sha256 = $1").execute(Tuple.of(Sessions.sha256(email.text()))).mapEmpty();
  }

  /// Deletes counts that nobody added to for a day.
  Future<Void> forgetOld() {
    return database.preparedQuery("DELETE FROM login_failure WHERE last_at < now() - make_interval(secs => $1)")
        .execute(Tuple.of((double) FORGOTTEN_AFTER.toSeconds())).mapEmpty();
  }

  private State state(Row row) {
    return new State(row.getInteger(0), bounds.waitSeconds(row.getInteger(0), row.getDouble(1)));
  }
}
