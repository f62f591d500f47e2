package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker's static assets behind the edge of `tenon up`, beside operations of a contract.
class UpAssetsIT {

  @TempDir private Path scratch;

  @Test
  void assetsAreServedWhereNoContractHasThePath() throws IOException {
    Installation system = new Installation(scratch)
        .with("contracts/site/openapi.yaml", """
            openapi: 3.1.0
            info: { title: site, version: 1.0.0 }
            paths:
              /api/time:
                get:
                  operationId: time
                  security: []
                  responses:
                    '200': { description: The time., content: { text/plain: { schema: { type: string } } } }
            """)
        .with("js-workers/site/wrangler.toml", """
            name = "site"
            main = "src/index.js"
            compatibility_date = "2026-01-01"
            [assets]
            directory = "public"
            not_found_handling = "404-page"
            """)
        .with("js-workers/site/src/index.js", "export default { fetch: (request) => new Response('code at ' + new URL(request.url).pathname) };")
        .with("js-workers/site/public/index.html", "<h1>front</h1>")
        .with("js-workers/site/public/about.html", "<h1>about</h1>")
        .with("js-workers/site/public/404.html", "<h1>nothing here</h1>")
        .with("js-workers/site/public/app.js", "0123456789")
        .with("js-workers/site/public/_headers", "/app.js\n  x-made-by: tenon\n")
        .with("js-workers/site/public/_redirects", "/old /about 301\n");
    try (TenonProcess tenon = system.start("up", "one", "--only", "site").awaitReady()) {
      String edge = tenon.url("edge");
      HttpResponse<String> front = TenonProcess.get(edge + "/");
      assertEquals("200 <h1>front</h1>", front.statusCode() + " " + front.body());
      assertTrue(header(front, "content-type").startsWith("text/html"), header(front, "content-type"));
      assertEquals("<h1>about</h1>", TenonProcess.get(edge + "/about").body());
      assertEquals(304, TenonProcess.send(request(edge + "/").header("if-none-match", header(front, "etag")).build()).statusCode());
      HttpResponse<String> part = TenonProcess.send(request(edge + "/app.js").header("range", "bytes=2-4").build());
      assertEquals("206 234 bytes 2-4/10", part.statusCode() + " " + part.body() + " " + header(part, "content-range"));
      assertEquals("tenon", header(part, "x-made-by"));
      HttpResponse<String> head = TenonProcess.send(request(edge + "/app.js").method("HEAD", BodyPublishers.noBody()).build());
      assertEquals("200 10 ", head.statusCode() + " " + header(head, "content-length") + " " + head.body());
      HttpResponse<String> moved = TenonProcess.get(edge + "/old");
      assertEquals("301 /about", moved.statusCode() + " " + header(moved, "location"));
      HttpResponse<String> absent = TenonProcess.get(edge + "/nowhere");
      assertEquals("404 <h1>nothing here</h1>", absent.statusCode() + " " + absent.body());
      assertEquals("200 code at /api/time", TenonProcess.get(edge + "/api/time").statusCode() + " " + TenonProcess.get(edge + "/api/time").body());
      HttpResponse<String> posted = TenonProcess.send(request(edge + "/").POST(BodyPublishers.ofString("x")).build());
      assertEquals(404, posted.statusCode(), posted.body());
    }
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
