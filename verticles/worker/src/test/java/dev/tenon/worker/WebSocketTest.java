package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.websocket.Piece;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WebSocketTest {

  private static final String ECHO = """
      export default {
        fetch(request) {
          if (request.headers.get('Upgrade') !== 'websocket') return new Response('expected a WebSocket', { status: 426 });
          const [client, server] = Object.values(new WebSocketPair());
          server.accept();
          server.binaryType = 'arraybuffer';
          server.addEventListener('message', (event) => {
            if (event.data === 'close') server.close(4001, 'as you wish');
            else server.send(typeof event.data === 'string' ? `echo ${event.data}` : event.data);
          });
          server.addEventListener('close', (event) => console.log('closed', event.code, event.reason, event.wasClean));
          return new Response(null, { status: 101, webSocket: client, headers: { 'sec-websocket-protocol': 'chat' } });
        },
      };""";

  /// A request for a WebSocket, and the caller's half of it.
  private static final class Caller {
    final FakeStream sends = new FakeStream();
    final PieceLog receives = new PieceLog();
    final TestWorker worker;
    ExchangeResponse answer;

    Caller(TestWorker worker) {
      this.worker = worker;
    }

    Caller open() {
      answer = TestWorker.await(worker.onOwner(() -> worker.forward(request(sends)).map(response -> {
        if (response.body() instanceof Body.Stream(var pieces, _)) {
          receives.read(pieces);
        }
        return response;
      })));
      return this;
    }

    void send(Piece piece) {
      TestWorker.await(sends.demanded(worker));
      TestWorker.await(worker.onOwner(() -> sends.emit(piece.encoded())));
    }
  }

  private static ExchangeRequest request(FakeStream sends) {
    return TestWorker.request("GET", "/", HttpHeaders.headers().set("upgrade", "websocket"), new Body.Stream(sends, OptionalLong.empty()));
  }

  @Test
  void workerEchoesTextAndBytesAndClosesWithItsCode() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      Caller caller = new Caller(worker).open();
      assertEquals(101, caller.answer.status());
      assertEquals("chat", caller.answer.headers().get("sec-websocket-protocol"));
      caller.send(Piece.text("grüße"));
      assertEquals("TEXT echo grüße", caller.receives.next());
      caller.send(Piece.binary(Buffer.buffer(new byte[] {1, 2, 3})));
      assertEquals("BINARY [1, 2, 3]", caller.receives.next());
      caller.send(Piece.text("close"));
      assertEquals("CLOSE 4001 as you wish", caller.receives.next());
      caller.send(Piece.close(4001, "as you wish"));
      assertEquals("end", caller.receives.next());
      assertEquals("LOG closed 4001 as you wish true", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void closeOfTheCallerIsAnsweredByItself() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      Caller caller = new Caller(worker).open();
      caller.send(Piece.close(Piece.NO_CODE, ""));
      assertEquals("CLOSE 1005 ", caller.receives.next());
      assertEquals("end", caller.receives.next());
      assertEquals("LOG closed 1005  true", worker.logged());
    }
  }

  @Test
  void workerThatAllowsHalfOpenConnectionsHasTheLastWord() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch() {
            const [client, server] = Object.values(new WebSocketPair());
            server.accept({ allowHalfOpen: true });
            server.addEventListener('close', (event) => {
              server.send(`after ${event.code}, ${server.readyState}`);
              server.close(4005, 'mine');
              console.log(server.readyState);
            });
            return new Response(null, { status: 101, webSocket: client });
          },
        };""")) {
      Caller caller = new Caller(worker).open();
      caller.send(Piece.close(1000, "yours"));
      assertEquals("TEXT after 1000, 2", caller.receives.next());
      assertEquals("CLOSE 4005 mine", caller.receives.next());
      assertEquals("end", caller.receives.next());
      assertEquals("LOG 3", worker.logged());
    }
  }

  @Test
  void callerThatVanishesIsAClose1006() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      Caller caller = new Caller(worker).open();
      TestWorker.await(caller.sends.demanded(worker));
      TestWorker.await(worker.onOwner(() -> caller.sends.fail(new IllegalStateException("gone"))));
      assertEquals("LOG closed 1006 WebSocket disconnected without sending Close frame. false", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void plainRequestGetsAPlainAnswer() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      assertEquals(426, worker.get().status());
    }
  }

  @Test
  void stoppedWorkerSays1012() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      Caller caller = new Caller(worker).open();
      TestWorker.await(worker.drain(Duration.ofMillis(1)));
      assertEquals(List.of("CLOSE 1012 ", "end"), List.of(caller.receives.next(), caller.receives.next()));
    }
  }

  @Test
  void bothEndsOfAPairTalkToEachOther() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch() {
            const [one, two] = new WebSocketPair();
            const log = [];
            two.binaryType = 'arraybuffer';
            one.accept();
            one.send('early');
            two.accept();
            const done = new Promise((resolve) => two.addEventListener('close', (event) => resolve(`${event.code} ${event.reason} ${two.readyState}`)));
            two.addEventListener('message', ({ data }) => log.push(typeof data === 'string' ? data : [...new Uint8Array(data)].join()));
            one.send(new Uint8Array([7, 8]));
            one.close(1000, 'bye');
            log.push(await done, `${one.readyState}`);
            return new Response(log.join(' | '));
          },
        };""")) {
      assertEquals("early | 7,8 | 1000 bye 3 | 2", worker.get().body());
    }
  }

  @Test
  void misuseIsTold() {
    try (TestWorker worker = TestWorker.of("""
        const attempt = (work) => { try { work(); return 'fine'; } catch (error) { return `${error.name}: ${error.message}`; } };
        export default {
          fetch(request) {
            const [one] = new WebSocketPair();
            return new Response([
              attempt(() => one.send('x')),
              attempt(() => new Response(null, { status: 200, webSocket: one })),
              attempt(() => new Response(null, { status: 101 })),
              attempt(() => new Response(null, { status: 101, webSocket: {} })),
              attempt(() => { one.accept(); one.close(1005); }),
              attempt(() => one.close(1000, 'é'.repeat(62))),
              attempt(() => one.close(undefined, 'why')),
              attempt(() => { one.close(); one.send('x'); }),
              attempt(() => one.serializeAttachment('x'.repeat(16384))),
              attempt(() => one.serializeAttachment({ a: new Map([[1, 2]]) })),
              String(one.deserializeAttachment().a.get(1)),
              attempt(() => new WebSocket('/relative')),
              attempt(() => new WebSocket('ftp://example.com')),
              attempt(() => new WebSocket('wss://example.com', ['a', 'A'])),
            ].join('\\n'));
          },
        };""")) {
      assertEquals("""
          TypeError: You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages.
          RangeError: Responses with a WebSocket must have status code 101.
          RangeError: Responses may only be constructed with status codes in the range 200 to 599, inclusive.
          TypeError: Failed to construct 'Response': Failed to read the 'webSocket' property: the provided value is not of type 'WebSocket'.
          InvalidAccessError: Invalid WebSocket close code: 1005.
          SyntaxError: WebSocket close reason must not be longer than 123 bytes when UTF-8 encoded.
          InvalidAccessError: If you specify a WebSocket close reason, you must also specify a code.
          TypeError: Can't call WebSocket send() after close().
          Error: A WebSocket 'attachment' cannot be larger than 16384 bytes.'attachment' was 16390 bytes.
          fine
          2
          SyntaxError: WebSocket Constructor: The url is invalid.
          SyntaxError: WebSocket Constructor: The url scheme must be ws or wss.
          SyntaxError: WebSocket Constructor: The protocols header cannot have repeating values.""", worker.get().body());
    }
  }

  @Test
  void workerTalksToAnotherOneThroughAServiceBinding() {
    ContextInternal owner = (ContextInternal) TestWorker.vertx().getOrCreateContext();
    try (TestWorker echo = TestWorker.with(ECHO).start(owner);
        TestWorker worker = TestWorker.with("""
            export default {
              async fetch(request, env) {
                if (request.headers.get('upgrade') === 'websocket') return env.ECHO.fetch(request);
                const { status, webSocket } = await env.ECHO.fetch('http://echo/', { headers: { Upgrade: 'websocket' } });
                webSocket.accept();
                const said = await new Promise((resolve) => {
                  webSocket.addEventListener('message', ({ data }) => resolve(data));
                  webSocket.send('hello');
                });
                webSocket.close(1000, 'done');
                return new Response(`${status} ${said}`);
              },
            };""").binding("ECHO", new Binding.Service("echo")).service("echo", echo::forward).start(owner)) {
      assertEquals("101 echo hello", worker.get().body());
      assertEquals("LOG closed 1000 done true", echo.logged());
      Caller caller = new Caller(worker).open();
      caller.send(Piece.text("relayed"));
      assertEquals("TEXT echo relayed", caller.receives.next());
      caller.send(Piece.text("close"));
      assertEquals("CLOSE 4001 as you wish", caller.receives.next());
      caller.send(Piece.close(4001, ""));
      assertEquals("end", caller.receives.next());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void readerThatIsTooSlowLosesTheConnection() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch() {
            const [client, server] = Object.values(new WebSocketPair());
            server.accept();
            server.addEventListener('message', () => { for (let i = 0; i < 40; i++) server.send(new Uint8Array(1 << 20)); });
            server.addEventListener('error', (event) => console.log(event.message));
            server.addEventListener('close', (event) => console.log(event.code, server.readyState));
            return new Response(null, { status: 101, webSocket: client });
          },
        };""")) {
      FakeStream sends = new FakeStream();
      TestWorker.await(worker.head(request(sends)));
      TestWorker.await(sends.demanded(worker));
      TestWorker.await(worker.onOwner(() -> sends.emit(Piece.text("go").encoded())));
      assertTrue(worker.logged().contains("the other end reads too slowly"));
      assertEquals("LOG 1006 3", worker.logged());
    }
  }

  @Test
  void slowReadersTogetherDoNotOutgrowTheWorkersMemory() {
    try (TestWorker worker = TestWorker.with("""
        const all = [];
        export default {
          fetch() {
            const [client, server] = Object.values(new WebSocketPair());
            server.accept();
            all.push(server);
            server.addEventListener('message', () => { for (let i = 0; i < 4; i++) for (const each of all) each.send(new Uint8Array(1 << 20)); });
            server.addEventListener('close', (event) => console.log(event.code));
            return new Response(null, { status: 101, webSocket: client });
          },
        };""").limits(new WorkerLimits(Duration.ofSeconds(1), Duration.ofSeconds(30), 50, 6, 6L << 20)).start()) {
      FakeStream first = new FakeStream();
      TestWorker.await(worker.head(request(first)));
      TestWorker.await(worker.head(request(new FakeStream())));
      TestWorker.await(first.demanded(worker));
      TestWorker.await(worker.onOwner(() -> first.emit(Piece.text("go").encoded())));
      assertEquals("LOG 1006", worker.logged());
    }
  }
}
