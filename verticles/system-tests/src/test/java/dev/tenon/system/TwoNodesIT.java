package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real processes: auth runs on one, the workers on the other. Whichever edge a request enters at, the other node takes part.
class TwoNodesIT {

  @TempDir private Path scratch;

  @Test
  void aRequestNeedsBothNodesWhicheverItEntersAt() throws IOException {
    try (TenonProcess first = node("first", "--only", "auth").awaitReady();
        TenonProcess second = node("second", "--only", "image-worker,ai-worker", "--join", first.await("cluster +(127\\.0\\.0\\.1:\\d+)").group(1),
            "--database", databaseOf(first), "--key-file", scratch.resolve("first/node.key").toString()).awaitReady()) {
      Account account = Account.register(second.url("edge"));
      for (TenonProcess entered : List.of(first, second)) {
        String edge = entered.url("edge");
        HttpResponse<String> me = TenonProcess.send(account.request(edge + "/auth/me").build());
        assertEquals(200, me.statusCode(), me.body());
        HttpResponse<String> resized = TenonProcess.send(account.request(edge + "/image/info")
            .header("content-type", "image/jpeg")
            .POST(HttpRequest.BodyPublishers.ofFile(Checkout.root().resolve("contracts/image/examples/gradient.jpg")))
            .build());
        assertEquals(200, resized.statusCode(), resized.body());
        assertEquals("jpeg", Account.json(resized.body()).get("format").asText());
      }
      assertTrue(TenonProcess.get(first.url("control") + "/health/ready").body().contains("2 nodes"));
    }
  }

  @Test
  void whenANodeDiesItsComponentsAreNobodyThereSoon() throws IOException {
    try (TenonProcess first = node("first", "--only", "auth").awaitReady()) {
      TenonProcess second = node("second", "--only", "ai-worker", "--join", first.await("cluster +(127\\.0\\.0\\.1:\\d+)").group(1),
          "--database", databaseOf(first), "--key-file", scratch.resolve("first/node.key").toString()).awaitReady();
      Account account = Account.register(first.url("edge"));
      HttpRequest summarise = account.request(first.url("edge") + "/ai/summarize")
          .header("content-type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Bees live together. They dance to tell each other where flowers are.\",\"sentences\":1}"))
          .build();
      assertEquals(200, TenonProcess.send(summarise).statusCode());
      second.signal("KILL");
      second.exitCode();
      await(Duration.ofSeconds(20), () -> TenonProcess.send(summarise).statusCode() == 503);
      assertEquals(200, TenonProcess.send(account.request(first.url("edge") + "/auth/me").build()).statusCode());
    }
  }

  private TenonProcess node(String name, String... more) {
    String[] words = new String[more.length + 8];
    System.arraycopy(new String[] {"node", "--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", scratch.resolve(name).toString()}, 0, words, 0, 8);
    System.arraycopy(more, 0, words, 8, more.length);
    return TenonProcess.start(words);
  }

  /// The embedded server of a node, with its password.
  private String databaseOf(TenonProcess node) throws IOException {
    String address = node.await("database +postgresql://(\\S+)").group(1);
    String password = Files.readString(scratch.resolve("first/postgres/superuser.password")).strip();
    return "postgresql://" + address.replaceFirst("@", ":" + password + "@");
  }

  private static void await(Duration bound, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "it became true within " + bound);
    }
  }
}
