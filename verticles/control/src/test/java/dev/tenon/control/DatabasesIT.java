package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabasesIT {

  private static final String MAY_NOT_CONNECT = "42501";

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress control = TestPostgres.freshControl();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void aComponentOwnsItsDatabaseAndNothingElse() {
    DatabaseAddress auth = Await.result(open("key").of("auth"));
    assertEquals(control.database() + "_auth", auth.database());
    Sql.execute(auth, "CREATE TABLE t AS SELECT 1 AS n");
    assertEquals("1", Sql.value(auth, "SELECT n FROM t"));
    assertEquals("f", Sql.value(auth, "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"));
  }

  @Test
  void nobodyElseCanConnect() {
    Databases databases = open("key");
    DatabaseAddress auth = Await.result(databases.of("auth"));
    DatabaseAddress usage = Await.result(databases.of("usage"));
    Sql.execute(control, "CREATE ROLE stranger_" + control.database() + " LOGIN PASSWORD 'x'");
    DatabaseAddress stranger = control.as(auth.database(), "stranger_" + control.database(), "x");
    for (DatabaseAddress refused : List.of(
        stranger,
        stranger.as(control.database(), stranger.user(), "x"),
        usage.as(auth.database(), usage.user(), usage.password()),
        auth.as(usage.database(), auth.user(), auth.password()),
        auth.as(control.database(), auth.user(), auth.password()),
        auth.as("postgres", auth.user(), auth.password()),
        auth.as("template1", auth.user(), auth.password()),
        auth.as(EmbeddedPostgres.NAME, auth.user(), auth.password()))) {
      SQLException failed = assertThrows(SQLException.class, () -> Sql.connect(refused).close(), refused.toString());
      assertEquals(MAY_NOT_CONNECT, failed.getSQLState(), refused + ": " + failed.getMessage());
    }
  }

  @Test
  void theSameKeyGivesTheSameCredentialsAgain() {
    DatabaseAddress first = Await.result(open("key").of("auth"));
    DatabaseAddress again = Await.result(open("key").of("auth"));
    assertEquals(first, again);
    assertFalse(first.toString().contains(first.password()));
    assertEquals("0", Sql.value(control,
        "SELECT count(*) FROM component_database d WHERE d::text LIKE '%" + first.password() + "%'"));
  }

  @Test
  void anotherKeyMakesThePasswordAnew() {
    DatabaseAddress first = Await.result(open("key").of("auth"));
    Sql.execute(first, "CREATE TABLE kept AS SELECT 1 AS n");
    DatabaseAddress second = Await.result(open("other-key").of("auth"));
    assertNotEquals(first.password(), second.password());
    assertEquals("1", Sql.value(second, "SELECT n FROM kept"));
    assertThrows(SQLException.class, () -> Sql.connect(first).close());
  }

  @Test
  void whatAKilledNodeLeftHalfMadeIsFinished() {
    Databases databases = open("key");
    Sql.execute(control, "CREATE ROLE " + control.database() + "_auth");
    assertEquals("1", Sql.value(Await.result(databases.of("auth")), "SELECT 1"));
    Sql.execute(control, "DELETE FROM component_database");
    assertEquals("1", Sql.value(Await.result(databases.of("auth")), "SELECT 1"));
  }

  @Test
  void manyAtOnceMakeOne() {
    Databases one = open("key");
    Databases other = open("key");
    List<Future<DatabaseAddress>> asked = IntStream.range(0, 20)
        .mapToObj(i -> (i % 2 == 0 ? one : other).of("image-worker")).toList();
    Set<DatabaseAddress> given = Await.result(Future.all(asked)).<DatabaseAddress>list().stream().collect(Collectors.toSet());
    assertEquals(1, given.size());
    assertEquals("1", Sql.value(given.iterator().next(), "SELECT 1"));
  }

  @Test
  void aUserWithoutTheRightsIsToldWhatToRun() {
    String name = "plain_" + control.database();
    Sql.execute(control, "CREATE ROLE " + name + " LOGIN PASSWORD 'x'");
    Sql.execute(control, "ALTER DATABASE " + control.database() + " OWNER TO " + name);
    DatabaseAddress plain = control.as(control.database(), name, "x");
    ControlDatabase opened = Await.result(ControlDatabase.open(vertx, plain, NodeKey.load(directory.resolve("key"))));
    assertEquals("database " + plain + " – '" + name + "' may not make a database and a role for each component – run: ALTER ROLE \""
        + name + "\" CREATEDB CREATEROLE", Await.failure(opened.databases().of("auth")).getMessage());
    Sql.execute(control, "ALTER ROLE " + name + " CREATEDB CREATEROLE");
    DatabaseAddress auth = Await.result(opened.databases().of("auth"));
    Sql.execute(auth, "CREATE TABLE t (n int)");
    SQLException refused = assertThrows(SQLException.class,
        () -> Sql.connect(auth.as(control.database(), auth.user(), auth.password())).close());
    assertEquals(MAY_NOT_CONNECT, refused.getSQLState());
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    Databases databases = open("key");
    for (String name : List.of("", "A", "a_b", "1a", "a\"; DROP", "a".repeat(49))) {
      assertEquals("component '" + name + "' – it cannot have a database under this name"
          + " – use 1 to 48 of a-z, 0-9 and -, starting with a letter", Await.failure(databases.of(name)).getMessage());
    }
  }

  private Databases open(String key) {
    return Await.result(ControlDatabase.open(vertx, control, NodeKey.load(directory.resolve(key)))).databases();
  }
}
