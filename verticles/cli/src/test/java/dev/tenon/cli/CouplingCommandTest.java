package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouplingCommandTest {

  @TempDir private Path scratch;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void makeTheRepository() throws IOException {
    write("js-workers/shop/wrangler.toml", "name = \"shop\"\nmain = \"src/index.js\"\ncompatibility_date = \"2026-01-01\"\n");
    write("js-workers/shop/src/index.js", "import './cart.js';\nimport './prices.js';\nexport default {};\n");
    write("js-workers/shop/src/cart.js", "import './prices.js';\n");
    write("js-workers/shop/src/prices.js", "export const prices = {};\n");
    write("js-workers/shop/component.yaml", "consumes: { auth: { version: ^1.0, operations: [getPlan] } }\n");
  }

  @Test
  void printsEachComponentAndWhatIsBetweenThem() {
    check(0, """
        component                     inside  between   ratio
        shop                 worker        3        1   0.250
        system                             3        1   0.250
          shop consumes auth getPlan
        """);
  }

  @Test
  void failsAboveTheGreatestRatioOfTheSystemOrOfAComponent() {
    check(1, """
        component                     inside  between   ratio
        shop                 worker        3        1   0.250
        system                             3        1   0.250
          shop consumes auth getPlan
        too much: the system – its coupling ratio is 0.250, above 0.20 – move what is consumed together into one component, or consume less
        """, "--max", "0.2");
    check(1, """
        component                     inside  between   ratio
        shop                 worker        3        1   0.250
        system                             3        1   0.250
          shop consumes auth getPlan
        too much: shop – its coupling ratio is 0.250, above 0.10 – move what is consumed together into one component, or consume less
        """, "--max-component", "0.1");
  }

  @Test
  void failsOnCodeBetweenComponentsWhateverTheRatio() throws IOException {
    write("js-workers/bill/wrangler.toml", "name = \"bill\"\nmain = \"index.js\"\ncompatibility_date = \"2026-01-01\"\n");
    write("js-workers/bill/index.js", "import '../shop/src/prices.js';\nexport default {};\n");
    Outcome outcome = run("--max", "1");
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().endsWith(
        "too much: code of one component depends on another's – bill index.js imports shop src/prices.js – call it through its contract instead\n"), outcome.out());
  }

  @Test
  void jsonHasEveryDependency() {
    Outcome outcome = run("--json", "--max", "0.2");
    JsonObject json = new JsonObject(outcome.out());
    assertEquals(1, outcome.exitCode());
    assertEquals(0.25, json.getDouble("ratio"));
    assertEquals(false, json.getBoolean("ok"));
    assertEquals(new JsonObject("{\"from\":{\"component\":\"shop\"},\"to\":{\"component\":\"auth\",\"unit\":\"getPlan\"},\"via\":\"operation\",\"code\":false}"),
        json.getJsonObject("dependencies").getJsonArray("between").getJsonObject(0));
    assertEquals(3, json.getJsonObject("dependencies").getJsonArray("inside").size());
    assertEquals("shop", json.getJsonArray("components").getJsonObject(0).getString("name"));
  }

  @Test
  void drawsAPicture() throws IOException {
    Path picture = scratch.resolve("coupling.svg");
    assertEquals(0, run("--svg", picture.toString()).exitCode());
    assertTrue(Files.readString(picture).contains(">getPlan<"));
    Outcome outcome = run("--svg", scratch.resolve("absent/coupling.svg").toString());
    assertEquals("tenon: --svg – " + scratch.resolve("absent/coupling.svg") + " cannot be written – name a file in a folder that is there\n", outcome.err());
    assertEquals(1, outcome.exitCode());
  }

  @Test
  void misuseIsSaid() throws IOException {
    Outcome ratio = run("--max", "3");
    assertEquals("tenon: --max – 3.0 is not between 0 and 1 – choose one that is\n", ratio.err());
    assertEquals(2, ratio.exitCode());
    scratch = scratch.resolve("absent");
    Outcome folder = run();
    assertEquals("tenon: " + scratch + " – there is no such folder – check the path\n", folder.err());
    assertEquals(2, folder.exitCode());
  }

  @Test
  void aFolderWithoutComponentsIsRefused() throws IOException {
    scratch = Files.createDirectory(scratch.resolve("empty"));
    Outcome outcome = run();
    assertEquals("tenon: " + scratch.toRealPath()
        + " – it has neither a service (verticles/*/component.yaml) nor a worker (js-workers/*/wrangler.toml) – name the repository's top folder\n", outcome.err());
    assertEquals(1, outcome.exitCode());
  }

  private void check(int exitCode, String expected, String... options) {
    Outcome outcome = run(options);
    assertEquals(expected, outcome.out(), outcome.err());
    assertEquals(exitCode, outcome.exitCode());
  }

  private Outcome run(String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("coupling", scratch.toString()));
    arguments.addAll(List.of(options));
    int exitCode = Tenon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private void write(String path, String text) throws IOException {
    Path file = scratch.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
