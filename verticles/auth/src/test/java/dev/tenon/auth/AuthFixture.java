package dev.tenon.auth;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.identity.Identity;
import dev.tenon.service.ComponentManifest;
import dev.tenon.service.ComponentSource;
import dev.tenon.service.DatabaseCredentials;
import dev.tenon.service.Grants;
import dev.tenon.service.Running;
import dev.tenon.service.Sealer;
import dev.tenon.service.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The auth service as a node runs it, on a real bus and a real database of its own; spoken to by exchanges, and every
/// answer held against its contract.
final class AuthFixture implements AutoCloseable {

  /// An answer with its body read.
  record Answer(int status, MultiMap headers, Buffer body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  static final byte[] NODE_KEY = new byte[32];

  private static final EmbeddedPostgres SERVER = startServer();

  final Vertx vertx = Vertx.vertx();
  final ExchangeBus bus = ExchangeBus.of(vertx);
  private final DatabaseCredentials credentials;
  private final String manifest;
  private Running running;

  AuthFixture() {
    this(manifest());
  }

  AuthFixture(String manifest) {
    this.manifest = manifest;
    String name = "auth_" + UUID.randomUUID().toString().substring(0, 8);
    sql("postgres", "CREATE DATABASE " + name);
    credentials = new DatabaseCredentials("127.0.0.1", SERVER.getPort(), name, "postgres", "postgres", "disable");
    start(NODE_KEY);
  }

  static String manifest() {
    try {
      return Files.readString(Path.of("component.yaml"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  void start(byte[] nodeKey) {
    running = await(deploy(vertx, nodeKey));
  }

  /// Another instance on the same database, as another node would run it.
  Future<Running> deploy(Vertx other, byte[] nodeKey) {
    List<Path> classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes")).map(Path::of).toList();
    ComponentSource source = new ComponentSource(ComponentManifest.parse(manifest, "component.yaml"), classPath);
    Grants grants = new Grants(Optional.of(credentials), 8, new Sealer(nodeKey));
    return new ServiceHost(other, ExchangeBus.of(other)).deploy(source, Future.succeededFuture(grants));
  }

  void stop() {
    await(running.stop(Duration.ofSeconds(10)));
  }

  Running running() {
    return running;
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  Future<Answer> send(String method, String target, Buffer body, Optional<Identity> caller) {
    ExchangeContext context = ExchangeContext.start(Deadline.after(Duration.ofSeconds(30)));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (body.length() > 0) {
      headers.add("content-type", "application/json");
    }
    ExchangeRequest request = new ExchangeRequest(method, "http", "localhost:8080", target, headers, Body.of(body),
        caller.map(context::withIdentity).orElse(context));
    return Future.future(promise -> vertx.runOnContext(_ -> bus.call("auth", request).compose(AuthFixture::read)
        .map(answer -> {
          Promised.check(method, target, answer);
          return answer;
        }).onComplete(promise)));
  }

  Future<Answer> send(String operation, JsonObject body) {
    return send("POST", "/auth/" + operation, body.toBuffer(), Optional.empty());
  }

  Answer post(String operation, JsonObject body) {
    return await(send(operation, body));
  }

  Answer get(String target) {
    return await(send("GET", target, Buffer.buffer(), Optional.empty()));
  }

  Answer get(String target, String subject) {
    return await(send("GET", target, Buffer.buffer(), Optional.of(new Identity(subject, Set.of("user")))));
  }

  /// A pool of the test's own on auth's database.
  Pool pool() {
    return PgBuilder.pool().using(vertx).connectingTo(new PgConnectOptions().setHost("127.0.0.1").setPort(SERVER.getPort())
        .setDatabase(credentials.database()).setUser("postgres").setPassword("postgres")).build();
  }

  String sql(String sql) {
    return sql(credentials.database(), sql);
  }

  static JsonObject credentials(String email, String password) {
    return new JsonObject().put("email", email).put("password", password);
  }

  static JsonObject refreshToken(String token) {
    return new JsonObject().put("refreshToken", token);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("no answer within 60 s", late);
    }
  }

  static Throwable failure(Future<?> future) {
    Future<Throwable> turned = future.transform(done -> done.failed()
        ? Future.succeededFuture(done.cause())
        : Future.failedFuture("it succeeded with " + done.result()));
    return await(turned);
  }

  private static Future<Answer> read(ExchangeResponse response) {
    return response.body().collect(1024 * 1024).map(body -> new Answer(response.status(), response.headers(), body));
  }

  private static String sql(String database, String sql) {
    try (Connection connection = DriverManager.getConnection(SERVER.getJdbcUrl("postgres", database));
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      ResultSet rows = statement.getResultSet();
      return rows.next() ? rows.getString(1) : "";
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  private static EmbeddedPostgres startServer() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        try {
          server.close();
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }));
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
