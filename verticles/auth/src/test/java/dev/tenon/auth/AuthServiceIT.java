package dev.tenon.auth;

import static dev.tenon.auth.AuthFixture.credentials;
import static dev.tenon.auth.AuthFixture.refreshToken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.auth.AuthFixture.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthServiceIT {

  private static final String PASSWORD = "correct horse battery";

  private static AuthFixture auth;

  @BeforeAll
  static void start() {
    auth = new AuthFixture();
  }

  @AfterAll
  static void stop() {
    auth.close();
  }

  @Test
  void registerMakesAUserOnTheFreePlan() {
    String email = freshEmail();
    Answer answer = auth.post("register", credentials("  " + email.toUpperCase() + " ", PASSWORD));
    assertEquals(201, answer.status());
    assertEquals("application/json", answer.headers().get("content-type"));
    assertEquals(email, answer.json().getString("email"));
    assertEquals("free", answer.json().getString("plan"));
    UUID.fromString(answer.json().getString("id"));
    assertTrue(Instant.parse(answer.json().getString("createdAt")).isBefore(Instant.now().plusSeconds(60)));
    assertEquals(4, answer.json().size());
  }

  @Test
  void noPasswordIsKept() {
    String email = freshEmail();
    auth.post("register", credentials(email, PASSWORD));
    String row = auth.sql("SELECT account::text FROM account WHERE email = '" + email + "'");
    assertTrue(row.contains("$argon2id$v=19$m=47104,t=1,p=1$"), row);
    assertFalse(row.contains(PASSWORD), row);
  }

  @Test
  void aTakenAddressIsRefusedInAnyCase() {
    String email = freshEmail();
    auth.post("register", credentials(email, PASSWORD));
    problem(auth.post("register", credentials(email.toUpperCase(), "another password")), 409, "urn:tenon:auth:email-taken",
        "A user with the e-mail address \"" + email + "\" exists – log in, or register another address.");
  }

  @Test
  void credentialsThatCannotBeUsedAreRefusedByName() {
    refuse(new JsonObject().put("password", PASSWORD), "/email", "is required and missing");
    refuse(new JsonObject().put("email", freshEmail()), "/password", "is required and missing");
    refuse(credentials(freshEmail(), PASSWORD).put("email", 7), "/email", "is a number, not a string");
    refuse(credentials("nobody", PASSWORD), "/email", "is not an e-mail address");
    refuse(credentials(freshEmail(), "short77"), "/password", "is shorter than 8 characters");
    refuse(credentials(freshEmail(), "x1".repeat(65)), "/password", "is longer than 128 characters");
    refuse(credentials(freshEmail(), "PassWord1"), "/password", "is one of the most common passwords");
    String email = freshEmail();
    refuse(credentials(email, email), "/password", "is the e-mail address");
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() {
    for (String body : List.of("{", "", "email=a@b")) {
      Answer answer = AuthFixture.await(auth.send("POST", "/auth/register", Buffer.buffer(body), Optional.empty()));
      problem(answer, 400, "urn:tenon:problem:body-not-json", "The body of the request cannot be read as a JSON object – send one.");
    }
  }

  @Test
  void aBodyThatIsNoObjectIsNotAsTheContractSays() {
    Answer answer = AuthFixture.await(auth.send("POST", "/auth/register", Buffer.buffer("[]"), Optional.empty()));
    problem(answer, 422, "urn:tenon:problem:body-invalid", "The body of the request is not as the contract says.");
  }

  @Test
  void loginGivesTokens() {
    String email = freshEmail();
    auth.post("register", credentials(email, PASSWORD));
    Answer answer = auth.post("login", credentials(email.toUpperCase(), PASSWORD));
    assertEquals(200, answer.status());
    assertEquals("Bearer", answer.json().getString("tokenType"));
    assertEquals(600, answer.json().getInteger("expiresIn"));
    assertEquals("no-store", answer.headers().get("cache-control"));
    assertEquals(43, answer.json().getString("refreshToken").length());
    assertEquals("0", auth.sql("SELECT count(*) FROM refresh_token t WHERE t::text LIKE '%" + answer.json().getString("refreshToken") + "%'"));
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
    String email = freshEmail();
    auth.post("register", credentials(email, PASSWORD));
    Answer wrong = auth.post("login", credentials(email, "wrong password"));
    Answer unknown = auth.post("login", credentials(freshEmail(), "wrong password"));
    problem(wrong, 401, "urn:tenon:auth:wrong-credentials", "The e-mail address or the password is wrong.");
    assertEquals(wrong.json(), unknown.json());
    assertEquals(wrong.headers().toString(), unknown.headers().toString());
  }

  @Test
  void wrongPasswordsInARowHaveToWaitWhetherTheAccountExistsOrNot() {
    String known = freshEmail();
    auth.post("register", credentials(known, PASSWORD));
    for (String email : List.of(known, freshEmail())) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        statuses.add(auth.post("login", credentials(email, "wrong password")).status());
      }
      auth.sql("UPDATE login_failure SET last_at = now(), failures = 10"); // so that a slow machine sees the wait too
      Answer refused = auth.post("login", credentials(email, PASSWORD));
      assertEquals(List.of(401, 401, 401, 401, 401), statuses.subList(0, 5));
      assertEquals(429, refused.status());
      assertEquals("urn:tenon:auth:too-many-attempts", refused.json().getString("type"));
      assertTrue(Integer.parseInt(refused.headers().get("retry-after")) > 0);
      auth.sql("DELETE FROM login_failure");
    }
  }

  @Test
  void aRightPasswordClearsTheCountOfWrongOnes() {
    String email = freshEmail();
    auth.post("register", credentials(email, PASSWORD));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 3; i++) {
        assertEquals(401, auth.post("login", credentials(email, "wrong password")).status());
      }
      assertEquals(200, auth.post("login", credentials(email, PASSWORD)).status());
    }
  }

  @Test
  void refreshGivesNewTokensAndUsesTheOldOneUp() {
    String first = login(registered());
    Answer answer = auth.post("refresh", refreshToken(first));
    assertEquals(200, answer.status());
    String second = answer.json().getString("refreshToken");
    assertNotEquals(first, second);
    assertEquals(200, auth.post("refresh", refreshToken(second)).status());
  }

  @Test
  void aRefreshTokenUsedTwiceEndsItsSessionAndNoOther() {
    String email = registered();
    String stolen = login(email);
    String otherSession = login(email);
    String current = auth.post("refresh", refreshToken(stolen)).json().getString("refreshToken");
    refusedToken(auth.post("refresh", refreshToken(stolen)));
    refusedToken(auth.post("refresh", refreshToken(current)));
    assertEquals(200, auth.post("refresh", refreshToken(otherSession)).status());
  }

  @Test
  void ofManyAtOnceOneGetsTokensAndThenTheSessionEnds() {
    for (int round = 0; round < 5; round++) {
      String token = login(registered());
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        asked.add(auth.send(i % 6 == 5 ? "logout" : "refresh", refreshToken(token)));
      }
      AuthFixture.await(Future.all(asked));
      List<Answer> renewed = asked.stream().map(Future::result).filter(answer -> answer.status() == 200).toList();
      assertTrue(renewed.size() <= 1, renewed.size() + " were renewed");
      assertTrue(asked.stream().map(answer -> answer.result().status()).allMatch(List.of(200, 204, 401)::contains));
      renewed.forEach(one -> refusedToken(auth.post("refresh", refreshToken(one.json().getString("refreshToken")))));
    }
  }

  @Test
  void anAddressRegisteredManyTimesAtOnceIsTakenOnce() {
    JsonObject body = credentials(freshEmail(), PASSWORD);
    List<Future<Answer>> asked = IntStream.range(0, 6).mapToObj(_ -> auth.send("register", body)).toList();
    AuthFixture.await(Future.all(asked));
    assertEquals(List.of(201, 409, 409, 409, 409, 409), asked.stream().map(answer -> answer.result().status()).sorted().toList());
  }

  @Test
  void unknownAndExpiredRefreshTokensAreRefused() {
    refusedToken(auth.post("refresh", refreshToken("3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    String expired = login(registered());
    auth.sql("UPDATE refresh_token SET expires_at = now() - interval '1 second' WHERE session = (" + sessionOf(expired) + ")");
    refusedToken(auth.post("refresh", refreshToken(expired)));
    String ended = login(registered());
    auth.sql("UPDATE session SET expires_at = now() - interval '1 second' WHERE id = (" + sessionOf(ended) + ")");
    refusedToken(auth.post("refresh", refreshToken(ended)));
  }

  @Test
  void logoutEndsTheSessionAndMayBeRepeated() {
    String token = login(registered());
    for (int i = 0; i < 2; i++) {
      Answer answer = auth.post("logout", refreshToken(token));
      assertEquals(204, answer.status());
      assertEquals(0, answer.body().length());
    }
    refusedToken(auth.post("refresh", refreshToken(token)));
    assertEquals(204, auth.post("logout", refreshToken("never seen before")).status());
  }

  @Test
  void aUsedTokenLogsNobodyOut() {
    String used = login(registered());
    String current = auth.post("refresh", refreshToken(used)).json().getString("refreshToken");
    assertEquals(204, auth.post("logout", refreshToken(used)).status());
    assertEquals(200, auth.post("refresh", refreshToken(current)).status());
  }

  @Test
  void getMeIsTheCaller() {
    JsonObject user = auth.post("register", credentials(freshEmail(), PASSWORD)).json();
    Answer answer = auth.get("/auth/me", user.getString("id"));
    assertEquals(200, answer.status());
    assertEquals(user, answer.json());
  }

  @Test
  void withoutACallerThereIsNoAnswer() {
    for (String target : List.of("/auth/me", "/auth/users/me/plan", "/auth/users/" + UUID.randomUUID() + "/plan")) {
      Answer answer = auth.get(target);
      problem(answer, 401, "urn:tenon:problem:token-missing",
          "This operation needs an access token – send it as \"Authorization: Bearer <token>\".");
      assertEquals("Bearer realm=\"tenon\"", answer.headers().get("www-authenticate"));
    }
  }

  @Test
  void aCallerWhoIsGoneIsToldSo() {
    for (String subject : List.of(UUID.randomUUID().toString(), "not one of our ids")) {
      problem(auth.get("/auth/me", subject), 401, "urn:tenon:auth:user-gone",
          "The user of this access token does not exist any more – log in again.");
    }
  }

  @Test
  void thePlanIsTheCallersOwn() {
    String id = auth.post("register", credentials(freshEmail(), PASSWORD)).json().getString("id");
    JsonObject free = new JsonObject().put("name", "free").put("imagePixelsMax", 12_000_000);
    assertEquals(free, auth.get("/auth/users/me/plan", id).json());
    assertEquals(free, auth.get("/auth/users/" + id + "/plan", id).json());
    auth.sql("UPDATE account SET plan = 'pro' WHERE id = '" + id + "'");
    assertEquals(new JsonObject().put("name", "pro").put("imagePixelsMax", 50_000_000), auth.get("/auth/users/me/plan", id).json());
    problem(auth.get("/auth/users/" + UUID.randomUUID() + "/plan", id), 403, "urn:tenon:auth:not-yours",
        "The plan of another user is not shown – ask for \"me\".");
  }

  @Test
  void theKeysArePublicHalvesOnly() {
    Answer answer = auth.get("/.well-known/jwks.json");
    assertEquals(200, answer.status());
    assertEquals("public, max-age=300", answer.headers().get("cache-control"));
    JsonArray keys = answer.json().getJsonArray("keys");
    assertEquals(1, keys.size());
    assertEquals(List.of("alg", "e", "kid", "kty", "n", "use"), keys.getJsonObject(0).fieldNames().stream().sorted().toList());
    assertEquals("RS256", keys.getJsonObject(0).getString("alg"));
  }

  @Test
  void whatTheContractDoesNotHaveIsNotThere() {
    problem(auth.get("/auth/nothing"), 404, "urn:tenon:problem:not-found", "The path /auth/nothing is not one of auth's contract.");
    Answer wrongMethod = auth.get("/auth/login");
    problem(wrongMethod, 405, "urn:tenon:problem:method-not-allowed", "The path /auth/login takes POST, not GET.");
    assertEquals("POST", wrongMethod.headers().get("allow"));
  }

  private static String registered() {
    String email = freshEmail();
    assertEquals(201, auth.post("register", credentials(email, PASSWORD)).status());
    return email;
  }

  private static String login(String email) {
    return auth.post("login", credentials(email, PASSWORD)).json().getString("refreshToken");
  }

  private static String sessionOf(String refreshToken) {
    return "SELECT session FROM refresh_token WHERE sha256 = sha256('" + refreshToken + "')";
  }

  private static String freshEmail() {
    return "ada." + UUID.randomUUID() + "@example.org";
  }

  private static void refuse(JsonObject body, String pointer, String detail) {
    Answer answer = auth.post("register", body);
    problem(answer, 422, "urn:tenon:problem:body-invalid", "The body of the request is not as the contract says.");
    assertEquals(new JsonArray().add(new JsonObject().put("pointer", pointer).put("detail", detail)), answer.json().getJsonArray("errors"));
  }

  private static void refusedToken(Answer answer) {
    problem(answer, 401, "urn:tenon:auth:refresh-token-refused", "The refresh token is not valid any more – log in again.");
  }

  private static void problem(Answer answer, int status, String type, String detail) {
    assertEquals(status, answer.status(), answer.body().toString());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
    assertEquals(type, answer.json().getString("type"));
    assertEquals(status, answer.json().getInteger("status"));
    assertEquals(detail, answer.json().getString("detail"));
    assertFalse(answer.json().getString("title").isEmpty());
  }
}
