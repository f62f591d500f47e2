package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorIT {

  @TempDir private Path folder;

  /// A client of the DevTools protocol.
  private static final class DevTools implements WebSocket.Listener, AutoCloseable {

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;

    DevTools(String address) {
      socket = client.newWebSocketBuilder().buildAsync(URI.create("ws://" + address), this).orTimeout(60, TimeUnit.SECONDS).join();
    }

    JsonObject ask(String method, JsonObject parameters) {
      int id = ids.incrementAndGet();
      CompletableFuture<JsonObject> answer = new CompletableFuture<>();
      asked.put(id, answer);
      socket.sendText(new JsonObject().put("id", id).put("method", method).put("params", parameters).encode(), true).join();
      return answer.orTimeout(60, TimeUnit.SECONDS).join().getJsonObject("result");
    }

    JsonObject ask(String method) {
      return ask(method, new JsonObject());
    }

    /// The next event of a kind, whatever comes before it.
    JsonObject await(String method, String urlPart) throws InterruptedException {
      for (JsonObject event = events.poll(60, TimeUnit.SECONDS); event != null; event = events.poll(60, TimeUnit.SECONDS)) {
        JsonObject parameters = event.getJsonObject("params");
        if (event.getString("method").equals(method) && parameters.getString("url", "").contains(urlPart)) {
          return parameters;
        }
      }
      throw new AssertionError("no event " + method);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        JsonObject message = new JsonObject(part.toString());
        part.setLength(0);
        if (message.containsKey("id")) {
          asked.remove(message.getInteger("id")).complete(message);
        } else {
          events.add(message);
        }
      }
      from.request(1);
      return null;
    }

    @Override
    public void close() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      client.close();
    }
  }

  private Future<String> get(Vertx vertx, DeployedWorker worker) {
    return Future.future(promise -> vertx.runOnContext(_ -> worker.handle(TestWorker.get("/x")).compose(TestWorker::whole).map(TestWorker.Answer::body).onComplete(promise)));
  }

  @Test
  void aBreakpointStopsTheWorkerAndShowsItsOwnSources() throws Exception {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/index.ts"), """
        import { word } from './word';
        export default {
          async fetch(request: Request): Promise<Response> {
            const secret: string = 'forty' + '-two';
            console.log('asked', { deep: true });
            return new Response(word + secret);
          },
        };
        """);
    Files.writeString(folder.resolve("src/word.ts"), "export const word: string = 'answer: ';\n");
    LoadedWorker loaded = WorkerLoader.load(folder, LoadOptions.DEFAULT);
    Path root = folder.toRealPath();
    Vertx vertx = Vertx.vertx();
    try (Inspector inspector = Inspector.open("127.0.0.1", 0, root)) {
      WorkerOptions options = WorkerOptions.of(_ -> Future.failedFuture("no network")).withIsolates(1).withPlacement(Placement.OWN_THREADS);
      DeployedWorker worker = TestWorker.await(DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), loaded.definition(), options, inspector));
      try (DevTools tools = new DevTools(inspector.address())) {
        tools.ask("Runtime.enable");
        tools.ask("Debugger.enable");
        tools.ask("Runtime.runIfWaitingForDebugger");
        JsonObject script = tools.await("Debugger.scriptParsed", "index.js");
        JsonObject map = new JsonObject(new String(Base64.getDecoder().decode(script.getString("sourceMapURL").split(",")[1]), StandardCharsets.UTF_8));
        assertEquals(root.toUri().toString(), map.getString("sourceRoot"));
        assertEquals(new JsonArray().add("src/word.ts").add("src/index.ts"), map.getJsonArray("sources"));

        String[] lines = tools.ask("Debugger.getScriptSource", new JsonObject().put("scriptId", script.getString("scriptId"))).getString("scriptSource").split("\n");
        int line = 0;
        while (!lines[line].contains("return new Response")) {
          line++;
        }
        JsonObject set = tools.ask("Debugger.setBreakpointByUrl", new JsonObject().put("url", script.getString("url")).put("lineNumber", line).put("columnNumber", 0));
        assertEquals(line, set.getJsonArray("locations").getJsonObject(0).getInteger("lineNumber"));
        Future<String> answer = get(vertx, worker);
        JsonObject frame = tools.await("Debugger.paused", "").getJsonArray("callFrames").getJsonObject(0);
        assertEquals("fetch", frame.getString("functionName"));
        JsonObject value = tools.ask("Debugger.evaluateOnCallFrame", new JsonObject().put("callFrameId", frame.getString("callFrameId")).put("expression", "secret"));
        assertEquals("forty-two", value.getJsonObject("result").getString("value"));
        tools.ask("Debugger.resume");
        assertEquals("answer: forty-two", TestWorker.await(answer));
      }
      // The first client has gone; the next one sees what the worker says.
      try (DevTools tools = new DevTools(inspector.address())) {
        tools.ask("Runtime.enable");
        assertEquals("answer: forty-two", TestWorker.await(get(vertx, worker)));
        JsonObject said = tools.await("Runtime.consoleAPICalled", "");
        assertEquals("asked { deep: true }", said.getJsonArray("args").getJsonObject(0).getString("value"));
      }
      assertTrue(http(inspector, inspector.address().split("/")[0]).startsWith("HTTP/1.1 200"), "a list for tools on this machine");
      assertTrue(http(inspector, "attacker.example").startsWith("HTTP/1.1 400"), "not for a page that renames this machine");
    } finally {
      TestWorker.await(vertx.close());
    }
  }

  private static String http(Inspector inspector, String host) throws IOException {
    String address = inspector.address().split("/")[0];
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(address.split(":")[1]))) {
      socket.getOutputStream().write(("GET /json HTTP/1.1\r\nhost: " + host + "\r\nconnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void itListensOnThisMachineOnlyAndSaysWhenAPortIsTaken() throws Exception {
    assertEquals("host 0.0.0.0 is not a loopback address, and whoever connects can run code",
        assertThrows(IllegalArgumentException.class, () -> Inspector.open("0.0.0.0", 0, folder)).getMessage());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThrows(BindException.class, () -> Inspector.open("127.0.0.1", taken.getLocalPort(), folder));
    }
  }
}
