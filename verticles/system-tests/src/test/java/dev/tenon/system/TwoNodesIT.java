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
  void aRequestNeedsBothNodesWhicheverItEntersAtUntilOneOfThemDies() throws IOException {
    try (TenonProcess first = node("first", "--only", "auth").awaitReady();
        TenonProcess second = node("second", "--only", "image-worker,ai-worker", "--join", first.await("cluster +(127\\.0\\.0\\.1:\\d+)").group(1),
            "--database", databaseOf(first), "--key-file", scratch.resolve("first/node.key").toString()).awaitReady()) {
      Account account = Account.register(second.url("edge"));
      for (TenonProcess entered : List.of(first, second)) {
        String edge = entered.url("edge");
        HttpResponse<String> me = TenonProcess.send(account.request(edge + "/auth/me").build());
        assertEquals(200, me.statusCode(), me.body());
        HttpResponse<String> info = TenonProcess.send(imageInfo(account, edge));
        assertEquals(200, info.statusCode(), info.body());
        assertEquals("jpeg", Account.json(info.body()).get("format").asText());
      }
      assertTrue(TenonProcess.get(first.url("control") + "/health/ready").body().contains("2 nodes"));

      second.signal("KILL");
      second.exitCode();
      HttpRequest info = imageInfo(account, first.url("edge"));
      await(Duration.ofSeconds(20), () -> TenonProcess.send(info).statusCode() == 503);
      assertEquals(200, TenonProcess.send(account.request(first.url("edge") + "/auth/me").build()).statusCode());
    }
  }

  private static HttpRequest imageInfo(Account account, String edge) throws IOException {
    return account.request(edge + "/image/info").header("content-type", "image/jpeg")
        .POST(HttpRequest.BodyPublishers.ofFile(Checkout.root().resolve("contracts/image/examples/gradient.jpg"))).build();
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
