package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final WorkerLimits SHORT = WorkerLimits.DEFAULT.withCpu(Duration.ofMillis(200));

  private static final String SPINNING = """
      export default {
        fetch(request) {
          if (new URL(request.url).pathname === '/spin') {
            console.log('spinning');
            for (;;) {}
          }
          return new Response('fresh');
        },
      };""";

  private static ExchangeResponse ok(String text) {
    return new ExchangeResponse(200, "", HttpHeaders.headers(), Body.of(Buffer.buffer(text)));
  }

  @Test
  void endlessLoopIsEndedAndTheIsolateReplaced() {
    try (TestWorker worker = TestWorker.with("""
        let served = 0;
        export default {
          fetch(request) {
            if (new URL(request.url).pathname === '/loop') for (;;) {}
            return new Response(String(++served));
          },
        };""").limits(SHORT).start()) {
      assertEquals("1", worker.get().body());
      assertEquals("2", worker.get().body());
      Failure failure = worker.failure(TestWorker.get("/loop"));
      assertEquals(Failure.Code.LIMIT_EXCEEDED, failure.code());
      assertEquals("worker test exceeded its CPU time limit of 200 ms", failure.getMessage());
      assertEquals("1", worker.get().body(), "a fresh isolate");
    }
  }

  @Test
  void loopThatCatchesEverythingIsEnded() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            for (;;) try { for (;;) {} } catch { } finally { for (;;) {} }
          },
        };""").limits(SHORT).start()) {
      assertEquals(Failure.Code.LIMIT_EXCEEDED, worker.failure(TestWorker.get("/")).code());
    }
  }

  @Test
  void floodOfMicrotasksIsEnded() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            const again = () => Promise.resolve().then(again);
            await again();
          },
        };""").limits(SHORT).start()) {
      assertEquals(Failure.Code.LIMIT_EXCEEDED, worker.failure(TestWorker.get("/")).code());
    }
  }

  @Test
  void catastrophicRegularExpressionIsEnded() {
    try (TestWorker worker = TestWorker.with("""
        export default { fetch: () => new Response(/^(?:(a+)+)\\1$/.test('a'.repeat(40) + 'b')) };""").limits(SHORT).start()) {
      assertEquals(Failure.Code.LIMIT_EXCEEDED, worker.failure(TestWorker.get("/")).code());
    }
  }

  @Test
  void cpuOfManySlicesIsAddedUp() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            for (;;) {
              const end = performanceNow() + 5;
              while (performanceNow() < end);
              await scheduler.wait(0);
            }
          },
        };
        const performanceNow = () => Date.now();""").limits(SHORT).start()) {
      assertEquals(Failure.Code.LIMIT_EXCEEDED, worker.failure(TestWorker.get("/")).code());
    }
  }

  @Test
  void deepRecursionIsTheRequestsOwnProblem() {
    try (TestWorker worker = TestWorker.of("""
        const deeper = (n) => deeper(n + 1) + 1;
        export default {
          fetch(request) {
            if (new URL(request.url).pathname === '/deep') deeper(0);
            return new Response('fine');
          },
        };""")) {
      assertTrue(worker.failure(TestWorker.get("/deep")).detail().startsWith("RangeError: "));
      assertEquals("fine", worker.get().body());
    }
  }

  @Test
  void neighboursOnOtherThreadsNoticeNothing() {
    VertxInternal vertx = (VertxInternal) TestWorker.vertx();
    try (TestWorker bad = TestWorker.with("export default { fetch() { for (;;) {} } };").limits(SHORT).start(vertx.createEventLoopContext());
        TestWorker good = TestWorker.with("export default { fetch: () => new Response('good') };").start(vertx.createEventLoopContext())) {
      Future<TestWorker.Answer> looping = bad.sendLater(TestWorker.get("/"));
      for (int i = 0; i < 100; i++) {
        assertEquals("good", good.get().body());
      }
      assertEquals(Failure.Code.LIMIT_EXCEEDED, Failure.of(TestWorker.awaitFailure(looping)).code());
      assertEquals("good", good.get().body());
    }
  }

  @Test
  void startIsBounded() {
    WorkerLimits limits = new WorkerLimits(Duration.ofMillis(50), Duration.ofSeconds(30), 50, 6, 128 << 20);
    WorkerStartException failure = assertThrows(
        WorkerStartException.class, () -> TestWorker.with("for (;;) {} export default { fetch() {} };").limits(limits).start().close());
    assertEquals("worker test does not start – its top level computes without end: its start may take 50 ms of CPU time"
        + " – look for a loop that never ends, or move long work into a handler", failure.getMessage());
  }

  @Test
  void subrequestsAreCounted() {
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            let done = 0;
            try {
              for (let i = 0; i < 10; i++) {
                await (await fetch('http://elsewhere.test/')).text();
                done++;
              }
            } catch (error) {
              return new Response(`${done} ${error.message}`);
            }
            return new Response('all');
          },
        };""").egress(_ -> Future.succeededFuture(ok("there"))).limits(WorkerLimits.DEFAULT.withSubrequests(3)).start()) {
      assertEquals("3 Too many subrequests.", worker.get().body());
      assertEquals("3 Too many subrequests.", worker.get().body(), "counted for each request");
    }
  }

  @Test
  void sixSubrequestsWaitAtTheSameTime() {
    List<Promise<ExchangeResponse>> waiting = new ArrayList<>();
    Promise<Void> six = Promise.promise();
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch() {
            const all = await Promise.all(Array.from({ length: 9 }, () => fetch('http://elsewhere.test/').then((r) => r.text())));
            return new Response(all.join(' '));
          },
        };""").egress(_ -> {
          Promise<ExchangeResponse> promise = Promise.promise();
          waiting.add(promise);
          if (waiting.size() == 6) {
            six.complete();
          }
          return promise.future();
        }).start()) {
      Future<TestWorker.Answer> answer = worker.sendLater(TestWorker.get("/"));
      TestWorker.await(six.future());
      assertEquals(6, TestWorker.await(worker.onOwner(() -> Future.succeededFuture(waiting.size()))));
      for (int i = 0; i < 9; i++) {
        int next = i;
        TestWorker.await(worker.onOwner(() -> {
          waiting.get(next).complete(ok("r" + next));
          return Future.succeededFuture();
        }));
        TestWorker.await(worker.onOwner(Future::succeededFuture));
      }
      assertEquals("r0 r1 r2 r3 r4 r5 r6 r7 r8", TestWorker.await(answer).body());
      assertEquals(9, waiting.size());
    }
  }

  @Test
  void deadlineEndsTheRequest() {
    try (TestWorker worker = TestWorker.of("export default { fetch: () => new Promise((resolve) => setTimeout(resolve, 1e9)) };")) {
      Failure failure = worker.failure(TestWorker.get("/").withContext(ExchangeContext.start(Deadline.after(Duration.ofMillis(30)))));
      assertEquals(Failure.Code.DEADLINE, failure.code());
    }
  }

  @Test
  void computingThatNobodyWaitsForIsEndedWhenTheClientLeaves() {
    try (TestWorker worker = TestWorker.of(SPINNING)) {
      var request = TestWorker.get("/spin");
      Future<TestWorker.Answer> answer = worker.sendLater(request);
      assertEquals("LOG spinning", worker.logged());
      request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
      checkEndedUnwanted(worker, answer);
    }
  }

  @Test
  void computingThatNobodyWaitsForIsEndedAfterTheDeadline() {
    try (TestWorker worker = TestWorker.of(SPINNING)) {
      var request = TestWorker.get("/spin").withContext(ExchangeContext.start(Deadline.after(Duration.ofMillis(50))));
      Future<TestWorker.Answer> answer = worker.sendLater(request);
      assertEquals("LOG spinning", worker.logged());
      checkEndedUnwanted(worker, answer);
    }
  }

  @Test
  void webAssemblyThatNobodyWaitsForIsEnded() {
    byte[] spin = {
        0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 's', 'p', 'i', 'n', 0, 0,
        0x0a, 9, 1, 7, 0, 3, 0x40, 0x0c, 0, 0x0b, 0x0b};
    try (TestWorker worker = TestWorker.with("""
        import module from './spin.wasm';
        const { spin } = new WebAssembly.Instance(module).exports;
        export default {
          fetch(request) {
            if (new URL(request.url).pathname === '/spin') {
              console.log('spinning');
              spin();
            }
            return new Response('fresh');
          },
        };""").module("spin.wasm", ModuleSource.Type.WASM, Buffer.buffer(spin)).start()) {
      var request = TestWorker.get("/spin");
      Future<TestWorker.Answer> answer = worker.sendLater(request);
      assertEquals("LOG spinning", worker.logged());
      request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
      checkEndedUnwanted(worker, answer);
    }
  }

  private static void checkEndedUnwanted(TestWorker worker, Future<TestWorker.Answer> answer) {
    assertEquals("ERROR worker test computed on for a request that nobody waited for any more", worker.logged());
    TestWorker.awaitFailure(answer);
    assertEquals("fresh", worker.get().body());
  }

  @Test
  void clientThatLeavesEndsTheRequestAndItsSubrequests() {
    Promise<Void> calledElsewhere = Promise.promise();
    Promise<Failure> cancelledElsewhere = Promise.promise();
    try (TestWorker worker = TestWorker.with("""
        export default {
          async fetch(request) {
            request.signal.addEventListener('abort', () => console.log('aborted'));
            await fetch('http://elsewhere.test/');
            return new Response('never');
          },
        };""").egress(request -> {
          request.context().cancellation().onCancel(() -> cancelledElsewhere.tryComplete(request.context().cancellation().reason().orElseThrow()));
          calledElsewhere.complete();
          return Promise.<ExchangeResponse>promise().future();
        }).start()) {
      var request = TestWorker.get("/");
      Future<TestWorker.Answer> answer = worker.sendLater(request);
      TestWorker.await(calledElsewhere.future());
      assertFalse(answer.isComplete());
      request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
      assertEquals(Failure.Code.CANCELLED, Failure.of(TestWorker.awaitFailure(answer)).code());
      assertEquals(Failure.Code.CANCELLED, TestWorker.await(cancelledElsewhere.future()).code());
      assertEquals("LOG aborted", worker.logged());
      TestWorker.await(worker.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void isolateTakesSoManyRequestsAtATime() {
    try (TestWorker worker = TestWorker.with("export default { fetch: (request) => new Promise((resolve) => setTimeout(resolve, 1e9)) };")
        .exchangesMax(2).start()) {
      List<dev.tenon.bus.ExchangeRequest> taken = List.of(TestWorker.get("/"), TestWorker.get("/"));
      List<Future<TestWorker.Answer>> answers = taken.stream().map(worker::sendLater).toList();
      assertEquals(Failure.Code.OVERLOADED, worker.failure(TestWorker.get("/")).code());
      taken.forEach(request -> request.context().cancellation().cancel(new Failure(Failure.Code.CANCELLED, "enough")));
      answers.forEach(answer -> assertEquals(Failure.Code.CANCELLED, Failure.of(TestWorker.awaitFailure(answer)).code()));
    }
  }
}
