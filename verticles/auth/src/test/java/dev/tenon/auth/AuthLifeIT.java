package dev.tenon.auth;

import static dev.tenon.auth.AuthFixture.await;
import static dev.tenon.auth.AuthFixture.credentials;
import static dev.tenon.auth.AuthFixture.refreshToken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.auth.AuthFixture.Answer;
import dev.tenon.bus.Failure;
import dev.tenon.bus.identity.TokenCheck;
import dev.tenon.bus.identity.TokenRules;
import dev.tenon.bus.identity.TokenVerifier;
import dev.tenon.service.Running;
import dev.tenon.service.ServiceException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthLifeIT {

  private static final String PASSWORD = "correct horse battery";

  @Test
  void usersKeysAndTokensOutliveARestart() {
    try (AuthFixture auth = new AuthFixture()) {
      String id = auth.post("register", credentials("ada@example.org", PASSWORD)).json().getString("id");
      JsonObject tokens = auth.post("login", credentials("ada@example.org", PASSWORD)).json();
      JsonObject keys = auth.get("/.well-known/jwks.json").json();
      auth.stop();
      auth.start(AuthFixture.NODE_KEY);
      assertEquals(keys, auth.get("/.well-known/jwks.json").json());
      assertEquals(id, subject(keys, tokens.getString("accessToken")));
      JsonObject renewed = auth.post("refresh", refreshToken(tokens.getString("refreshToken"))).json();
      assertEquals(id, subject(keys, renewed.getString("accessToken")));
      assertEquals(200, auth.post("login", credentials("ada@example.org", PASSWORD)).status());
    }
  }

  @Test
  void tokensSayWhoFromWhomForWhomAndUntilWhen() {
    try (AuthFixture auth = new AuthFixture()) {
      auth.post("register", credentials("ada@example.org", PASSWORD));
      String token = auth.post("login", credentials("ada@example.org", PASSWORD)).json().getString("accessToken");
      JsonObject keys = auth.get("/.well-known/jwks.json").json();
      String[] parts = token.split("\\.");
      JsonObject header = decoded(parts[0]);
      JsonObject claims = decoded(parts[1]);
      assertEquals("RS256", header.getString("alg"));
      assertEquals(keys.getJsonArray("keys").getJsonObject(0).getString("kid"), header.getString("kid"));
      assertEquals("tenon-auth", claims.getString("iss"));
      assertEquals("tenon", claims.getString("aud"));
      assertEquals("user", claims.getString("scope"));
      assertEquals(600, claims.getLong("exp") - claims.getLong("iat"));
    }
  }

  @Test
  void thePrivateKeyIsSealedInTheDatabase() {
    try (AuthFixture auth = new AuthFixture()) {
      String stored = auth.sql("SELECT encode(sealed, 'escape') FROM signing_key");
      assertFalse(stored.contains("RSA"), stored);
    }
  }

  @Test
  void anotherNodeKeyIsRefusedInOneSentence() {
    try (AuthFixture auth = new AuthFixture()) {
      String id = auth.get("/.well-known/jwks.json").json().getJsonArray("keys").getJsonObject(0).getString("kid");
      auth.stop();
      byte[] other = new byte[32];
      Arrays.fill(other, (byte) 1);
      Throwable failed = AuthFixture.failure(auth.deploy(auth.vertx, other));
      assertInstanceOf(ServiceException.class, failed);
      assertEquals("auth – its signing key " + id + " was sealed with another node key – put the node.key that was used back,"
          + " or run: DELETE FROM signing_key (every access token then ends)", failed.getMessage());
    }
  }

  @Test
  void nodesThatStartTogetherAgreeOnOneKey() {
    try (AuthFixture auth = new AuthFixture()) {
      auth.stop();
      auth.sql("DELETE FROM signing_key");
      List<Vertx> nodes = List.of(Vertx.vertx(), Vertx.vertx(), Vertx.vertx());
      List<Future<Running>> starting = nodes.stream().map(node -> auth.deploy(node, AuthFixture.NODE_KEY)).toList();
      await(Future.all(starting));
      assertEquals("1", auth.sql("SELECT count(*) FROM signing_key"));
      nodes.forEach(node -> await(node.close()));
    }
  }

  @Test
  void passwordsBeyondTheQueueAreRefusedWhileEverythingElseIsAnswered() {
    String small = AuthFixture.manifest().replace("parallel: 2", "parallel: 1").replace("waiting: 64", "waiting: 20");
    try (AuthFixture auth = new AuthFixture(small)) {
      List<Future<Answer>> logins = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        logins.add(auth.send("login", credentials("user" + i + "@example.org", PASSWORD)));
      }
      Future<Answer> refused = Future.any(logins.stream().map(AuthLifeIT::turned).toList()).compose(_ -> logins.stream()
          .filter(Future::failed).findFirst().orElseThrow());
      assertEquals(Failure.Code.OVERLOADED, ((Failure) AuthFixture.failure(refused)).code());
      int answered = 0;
      while (logins.stream().anyMatch(login -> !login.isComplete())) {
        assertEquals(200, auth.get("/.well-known/jwks.json").status());
        answered++;
      }
      assertTrue(answered > 20, "only " + answered + " requests were answered while 21 passwords were hashed one after the other");
      await(Future.join(logins).otherwiseEmpty());
      List<Integer> statuses = logins.stream().filter(Future::succeeded).map(login -> login.result().status()).distinct().toList();
      assertEquals(List.of(401), statuses);
      assertTrue(logins.stream().filter(Future::succeeded).count() >= 21);
    }
  }

  @Test
  void whatHasExpiredIsForgotten() {
    try (AuthFixture auth = new AuthFixture()) {
      auth.post("register", credentials("ada@example.org", PASSWORD));
      for (int i = 0; i < 3; i++) {
        auth.post("login", credentials("ada@example.org", PASSWORD));
      }
      auth.sql("UPDATE session SET expires_at = now() WHERE id = (SELECT min(id::text)::uuid FROM session)");
      auth.sql("UPDATE refresh_token SET expires_at = now() WHERE session = (SELECT max(id::text)::uuid FROM session)");
      auth.sql("INSERT INTO login_failure VALUES (sha256('a'), 3, now() - interval '2 days'), (sha256('b'), 3, now())");
      AuthSettings settings = AuthSettings.DEFAULTS;
      Pool pool = auth.pool();
      await(new Sessions(pool, settings.refreshTokenLifetime(), settings.sessionLifetime()).forgetExpired());
      await(new LoginThrottle(pool, settings.throttling()).forgetOld());
      assertEquals("1", auth.sql("SELECT count(*) FROM session"));
      assertEquals("1", auth.sql("SELECT count(*) FROM refresh_token"));
      assertEquals("1", auth.sql("SELECT count(*) FROM login_failure"));
      await(pool.close());
    }
  }

  @Test
  void healthNamesItsParts() {
    try (AuthFixture auth = new AuthFixture()) {
      assertEquals("reachable", await(auth.running().checks().get("database").check()));
      assertEquals("0 of at most 66 run or wait", await(auth.running().checks().get("hashing").check()));
    }
  }

  @Test
  void stoppingWaitsForWhatIsInFlight() {
    try (AuthFixture auth = new AuthFixture()) {
      Future<Answer> login = auth.send("login", credentials(UUID.randomUUID() + "@example.org", PASSWORD));
      while (auth.running().inFlight() == 0 && !login.isComplete()) {
        Thread.onSpinWait();
      }
      await(auth.running().stop(Duration.ofSeconds(20)));
      assertEquals(401, await(login).status());
      Throwable gone = AuthFixture.failure(auth.send("login", credentials("ada@example.org", PASSWORD)));
      assertEquals(Failure.Code.NOBODY_THERE, ((Failure) gone).code());
    }
  }

  private static Future<Answer> turned(Future<Answer> login) {
    return login.transform(done -> done.failed() ? Future.succeededFuture() : Future.failedFuture("answered"));
  }

  private static String subject(JsonObject keys, String token) {
    TokenCheck checked = TokenVerifier.of(new TokenRules("tenon-auth", "tenon"), keys).check(token);
    return assertInstanceOf(TokenCheck.Accepted.class, checked).identity().subject();
  }

  private static JsonObject decoded(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}
