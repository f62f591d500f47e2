package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.Caller;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.bus.calls.CallWatch;
import dev.tenon.bus.calls.RecordedCall;
import dev.tenon.contract.Contract;
import dev.tenon.contract.component.Manifest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.VertxInternal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a worker calls is held against its manifest, by way of a real bus.
class DeclaredCallsTest {

  private static final String CODE = """
      export default {
        async fetch(request, env) {
          try {
            const path = new URL(request.url).pathname;
            if (path === '/rpc') return new Response(await env.AUTH.plan('ada'));
            return new Response(await (await env.AUTH.fetch(`http://auth${path}`)).text());
          } catch (error) {
            return new Response(`${error.name}: ${error.message}`);
          }
        },
      };""";

  private static final Contract AUTH = Contract.parse("auth", """
      openapi: 3.1.0
      info: { title: auth, version: 1.0.0 }
      paths:
        /plan: { get: { operationId: getPlan, responses: { '200': { description: ok } } } }
        /users: { get: { operationId: listUsers, responses: { '200': { description: ok } } } }
      """);

  private final Vertx vertx = Vertx.vertx();
  private final ExchangeBus bus = ExchangeBus.of(vertx);

  @AfterEach
  void close() {
    TestWorker.await(vertx.close());
  }

  private DeployedWorker worker(CallWatch watch, String consumes) {
    TestWorker.await(bus.serve("auth", "1.0.0", request -> Future.succeededFuture(new ExchangeResponse(200, "", HttpHeaders.headers(),
        Body.of(Buffer.buffer(request.context().caller().map(Caller::toString).orElse("nobody")))))));
    WorkerDefinition definition = new WorkerDefinition("image", "index.js", List.of(new ModuleSource("index.js", ModuleSource.Type.ESM, Buffer.buffer(CODE))),
        LocalDate.of(2026, 11, 1), Set.of(), Map.of("AUTH", new Binding.Service("auth", "", "")), WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
    WorkerOptions options = WorkerOptions.of(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test")))
        .withIsolates(1)
        .withCalls(node -> watch.of("image", Manifest.parse("consumes: " + consumes, "component.yaml").consumes(), node));
    return TestWorker.await(DeployedWorker.deploy(vertx, bus, definition, options));
  }

  private String ask(DeployedWorker worker, String path) {
    Promise<String> answer = Promise.promise();
    ExchangeRequest request = TestWorker.get(path);
    ((VertxInternal) vertx).createEventLoopContext().runOnContext(_ -> worker.handle(request).compose(TestWorker::whole).map(TestWorker.Answer::body).onComplete(answer));
    return TestWorker.await(answer.future());
  }

  @Test
  void aCallThatIsNotDeclaredFailsWithASentenceAndOneThatIsSaysWhoCalls() {
    CallWatch watch = new CallWatch(CallPolicy.REFUSE, Map.of("auth", AUTH), (kind, counter) -> { });
    DeployedWorker worker = worker(watch, "{ auth: { version: ^1, operations: [getPlan] } }");
    assertEquals("Caller[component=image, operation=getPlan]", ask(worker, "/plan"));
    assertEquals("Error: component image – calls auth listUsers, which its component.yaml does not declare – add it under consumes", ask(worker, "/users"));
    assertEquals(List.of(new RecordedCall("image", "auth", "getPlan", true, 1), new RecordedCall("image", "auth", "listUsers", false, 1)), watch.recorded());
  }

  @Test
  void methodsOfWorkersAreCallsToo() {
    DeployedWorker worker = worker(new CallWatch(CallPolicy.REFUSE, Map.of(), (kind, counter) -> { }), "{}");
    assertEquals("Error: component image – calls auth, which its component.yaml does not declare – add it under consumes", ask(worker, "/rpc"));
  }

  @Test
  void aCallThatIsCountedIsMade() {
    CallWatch watch = new CallWatch(CallPolicy.COUNT, Map.of("auth", AUTH), (kind, counter) -> { });
    DeployedWorker worker = worker(watch, "{}");
    assertEquals("Caller[component=image, operation=listUsers]", ask(worker, "/users"));
    assertEquals(List.of(new RecordedCall("image", "auth", "listUsers", false, 1)), watch.recorded());
  }
}
