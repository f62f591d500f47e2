package dev.tenon.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions, and the refresh tokens that carry them on.
///
/// 1. A refresh token is 256 random bits; only its SHA-256 is kept.
/// 2. It works once. What is answered with it is the next one.
/// 3. Using one a second time means that two parties hold it: the session ends for both.
/// 4. Whoever changes a session locks its row before those of its tokens, so that nobody waits in a circle.
final class Sessions {

  /// @param refreshToken shown once, here
  record Renewed(UUID account, String refreshToken) {}

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int TOKEN_BYTES = 32;

  private final Pool database;
  private final Duration tokenLifetime;
  private final Duration sessionLifetime;
  private final SecureRandom random = new SecureRandom();

  Sessions(Pool database, Duration tokenLifetime, Duration sessionLifetime) {
    this.database = database;
    this.tokenLifetime = tokenLifetime;
    this.sessionLifetime = sessionLifetime;
  }

  /// Begins a session.
  ///
  /// @return its first refresh token
  Future<String> open(UUID account) {
    String token = newToken();
    return database.preparedQuery("""
        WITH opened AS (INSERT INTO session (id, account, expires_at) VALUES ($1, $2, $3) RETURNING id, expires_at)
        INSERT INTO refresh_token (sha256, session, expires_at) SELECT $4, id, least($5, expires_at) FROM opened""")
        .execute(Tuple.of(UUID.randomUUID(), account, in(sessionLifetime), sha256(token), in(tokenLifetime)))
        .map(token);
  }

  /// Uses a refresh token up and gives the next; empty when it is unknown, used, expired or of an ended session.
  Future<Optional<Renewed>> renew(String token) {
    String next = newToken();
    return database.preparedQuery("""
        WITH live AS (
          SELECT id, account, expires_at FROM session
          WHERE id = (SELECT session FROM refresh_token WHERE sha256 = $1) AND expires_at > now()
          FOR NO KEY UPDATE
        ), used AS (
          UPDATE refresh_token t SET used_at = now() FROM live
          WHERE t.sha256 = $1 AND t.used_at IS NULL AND t.expires_at > now()
          RETURNING live.id, live.account, live.expires_at
        ), renewed AS (
          INSERT INTO refresh_token (sha256, session, expires_at) SELECT $2, id, least($3, expires_at) FROM used
        )
        SELECT account FROM used""")
        .execute(Tuple.of(sha256(token), sha256(next), in(tokenLifetime)))
        .compose(rows -> rows.size() == 1
            ? Future.succeededFuture(Optional.of(new Renewed(rows.iterator().next().getUUID(0), next)))
            : endIfReused(token).map(Optional.empty()));
  }

  /// Ends the session of an unused refresh token; any other token changes nothing.
  Future<Void> end(String token) {
    return database.preparedQuery("DELETE FROM session WHERE id = (SELECT session FROM refresh_token WHERE sha256 = $1 AND used_at IS NULL)")
        .execute(Tuple.of(sha256(token))).mapEmpty();
  }

  /// Deletes what can no longer be used.
  Future<Void> forgetExpired() {
    return database.query("DELETE FROM refresh_token WHERE expires_at <= now()").execute()
        .compose(_ -> database.query("DELETE FROM session s WHERE expires_at <= now()"
            + " OR NOT EXISTS (SELECT FROM refresh_token t WHERE t.session = s.id AND t.used_at IS NULL)").execute())
        .mapEmpty();
  }

  private Future<Void> endIfReused(String token) {
    return database.preparedQuery("DELETE FROM session WHERE id = (SELECT session FROM refresh_token WHERE sha256 = $1 AND used_at IS NOT NULL)"
        + " RETURNING id, account")
        .execute(Tuple.of(sha256(token)))
        .map(rows -> {
          rows.forEach(row -> LOG.warn("session {} of user {} – a refresh token was used twice – the session was ended",
              row.getUUID(0), row.getUUID(1)));
          return null;
        });
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static OffsetDateTime in(Duration duration) {
    return OffsetDateTime.now(ZoneOffset.UTC).plus(duration);
  }

  static Buffer sha256(String text) {
    try {
      return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
