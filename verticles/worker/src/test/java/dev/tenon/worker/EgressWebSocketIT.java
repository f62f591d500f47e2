package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Workers as clients of a real WebSocket server on 127.0.0.2, which counts as a public address here.
class EgressWebSocketIT {

  private static HttpServer server;
  private static EgressClient egress;

  @BeforeAll
  static void start() {
    server = TestWorker.await(TestWorker.vertx()
        .createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("b", "c")).setMaxWebSocketMessageSize(4 << 20).setMaxWebSocketFrameSize(4 << 20))
        .requestHandler(request -> {
          switch (request.path()) {
            case "/moved" -> request.response().setStatusCode(302).putHeader("location", "/echo").end();
            case "/lies" -> request.response().setStatusCode(101).putHeader("upgrade", "websocket").putHeader("connection", "upgrade")
                .putHeader("sec-websocket-accept", "bGllcw==").end();
            case "/echo", "/bye", "/vanish" -> request.toWebSocket().onSuccess(EgressWebSocketIT::serve);
            default -> request.response().setStatusCode(404).end("no socket here " + "x".repeat(200_000));
          }
        })
        .listen(0, "127.0.0.2"));
    egress = new EgressClient(TestWorker.vertx(), Egress.PUBLIC, EgressLimits.DEFAULT, host -> Future.failedFuture("no names"),
        address -> address.getHostAddress().equals("127.0.0.2") ? Optional.empty() : PublicAddresses.notPublic(address));
  }

  @AfterAll
  static void stop() {
    TestWorker.await(egress.close());
    TestWorker.await(server.close());
  }

  private static void serve(ServerWebSocket socket) {
    switch (socket.path()) {
      case "/vanish" -> ((WebSocketInternal) socket).channelHandlerContext().close();
      case "/bye" -> socket.close((short) 4002, "bye");
      default -> {
        socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text));
        socket.binaryMessageHandler(socket::writeBinaryMessage);
      }
    }
  }

  /// What a handler answers whose body is `script`; `base` is the server's host and port.
  private static void check(String script, String expected) {
    String module = """
        const base = '127.0.0.2:%d';
        const events = (socket) => {
          const log = [];
          for (const name of ['open', 'message', 'error', 'close']) socket.addEventListener(name, (event) => {
            log.push(name === 'message' ? `message ${typeof event.data === 'string' ? event.data : event.data.byteLength ?? event.data.size}`
              : name === 'close' ? `close ${event.code} ${event.reason} ${event.wasClean} ${socket.readyState}` : name === 'error' ? `error ${event.message}` : name);
          });
          const closed = new Promise((resolve) => socket.addEventListener('close', () => resolve(log.join('\\n'))));
          return { log, closed };
        };
        export default { async fetch(request) { %s } };
        """.formatted(server.actualPort(), script);
    try (TestWorker worker = TestWorker.with(module).egress(egress).start()) {
      assertEquals(expected, worker.get().body(), script);
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void aWorkerConnectsTalksAndCloses() {
    check("""
        const socket = new WebSocket(`ws://${base}/echo?q=1`, ['a', 'b']);
        socket.binaryType = 'arraybuffer';
        const { log, closed } = events(socket);
        log.push(socket.url.replace(base, 'HOST'), socket.readyState);
        socket.onopen = () => {
          log.push(`${socket.protocol} ${socket.extensions.split(';')[0]} ${socket.readyState}`);
          socket.send('grüße');
          socket.send(new Uint8Array(1 << 20).fill(7));
          socket.send(new Blob(['blob']));
        };
        socket.addEventListener('message', ({ data }) => { if (data.byteLength === 4) { socket.close(3001, 'done'); log.push(socket.readyState); } });
        return new Response(await closed);
        """, """
        ws://HOST/echo?q=1
        0
        open
        b permessage-deflate 1
        message echo grüße
        message 1048576
        message 4
        2
        close 3001 done true 3""");
  }

  @Test
  void theServerMayEndIt() {
    check("return new Response(await events(new WebSocket(`ws://${base}/bye`)).closed);", "open\nclose 4002 bye true 3");
    check("return new Response(await events(new WebSocket(`ws://${base}/vanish`)).closed);",
        "open\nclose 1006 WebSocket disconnected without sending Close frame. false 3");
  }

  @Test
  void whatIsNoWebSocketIsAnErrorAndAClose() {
    check("return new Response(await events(new WebSocket(`ws://${base}/moved`)).closed);", """
        error Failed to establish the WebSocket connection: expected server to reply with HTTP status code 101 (switching protocols), but received 302 instead.
        close 1006 Failed to establish websocket connection false 3""");
    check("return new Response((await events(new WebSocket(`ws://${base}/lies`)).closed).replaceAll(base, 'HOST'));", """
        error WebSocket to http://HOST failed: the server's Sec-WebSocket-Accept does not fit the key that it was sent
        close 1006 Failed to establish websocket connection false 3""");
    check("const socket = new WebSocket(`ws://${base}/echo`); const { closed } = events(socket); socket.close(); return new Response(`${socket.readyState}\\n${await closed}`);", """
        2
        error WebSocket was closed before the connection was established.
        close 1006 Failed to establish websocket connection false 3""");
  }

  @Test
  void privateAddressesAreOutOfReach() {
    check("return new Response((await events(new WebSocket('ws://127.0.0.1:1/')).closed).split('\\n')[0]);",
        "error fetch of http://127.0.0.1:1 refused: it is a loopback address, and this worker may reach public addresses only (egress is \"public\") – run it with --egress all to allow it");
  }

  @Test
  void fetchWithUpgradeGivesAWebSocketOrAResponse() {
    check("""
        const response = await fetch(`http://${base}/moved`, { headers: { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': 'c' } });
        const { webSocket } = response;
        webSocket.accept();
        const { log, closed } = events(webSocket);
        log.push(response.status, response.headers.get('sec-websocket-protocol'));
        webSocket.addEventListener('message', () => webSocket.close());
        webSocket.send('hi');
        return new Response(await closed);
        """, "101\nc\nmessage echo hi\nclose 1000  true 3");
    check("""
        const response = await fetch(`http://${base}/plain`, { headers: { Upgrade: 'websocket' } });
        return new Response(`${response.status} ${response.webSocket} ${(await response.text()).length}`);
        """, "404 null 200015");
  }

  @Test
  void aSocketOutlivesTheResponse() {
    String module = """
        export default {
          fetch() {
            const socket = new WebSocket('ws://127.0.0.2:%d/echo');
            let left = 3;
            socket.onopen = () => socket.send('x');
            socket.onmessage = () => { if (--left) setTimeout(() => socket.send('x'), 20); else socket.close(1000, 'enough'); };
            socket.onclose = (event) => console.log('closed', event.code, left);
            return new Promise((resolve) => socket.addEventListener('open', () => resolve(new Response('answered'))));
          },
        };
        """.formatted(server.actualPort());
    try (TestWorker worker = TestWorker.with(module).egress(egress).background(Duration.ofMillis(1)).start()) {
      assertEquals("answered", worker.get().body());
      assertEquals("LOG closed 1000 0", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }
}
