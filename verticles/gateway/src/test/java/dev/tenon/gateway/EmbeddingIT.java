package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example of docs/embedding.md: what is printed there is what is compiled and run here.
@Timeout(90)
class EmbeddingIT {

  private static final Path SOURCE = Path.of("src/test/java/example/Shop.java");
  private static final Path WORKER = Path.of("src/test/resources/example/shop.js");

  @Test
  void thePageShowsWhatIsCompiled() throws IOException {
    String page = Files.readString(Path.of("../../docs/embedding.md"));
    assertTrue(page.contains("```java\n" + Files.readString(SOURCE) + "```\n"), "docs/embedding.md has Shop.java as it is");
    assertTrue(page.contains("```js\n" + Files.readString(WORKER) + "```\n"), "docs/embedding.md has shop.js as it is");
  }

  /// No option of ours, no module path, no launcher: a class path and a JDK.
  @Test
  void anApplicationOnAPlainClassPathServesItOverHttpAndTheEventBus() throws Exception {
    String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", classPath, "example.Shop", WORKER.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader out = application.inputReader(); HttpClient client = HttpClient.newHttpClient()) {
      String url = awaitLine(out, "http://");
      assertEquals("200 {\"article\":\"teapot\",\"count\":3}", awaitLine(out, "200"));
      HttpResponse<String> there = client.send(HttpRequest.newBuilder(URI.create(url + "/teapot")).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(new JsonObject().put("article", "teapot").put("count", 3), new JsonObject(there.body()));
      assertEquals(404, client.send(HttpRequest.newBuilder(URI.create(url + "/unicorn")).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
    } finally {
      application.destroy();
      application.waitFor();
    }
  }

  private static String awaitLine(BufferedReader out, String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("the application ended without a line that starts with " + start);
  }
}
