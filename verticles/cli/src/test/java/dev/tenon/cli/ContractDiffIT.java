package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tenon contract diff` with files, git and a listener.
class ContractDiffIT {

  private static final String OLD = """
      openapi: 3.1.0
      info: { title: things, version: 1.2.0 }
      paths:
        /things:
          post:
            operationId: make
            requestBody:
              content:
                application/json:
                  schema: { $ref: 'parts.yaml#/Thing' }
            responses: { '200': { description: ok } }
      """;
  private static final String PARTS = "Thing:\n  type: object\n  properties:\n    name:\n      type: string\n      maxLength: 20\n";

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeAll
  static void useTheCheckout() {
    System.setProperty("tenon.home", "../..");
  }

  private Path contract(String name, String text, String parts) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    Files.writeString(made.resolve("openapi.yaml"), text);
    Files.writeString(made.resolve("parts.yaml"), parts);
    return made;
  }

  private static Outcome diff(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("contract", "diff"));
    all.addAll(List.of(arguments));
    int exitCode = Tenon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  @Test
  void everyFormatTellsTheSame() throws Exception {
    String old = contract("old", OLD, PARTS).toString();
    String now = contract("new", OLD, PARTS.replace("20", "10")).toString();
    JsonObject json = new JsonObject(diff(old, now, "--format", "json").out());
    JsonObject finding = json.getJsonArray("findings").getJsonObject(0);
    assertEquals(1, json.getJsonArray("findings").size());
    assertEquals("request-max-length-lowered breaking request /Thing/properties/name/maxLength /Thing/properties/name/maxLength major",
        String.join(" ", finding.getString("rule"), finding.getString("severity"), finding.getString("side"), finding.getString("old"), finding.getString("new"), finding.getString("bump")));
    assertEquals(now + "/parts.yaml 6", finding.getJsonObject("newAt").getString("file") + " " + finding.getJsonObject("newAt").getInteger("line"));
    assertEquals(new JsonObject().put("old", "1.2.0").put("new", "1.2.0").put("least", "2.0.0").put("enough", false), json.getJsonObject("version"));

    String text = diff(old, now).out();
    assertTrue(text.startsWith("breaking   POST /things: the request body (application/json) at /name: the longest text has 10 characters instead of 20;"), text);
    assertTrue(text.contains("for example the request POST /things with the body (application/json) {\"name\":\""), text);
    assertTrue(text.endsWith("1 breaking, 0 risky, 0 compatible. info.version goes from 1.2.0 to 1.2.0 – the changes ask for a major one, so make it at least 2.0.0.\n"), text);

    assertTrue(diff(old, now, "--format", "markdown").out().contains("\n### Breaking\n\n| rule | change | old | new |\n|---|---|---|---|\n| `request-max-length-lowered` |"));
    JsonObject run = new JsonObject(diff(old, now, "--format", "sarif").out()).getJsonArray("runs").getJsonObject(0);
    JsonArray results = run.getJsonArray("results");
    assertEquals("error", results.getJsonObject(0).getString("level"));
    assertEquals(6, results.getJsonObject(0).getJsonArray("locations").getJsonObject(0).getJsonObject("physicalLocation").getJsonObject("region").getInteger("startLine"));
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(diff(old, now, "--format", "junit").out().getBytes(StandardCharsets.UTF_8))).getDocumentElement();
    assertEquals("1 1", suite.getAttribute("tests") + " " + suite.getAttribute("failures"));
  }

  @Test
  void theExitCodeIsWhatWasAskedFor() throws IOException {
    String old = contract("old", OLD, PARTS).toString();
    String breaking = contract("breaking", OLD, PARTS.replace("20", "10")).toString();
    String risky = contract("risky", OLD.replace("operationId: make", "operationId: create"), PARTS).toString();
    assertEquals(0, diff(old, breaking).exitCode());
    assertEquals(1, diff(old, breaking, "--fail-on", "breaking").exitCode());
    assertEquals(1, diff(old, breaking, "--fail-on", "risky").exitCode());
    assertEquals(0, diff(old, risky, "--fail-on", "breaking").exitCode());
    assertEquals(1, diff(old, risky, "--fail-on", "risky").exitCode());
    assertEquals(0, diff(old, old, "--fail-on", "risky").exitCode());
    assertEquals("Nothing that means anything has changed.\n", diff(old, old).out());
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    String old = contract("old", OLD, PARTS).toString();
    refused(" – there is no such file or folder – name a contract's file, its folder, REVISION:PATH in git, or live:COMPONENT", folder.resolve("none").toString(), old);
    refused(" – the folder has no openapi.yaml – name the contract's file", Files.createDirectories(folder.resolve("empty")).toString(), old);
    refused(" – it cannot be read – correct it:\n  " + folder + "/swagger.yaml:1:10 is Swagger 2.0 – versions 3.0 and 3.1 of OpenAPI are understood, so convert it first",
        Files.writeString(folder.resolve("swagger.yaml"), "swagger: '2.0'\n").toString(), old);
    refused(" – it cannot be read – correct it:\n  " + folder + "/text.yaml:1:1 is a string – an OpenAPI document is an object", Files.writeString(folder.resolve("text.yaml"), "hello\n").toString(), old);
    assertEquals(2, diff(old).exitCode());
    Outcome silent = diff("live:auth", old, "--control-url", "http://127.0.0.1:1");
    assertEquals(1, silent.exitCode());
    assertEquals("tenon: live:auth – nothing answers at http://127.0.0.1:1 – start the system (tenon up), or say where it is with --control-url\n", silent.err());
  }

  private static void refused(String expected, String argument, String other) {
    Outcome outcome = diff(argument, other);
    assertEquals("tenon: " + argument + expected + "\n", outcome.err());
    assertEquals(2, outcome.exitCode());
  }

  @Test
  void aLiveComponentIsAskedForItsContract() throws IOException {
    String text = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"things\",\"version\":\"1.0.0\"},\"paths\":{}}";
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/components/things/contract", exchange -> {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Outcome outcome = diff("live:things", contract("new", OLD, PARTS).toString(), "--control-url", url + "/");
      assertTrue(outcome.out().startsWith("compatible POST /things is new [operation-added]\n           old live:things.json:1:"), outcome.out());
      assertEquals("tenon: live:other – no such component with a contract is live at " + url + " – tenon status says which are\n",
          diff("live:other", folder.resolve("new").toString(), "--control-url", url).err());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void revisionsAreReadFromGitWithAllTheirFiles() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    contract("repository/contracts/things", OLD, PARTS);
    git(repository, "init", "-q");
    git(repository, "add", ".");
    git(repository, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
    Files.writeString(repository.resolve("contracts/things/parts.yaml"), PARTS.replace("20", "10"));
    assertTrue(tenon(repository, "HEAD:contracts/things", "contracts/things").contains("old HEAD:contracts/things/parts.yaml:6:18"), "the folder of a revision");
    assertTrue(tenon(repository, "HEAD:contracts/things/openapi.yaml", "contracts/things").startsWith("breaking"), "the file of a revision");
    assertEquals("tenon: nosuch – git knows no such revision – name a branch, a tag or a commit (git fetch brings those of others)\n", tenon(repository, "nosuch:contracts/things", "contracts/things"));
    assertEquals("tenon: HEAD:contracts/other – the revision has no such file, and no folder of this name with an openapi.yaml – correct the path, which begins at the top of the repository\n",
        tenon(repository, "HEAD:contracts/other", "contracts/things"));
  }

  private static void git(Path repository, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    assertEquals("", run(repository, command));
  }

  private static String tenon(Path here, String old, String now) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(here, List.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "dev.tenon.cli.Tenon", "contract", "diff", old, now));
  }

  private static String run(Path here, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(here.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return out;
  }
}
