package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.worker.Egress;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.WorkerLog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServerIT {

  @TempDir private Path temporary;
  private Path root;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Told told = new Told();
  private DevServer server;

  /// What the server tells, as lines.
  private static final class Told implements DevTerminal, WorkerLog {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void answered(String method, String target, int status, long nanos) {
      lines.add(method + " " + target + " " + status);
    }

    @Override
    public void uncaught(Trouble trouble) {
      lines.add("uncaught " + trouble);
    }

    @Override
    public void reloaded(LoadedWorker loaded, Set<Path> changed, long nanos) {
      lines.add("reloaded");
    }

    @Override
    public void broken(Trouble trouble) {
      lines.add("broken " + trouble);
    }

    @Override
    public void mended() {
      lines.add("mended");
    }

    @Override
    public boolean colours() {
      return true;
    }

    @Override
    public void write(Level level, String worker, String text) {
      lines.add(level + " " + text);
    }

    String await(String start) {
      try {
        for (String line = lines.poll(60, TimeUnit.SECONDS); line != null; line = lines.poll(60, TimeUnit.SECONDS)) {
          if (line.startsWith(start)) {
            return line;
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      throw new AssertionError("nothing was told that starts with " + start);
    }
  }

  @BeforeEach
  void files() throws IOException {
    root = temporary.toRealPath();
    file("wrangler.toml", "name = 'developed'\nmain = 'src/index.ts'\ncompatibility_date = '2026-08-01'\n[vars]\nWORD = 'Hello'\n");
    file("src/greet.ts", "export function greet(word: string): string { return word + ' one'; }\n");
    file("src/index.ts", """
        import { greet } from './greet';
        let count: number = 0;
        export default {
          async fetch(request: Request, env: { WORD: string }): Promise<Response> {
            const { pathname } = new URL(request.url);
            if (pathname === '/throw') await later();
            if (pathname === '/slow') {
              const body = new TransformStream();
              const writer = body.writable.getWriter();
              writer.write(new TextEncoder().encode('begun '));
              setTimeout(() => { writer.write(new TextEncoder().encode(greet('by'))); writer.close(); }, 1000);
              return new Response(body.readable);
            }
            if (pathname === '/count') return new Response(String(++count));
            return new Response(greet(env.WORD));
          },
        };

        async function later(): Promise<void> {
          await scheduler.wait(1);
          throw new TypeError('<late>');
        }
        """);
  }

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.stop();
    }
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void start() {
    server = DevServer.start(new DevServer.Options(root, LoadOptions.DEFAULT, new Listen("127.0.0.1", 0), Egress.NONE, told, Optional.empty()), told);
  }

  private HttpRequest request(String target, String accept) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target)).header("accept", accept).build();
  }

  private HttpResponse<String> get(String target, String accept) throws Exception {
    return client.send(request(target, accept), HttpResponse.BodyHandlers.ofString());
  }

  private String get(String target) throws Exception {
    return get(target, "*/*").body();
  }

  @Test
  void aChangeTakesOverAndWhatIsInFlightFinishesAsItBegan() throws Exception {
    start();
    assertEquals("Hello one", get("/"));
    assertEquals("1", get("/count"));
    assertEquals("2", get("/count"), "one isolate, whichever connection asks");
    CompletableFuture<HttpResponse<String>> slow = client.sendAsync(request("/slow", "*/*"), HttpResponse.BodyHandlers.ofString());
    told.await("GET /slow 200");
    file("src/greet.ts", "export function greet(word: string): string { return word + ' two'; }\n");
    told.await("reloaded");
    assertEquals("Hello two", get("/"));
    assertEquals("begun by one", slow.get(60, TimeUnit.SECONDS).body());
    file(".dev.vars", "WORD=Hei\n");
    told.await("reloaded");
    assertEquals("Hei two", get("/"));
    assertEquals("1", get("/count"));
  }

  @Test
  void theLastGoodVersionServesOnAndPagesShowWhatIsWrong() throws Exception {
    start();
    file("src/greet.ts", "export function greet(word: string): string {\n  return word + ;\n}\n");
    assertEquals("""
        broken src/greet.ts:2:17: Unexpected ";"
          1 | export function greet(word: string): string {
        > 2 |   return word + ;
            |                 ^
          3 | }""", told.await("broken"));
    assertEquals("Hello one", get("/"));
    HttpResponse<String> page = get("/", "text/html,*/*;q=0.8");
    assertEquals(500, page.statusCode());
    assertEquals("text/html; charset=utf-8", page.headers().firstValue("content-type").orElse(""));
    assertTrue(page.body().contains("<p class=place>src/greet.ts:2:17</p>"), page.body());
    assertTrue(page.body().contains("  return word + ;\n"), page.body());

    file("src/greet.ts", "import { tail } from './lib/tail';\nexport function greet(word: string): string { return word + tail; }\n");
    assertTrue(told.await("broken").startsWith("broken src/greet.ts:1:22: there is no module \"./lib/tail\" – check the path and the file's name\n"));
    CompletableFuture<HttpResponse<String>> waits = client.sendAsync(request("/cdn-cgi/tenon/changed?since=3", "*/*"), HttpResponse.BodyHandlers.ofString());
    file("src/lib/tail.ts", "throw new RangeError('at the start');\nexport const tail = ' tail';\n");
    assertEquals("""
        broken src/lib/tail.ts:1:7: worker developed does not start – RangeError: at the start
        > 1 | throw new RangeError('at the start');
            |       ^
          2 | export const tail = ' tail';
            at src/lib/tail.ts:1:7""", told.await("broken src/lib/tail.ts"));
    assertEquals(205, waits.get(60, TimeUnit.SECONDS).statusCode());
    assertEquals("Hello one", get("/"));
    file("src/lib/tail.ts", "export const tail = ' tail';\n");
    told.await("reloaded");
    assertEquals("Hello tail", get("/", "text/html").body());
    file("wrangler.toml", "name = 'developed'\nmain = 'src/index.ts'\nvars = [\n");
    assertTrue(told.await("broken").startsWith("broken wrangler.toml:4:1: not valid TOML"));
  }

  @Test
  void valuesAreShownInColoursWhereTheTerminalHasThem() throws Exception {
    file("src/greet.ts", "export function greet(word: string): string { console.log('said', { n: 1, s: 'x' }); return word; }\n");
    start();
    get("/");
    assertEquals("LOG said { n: \033[33m1\033[39m, s: \033[32m'x'\033[39m }", told.await("LOG"));
  }

  @Test
  void assetsAreFollowedToo() throws Exception {
    file("wrangler.toml", "name = 'pages'\ncompatibility_date = '2026-08-01'\nassets = { directory = 'out/.public' }\n");
    file("out/.public/index.html", "<p>one");
    start();
    assertEquals("<p>one", get("/"));
    file("out/.public/index.html", "<p>two");
    told.await("reloaded");
    assertEquals("<p>two", get("/"));
    file("out/.public/about.html", "<p>new");
    told.await("reloaded");
    assertEquals("<p>new", get("/about"));
  }

  @Test
  void anUncaughtExceptionIsShownWithItsSource() throws Exception {
    start();
    HttpResponse<String> text = get("/throw", "*/*");
    assertEquals(500, text.statusCode());
    assertEquals("""
        The worker threw an exception

        src/index.ts:21:9: TypeError: <late>
          18 |\s
          19 | async function later(): Promise<void> {
          20 |   await scheduler.wait(1);
        > 21 |   throw new TypeError('<late>');
             |         ^
          22 | }
            at later (src/index.ts:21:9)
            at async Object.fetch (src/index.ts:6:38)
        """, text.body());
    assertTrue(told.await("ERROR Uncaught").contains("    at later (src/index.ts:21:9)"));
    assertTrue(told.await("uncaught").contains("> 21 |   throw new TypeError('<late>');"));
    HttpResponse<String> json = get("/throw", "application/json");
    assertEquals("application/problem+json", json.headers().firstValue("content-type").orElse(""));
    assertEquals(21, new JsonObject(json.body()).getJsonArray("errors").getJsonObject(0).getInteger("line"));
    HttpResponse<String> page = get("/throw", "text/html");
    assertTrue(page.body().contains("<h2>TypeError: &lt;late&gt;</h2>"), page.body());
    assertFalse(page.body().contains("<late>"), page.body());
  }

  @Test
  void whatNeverWorkedDoesNotStart() throws Exception {
    file("src/index.ts", "export default { fetch( };\n");
    StartFailure failure = assertThrows(StartFailure.class, this::start);
    assertTrue(failure.getMessage().startsWith("src/index.ts:1:25: Expected identifier but found \"}\"\n"), failure.getMessage());
  }
}
