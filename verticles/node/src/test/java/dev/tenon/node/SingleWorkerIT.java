package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.worker.Egress;
import dev.tenon.worker.LoadOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleWorkerIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private SingleWorker worker;

  @AfterEach
  void stop() {
    worker.stop();
    client.close();
  }

  private void start(String configuration) throws IOException {
    put("wrangler.toml", "name = \"site\"\ncompatibility_date = \"2025-06-01\"\n" + configuration);
    worker = SingleWorker.start(new SingleWorker.Options(folder, LoadOptions.DEFAULT, new Listen("127.0.0.1", 0), Egress.NONE, (level, name, text) -> { }));
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private HttpResponse<byte[]> send(String method, String target, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + target)).method(method, HttpRequest.BodyPublishers.noBody());
    return client.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private String text(String method, String target) throws Exception {
    HttpResponse<byte[]> answer = send(method, target);
    return answer.statusCode() + " " + new String(answer.body());
  }

  @Test
  void filesAreSentFromTheDisk() throws Exception {
    byte[] large = new byte[5_000_000];
    new Random(3).nextBytes(large);
    put("public/index.html", "home");
    Files.write(folder.resolve("public/large.bin"), large);
    start("[assets]\ndirectory = \"public\"\n");
    HttpResponse<byte[]> whole = send("GET", "/large.bin");
    assertEquals(200, whole.statusCode());
    assertEquals("5000000", whole.headers().firstValue("content-length").orElseThrow());
    assertEquals("application/octet-stream", whole.headers().firstValue("content-type").orElseThrow());
    assertArrayEquals(large, whole.body());
    HttpResponse<byte[]> part = send("GET", "/large.bin", "range", "bytes=4000000-4999999");
    assertEquals(206, part.statusCode());
    assertEquals("bytes 4000000-4999999/5000000", part.headers().firstValue("content-range").orElseThrow());
    assertArrayEquals(Arrays.copyOfRange(large, 4_000_000, 5_000_000), part.body());
    HttpResponse<byte[]> head = send("HEAD", "/large.bin");
    assertEquals("5000000", head.headers().firstValue("content-length").orElseThrow());
    assertEquals(304, send("GET", "/large.bin", "if-none-match", whole.headers().firstValue("etag").orElseThrow()).statusCode());
    assertEquals("200 home", text("GET", "/"));
    assertEquals("404 ", text("GET", "/none"));
  }

  @Test
  void scheduledHandlersAreWokenByHand() throws Exception {
    put("index.js", """
        export default {
          async scheduled(controller, env, ctx) {
            if (controller.cron === 'throw' || controller.scheduledTime !== 1745856238000) throw new Error('no');
            if (controller.cron === 'later') ctx.waitUntil(Promise.reject(new Error('later')));
          },
        };
        """);
    start("main = \"index.js\"\n");
    assertEquals("200 ok", text("GET", "/cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=1745856238000"));
    assertEquals("500 exception", text("GET", "/cdn-cgi/handler/scheduled?cron=throw&time=1745856238000"));
    assertEquals("500 exception", text("GET", "/cdn-cgi/handler/scheduled?cron=later&time=1745856238000"));
    assertEquals("400 \"time\" must be milliseconds since 1970, not \"soon\"", text("GET", "/cdn-cgi/handler/scheduled?time=soon"));
    assertEquals("404 \"/cdn-cgi/handler/other\" is no handler. Did you mean \"/cdn-cgi/handler/scheduled\"?", text("GET", "/cdn-cgi/handler/other"));
  }
}
