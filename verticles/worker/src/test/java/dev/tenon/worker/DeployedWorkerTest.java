package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedWorkerTest {

  private static final String WHO = """
      const id = Math.random();
      export default { fetch: () => new Response(String(id)) };""";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
  private final ExchangeBus bus = ExchangeBus.of(vertx);

  @AfterEach
  void close() {
    TestWorker.await(vertx.close());
  }

  private static WorkerDefinition definition(String text) {
    return new WorkerDefinition(
        "test", "index.js", List.of(new ModuleSource("index.js", ModuleSource.Type.ESM, Buffer.buffer(text))), LocalDate.of(2026, 11, 1), Set.of(), Map.of(),
        WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
  }

  private static WorkerOptions options() {
    return WorkerOptions.of(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test")));
  }

  private DeployedWorker deploy(String text, WorkerOptions options) {
    return TestWorker.await(DeployedWorker.deploy(vertx, bus, definition(text), options));
  }

  private static Future<String> ask(ContextInternal caller, DeployedWorker worker, ExchangeRequest request) {
    Promise<String> answer = Promise.promise();
    caller.runOnContext(_ -> worker.handle(request).compose(TestWorker::whole).map(TestWorker.Answer::body).onComplete(answer));
    return answer.future();
  }

  private List<ContextInternal> callers(int count) {
    List<ContextInternal> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(((VertxInternal) vertx).createEventLoopContext());
    }
    return callers;
  }

  @Test
  void everyEventLoopHasAnIsolateAndIsServedByIt() {
    DeployedWorker worker = deploy(WHO, options().withPlacement(Placement.EVENT_LOOP));
    TestWorker.await(worker.fullyStarted());
    Set<String> isolates = new HashSet<>();
    for (ContextInternal caller : callers(3)) {
      String first = TestWorker.await(ask(caller, worker, TestWorker.get("/")));
      for (int i = 0; i < 5; i++) {
        assertEquals(first, TestWorker.await(ask(caller, worker, TestWorker.get("/"))));
      }
      isolates.add(first);
    }
    assertEquals(3, isolates.size());
  }

  @Test
  void busReachesTheWorkerByItsComponentName() {
    deploy(WHO, options().withComponent("who", "1.2.3"));
    ContextInternal caller = callers(1).getFirst();
    Promise<TestWorker.Answer> answer = Promise.promise();
    caller.runOnContext(_ -> bus.call("who", TestWorker.get("/")).compose(TestWorker::whole).onComplete(answer));
    assertEquals(200, TestWorker.await(answer.future()).status());
  }

  @Test
  void ownThreadsServeFromEveryLoop() {
    DeployedWorker worker = deploy(
        "export default { async fetch(request) { await scheduler.wait(1); return new Response(await request.text()); } };",
        options().withPlacement(Placement.OWN_THREADS).withIsolates(2));
    assertEquals(Placement.OWN_THREADS, worker.placement());
    for (ContextInternal caller : callers(3)) {
      assertEquals("body", TestWorker.await(ask(caller, worker, TestWorker.post("/", "body"))));
    }
  }

  @Test
  void workerWithWebAssemblyHasThreadsOfItsOwnFromTheStart() {
    WorkerDefinition plain = definition("import codec from './codec.wasm'; export default { fetch: () => new Response(String(codec instanceof WebAssembly.Module)) };");
    ModuleSource codec = new ModuleSource("codec.wasm", ModuleSource.Type.WASM, Buffer.buffer(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}));
    WorkerDefinition computing = new WorkerDefinition(
        plain.name(), plain.mainModule(), List.of(plain.modules().getFirst(), codec), plain.compatibilityDate(), plain.compatibilityFlags(), plain.bindings(),
        plain.format(), plain.limits());
    DeployedWorker worker = TestWorker.await(DeployedWorker.deploy(vertx, bus, computing, options()));
    assertEquals(Placement.OWN_THREADS, worker.placement());
    assertEquals("true", TestWorker.await(ask(callers(1).getFirst(), worker, TestWorker.get("/"))));
  }

  @Test
  void workerWithLongSlicesMovesToThreadsOfItsOwnWithoutFailingRequests() {
    DeployedWorker worker = deploy("""
        export default {
          async fetch(request) {
            const end = Date.now() + 20;
            while (Date.now() < end);
            await scheduler.wait(1);
            return new Response('computed');
          },
        };""", options().withLongSlice(Duration.ofMillis(10)).withIsolates(1));
    assertEquals(Placement.EVENT_LOOP, worker.placement());
    ContextInternal caller = callers(1).getFirst();
    List<Future<String>> answers = new ArrayList<>();
    long patience = System.nanoTime() + TestWorker.PATIENCE.toNanos();
    while (worker.placement() == Placement.EVENT_LOOP && System.nanoTime() < patience) {
      for (int i = 0; i < 4; i++) {
        answers.add(ask(caller, worker, TestWorker.get("/")));
      }
      TestWorker.await(answers.getLast());
    }
    answers.add(ask(caller, worker, TestWorker.get("/")));
    assertEquals(Placement.OWN_THREADS, worker.placement());
    for (Future<String> answer : answers) {
      assertEquals("computed", TestWorker.await(answer));
    }
  }

  private static final String SPINNING = """
      export default {
        fetch(request) {
          const { pathname } = new URL(request.url);
          console.log(pathname);
          const end = pathname === '/spin' ? Infinity : pathname === '/long' ? Date.now() + 600 : 0;
          while (Date.now() < end);
          return new Response('computed');
        },
      };""";

  @Test
  void sliceThatHoldsItsEventLoopIsEndedAndTheWorkerMoved() {
    DeployedWorker worker = deploy(SPINNING, options().withEventLoopHold(Duration.ofMillis(300)).withIsolates(1));
    ContextInternal caller = callers(1).getFirst();
    Failure failure = Failure.of(TestWorker.awaitFailure(ask(caller, worker, TestWorker.get("/spin"))));
    assertEquals(Failure.Code.LIMIT_EXCEEDED, failure.code());
    assertEquals("worker test held an event loop for more than 300 ms of CPU time", failure.getMessage());
    long patience = System.nanoTime() + TestWorker.PATIENCE.toNanos();
    while (worker.placement() == Placement.EVENT_LOOP && System.nanoTime() < patience) {
      assertEquals("computed", TestWorker.await(ask(caller, worker, TestWorker.get("/"))));
    }
    assertEquals(Placement.OWN_THREADS, worker.placement());
    assertEquals("computed", TestWorker.await(ask(caller, worker, TestWorker.get("/long"))), "a thread of its own may be held");
  }

  @Test
  void undeployingEndsASliceThatGoesOnAfterTheDrain() {
    for (Placement placement : List.of(Placement.EVENT_LOOP, Placement.OWN_THREADS)) {
      Promise<Void> spinning = Promise.promise();
      WorkerLog log = (_, _, text) -> {
        if (text.equals("/spin")) {
          spinning.tryComplete();
        }
      };
      DeployedWorker worker = deploy(
          SPINNING, options().withPlacement(placement).withIsolates(1).withLog(log).withEventLoopHold(Duration.ofHours(1)).withDrain(Duration.ofMillis(100)));
      Future<String> answer = ask(callers(1).getFirst(), worker, TestWorker.get("/spin"));
      TestWorker.await(spinning.future());
      long began = System.nanoTime();
      TestWorker.await(worker.undeploy());
      assertTrue(System.nanoTime() - began < Duration.ofSeconds(15).toNanos(), "well before the worker's limit of 30 s");
      TestWorker.awaitFailure(answer);
    }
  }

  @Test
  void undeployingWaitsForWhatIsInFlight() {
    DeployedWorker worker = deploy(
        "export default { async fetch() { await scheduler.wait(100); return new Response('finished'); } };", options().withIsolates(1));
    ContextInternal caller = callers(1).getFirst();
    Future<String> answer = ask(caller, worker, TestWorker.get("/"));
    TestWorker.await(onContext(caller));
    TestWorker.await(worker.undeploy());
    assertEquals("finished", TestWorker.await(answer));
    Throwable failure = TestWorker.awaitFailure(bus.call("test", TestWorker.get("/")));
    assertEquals(Failure.Code.NOBODY_THERE, Failure.of(failure).code());
  }

  private static Future<Void> onContext(ContextInternal context) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> done.complete());
    return done.future();
  }

  @Test
  void workerThatDoesNotStartIsNotDeployed() {
    Future<DeployedWorker> deployed = DeployedWorker.deploy(vertx, bus, definition("nonsense();"), options());
    WorkerStartException failure = assertThrows(WorkerStartException.class, () -> TestWorker.await(deployed));
    assertEquals("worker test does not start – ReferenceError: nonsense is not defined", failure.getMessage());
    assertEquals("ReferenceError: nonsense is not defined\n    at index.js:1:1", failure.detail());
    assertTrue(vertx.deploymentIDs().isEmpty(), "nothing is left of it");
  }

  @Test
  void workerIsDeployedFromItsFolderByOneLine(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("wrangler.toml"), "name = \"greeter\"\nmain = \"index.js\"\ncompatibility_date = \"2026-11-01\"\n[vars]\nNAME = \"nobody\"\n");
    Files.writeString(folder.resolve("index.js"), "export default { fetch: (request, env) => new Response('Hello ' + env.NAME) };");
    var configuration = new io.vertx.core.DeploymentOptions().setConfig(new JsonObject().put("egress", "none").put("vars", new JsonObject().put("NAME", "Ada")));
    String id = TestWorker.await(vertx.deployVerticle("worker:" + folder, configuration));
    TestWorker.Answer answer = TestWorker.await(bus.call("greeter", TestWorker.get("/")).compose(TestWorker::whole));
    assertEquals("Hello Ada", answer.body());
    TestWorker.await(vertx.undeploy(id));
    assertTrue(vertx.deploymentIDs().isEmpty());
  }

  @Test
  void closingVertxWhileIsolatesStartIsQuiet() {
    try (WarningLog log = WarningLog.open()) {
      for (int i = 0; i < 6; i++) {
        Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
        WorkerOptions options = i < 3 ? options() : options().withPlacement(Placement.OWN_THREADS);
        // Not as a verticle, which Vert.x itself complains of when it is closed before it has begun.
        Future<DeployedWorker> deployed = DeployedWorker.deploy(own, ExchangeBus.of(own), definition(WHO), options);
        if (i % 2 == 0) {
          TestWorker.await(deployed);
        }
        TestWorker.await(own.close());
      }
      assertEquals(List.of(), log.lines());
    }
  }
}
