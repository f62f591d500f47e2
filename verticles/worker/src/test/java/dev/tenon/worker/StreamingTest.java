package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.streams.ReadStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamingTest {

  private static final String ECHO = "export default { fetch: (request) => new Response(request.body) };";

  private static ReadStream<Buffer> streamOf(Body body) {
    return ((Body.Stream) body).stream();
  }

  @Test
  void bodyStreamsThroughBothDirections() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request) {
            const upper = new TransformStream({ transform(chunk, controller) { controller.enqueue(chunk.map((b) => b - 32)); } });
            return new Response(request.body.pipeThrough(upper));
          },
        };""")) {
      FakeStream upload = new FakeStream();
      Future<TestWorker.Answer> answer = worker.sendLater(TestWorker.request(
          "POST", "/", HttpHeaders.headers(), new Body.Stream(upload, OptionalLong.empty())));
      for (String part : new String[] {"abc", "defg", "h"}) {
        TestWorker.await(upload.demanded(worker));
        TestWorker.await(worker.onOwner(() -> upload.emit(part)));
      }
      TestWorker.await(worker.onOwner(upload::end));
      assertEquals("ABCDEFGH", TestWorker.await(answer).body());
    }
  }

  @Test
  void uploadThatItsSenderGivesUpEndsTheRequestWithoutAWord() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            try {
              await request.arrayBuffer();
            } catch (error) {
              console.error(error);
              throw error;
            }
            return new Response('whole');
          },
        };""")) {
      FakeStream upload = new FakeStream();
      Future<TestWorker.Answer> answer = worker.sendLater(TestWorker.request("POST", "/", HttpHeaders.headers(), new Body.Stream(upload, OptionalLong.empty())));
      TestWorker.await(upload.demanded(worker));
      Failure refused = new Failure(Failure.Code.CANCELLED, "the answer ended before the body");
      TestWorker.await(worker.onOwner(() -> upload.fail(refused)));
      assertEquals(Failure.Code.CANCELLED, Failure.of(TestWorker.awaitFailure(answer)).code());
      FakeStream broken = new FakeStream();
      Future<TestWorker.Answer> other = worker.sendLater(TestWorker.request("POST", "/", HttpHeaders.headers(), new Body.Stream(broken, OptionalLong.empty())));
      TestWorker.await(broken.demanded(worker));
      TestWorker.await(worker.onOwner(() -> broken.fail(new Failure(Failure.Code.CONNECTION_LOST, "a node went away"))));
      assertEquals(Failure.Code.COMPONENT_FAILED, Failure.of(TestWorker.awaitFailure(other)).code());
      String first = worker.logged();
      assertTrue(first.startsWith("ERROR ") && first.contains("Error: a node went away"), first);
    }
  }

  @Test
  void uploadOfKnownLengthSaysHowLongItIs() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request) {
            const { readable, writable } = new FixedLengthStream(3);
            const writer = writable.getWriter();
            writer.write(new Uint8Array(3));
            writer.close();
            const one = await fetch('http://other/', { method: 'POST', body: readable });
            const two = await fetch('http://other/', { method: 'POST', body: new Response('x').body.pipeThrough(new TransformStream()) });
            return new Response(await one.text() + await two.text());
          },
        };""").egress(request -> Future.succeededFuture(new ExchangeResponse(200, "OK", HttpHeaders.headers(),
            Body.of(Buffer.buffer(String.valueOf(((Body.Stream) request.body()).length())))))).start()) {
      assertEquals("OptionalLong[3]OptionalLong.empty", worker.get().body());
    }
  }

  @Test
  void whatCanBeIteratedIsABody() {
    try (TestWorker worker = TestWorker.of("""
        const pieces = async function* () { yield 'one '; yield new TextEncoder().encode('two'); };
        export default { fetch: (request) => new Response(request.method === 'GET' ? pieces() : ['thr', 'ee']) };""")) {
      assertEquals("one two", worker.get().body());
      assertEquals("three", worker.send(TestWorker.post("/", "x")).body());
    }
  }

  @Test
  void streamThatFailsIsLogged() {
    try (TestWorker worker = TestWorker.of(
        "export default { fetch: () => new Response(new ReadableStream({ pull(c) { c.error(new RangeError('in the middle')); } })) };")) {
      TestWorker.awaitFailure(worker.sendLater(TestWorker.get("/")));
      String logged = worker.logged();
      assertTrue(logged.startsWith("ERROR Uncaught RangeError: in the middle"), logged);
    }
  }

  @Test
  void uploadIsNotReadBeforeSomebodyWantsIt() {
    try (TestWorker worker = TestWorker.of("export default { fetch: async (request) => { await scheduler.wait(5); return new Response('no thanks'); } };")) {
      FakeStream upload = new FakeStream();
      TestWorker.Answer answer = worker.send(TestWorker.request("POST", "/", HttpHeaders.headers(), new Body.Stream(upload, OptionalLong.of(1 << 30))));
      assertEquals("no thanks", answer.body());
      assertEquals(0, upload.demand());
    }
  }

  @Test
  void writerWaitsForTheReader() {
    try (TestWorker worker = TestWorker.of("""
        let pulled = 0;
        export default {
          fetch(request) {
            if (new URL(request.url).pathname === '/pulled') return new Response(String(pulled));
            return new Response(new ReadableStream({
              pull(controller) {
                pulled++;
                controller.enqueue(new Uint8Array(16 * 1024));
                if (pulled === 1000) controller.close();
              },
            }));
          },
        };""")) {
      ExchangeResponse head = TestWorker.await(worker.head(TestWorker.get("/")));
      int before = Integer.parseInt(worker.send(TestWorker.get("/pulled")).body());
      assertTrue(before < 20, "pulled " + before + " chunks for a reader that has not begun");
      TestWorker.Answer whole = TestWorker.await(worker.onOwner(() -> TestWorker.whole(head)));
      assertEquals(1000 * 16 * 1024, whole.bytes().length());
    }
  }

  @Test
  void brokenResponseBodyBreaksOff() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch() {
            let n = 0;
            return new Response(new ReadableStream({ pull(controller) { if (n++ === 2) throw new Error('ran out'); controller.enqueue(new Uint8Array(3)); } }));
          },
        };""")) {
      ExchangeResponse head = TestWorker.await(worker.head(TestWorker.get("/")));
      Failure failure = Failure.of(TestWorker.awaitFailure(worker.onOwner(() -> TestWorker.whole(head))));
      assertEquals(Failure.Code.COMPONENT_FAILED, failure.code());
      assertEquals("Error: ran out", failure.detail());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void clientThatLeavesCancelsTheResponseBody() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch() {
            return new Response(new ReadableStream({
              async pull(controller) { await scheduler.wait(1); controller.enqueue(new Uint8Array(10)); },
              cancel(reason) { console.log('cancelled', reason instanceof Error); },
            }));
          },
        };""")) {
      var request = TestWorker.get("/");
      ExchangeResponse head = TestWorker.await(worker.head(request));
      Promise<Void> some = Promise.promise();
      AtomicInteger chunks = new AtomicInteger();
      worker.onOwner(() -> {
        streamOf(head.body()).handler(_ -> {
          if (chunks.incrementAndGet() == 3) {
            some.complete();
          }
        }).resume();
        return Future.succeededFuture();
      });
      TestWorker.await(some.future());
      request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
      assertEquals("LOG cancelled true", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void endlessResponseIsCancelledWhileTheWriterWaits() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch() {
            return new Response(new ReadableStream({
              pull(controller) { controller.enqueue(new Uint8Array(100_000)); },
              cancel() { console.log('cancelled'); },
            }));
          },
        };""")) {
      var request = TestWorker.get("/");
      TestWorker.await(worker.head(request));
      request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
      assertEquals("LOG cancelled", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void fetchedBodyIsHandedOn() {
    FakeStream download = new FakeStream();
    try (TestWorker worker = TestWorker.with("export default { fetch: () => fetch('http://elsewhere.test/') };")
        .egress(_ -> Future.succeededFuture(new ExchangeResponse(201, "", HttpHeaders.headers().add("x-from", "elsewhere"), new Body.Stream(download, OptionalLong.empty()))))
        .start()) {
      Future<TestWorker.Answer> answer = worker.sendLater(TestWorker.get("/"));
      TestWorker.await(download.demanded(worker));
      TestWorker.await(worker.onOwner(() -> download.emit("from ")));
      TestWorker.await(download.demanded(worker));
      TestWorker.await(worker.onOwner(() -> download.emit("far")));
      TestWorker.await(worker.onOwner(download::end));
      TestWorker.Answer whole = TestWorker.await(answer);
      assertEquals(201, whole.status());
      assertEquals("elsewhere", whole.headers().get("x-from"));
      assertEquals("from far", whole.body());
    }
  }

  @Test
  void uploadsOfSubrequestsStream() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request) {
            const body = new ReadableStream({ start(c) { for (const part of ['a', 'b', 'c']) c.enqueue(new TextEncoder().encode(part)); c.close(); } });
            const response = await fetch('http://elsewhere.test/', { method: 'POST', body });
            return new Response(await response.text());
          },
        };""").egress(request -> request.body().collect(1000).map(bytes ->
            new ExchangeResponse(200, "", HttpHeaders.headers(), Body.of(Buffer.buffer(request.method() + " " + bytes))))).start()) {
      assertEquals("POST abc", worker.get().body());
    }
  }

  @Test
  void echoOfAWholeBodyIsWhole() {
    try (TestWorker worker = TestWorker.of(ECHO)) {
      assertEquals("x".repeat(60_000), worker.send(TestWorker.post("/", "x".repeat(60_000))).body());
      assertEquals("", worker.get().body());
    }
  }

  @Test
  void bodyThatWasOnlyPassedOnAsAStreamIsStillWhole() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            const { pathname } = new URL(request.url);
            const first = new Response('whole', { headers: { 'x-first': '1' } });
            const second = new Response(first.body, first);
            second.headers.set('x-second', '2');
            if (pathname === '/read') return new Response(await second.text() + second.bodyUsed + first.bodyUsed);
            if (pathname === '/part') {
              const reader = second.body.getReader({ mode: 'byob' });
              const { value } = await reader.read(new Uint8Array(2));
              reader.releaseLock();
              return new Response(String.fromCharCode(...value) + await (async () => new Response(second.body).text())().catch((e) => ' ' + e.name));
            }
            return second;
          },
        };""")) {
      ExchangeResponse head = TestWorker.await(worker.head(TestWorker.get("/")));
      assertEquals(Body.Bytes.class, head.body().getClass());
      assertEquals("x-first=1\nx-second=2", head.headers().entries().stream()
          .filter(header -> header.getKey().startsWith("x-")).map(Object::toString).sorted().collect(java.util.stream.Collectors.joining("\n")));
      assertEquals("whole", worker.send(TestWorker.get("/")).body());
      assertEquals("wholetruetrue", worker.send(TestWorker.get("/read")).body());
      assertEquals("wh TypeError", worker.send(TestWorker.get("/part")).body());
    }
  }
}
