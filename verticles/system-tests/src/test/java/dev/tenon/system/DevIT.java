package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tenon dev` as a process, from its start to Ctrl-C.
class DevIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path scratch;

  @Test
  void followsItsFilesShowsWhatIsWrongKeepsTheLastGoodVersionAndLetsDebuggersIn() throws IOException {
    write("wrangler.toml", "name = \"followed\"\nmain = \"src/index.ts\"\ncompatibility_date = \"2026-01-01\"\n");
    write("src/index.ts", "import { word } from './word';\nexport default { fetch(): Response { console.log({ word }); return new Response(`it says ${word}`); } };\n");
    write("src/word.ts", "export const word: string = 'one';\n");
    TenonProcess tenon = TenonProcess.start("dev", scratch.toString(), "--port", "0", "--inspect=0");
    try (tenon) {
      String url = tenon.await("^listening on (http://127\\.0\\.0\\.1:\\d+)$").group(1);
      assertEquals("it says one", TenonProcess.get(url).body());
      tenon.await("\\{ word: 'one' \\}");

      write("src/word.ts", "export const word: string = 'two';\n");
      awaitBody(url, "it says two");
      tenon.await("reloaded in \\d+ ms: word\\.ts changed");

      write("src/word.ts", "export const word: string = ;\n");
      tenon.await("the last good version serves on");
      tenon.await("src/word\\.ts:1:29");
      assertEquals("it says two", TenonProcess.get(url).body());
      HttpResponse<String> page = TenonProcess.send(HttpRequest.newBuilder(URI.create(url)).header("accept", "text/html").build());
      assertEquals(500, page.statusCode());
      assertTrue(page.body().contains("src/word.ts") && page.body().contains("export const word: string = ;"), page.body());

      write("src/word.ts", "export const word: string = 'three';\n");
      awaitBody(url, "it says three");

      String inspector = tenon.await("debuggers attach at ws://(127\\.0\\.0\\.1:\\d+)/").group(1);
      HttpResponse<String> targets = TenonProcess.get("http://" + inspector + "/json");
      assertEquals(200, targets.statusCode());
      assertTrue(targets.body().contains("ws://" + inspector), targets.body());

      tenon.signal("INT");
      assertEquals(0, tenon.exitCode(), tenon.output());
    }
  }

  private static void awaitBody(String url, String expected) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String body;
    do {
      body = TenonProcess.get(url).body();
    } while (!body.equals(expected) && System.nanoTime() < end);
    assertEquals(expected, body);
  }

  private void write(String path, String text) throws IOException {
    Path file = scratch.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
