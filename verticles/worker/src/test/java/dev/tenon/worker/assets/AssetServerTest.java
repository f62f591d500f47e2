package dev.tenon.worker.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.AssetSettings.HtmlHandling;
import dev.tenon.worker.config.AssetSettings.NotFoundHandling;
import dev.tenon.worker.config.AssetSettings.WorkerFirst;
import dev.tenon.worker.config.Problems;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetServerTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private AssetSettings settings = AssetSettings.DEFAULT;
  private NavigationRule navigation = NavigationRule.PREFERS_ASSETS;

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @BeforeEach
  void site() throws Exception {
    put("index.html", "home");
    put("page.html", "page");
    put("both.html", "both");
    put("both/index.html", "both index");
    put("folder/index.html", "folder");
    put("data.json", "{}");
    put("[id].html", "id");
    put("sub/404.html", "not here");
  }

  private void put(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private AssetServer server() {
    return new AssetServer(VERTX, Assets.read(folder, "public", settings, navigation, new Problems()));
  }

  private void html(HtmlHandling handling) {
    settings = new AssetSettings(handling, settings.notFoundHandling(), settings.workerFirst());
  }

  private void notFound(NotFoundHandling handling) {
    settings = new AssetSettings(settings.htmlHandling(), handling, settings.workerFirst());
  }

  private void workerFirst(WorkerFirst first) {
    settings = new AssetSettings(settings.htmlHandling(), settings.notFoundHandling(), first);
  }

  private static ExchangeRequest request(String method, String target, String... headers) {
    MultiMap map = HttpHeaders.headers();
    for (int i = 0; i < headers.length; i += 2) {
      map.add(headers[i], headers[i + 1]);
    }
    return new ExchangeRequest(method, "http", "example.test:8787", target, map, Body.EMPTY, ExchangeContext.start(Deadline.after(PATIENCE)));
  }

  private record Answer(int status, MultiMap headers, Buffer bytes) {

    String body() {
      return bytes.toString();
    }

    /// `200 body` or `307 location`.
    @Override
    public String toString() {
      String location = headers.get("location");
      return status + (location != null ? " " + location : bytes.length() > 0 ? " " + body() : "");
    }
  }

  private static Answer await(Supplier<Future<ExchangeResponse>> answer) {
    Promise<Answer> done = Promise.promise();
    VERTX.getOrCreateContext().runOnContext(_ -> answer.get()
        .compose(response -> response.body().collect(1 << 26).map(body -> new Answer(response.status(), response.headers(), body)))
        .onComplete(done));
    try {
      return done.future().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private Answer get(String target, String... headers) {
    AssetServer server = server();
    return await(() -> server.fetch(request("GET", target, headers)));
  }

  /// What a client gets where there is a worker too; `worker` when that is asked.
  private String ahead(String method, String target, String... headers) {
    AssetServer server = server();
    Optional<Future<ExchangeResponse>> answer = server.ahead(request(method, target, headers));
    return answer.map(found -> await(() -> found).toString()).orElse("worker");
  }

  private void check(Map<String, String> expected) {
    expected.forEach((target, answer) -> assertEquals(answer, get(target).toString(), target));
  }

  @Test
  void pagesHaveOneUrlEach() {
    check(Map.of(
        "/", "200 home", "/index.html", "307 /", "/index?a=b", "307 /?a=b", "/page", "200 page", "/page/", "307 /page", "/page.html", "307 /page",
        "/both", "200 both", "/both/", "200 both index", "/folder", "307 /folder/", "/folder/", "200 folder"));
  }

  @Test
  void pagesMayAllHaveASlash() {
    html(HtmlHandling.FORCE_TRAILING_SLASH);
    check(Map.of(
        "/", "200 home", "/index.html", "307 /", "/page", "307 /page/", "/page/", "200 page", "/page.html", "307 /page/", "/both.html", "200 both",
        "/both/index", "307 /both/", "/both/", "200 both index", "/folder/index.html", "307 /folder/", "/data.json", "200 {}"));
  }

  @Test
  void pagesMayHaveNoSlash() {
    html(HtmlHandling.DROP_TRAILING_SLASH);
    check(Map.of(
        "/", "200 home", "/index", "307 /", "/page/", "307 /page", "/page", "200 page", "/both/", "307 /both", "/both", "200 both",
        "/both/index.html", "200 both index", "/folder/", "307 /folder", "/folder", "200 folder", "/folder/index.html", "307 /folder"));
  }

  @Test
  void pagesMayBeFilesLikeOthers() {
    html(HtmlHandling.NONE);
    check(Map.of("/", "404", "/index.html", "200 home", "/page", "404", "/page.html", "200 page", "/folder/", "404"));
  }

  @Test
  void aFileHasOneSpelling() {
    check(Map.of(
        "/%5Bid%5D", "200 id", "/[id]", "307 /%5Bid%5D", "/%5bid%5d", "307 /%5Bid%5D", "/%70age", "307 /page", "//page", "307 /page",
        "/x/../page", "200 page", "/x/%2e%2E/page?q", "200 page", "/sub%2F..%2Fpage", "404", "/page%zz", "404", "/page%ff", "404"));
  }

  @Test
  void nothingOutsideTheFolderIsEverServed() throws Exception {
    Path secret = Files.writeString(folder.resolveSibling("secret-" + folder.getFileName()), "secret");
    try {
      Files.createSymbolicLink(folder.resolve("link.txt"), secret);
      Files.createSymbolicLink(folder.resolve("inside.json"), folder.resolve("data.json"));
      Files.createSymbolicLink(folder.resolve("parent"), folder.getParent());
      Problems problems = new Problems();
      Assets.read(folder, "public", settings, navigation, problems);
      assertEquals(2, problems.warnings().size(), problems.warnings().toString());
      assertEquals("public/link.txt: the symbolic link leads out of the folder of assets and is not served – copy what it names into the folder",
          problems.warnings().stream().map(Object::toString).filter(text -> text.contains("link.txt")).findFirst().orElseThrow());
      String name = secret.getFileName().toString();
      for (String target : List.of("/link.txt", "/../" + name, "/..%2f" + name, "/%2e%2e/" + name, "/%2e%2e%2f" + name, "/..%5c" + name, "/parent/" + name, "/....//" + name)) {
        assertEquals(404, get(target).status(), target);
      }
      assertEquals("200 {}", get("/inside.json").toString());
    } finally {
      Files.delete(secret);
    }
  }

  @Test
  void missingPagesAreHandledAsConfigured() {
    assertEquals("404", get("/sub/x/y").toString());
    notFound(NotFoundHandling.NEAREST_404_PAGE);
    assertEquals("404 not here", get("/sub/x/y").toString());
    assertEquals("404", get("/x").toString());
    notFound(NotFoundHandling.SINGLE_PAGE_APPLICATION);
    assertEquals("200 home", get("/sub/x/y").toString());
  }

  @Test
  void theWorkerGetsWhatIsNoAsset() {
    notFound(NotFoundHandling.SINGLE_PAGE_APPLICATION);
    assertEquals("200 page", ahead("GET", "/page"));
    assertEquals("worker", ahead("GET", "/x"));
    assertEquals("405", ahead("POST", "/page"));
    assertEquals("worker", ahead("POST", "/x"));
    assertEquals("200 home", ahead("GET", "/x", "sec-fetch-mode", "navigate"));
    navigation = NavigationRule.LIKE_ANY_OTHER;
    assertEquals("worker", ahead("GET", "/x", "sec-fetch-mode", "navigate"));
  }

  @Test
  void theWorkerMayComeFirst() {
    workerFirst(new WorkerFirst.Always());
    assertEquals("worker", ahead("GET", "/page"));
    workerFirst(new WorkerFirst.Matching(List.of("/api/*", "/page"), List.of("/api/docs/*")));
    assertEquals("worker", ahead("GET", "/page"));
    assertEquals("worker", ahead("GET", "/api/x/y"));
    assertEquals("404", ahead("GET", "/api/docs/x"));
    assertEquals("worker", ahead("GET", "/x"));
    notFound(NotFoundHandling.SINGLE_PAGE_APPLICATION);
    assertEquals("200 home", ahead("GET", "/x"));
  }

  @Test
  void headersSayWhatAClientMayDo() {
    Answer page = get("/page");
    assertEquals("text/html; charset=utf-8", page.headers().get("content-type"));
    assertEquals("public, max-age=0, must-revalidate", page.headers().get("cache-control"));
    assertEquals("bytes", page.headers().get("accept-ranges"));
    assertTrue(page.headers().get("etag").matches("\"[0-9a-f]{32}\""), page.headers().get("etag"));
    assertEquals("application/json", get("/data.json").headers().get("content-type"));
    assertFalse(get("/page", "authorization", "x").headers().contains("cache-control"));
    AssetServer server = server();
    Answer head = await(() -> server.fetch(request("HEAD", "/page")));
    assertEquals("200", head.toString());
    assertEquals("4", head.headers().get("content-length"));
    Answer put = await(() -> server.fetch(request("PUT", "/page")));
    assertEquals("405", put.toString());
    assertEquals("GET, HEAD", put.headers().get("allow"));
  }

  @Test
  void whatAClientHasIsNotSentAgain() {
    String tag = get("/page").headers().get("etag");
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      Answer answer = get("/page", "if-none-match", known);
      assertEquals("304", answer.toString(), known);
      assertEquals(tag, answer.headers().get("etag"));
    }
    assertEquals("200 page", get("/page", "if-none-match", "\"x\"").toString());
  }

  @Test
  void partsOfAFileCanBeHad() throws Exception {
    put("letters.txt", "abcdefghij");
    Map<String, String> expected = Map.of(
        "bytes=0-2", "206 abc bytes 0-2/10", "bytes=7-", "206 hij bytes 7-9/10", "bytes=-4", "206 ghij bytes 6-9/10", "bytes=8-100", "206 ij bytes 8-9/10",
        "bytes=-100", "206 abcdefghij bytes 0-9/10", "bytes=10-", "416 bytes */10", "bytes=-0", "416 bytes */10", "bytes=3-1", "200 abcdefghij",
        "bytes=0-1,3-4", "200 abcdefghij", "lines=0-1", "200 abcdefghij");
    expected.forEach((range, answer) -> {
      Answer got = get("/letters.txt", "range", range);
      String contentRange = got.headers().get("content-range");
      assertEquals(answer, got + (contentRange == null ? "" : " " + contentRange), range);
    });
    String tag = get("/letters.txt").headers().get("etag");
    assertEquals(206, get("/letters.txt", "range", "bytes=0-1", "if-range", tag).status());
    assertEquals(200, get("/letters.txt", "range", "bytes=0-1", "if-range", "\"old\"").status());
  }

  @Test
  void largeFilesStreamFromTheDisk() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);
    Files.write(folder.resolve("large.bin"), bytes);
    assertEquals(Buffer.buffer(bytes), get("/large.bin").bytes());
    assertEquals(Buffer.buffer(bytes).slice(1_000_000, 2_500_000), get("/large.bin", "range", "bytes=1000000-2499999").bytes());
  }

  @Test
  void compressedFormsAreServedToWhoeverTakesThem() throws Exception {
    put("app.js", "plain");
    put("app.js.br", "brotli");
    put("app.js.gz", "gzipped");
    Answer brotli = get("/app.js", "accept-encoding", "gzip, deflate, br");
    assertEquals("brotli", brotli.body());
    assertEquals("br", brotli.headers().get("content-encoding"));
    assertEquals("text/javascript; charset=utf-8", brotli.headers().get("content-type"));
    assertEquals("accept-encoding", brotli.headers().get("vary"));
    assertEquals("gzipped", get("/app.js", "accept-encoding", "br;q=0, gzip").body());
    Answer plain = get("/app.js");
    assertEquals("plain", plain.body());
    assertEquals("accept-encoding", plain.headers().get("vary"));
    assertFalse(plain.headers().get("etag").equals(brotli.headers().get("etag")));
    Answer part = get("/app.js", "accept-encoding", "br", "range", "bytes=0-1");
    assertEquals("206 pl", part.toString());
  }

  @Test
  void aFileThatIsWrittenOverGetsAnotherTag() throws Exception {
    AssetServer server = server();
    Answer before = await(() -> server.fetch(request("GET", "/page")));
    put("page.html", "changed");
    Files.setLastModifiedTime(folder.resolve("page.html"), FileTime.fromMillis(1));
    Answer after = await(() -> server.fetch(request("GET", "/page", "if-none-match", before.headers().get("etag"))));
    assertEquals("200 changed", after.toString());
    Files.delete(folder.resolve("page.html"));
    assertEquals("404", await(() -> server.fetch(request("GET", "/page"))).toString());
  }

  @Test
  void redirectsComeBeforeFiles() throws Exception {
    put("_redirects", """
        /page /elsewhere 301
        /query /data.json?a=1#part
        /far https://example.com/there
        /self https://example.test/x 308
        /serve /data.json 200
        /blog/:year/:slug /news/:slug-:year 303
        /all/* /to/:splat 307
        """);
    check(Map.of(
        "/page", "301 /elsewhere", "/query?b=2", "302 /data.json?a=1#part", "/far?x=y", "302 https://example.com/there?x=y", "/serve", "200 {}",
        "/blog/2024/hello", "303 /news/hello-2024", "/all/a/b?c=d", "307 /to/a/b?c=d", "/all//evil.com", "307 /to/evil.com", "/blog/2024", "404",
        "/self", "308 https://example.test/x", "/_redirects", "404"));
  }

  @Test
  void headersAreSetAndRemovedByRules() throws Exception {
    put("_headers", """
        /*
          X-Frame-Options: DENY
          X-Part: :splat
        /data.json
          x-frame-options: SAMEORIGIN
          Cache-Control: max-age=60
          ! ETag
        https://:sub.test/*
          X-Sub: :sub
        """);
    MultiMap data = get("/data.json").headers();
    assertEquals(List.of("DENY, SAMEORIGIN", "max-age=60", "data.json", "example"),
        List.of(data.get("x-frame-options"), data.get("cache-control"), data.get("x-part"), data.get("x-sub")));
    assertFalse(data.contains("etag"));
    assertEquals("DENY", get("/nothing").headers().get("x-frame-options"));
  }
}
