package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDatabaseIT {

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void theSchemaIsMadeOnceAndIsTheNewest() {
    DatabaseAddress address = TestPostgres.freshControl();
    for (int start = 0; start < 2; start++) {
      ControlDatabase control = open(address);
      assertTrue(Await.result(control.check()).startsWith("PostgreSQL 18"));
      Await.result(control.close());
    }
    assertEquals(String.valueOf(Schema.NEWEST), Sql.value(address, "SELECT count(*) FROM tenon_schema_history WHERE type = 'SQL'"));
    assertEquals(String.valueOf(Schema.NEWEST), Sql.value(address, "SELECT max(version::int) FROM tenon_schema_history"));
  }

  @Test
  void aNewerSchemaIsRefused() {
    DatabaseAddress address = TestPostgres.freshControl();
    Await.result(open(address).close());
    Sql.execute(address, "UPDATE tenon_schema_history SET version = '999'");
    refuse(address, "database " + address + " – its schema is version 999, this Tenon knows " + Schema.NEWEST + " – run the newer Tenon");
  }

  @Test
  void nothingListeningIsOneSentence() throws IOException {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    refuse(new DatabaseAddress("127.0.0.1", free, "tenon", "ada", "secret", DatabaseAddress.Tls.DISABLE),
        "database postgresql://ada@127.0.0.1:" + free + "/tenon – nothing listens there – start PostgreSQL there, or correct --database");
  }

  @Test
  void aServerThatNeverAnswersIsOneSentence() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      refuse(new DatabaseAddress("127.0.0.1", silent.getLocalPort(), "tenon", "ada", "secret", DatabaseAddress.Tls.DISABLE),
          "database postgresql://ada@127.0.0.1:" + silent.getLocalPort()
              + "/tenon – it does not answer – start PostgreSQL there, or correct --database");
    }
  }

  @Test
  void anUnknownHostIsOneSentence() {
    refuse(new DatabaseAddress("nowhere.invalid", 5432, "tenon", "ada", "secret", DatabaseAddress.Tls.DISABLE),
        "database postgresql://ada@nowhere.invalid:5432/tenon – the host is not known – start PostgreSQL there, or correct --database");
  }

  @Test
  void aWrongPasswordIsOneSentence() {
    DatabaseAddress right = TestPostgres.superuser();
    DatabaseAddress wrong = right.as(right.database(), right.user(), "secret");
    refuse(wrong, "database " + wrong + " – it refuses the user 'tenon' (password authentication failed for user \"tenon\")"
        + " – correct user or password in --database");
  }

  @Test
  void aMissingDatabaseIsOneSentence() {
    DatabaseAddress right = TestPostgres.superuser();
    DatabaseAddress missing = right.as("nothing_here", right.user(), right.password());
    refuse(missing, "database " + missing + " – the server has no such database – create it: CREATE DATABASE nothing_here");
  }

  private ControlDatabase open(DatabaseAddress address) {
    return Await.result(ControlDatabase.open(vertx, address, NodeKey.load(directory.resolve("node.key"))));
  }

  private void refuse(DatabaseAddress address, String sentence) {
    Throwable failed = Await.failure(ControlDatabase.open(vertx, address, NodeKey.load(directory.resolve("node.key"))));
    assertEquals(sentence, failed.getMessage());
  }
}
