package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlersTest {

  private static Throwable startFailure(TestWorker.Builder builder) {
    try (TestWorker worker = builder.start()) {
      return new AssertionError("it started: " + worker);
    } catch (WorkerStartException failure) {
      return failure;
    }
  }

  @Test
  void defaultExportMayBeAClass() {
    try (TestWorker worker = TestWorker.with("""
        import { WorkerEntrypoint } from 'cloudflare:workers';
        export default class extends WorkerEntrypoint {
          #served = 0;
          async fetch(request) {
            this.ctx.waitUntil(Promise.resolve());
            return new Response(`${this.env.NAME} ${++this.#served} ${this instanceof WorkerEntrypoint}`);
          }
        }""").binding("NAME", new Binding.Text("tenon")).start()) {
      assertEquals("tenon 1 true", worker.get().body());
      assertEquals("tenon 1 true", worker.get().body(), "an instance per request");
    }
  }

  @Test
  void handlerIsCalledOnItsObject() {
    try (TestWorker worker = TestWorker.of("export default { name: 'me', fetch() { return new Response(this.name); } };")) {
      assertEquals("me", worker.get().body());
    }
  }

  @Test
  void serviceWorkerSyntaxHasBindingsAsGlobals() {
    try (TestWorker worker = TestWorker.with("""
        const greeting = 'Hello';
        addEventListener('fetch', (event) => {
          event.waitUntil(Promise.resolve());
          event.respondWith(handle(event.request));
        });
        async function handle(request) {
          return new Response(`${greeting} ${NAME} at ${new URL(request.url).pathname}, ${LIST.length}`);
        }""").serviceWorker().binding("NAME", new Binding.Text("Ada")).binding("LIST", new Binding.Json("[1,2]")).start()) {
      assertEquals("Hello Ada at /x, 2", worker.send(TestWorker.get("/x")).body());
    }
  }

  @Test
  void envHasTextsAndValues() {
    try (TestWorker worker = TestWorker.with("""
        import { env as shared } from 'cloudflare:workers';
        const atTop = shared.TEXT;
        export default { fetch: (request, env) => Response.json([env.TEXT, env.VALUE.a[1], atTop, Object.keys(env), shared === env]) };""")
        .binding("TEXT", new Binding.Text("t")).binding("VALUE", new Binding.Json("{\"a\":[1,2]}")).start()) {
      assertEquals("[\"t\",2,\"t\",[\"TEXT\",\"VALUE\"],false]", worker.get().body());
    }
  }

  @Test
  void scheduledHandlerIsCalled() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async scheduled(controller, env, ctx) {
            ctx.waitUntil(scheduler.wait(1).then(() => console.log('after')));
            console.log(controller.cron, controller.scheduledTime);
          },
        };""")) {
      TestWorker.await(worker.scheduled("*/5 * * * *", 1_700_000_000_000L));
      assertEquals("LOG */5 * * * * 1700000000000", worker.logged());
      assertEquals("LOG after", worker.logged());
      assertEquals("Error: Handler does not export a fetch() function.", worker.failure(TestWorker.get("/")).detail());
    }
  }

  @Test
  void scheduledHandlerMayFail() {
    try (TestWorker worker = TestWorker.of("export default { async scheduled() { throw new Error('not today'); } };")) {
      assertEquals("Error: not today", Failure.of(TestWorker.awaitFailure(worker.scheduled("* * * * *", 0))).detail());
    }
  }

  @Test
  void waitUntilOutlivesTheResponse() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil(scheduler.wait(20).then(() => console.log('done')));
            return new Response('early');
          },
        };""")) {
      assertEquals("early", worker.get().body());
      Future<Void> drained = worker.drain(TestWorker.PATIENCE);
      assertEquals("LOG done", worker.logged());
      TestWorker.await(drained);
    }
  }

  @Test
  void waitUntilIsBounded() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1e9)));
            return new Response('early');
          },
        };""").background(Duration.ofMillis(50)).start()) {
      assertEquals("early", worker.get().body());
      assertEquals(
          "WARN waitUntil() tasks did not complete within the allowed time after invocation end and have been cancelled.", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void failureInWaitUntilIsLoggedOnly() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request, env, ctx) {
            ctx.waitUntil(Promise.reject(new Error('later')));
            return new Response('fine');
          },
        };""")) {
      assertEquals("fine", worker.get().body());
      assertTrue(worker.logged().startsWith("ERROR Uncaught (in waitUntil) Error: later"));
    }
  }

  @Test
  void whatNobodyWaitsForEndsWithTheResponse() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request) {
            if (new URL(request.url).pathname === '/last') return new Response(String(globalThis.late ?? 'never'));
            setTimeout(() => { globalThis.late = 'ran'; }, 1);
            return new Response('early');
          },
        };""")) {
      assertEquals("early", worker.get().body());
      TestWorker.await(TestWorker.vertx().timer(20));
      assertEquals("never", worker.send(TestWorker.get("/last")).body());
    }
  }

  @Test
  void passThroughOnExceptionAsksTheOrigin() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          fetch(request, env, ctx) {
            ctx.passThroughOnException();
            throw new Error('broken');
          },
        };""").egress(request -> Future.succeededFuture(
            new ExchangeResponse(203, "", HttpHeaders.headers(), Body.of(Buffer.buffer("origin of " + request.url()))))).start()) {
      TestWorker.Answer answer = worker.send(TestWorker.get("/page"));
      assertEquals(203, answer.status());
      assertEquals("origin of http://worker.test/page", answer.body());
      assertTrue(worker.logged().startsWith("ERROR Uncaught Error: broken"));
    }
  }

  @Test
  void customBindingCarriesJsonBytesAndStreams() {
    Binding.Capability capability = call -> Future.succeededFuture(switch (call.operation()) {
      case "echo" -> new Binding.Reply(call.json(), call.bytes(), Optional.empty());
      default -> throw new IllegalArgumentException("no operation " + call.operation());
    });
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request, env) {
            const { json, bytes } = await env.ECHO.echo({ a: 1 }, new Uint8Array([1, 2, 255]).subarray(1));
            const error = await env.ECHO.fail().catch((e) => e);
            return Response.json([json, [...bytes], error instanceof Error, error.message]);
          },
        };""").binding("ECHO", new Binding.Custom("""
            (host) => ({
              async echo(value, bytes) {
                const reply = await host.call('echo', JSON.stringify(value), bytes);
                return { json: JSON.parse(reply.json), bytes: reply.bytes };
              },
              fail: () => host.call('nothing'),
            })""", capability)).start()) {
      assertEquals("[{\"a\":1},[2,255],true,\"no operation nothing\"]", worker.get().body());
    }
  }

  @Test
  void startFailuresSayWhatIsWrong() {
    assertEquals(
        "worker test does not start – TypeError: No event handlers were registered: the main module has no default export – "
            + "export default { fetch(request, env, ctx) { … } }",
        startFailure(TestWorker.with("export function fetch() {}")).getMessage());
    assertEquals(
        "worker test does not start – TypeError: Incorrect type for map entry 'limit': the provided value is not of type 'function or ExportedHandler'."
            + " – export objects and classes only from the main module",
        startFailure(TestWorker.with("export const limit = 1; export default { fetch() {} };")).getMessage());
    assertEquals(
        "worker test does not start – Error: broken at the top", startFailure(TestWorker.with("throw new Error('broken at the top');")).getMessage());
    assertEquals(
        "worker test does not start – its top level awaits something that never happens – look for an await of a promise that nothing settles",
        startFailure(TestWorker.with("await new Promise(() => {}); export default { fetch() {} };")).getMessage());
    String syntax = startFailure(TestWorker.with("export default { fetch() { return ; ) } }")).getMessage();
    assertTrue(syntax.startsWith("worker test does not start – SyntaxError: "), syntax);
    assertTrue(syntax.contains("index.js:1:"), syntax);
    String io = startFailure(TestWorker.with("setTimeout(() => {}, 1); export default { fetch() {} };")).getMessage();
    assertTrue(io.startsWith("worker test does not start – Error: Disallowed operation called within global scope."), io);
  }

  @Test
  void handlersForOtherEventsMayBeAllThereIs() {
    for (String handler : new String[] {"queue", "email", "tail", "trace"}) {
      try (TestWorker worker = TestWorker.of("export default { async " + handler + "() {} };")) {
        assertEquals("Error: Handler does not export a fetch() function.", worker.failure(TestWorker.get("/")).detail());
      }
    }
    try (TestWorker worker = TestWorker.of("import { WorkerEntrypoint } from 'cloudflare:workers'; export class Named extends WorkerEntrypoint {}")) {
      assertEquals("Error: Handler does not export a fetch() function.", worker.failure(TestWorker.get("/")).detail());
    }
  }

  @Test
  void topLevelAwaitIsWaitedFor() {
    try (TestWorker worker = TestWorker.of("""
        const text = await Promise.resolve().then(() => 'ready');
        export default { fetch: () => new Response(text) };""")) {
      assertEquals("ready", worker.get().body());
    }
  }

  @Test
  void drainWaitsForRequestsInFlight() {
    Promise<ExchangeResponse> slow = Promise.promise();
    try (TestWorker worker = TestWorker.with("export default { fetch: (request, env) => env.SLOW.fetch(request) };")
        .binding("SLOW", new Binding.Service("slow")).service("slow", _ -> slow.future()).start()) {
      Future<TestWorker.Answer> answer = worker.sendLater(TestWorker.get("/"));
      Future<Void> drained = worker.drain(TestWorker.PATIENCE);
      TestWorker.await(worker.onOwner(() -> Future.succeededFuture()));
      assertFalse(drained.isComplete());
      slow.complete(new ExchangeResponse(200, "", HttpHeaders.headers(), Body.of(Buffer.buffer("at last"))));
      assertEquals("at last", TestWorker.await(answer).body());
      TestWorker.await(drained);
    }
  }

  @Test
  void workerMayCallItselfThroughABinding() {
    Promise<TestWorker> self = Promise.promise();
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request, env) {
            const depth = Number(new URL(request.url).searchParams.get('depth'));
            if (depth === 0) return new Response('bottom');
            const response = await env.SELF.fetch(`http://self/?depth=${depth - 1}`, { headers: { 'x-depth': String(depth) } });
            return new Response(`${depth} ${await response.text()}`);
          },
        };""").binding("SELF", new Binding.Service("self")).service("self", request -> self.future().result().forward(request)).start()) {
      self.complete(worker);
      assertEquals("5 4 3 2 1 bottom", worker.send(TestWorker.get("/?depth=5")).body());
    }
  }
}
