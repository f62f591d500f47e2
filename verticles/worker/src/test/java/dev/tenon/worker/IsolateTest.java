package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Failure;
import java.util.List;
import java.util.stream.IntStream;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.api.Test;

class IsolateTest {

  @Test
  void helloIsAnswered() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            return new Response(`Hello from ${new URL(request.url).pathname}`, { headers: { 'x-a': 'b' } });
          },
        };""")) {
      TestWorker.Answer answer = worker.send(TestWorker.get("/there?x=1"));
      assertEquals(200, answer.status());
      assertEquals("Hello from /there", answer.body());
      assertEquals("b", answer.headers().get("x-a"));
      assertEquals("text/plain;charset=UTF-8", answer.headers().get("content-type"));
    }
  }

  @Test
  void handlerMayAnswerWithoutPromise() {
    try (TestWorker worker = TestWorker.of("export default { fetch: () => new Response(null, { status: 204, statusText: 'Nothing' }) };")) {
      TestWorker.Answer answer = worker.get();
      assertEquals(204, answer.status());
      assertEquals("Nothing", answer.reason());
      assertEquals("", answer.body());
    }
  }

  @Test
  void handlerMayAnswerManyTurnsLater() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            for (let i = 0; i < 100; i++) await null;
            await new Promise((resolve) => setTimeout(resolve, 2));
            await scheduler.wait(1);
            return new Response('late');
          },
        };""")) {
      assertEquals("late", worker.get().body());
    }
  }

  @Test
  void requestBodyIsRead() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            const { a } = await request.json();
            return Response.json({ got: a, method: request.method });
          },
        };""")) {
      assertEquals("{\"got\":\"ü\",\"method\":\"POST\"}", worker.send(TestWorker.post("/", "{\"a\":\"ü\"}")).body());
    }
  }

  @Test
  void throwFailsTheRequestAndIsLoggedWithItsPlace() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request) {
            throw new RangeError('too far');
          },
        };""")) {
      Failure failure = worker.failure(TestWorker.get("/"));
      assertEquals(Failure.Code.COMPONENT_FAILED, failure.code());
      assertEquals("worker test threw an exception", failure.getMessage());
      assertEquals("RangeError: too far", failure.detail());
      assertEquals("ERROR Uncaught RangeError: too far\n    at Object.fetch (index.js:3:11)", worker.logged());
    }
  }

  @Test
  void rejectionFailsTheRequest() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch(request) {
            await null;
            undefined.property;
          },
        };""")) {
      Failure failure = worker.failure(TestWorker.get("/"));
      assertEquals(Failure.Code.COMPONENT_FAILED, failure.code());
      assertTrue(failure.detail().startsWith("TypeError: Cannot read properties of undefined (reading 'property')"), failure.detail());
      assertTrue(worker.logged().contains("(index.js:4:"), "the log names the place");
    }
  }

  @Test
  void anythingMayBeThrown() {
    try (TestWorker worker = TestWorker.of("""
        const things = { string: 'text', nothing: undefined, object: { a: 1 }, hostile: { get message() { throw 1; }, toString() { throw 2; } } };
        export default { fetch(request) { throw things[new URL(request.url).pathname.slice(1)]; } };""")) {
      for (String thing : List.of("string", "nothing", "object", "hostile")) {
        assertEquals(Failure.Code.COMPONENT_FAILED, worker.failure(TestWorker.get("/" + thing)).code(), thing);
      }
    }
  }

  @Test
  void answerThatIsNoResponseFailsTheRequest() {
    try (TestWorker worker = TestWorker.of("export default { async fetch() { return 'text'; } };")) {
      Failure failure = worker.failure(TestWorker.get("/"));
      assertEquals("TypeError: Incorrect type for Promise: the Promise did not resolve to 'Response'.", failure.detail());
    }
  }

  @Test
  void unhandledRejectionIsLoggedAndHurtsNobody() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          async fetch() {
            Promise.reject(new Error('nobody cares'));
            return new Response('fine');
          },
        };""")) {
      assertEquals("fine", worker.get().body());
      assertTrue(worker.logged().startsWith("ERROR Uncaught (in promise) Error: nobody cares\n    at "), "the log says so");
    }
  }

  @Test
  void unhandledRejectionIsAnEventFirst() {
    try (TestWorker worker = TestWorker.of("""
        addEventListener('unhandledrejection', (event) => { console.log('event', event.reason.message); event.preventDefault(); });
        export default {
          async fetch() {
            Promise.reject(new Error('nobody cares'));
            return new Response('fine');
          },
        };""")) {
      assertEquals("fine", worker.get().body());
      assertEquals("LOG event nobody cares", worker.logged());
    }
  }

  @Test
  void requestThatCannotBeAnsweredAnyMoreFailsAtOnce() {
    try (TestWorker worker = TestWorker.of("export default { fetch: () => new Promise(() => {}) };")) {
      Failure failure = worker.failure(TestWorker.get("/"));
      assertEquals("worker test would never have answered", failure.getMessage());
      assertEquals("ERROR Uncaught Error: The Workers runtime canceled this request because it detected that your Worker's code had hung and would never generate a response. Refer to: https://developers.cloudflare.com/workers/observability/errors/", worker.logged());
    }
  }

  @Test
  void stackIsMappedToTheUsersSources() {
    // Generated line 3 column 5 comes from line 11 of app.ts.
    try (TestWorker worker = TestWorker.with("""
        export default {
          fetch() {
            throw new Error('mapped');
          },
        };""").sourceMap("{\"version\":3,\"sources\":[\"src/app.ts\"],\"names\":[],\"mappings\":\";;IAUA\"}").start()) {
      worker.failure(TestWorker.get("/"));
      assertEquals("ERROR Uncaught Error: mapped\n    at Object.fetch (src/app.ts:11:1)", worker.logged());
    }
  }

  @Test
  void isolatesShareCode() {
    String text = "export default { fetch: () => new Response('shared ' + import.meta.url) }; // " + System.nanoTime();
    try (TestWorker one = TestWorker.of(text); TestWorker two = TestWorker.of(text)) {
      assertEquals(one.get().body(), two.get().body());
      List<Source> cached = JavaScriptEngine.engine().getCachedSources().stream().filter(Source::hasCharacters).filter(source -> source.getCharacters().toString().equals(text)).toList();
      assertEquals(1, cached.size(), "one source for both isolates");
    }
  }

  @Test
  void isolatesShareNothingElse() {
    String text = "let n = 0; globalThis.seen ??= 0; export default { fetch: () => new Response(`${++n} ${++globalThis.seen}`) };";
    try (TestWorker one = TestWorker.of(text); TestWorker two = TestWorker.of(text)) {
      assertEquals("1 1", one.get().body());
      assertEquals("2 2", one.get().body());
      assertEquals("1 1", two.get().body());
    }
  }

  @Test
  void everyRequestIsTrackedThroughItsAwaits() {
    List<String> names = IntStream.range(0, 20).mapToObj(i -> "/" + i).toList();
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request, env) {
            const { pathname } = new URL(request.url);
            await scheduler.wait(Math.random() * 5);
            await Promise.all([null, new Promise((resolve) => setTimeout(resolve, 1))]);
            const { json } = await env.WHO.call();
            return new Response(`${pathname} ${json}`);
          },
        };""").binding("WHO", new Binding.Custom(
            "(host) => ({ call: () => host.call('who', 'null') })",
            call -> io.vertx.core.Future.succeededFuture(Binding.Reply.json(call.context().identity().orElseThrow().subject())))).start()) {
      var answers = names.stream().map(name -> {
        var request = TestWorker.get(name);
        return worker.sendLater(request.withContext(request.context().withIdentity(new dev.tenon.bus.identity.Identity("user" + name, java.util.Set.of()))));
      }).toList();
      for (int i = 0; i < names.size(); i++) {
        assertEquals(names.get(i) + " user" + names.get(i), TestWorker.await(answers.get(i)).body());
      }
    }
  }
}
