package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Applications as they are written for Cloudflare, with their packages from npm, run by `./tenon run` without a changed line.
///
/// `./mvnw -Papps verify` runs them: they need the network, for npm.
class WorkerApplications {

  private static final String JSON = "application/json";

  @Test
  void hono() {
    try (Application app = Application.start("hono")) {
      assertEquals("Hello tester", app.get("/", "user-agent", "tester").body());
      HttpResponse<String> book = app.get("/api/books/7?tag=a&tag=b", "origin", "https://app.example");
      assertEquals("{\"id\":7,\"query\":[\"a\",\"b\"]}", book.body());
      assertEquals("https://app.example", header(book, "access-control-allow-origin"));
      assertEquals("true", header(book, "access-control-allow-credentials"));
      assertEquals("nosniff", header(book, "x-content-type-options"));
      assertEquals(36, header(book, "x-request-id").length());
      assertTrue(header(book, "server-timing").startsWith("total;dur="), () -> header(book, "server-timing"));
      assertEquals(204, app.send("OPTIONS", "/api/books/7", "", "origin", "https://app.example", "access-control-request-method", "PUT").statusCode());
      assertEquals("{\"missing\":\"/api/books/x\"}", app.get("/api/books/x").body());

      HttpResponse<String> made = app.send("POST", "/api/books", "{\"title\":\"ä\"}", "content-type", JSON);
      assertEquals(201, made.statusCode());
      assertEquals("/api/books/7", header(made, "location"));
      assertEquals("{\"got\":{\"title\":\"ä\"}}", made.body());
      assertEquals(413, app.send("POST", "/api/books", "\"" + "x".repeat(200) + "\"", "content-type", JSON).statusCode());
      String form = "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nT\r\n--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
          + "content-type: text/plain\r\n\r\ninside\r\n--B--\r\n";
      assertEquals("{\"title\":\"T\",\"file\":[\"a.txt\",\"text/plain\",\"inside\"]}", app.send("POST", "/form", form, "content-type", "multipart/form-data; boundary=B").body());

      HttpResponse<String> page = app.get("/page");
      assertEquals("<html><body><h1>&lt;escaped&gt;</h1><ul><li>1</li><li>2</li></ul></body></html>", page.body());
      assertEquals(304, app.get("/page", "if-none-match", header(page, "etag")).statusCode());
      HttpResponse<String> closed = app.get("/admin/panel");
      assertEquals(401, closed.statusCode());
      assertEquals("Basic realm=\"Secure Area\"", header(closed, "www-authenticate"));
      assertEquals("inside", app.get("/admin/panel", "authorization", "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8))).body());
      assertEquals("visits=5; Max-Age=60; Path=/; HttpOnly", header(app.get("/cookie", "cookie", "a=b; visits=4"), "set-cookie"));

      assertEquals("one\ntwo\nthree\n", app.get("/text").body());
      HttpResponse<String> events = app.get("/events");
      assertEquals("text/event-stream", header(events, "content-type"));
      assertEquals("event: tick\ndata: at 0\nid: 0\n\nevent: tick\ndata: at 1\nid: 1\n\nevent: tick\ndata: at 2\nid: 2\n\n", events.body());
      assertEquals("\1\2\3piped", app.get("/bytes").body());
      assertEquals("/page", header(app.get("/redirect"), "location"));
      assertEquals(204, app.get("/background").statusCode());
      app.process().await("^in the background$");
      HttpResponse<String> refused = app.get("/fails");
      assertEquals("418 no coffee", refused.statusCode() + " " + refused.body());
      assertEquals("{\"error\":\"broken\"}", app.get("/breaks").body());
      app.process().await("^--> GET /breaks .*500");
    }
  }

  @Test
  void ittyRouter() {
    try (Application app = Application.start("itty-router")) {
      HttpResponse<String> all = app.get("/v1/todos", "origin", "https://a.example");
      assertEquals("[{\"id\":\"1\",\"title\":\"read\"}]", all.body());
      assertEquals("application/json; charset=utf-8", header(all, "content-type"));
      assertEquals("1", header(all, "x-finally"));
      assertEquals("[]", app.get("/v1/todos?title=write").body());
      assertEquals("{\"id\":\"1\",\"title\":\"read\"}", app.get("/v1/todos/1").body());
      assertEquals("{\"status\":404,\"error\":\"no such todo\"}", app.get("/v1/todos/9").body());
      HttpResponse<String> made = app.send("POST", "/v1/todos", "{\"title\":\"write\"}", "content-type", JSON);
      assertEquals("201 {\"id\":\"2\",\"title\":\"write\"}", made.statusCode() + " " + made.body());
      HttpResponse<String> wrong = app.send("POST", "/v1/todos", "{}", "content-type", JSON);
      assertEquals("422 {\"status\":422,\"problem\":\"a title is missing\"}", wrong.statusCode() + " " + wrong.body());
      assertEquals("a/b/c.txt", app.get("/v1/files/a/b/c.txt").body());
      assertEquals("{\"name\":\"x\"}", app.get("/v1/optional/x").body());
      assertEquals("<p>htm</p>", app.get("/v1/page.htm").body());
      assertEquals("image/png", header(app.get("/v1/pixel"), "content-type"));
      assertEquals(204, app.send("DELETE", "/v1/todos/1", "").statusCode());
      assertEquals("{\"method\":\"PATCH\"}", app.send("PATCH", "/v1/any", "").body());
      assertEquals(404, app.get("/elsewhere").statusCode());
      assertEquals("{\"status\":500,\"problem\":\"undefinedName is not defined\"}", app.get("/v1/breaks").body());
      HttpResponse<String> preflight = app.send("OPTIONS", "/v1/todos", "", "origin", "https://a.example", "access-control-request-method", "POST");
      assertEquals("204 600", preflight.statusCode() + " " + header(preflight, "access-control-max-age"));
    }
  }

  @Test
  void reactServerSideRendering() {
    try (Application app = Application.start("react-ssr")) {
      HttpResponse<String> page = app.get("/?name=Ada%20%3Cx%3E");
      assertEquals("text/html; charset=utf-8", header(page, "content-type"));
      assertTrue(page.body().startsWith("<!DOCTYPE html><html lang=\"en\"><head>"), page::body);
      assertTrue(page.body().contains("<title>Hello Ada &lt;x&gt;</title>"), page::body);
      assertTrue(page.body().contains("<h1>Hello <!-- -->Ada &lt;x&gt;<!-- --> &amp; others</h1>"), page::body);
      assertTrue(page.body().contains("<p>Waiting…</p>"), page::body);
      assertTrue(page.body().indexOf("<blockquote>It fits.</blockquote>") > page.body().indexOf("<p>Waiting…</p>"), page::body);
      assertTrue(page.body().contains("<script src=\"/client.js\""), page::body);
      HttpResponse<String> whole = app.get("/whole");
      assertTrue(whole.body().contains("<blockquote>It fits.</blockquote>") && !whole.body().contains("Waiting"), whole::body);
      assertEquals("<ul><li>a</li><li>b</li></ul>", app.get("/static").body());
      assertEquals("<p>cannot render</p>", app.get("/broken").body());
    }
  }

  @Test
  void zodValidatedApi() {
    try (Application app = Application.start("zod-api")) {
      String order = """
          {"id":"5f0f1a52-7a6c-4b51-9a4e-3f0f3cf1a0aa","email":"Ada@Example.org","placed":"2026-02-03T04:05:06Z","note":"  soon ",
           "lines":[{"sku":"OAK-12","count":2,"price":10.5}],"payment":{"kind":"card","last4":"4242"}}""";
      HttpResponse<String> taken = app.send("POST", "/orders", order, "content-type", JSON);
      assertEquals(201, taken.statusCode(), taken.body());
      JsonObject answer = new JsonObject(taken.body());
      assertEquals("ada@example.org", answer.getString("email"));
      assertEquals("2026-02-03T04:05:06.000Z", answer.getString("placed"));
      assertEquals("open soon 21", answer.getString("status") + " " + answer.getString("note") + " " + answer.getValue("total"));

      JsonObject refused = new JsonObject(app.send("POST", "/orders", """
          {"id":"x","email":"y","placed":"z","status":"lost","lines":[{"sku":"oak","count":0.5,"price":-1}],"payment":{"kind":"barter"},"more":1}""").body());
      String issues = refused.getJsonArray("issues").stream().map(JsonObject.class::cast).map(issue -> issue.getString("path") + " " + issue.getString("code")).collect(Collectors.joining(", "));
      assertEquals("id invalid_format, email invalid_format, placed invalid_type, status invalid_value, lines.0.sku invalid_format, lines.0.count invalid_type, "
          + "lines.0.price too_small, payment.kind invalid_union,  unrecognized_keys", issues);
      assertEquals(422, app.send("POST", "/orders", "{").statusCode());
      assertEquals("too expensive", new JsonObject(app.send("POST", "/orders", order.replace("10.5", "900")).body()).getJsonArray("issues").getJsonObject(0).getString("message"));
      assertEquals("{\"q\":\"oak\",\"page\":3}", app.get("/search?q=oak&page=3").body());
      assertEquals(400, app.get("/search?q=o").statusCode());
      assertEquals(List.of("name", "age"), new JsonObject(app.get("/schema").body()).getJsonArray("required").getList());
    }
  }

  @Test
  void joseLogin() {
    try (Application app = Application.start("jose-login")) {
      assertEquals(401, app.send("POST", "/login", "{\"user\":\"ada\",\"password\":\"wrong\"}").statusCode());
      for (String alg : List.of("HS256", "ES256", "RS256")) {
        String token = new JsonObject(app.send("POST", "/login", "{\"user\":\"ada\",\"password\":\"lovelace\",\"alg\":\"" + alg + "\"}").body()).getString("token");
        assertEquals("{\"sub\":\"ada\",\"role\":\"admin\",\"alg\":\"" + alg + "\"}", app.get("/me", "authorization", "Bearer " + token).body());
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");
        assertEquals("{\"code\":\"ERR_JWS_SIGNATURE_VERIFICATION_FAILED\"}", app.get("/me", "authorization", "Bearer " + forged).body());
      }
      String expired = new JsonObject(app.get("/expired").body()).getString("token");
      assertEquals("{\"code\":\"ERR_JWT_EXPIRED\"}", app.get("/me", "authorization", "Bearer " + expired).body());
      assertEquals(401, app.get("/me").statusCode());
      JsonObject jwks = new JsonObject(app.get("/jwks").body());
      assertEquals("[EC, RSA]", jwks.getJsonArray("keys").stream().map(key -> ((JsonObject) key).getString("kty")).toList().toString());
      assertEquals(43, jwks.getInteger("thumbprint"));
      assertEquals("for your eyes", app.get("/encrypted").body());
    }
  }

  @Test
  void graphQlServer() {
    try (Application app = Application.start("graphql")) {
      assertEquals("{\"data\":{\"books\":[{\"id\":\"1\",\"upper\":\"JOINERY\"},{\"id\":\"2\",\"upper\":\"TIMBER\"}]}}", query(app, "{ books { id upper } }", "{}"));
      assertEquals("{\"data\":{\"book\":{\"title\":\"Timber\"}}}", query(app, "query B($id: ID!) { book(id: $id) { title } }", "{\"id\":\"2\"}"));
      assertEquals("{\"data\":{\"add\":{\"id\":\"3\"}}}", query(app, "mutation { add(title: \"T\", author: \"C\") { id } }", "{}"));
      JsonObject refused = new JsonObject(query(app, "{ fails }", "{}"));
      assertEquals("REFUSED", refused.getJsonArray("errors").getJsonObject(0).getJsonObject("extensions").getString("code"));
      JsonObject wrong = new JsonObject(query(app, "{ nothing }", "{}"));
      assertEquals("Cannot query field \"nothing\" on type \"Query\".", wrong.getJsonArray("errors").getJsonObject(0).getString("message"));
      assertEquals("{\"data\":{\"agent\":\"tester\"}}", app.get("/graphql?query=%7Bagent%7D", "user-agent", "tester", "accept", JSON).body());
      HttpResponse<String> stream = app.send("POST", "/graphql", "{\"query\":\"subscription { countdown(from: 2) }\"}", "content-type", JSON, "accept", "text/event-stream");
      assertTrue(header(stream, "content-type").startsWith("text/event-stream"), stream::body);
      assertTrue(stream.body().contains("data: {\"data\":{\"countdown\":2}}") && stream.body().contains("data: {\"data\":{\"countdown\":0}}") && stream.body().contains("event: complete"), stream::body);
      assertTrue(app.get("/graphql", "accept", "text/html").body().contains("GraphiQL"));
      assertTrue(app.get("/", "accept", "text/html").body().contains("Welcome to GraphQL Yoga"));
    }
  }

  private static String query(Application app, String query, String variables) {
    return app.send("POST", "/graphql", new JsonObject().put("query", query).put("variables", new JsonObject(variables)).encode(), "content-type", JSON).body();
  }

  @Test
  void markdownRenderer() {
    try (Application app = Application.start("markdown")) {
      HttpResponse<String> about = app.get("/");
      assertEquals("text/html; charset=utf-8", header(about, "content-type"));
      assertTrue(about.body().contains("<p>A <em>tenon</em> fits a <strong>mortise</strong>"), about::body);
      assertTrue(about.body().contains("<td align=\"center\">yes</td>"), about::body);
      assertTrue(about.body().contains("<input type=\"checkbox\" checked disabled> cut"), about::body);
      assertFalse(about.body().contains("alert"), about::body);
      assertEquals("<h2>ä</h2>\n<pre><code class=\"language-js\">1 &#x3C; 2\n</code></pre>", app.send("POST", "/", "## ä\n\n```js\n1 < 2\n```\n").body());
      assertEquals("<p><a href=\"https://a.example\">x</a> <del>y</del></p>", app.send("POST", "/", "[x](https://a.example) ~~y~~").body());
    }
  }

  @Test
  void s3Client() {
    try (StandInS3 s3 = StandInS3.start();
        Application app = Application.start("s3", "--egress", "all", "--var", "ENDPOINT=" + s3.url() + "/bucket")) {
      assertEquals(204, app.send("PUT", "/a%20b.txt", "content", "content-type", "text/plain").statusCode());
      HttpResponse<String> read = app.get("/a%20b.txt");
      assertEquals("200 content text/plain worker", read.statusCode() + " " + read.body() + " " + header(read, "content-type") + " " + header(read, "x-amz-meta-from"));
      assertEquals("206 tent", app.get("/a%20b.txt", "range", "bytes=3-6").statusCode() + " " + app.get("/a%20b.txt", "range", "bytes=3-6").body());
      assertEquals("<Key>a b.txt</Key>", app.get("/?prefix=a").body());
      byte[] large = TestImages.png(TestImages.photo(400, 400, BufferedImage.TYPE_INT_RGB));
      assertEquals(204, app.sendBytes("PUT", "/large", large).statusCode());
      assertArrayEquals(large, app.sendBytes("GET", "/large", new byte[0]).body());
      s3.failNext();
      assertEquals(200, app.get("/large").statusCode(), "a failure is tried again");
      assertEquals(204, app.send("DELETE", "/large", "").statusCode());
      assertEquals(404, app.get("/large").statusCode());
      assertEquals(64, app.get("/presign").body().length());
      assertEquals(List.of(), s3.badSignatures());
    }
  }

  @Test
  void wasmImageConverter() throws IOException {
    BufferedImage photo = TestImages.photo(120, 80, BufferedImage.TYPE_INT_RGB);
    try (Application app = Application.start("image-converter")) {
      HttpResponse<byte[]> jpeg = app.sendBytes("POST", "/?to=jpeg", TestImages.png(photo), "content-type", "image/png");
      assertEquals("200 image/jpeg 120x80", jpeg.statusCode() + " " + header(jpeg, "content-type") + " " + header(jpeg, "x-size"));
      BufferedImage converted = ImageIO.read(new ByteArrayInputStream(jpeg.body()));
      assertEquals("120x80", converted.getWidth() + "x" + converted.getHeight());
      assertTrue(distance(photo, converted) < 12, "the pictures are alike");
      HttpResponse<byte[]> small = app.sendBytes("POST", "/?to=png&width=30", TestImages.jpeg(photo), "content-type", "image/jpeg");
      BufferedImage shrunk = ImageIO.read(new ByteArrayInputStream(small.body()));
      assertEquals("30x20", shrunk.getWidth() + "x" + shrunk.getHeight());
      byte[] webp = app.sendBytes("POST", "/?to=webp", TestImages.png(photo), "content-type", "image/png").body();
      assertEquals("RIFF WEBP", Application.latin1(Arrays.copyOf(webp, 4)) + " " + Application.latin1(Arrays.copyOfRange(webp, 8, 12)));
      assertNotEquals(200, app.sendBytes("POST", "/?to=png", new byte[] {1, 2, 3}, "content-type", "image/png").statusCode());
      assertEquals(200, app.sendBytes("POST", "/?to=jpeg", TestImages.png(photo), "content-type", "image/png").statusCode(), "after a picture that is none");
    }
  }

  /// How far apart the samples of two pictures are on average.
  private static double distance(BufferedImage one, BufferedImage two) {
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (two.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / 3.0 / one.getWidth() / one.getHeight();
  }

  @Test
  void webSocketChatRoom() throws Exception {
    // The application is closed first: a client that is closed waits for its sockets.
    try (HttpClient client = HttpClient.newHttpClient();
        Application app = Application.start("chat")) {
      assertEquals("426 a WebSocket is expected", app.get("/rooms/r").statusCode() + " " + app.get("/rooms/r").body());
      Heard ada = Heard.join(client, app, "r", "Ada");
      assertEquals("{\"joined\":\"Ada\",\"members\":[\"Ada\"]}", ada.next());
      Heard elsewhere = Heard.join(client, app, "other", "Eve");
      assertEquals("{\"joined\":\"Eve\",\"members\":[\"Eve\"]}", elsewhere.next());
      Heard bob = Heard.join(client, app, "r", "B%C3%B6b");
      for (Heard each : List.of(ada, bob)) {
        assertEquals("{\"joined\":\"Böb\",\"members\":[\"Ada\",\"Böb\"]}", each.next());
      }
      bob.say("hello 😀");
      for (Heard each : List.of(ada, bob)) {
        assertEquals("{\"from\":\"Böb\",\"said\":\"hello 😀\"}", each.next());
      }
      ada.say(new byte[] {0, 127, -1});
      assertEquals("bytes [0, 127, -1]", ada.next());
      bob.say("/quit");
      assertEquals("closed 1000 bye", bob.next());
      assertEquals("{\"left\":\"Böb\"}", ada.next());
      elsewhere.say("alone");
      assertEquals("{\"from\":\"Eve\",\"said\":\"alone\"}", elsewhere.next());
      client.shutdownNow();
    }
  }

  /// One member's end of a chat room.
  private static final class Heard implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    static Heard join(HttpClient client, Application app, String room, String name) {
      Heard member = new Heard();
      URI uri = URI.create(app.url().replace("http:", "ws:") + "/rooms/" + room + "?name=" + name);
      member.socket = client.newWebSocketBuilder().buildAsync(uri, member).orTimeout(30, TimeUnit.SECONDS).join();
      return member;
    }

    void say(String words) {
      socket.sendText(words, true).orTimeout(30, TimeUnit.SECONDS).join();
    }

    void say(byte[] bytes) {
      socket.sendBinary(ByteBuffer.wrap(bytes), true).orTimeout(30, TimeUnit.SECONDS).join();
    }

    String next() throws InterruptedException {
      return Optional.ofNullable(heard.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      heard.add("bytes " + Arrays.toString(bytes));
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add("closed " + code + " " + reason);
      return null;
    }
  }

  @Test
  void svelteKitSite() {
    try (Application app = Application.startBuilt("sveltekit")) {
      HttpResponse<String> home = app.get("/?name=Ada", "cookie", "visits=2");
      assertTrue(home.body().contains("Hello from the platform, Ada</h1>") && home.body().contains("Visit 3</p>") && home.body().contains("<title>Ada</title>"), home::body);
      assertEquals("visits=3; Path=/; HttpOnly; Secure; SameSite=Lax", header(home, "set-cookie"));
      HttpResponse<String> about = app.get("/about");
      assertTrue(about.body().contains("About, rendered when it was built"), about::body);
      assertEquals(200, app.get("/robots.txt").statusCode());
      String script = home.body().replaceAll("(?s).*?(_app/immutable/entry/start\\.[^\"]+\\.js).*", "$1");
      HttpResponse<String> asset = app.get("/" + script);
      assertEquals("200 public, immutable, max-age=31536000", asset.statusCode() + " " + header(asset, "cache-control"));
      HttpResponse<String> post = app.get("/blog/first");
      assertTrue(post.body().contains("First</h1>") && post.body().contains("streamed afterwards"), post::body);
      assertEquals("308 /blog/first", app.get("/blog/old").statusCode() + " " + header(app.get("/blog/old"), "location"));
      HttpResponse<String> missing = app.get("/blog/none");
      assertTrue(missing.statusCode() == 404 && missing.body().contains("no such post"), missing::body);
      assertEquals("{\"zone\":\"UTC\",\"address\":true}", app.get("/api/time?zone=UTC").body());
      HttpResponse<String> made = app.send("POST", "/api/time", "{\"a\":[1]}", "content-type", JSON);
      assertEquals("201 {\"a\":[1]}", made.statusCode() + " " + made.body());
      HttpResponse<String> said = app.send("POST", "/", "word=oak", "content-type", "application/x-www-form-urlencoded", "accept", "text/html", "origin", app.url());
      assertTrue(said.body().contains("OAK</output>"), said::body);
      assertTrue(app.get("/blog/first/__data.json").body().startsWith("{\"type\":\"data\""));
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
