package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tenon up` from its start to its end, and what may go wrong at either.
class UpIT {

  @TempDir private Path scratch;

  @Test
  void showsProgressThenThreeLinesThatWorkAgainAndAgainAndStopsWholeOnCtrlC() throws IOException {
    TenonProcess tenon = up();
    tenon.awaitReady();
    tenon.await("^Ctrl-C stops it");
    List<String> lines = tenon.lines();
    List<String> steps = lines.stream().filter(line -> line.startsWith("curl ") || line.startsWith("TOKEN=")).toList();
    assertEquals(3, steps.size(), tenon.output());
    for (String part : List.of("cluster", "database", "control", "auth", "edge")) {
      assertTrue(lines.stream().anyMatch(line -> line.matches(" +[0-9.]+ s  " + part + " .*")), part + " in " + tenon.output());
    }
    Command.Outcome first = paste(steps);
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(first.out().contains("\"email\":\"ada@example.org\""), first.out());
    assertTrue(first.out().contains("200 image/png "), first.out());
    Command.Outcome second = paste(steps);
    assertTrue(second.out().contains("\"status\":409"), second.out());
    assertTrue(second.out().contains("200 image/png "), second.out());

    theGateKnowsWhatIsLive(tenon.url("control"));

    long postgres = postmaster();
    assertTrue(ProcessHandle.of(postgres).isPresent(), "PostgreSQL runs");
    tenon.signal("INT");
    assertEquals(0, tenon.exitCode(), tenon.output());
    assertEquals("stopped", tenon.lines().getLast());
    assertFalse(ProcessHandle.of(postgres).isPresent(), "PostgreSQL has stopped too");
  }

  /// What was called while the images were made is known; what that needs may not go.
  private void theGateKnowsWhatIsLive(String control) throws IOException {
    JsonNode image = null;
    for (JsonNode one : Account.json(TenonProcess.get(control + "/components").body()).get("components")) {
      image = one.get("component").asText().equals("image-worker") ? one : image;
    }
    assertEquals("[\"getPlan\"]", image.at("/consumes/auth/operations").toString());
    assertEquals("getPlan true", image.at("/calls/0/operation").asText() + " " + image.at("/calls/0/declared").asText());
    assertEquals(2, image.at("/calls/0/count").asInt());
    assertTrue(TenonProcess.get(control + "/metrics").body().contains("tenon_calls_total{callee=\"auth\",caller=\"image-worker\",declared=\"true\",operation=\"getPlan\"} 2.0"));
    assertEquals("1.0.0", Account.json(TenonProcess.get(control + "/components/auth/contract").body()).at("/info/version").asText());
    assertEquals(404, TenonProcess.get(control + "/components/nobody/contract").statusCode());

    Path changed = scratch.resolve("changed/contracts/auth/openapi.yaml");
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, Files.readString(Checkout.root().resolve("contracts/auth/openapi.yaml")).replace("/auth/users/{userId}/plan:", "/auth/users/{userId}/plans:").replace("version: 1.0.0", "version: 1.9.0"));
    Command.Outcome refused = TenonProcess.run("contract", "can-deploy", "auth", "--dir", scratch.resolve("changed").toString(), "--control", control);
    assertEquals(1, refused.exitCode(), refused.err());
    assertTrue(refused.out().contains("breaking  image-worker 1.0.0 uses getPlan of auth: "), refused.out());
    Command.Outcome allowed = TenonProcess.run("contract", "can-deploy", "auth", "--control", control);
    assertEquals("auth 1.0.0 can be deployed after 1.0.0: its contract needs no new number\n", allowed.out());
    assertEquals(0, allowed.exitCode());
  }

  @Test
  void ownsItsDataDirectoryAndKilledItStartsCleanlyAndKeepsWhatItHad() throws IOException {
    TenonProcess first = up().awaitReady();
    Account account = Account.register(first.url("edge"));
    Command.Outcome another = TenonProcess.run("up", "--edge-port", "0", "--control-port", "0", "--data-dir", scratch.toString());
    assertEquals("tenon: data directory " + scratch.resolve("postgres") + " – another Tenon (process " + first.pid()
        + ") uses it – stop that one, or choose another with --data-dir\n", another.err());
    assertEquals(1, another.exitCode());
    long before = postmaster();
    first.signal("KILL");
    first.exitCode();
    try (TenonProcess second = up().awaitReady()) {
      assertNotEquals(before, postmaster(), "a server of its own");
      Account again = Account.logIn(second.url("edge"), account.email(), account.password());
      HttpResponse<String> me = TenonProcess.send(again.request(second.url("edge") + "/auth/me").build());
      assertEquals(200, me.statusCode(), me.body());
    }
  }

  @Test
  void aTakenPortIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      refused("tenon: edge – 127.0.0.1:" + port + " cannot be bound (Address already in use) – stop what uses it, or choose another with --edge-port\n",
          "--edge-port", port, "--control-port", "0");
      refused("tenon: control listener – 127.0.0.1:" + port + " cannot be bound (Address already in use) – stop what uses it, or choose another with --control-port\n",
          "--edge-port", "0", "--control-port", port);
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "not a folder");
    refused("tenon: data directory " + file.resolve("data") + " – it cannot be made – make its parent writable, or choose another with --data-dir\n",
        "--edge-port", "0", "--control-port", "0", "--data-dir", file.resolve("data").toString());
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsOneSentence() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    Command.Outcome outcome = TenonProcess.run("up", "--edge-port", "0", "--control-port", "0", "--data-dir", scratch.toString(),
        "--database", "postgresql://ada:secret@127.0.0.1:" + port + "/tenon");
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("tenon: database "), outcome.err());
    assertFalse(outcome.err().contains("secret"), outcome.err());
  }

  private TenonProcess up() {
    return TenonProcess.start("up", "--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", scratch.toString());
  }

  private static void refused(String expected, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "up";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Command.Outcome outcome = TenonProcess.run(words);
    assertEquals(expected, outcome.err());
    assertEquals(1, outcome.exitCode());
  }

  /// As a person would: into one shell, one after the other.
  private Command.Outcome paste(List<String> steps) {
    return Command.of("bash", "-c", String.join("\n", steps)).in(scratch).run();
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(scratch.resolve("postgres/data/postmaster.pid")).getFirst());
  }
}
