package dev.tenon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.Failure;
import dev.tenon.bus.identity.Identity;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceHostIT {

  private static EmbeddedPostgres server;

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final ExchangeBus bus = ExchangeBus.of(vertx);
  private final ServiceHost host = new ServiceHost(vertx, bus);
  private final String database = "echo_" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void aServiceAnswersThroughTheBus() {
    Await.result(host.deploy(source("", true), grants()));
    JsonObject answer = json(call("POST", "/echo/hi%20there?loud=yes", "{\"a\":1}", Optional.of(new Identity("ada", Set.of()))));
    assertEquals("hi there", answer.getString("word"));
    assertEquals("yes", answer.getString("loud"));
    assertEquals(new JsonObject().put("a", 1), answer.getJsonObject("body"));
    assertEquals("ada", answer.getString("caller"));
    assertTrue(answer.getString("thread").startsWith("vert.x-eventloop-thread"), answer.getString("thread"));
    assertEquals("echo", answer.getString("loader"));
  }

  @Test
  void whatAHandlerDoesIsAnsweredByItsKind() {
    Await.result(host.deploy(source("", true), grants()));
    Answer problem = call("GET", "/fail/problem", "", Optional.empty());
    assertEquals(418, problem.status());
    assertEquals("application/problem+json", problem.headers().get("content-type"));
    assertEquals("green", problem.headers().get("x-tea"));
    assertEquals(new JsonObject().put("type", "urn:echo:teapot").put("title", "Teapot").put("status", 418).put("detail", "I am a teapot."),
        json(problem));
    assertEquals(Failure.Code.OVERLOADED, failure("GET", "/fail/failure", "").code());
    Failure bug = failure("GET", "/fail/throw", "");
    assertEquals(Failure.Code.COMPONENT_FAILED, bug.code());
    assertFalse(bug.getMessage().contains("secret"), bug.getMessage());
    assertEquals(Failure.Code.BODY_TOO_LARGE, failure("POST", "/echo/x", "{\"a\":\"" + "x".repeat(100) + "\"}").code());
    assertEquals(400, call("POST", "/echo/x", "{", Optional.empty()).status());
    assertEquals(404, call("GET", "/nothing", "", Optional.empty()).status());
    assertEquals(405, call("GET", "/echo/x", "", Optional.empty()).status());
  }

  @Test
  void aHandlerThatNeverAnswersMeetsTheDeadline() {
    Await.result(host.deploy(source("", true), grants()));
    Future<Answer> asked = send("GET", "/fail/never", "", Optional.empty(), Duration.ofMillis(200));
    assertEquals(Failure.Code.DEADLINE, assertInstanceOf(Failure.class, Await.failure(asked)).code());
  }

  @Test
  void handlersThatDoNotFitTheContractStopTheStart() {
    refuse("settings: { start-with: missing }", "service 'echo' – its handlers do not fit its contract 'contracts/echo/openapi.yaml';"
        + " without a handler: fail, notes – bind exactly the contract's operationIds");
    refuse("settings: { start-with: extra }", "service 'echo' – its handlers do not fit its contract 'contracts/echo/openapi.yaml';"
        + " not in the contract: dance, sing – bind exactly the contract's operationIds");
    assertEquals("not today", Await.failure(host.deploy(source("settings: { start-with: failing }", true), grants())).getMessage());
    assertEquals(Failure.Code.NOBODY_THERE, failure("GET", "/notes", "").code());
  }

  @Test
  void whatCannotBeLoadedIsNamed() {
    refuse("main: dev.tenon.echo.Nothing", "service 'echo' – its main class dev.tenon.echo.Nothing cannot be used:"
        + " it is not on the class path – correct `main` in component.yaml, or the class");
    refuse("main: java.lang.String", "service 'echo' – its main class java.lang.String cannot be used:"
        + " it does not implement dev.tenon.service.Service – correct `main` in component.yaml, or the class");
    refuse("contract: contracts/nothing/openapi.yaml", "service 'echo' – its class path has no contract 'contracts/nothing/openapi.yaml'"
        + " – correct `contract` in component.yaml");
  }

  @Test
  void aServiceSeesNothingOfTheNode() throws Exception {
    try (ComponentClasses classes = new ComponentClasses("echo", List.of())) {
      assertEquals(Service.class, classes.loadClass("dev.tenon.service.Service"));
      for (String hidden : List.of("org.flywaydb.core.Flyway", "org.postgresql.Driver", "dev.tenon.contract.Contract", "org.yaml.snakeyaml.Yaml")) {
        assertThrows(ClassNotFoundException.class, () -> classes.loadClass(hidden), hidden);
      }
    }
  }

  @Test
  void migrationsRunOnceBeforeTheStart() throws IOException {
    migration("V1__notes.sql", "CREATE TABLE note (n int);\nINSERT INTO note VALUES (1);\n");
    for (int start = 0; start < 2; start++) {
      Running running = Await.result(host.deploy(source("", true), grants()));
      assertEquals(1, json(call("GET", "/notes", "", Optional.empty())).getInteger("count"));
      Await.result(running.stop(Duration.ofSeconds(5)));
    }
    migration("V2__more.sql", "INSERT INTO note VALUES (2);");
    Await.result(host.deploy(source("", true), grants()));
    assertEquals(2, json(call("GET", "/notes", "", Optional.empty())).getInteger("count"));
  }

  @Test
  void aFailingMigrationStopsTheStartAndChangesNothing() throws IOException {
    migration("V1__notes.sql", "CREATE TABLE note (n int);");
    migration("V2__wrong.sql", "CREATE TABLE other (n int); INSERT INTO nothing VALUES (1);");
    Throwable failed = Await.failure(host.deploy(source("", true), grants()));
    String message = assertInstanceOf(ServiceException.class, failed).getMessage();
    assertTrue(message.startsWith("database postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + database
        + " – its schema cannot be moved forward: "), message);
    assertTrue(message.contains("V2__wrong.sql") && message.contains("relation \"nothing\" does not exist"), message);
    assertTrue(message.endsWith(" – correct the migration; what was applied stays as it was"), message);
    assertEquals("0", sql("SELECT count(*) FROM pg_tables WHERE tablename = 'other'"));
  }

  @Test
  void anAppliedMigrationThatWasChangedIsRefused() throws IOException {
    migration("V1__notes.sql", "CREATE TABLE note (n int);");
    Await.result(Await.result(host.deploy(source("", true), grants())).stop(Duration.ofSeconds(5)));
    migration("V1__notes.sql", "CREATE TABLE note (n bigint);");
    String message = Await.failure(host.deploy(source("", true), grants())).getMessage();
    assertTrue(message.contains("Migration checksum mismatch for migration version 1"), message);
  }

  @Test
  void aDatabaseThatGoesAwayIsAnswered503AndShownInHealth() throws Exception {
    EmbeddedPostgres own = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    try {
      migration("V1__notes.sql", "CREATE TABLE note (n int);");
      DatabaseCredentials credentials = new DatabaseCredentials("127.0.0.1", own.getPort(), "postgres", "postgres", "postgres", "disable");
      Running running = Await.result(host.deploy(source("", true), Future.succeededFuture(
          new Grants(Optional.of(credentials), 4, new Sealer(new byte[32])))));
      assertEquals("reachable", Await.result(running.checks().get("database").check()));
      assertEquals("good", Await.result(running.checks().get("mood").check()));
      own.close();
      Answer answer = call("GET", "/notes", "", Optional.empty());
      while (answer.status() == 200) {
        answer = call("GET", "/notes", "", Optional.empty());
      }
      assertEquals(503, answer.status());
      assertEquals("urn:tenon:problem:database-unavailable", json(answer).getString("type"));
      assertEquals("1", answer.headers().get("retry-after"));
      Await.failure(running.checks().get("database").check());
      assertEquals(200, call("POST", "/echo/x", "{}", Optional.empty()).status());
    } finally {
      own.close();
    }
  }

  @Test
  void aDatabaseThatWasNotGivenIsMissed() {
    assertEquals("service 'echo' – it wants a database and was given none – start the node with one",
        Await.failure(host.deploy(source("", true), Future.succeededFuture(
            new Grants(Optional.empty(), 4, new Sealer(new byte[32]))))).getMessage());
  }

  @Test
  void grantsThatFailFailTheDeployment() {
    assertEquals("no database today", Await.failure(host.deploy(source("", true), Future.failedFuture("no database today"))).getMessage());
  }

  private record Answer(int status, MultiMap headers, Buffer body) {}

  private ComponentSource source(String more, boolean withDatabase) {
    String manifest = "name: echo\nversion: 1.0.0\n"
        + (more.startsWith("main") ? "" : "main: dev.tenon.echo.EchoService\n")
        + (more.startsWith("contract") ? "" : "contract: contracts/echo/openapi.yaml\n")
        + (withDatabase ? "database: {}\n" : "") + more + "\n";
    return new ComponentSource(ComponentManifest.parse(manifest, "component.yaml"), List.of(Path.of("target/test-classes"), directory));
  }

  private Future<Grants> grants() {
    if (sql("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'").equals("0")) {
      sql("postgres", "CREATE DATABASE " + database);
    }
    DatabaseCredentials credentials = new DatabaseCredentials("127.0.0.1", server.getPort(), database, "postgres", "postgres", "disable");
    return Future.succeededFuture(new Grants(Optional.of(credentials), 4, new Sealer(new byte[32])));
  }

  private void refuse(String manifest, String sentence) {
    assertEquals(sentence, Await.failure(host.deploy(source(manifest, true), grants())).getMessage());
  }

  private void migration(String name, String sql) throws IOException {
    Files.writeString(Files.createDirectories(directory.resolve("db/migration")).resolve(name), sql);
  }

  private Answer call(String method, String target, String body, Optional<Identity> caller) {
    return Await.result(send(method, target, body, caller, Duration.ofSeconds(30)));
  }

  private Failure failure(String method, String target, String body) {
    return assertInstanceOf(Failure.class, Await.failure(send(method, target, body, Optional.empty(), Duration.ofSeconds(30))));
  }

  private Future<Answer> send(String method, String target, String body, Optional<Identity> caller, Duration deadline) {
    ExchangeContext context = ExchangeContext.start(Deadline.after(deadline));
    ExchangeRequest request = new ExchangeRequest(method, "http", "localhost", target, MultiMap.caseInsensitiveMultiMap(),
        Body.of(Buffer.buffer(body)), caller.map(context::withIdentity).orElse(context));
    return Future.future(promise -> vertx.runOnContext(_ -> bus.call("echo", request)
        .compose(response -> response.body().collect(1 << 20).map(bytes -> new Answer(response.status(), response.headers(), bytes)))
        .onComplete(promise)));
  }

  private static JsonObject json(Answer answer) {
    return new JsonObject(answer.body());
  }

  private String sql(String sql) {
    return sql(database, sql);
  }

  private static String sql(String where, String sql) {
    try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", where));
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      statement.getResultSet().next();
      return statement.getResultSet().getString(1);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }
}
