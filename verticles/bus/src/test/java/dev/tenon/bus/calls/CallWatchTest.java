package dev.tenon.bus.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.Caller;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.contract.Contract;
import dev.tenon.contract.component.Manifest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallWatchTest {

  private static final Contract AUTH = Contract.parse("auth", """
      openapi: 3.1.0
      info: { title: auth, version: 1.0.0 }
      paths:
        /users/{id}/plan: { get: { operationId: getPlan, parameters: [ { name: id, in: path, required: true, schema: {} } ], responses: { '200': { description: ok } } } }
        /users/me/{what}: { get: { operationId: getMine, parameters: [ { name: what, in: path, required: true, schema: {} } ], responses: { '200': { description: ok } } } }
        /users/: { post: { operationId: makeUser, responses: { '200': { description: ok } } } }
        /: { get: { operationId: root, responses: { '200': { description: ok } } } }
      """);

  /// What reached the bus.
  private final List<String> arrived = new ArrayList<>();

  private final ExchangeBus bus = new ExchangeBus() {
    @Override
    public Future<ExchangeResponse> call(String component, ExchangeRequest request) {
      arrived.add(component + " " + request.context().caller().map(Caller::operation).orElse("nobody"));
      return Future.succeededFuture(new ExchangeResponse(200, "", HttpHeaders.headers(), Body.EMPTY));
    }

    @Override
    public Future<Served> serve(String component, String version, ExchangeHandler handler) {
      return Future.failedFuture("not here");
    }

    @Override
    public Future<Served> serve(String component, String version, int inFlightMax, ExchangeHandler handler) {
      return Future.failedFuture("not here");
    }
  };

  private final List<CallWatch.Kind> meters = new ArrayList<>();

  private CallWatch watch(CallPolicy policy) {
    return new CallWatch(policy, Map.of("auth", AUTH), (kind, counter) -> meters.add(kind));
  }

  private static Optional<String> call(ExchangeBus bus, String address, String method, String target) {
    Future<ExchangeResponse> answer = bus.call(address, new ExchangeRequest(method, "http", "x", target, HttpHeaders.headers(), Body.EMPTY, ExchangeContext.start(Deadline.after(Deadline.DEFAULT))));
    return answer.succeeded() ? Optional.empty() : Optional.of(((Failure) answer.cause()).code() + " " + answer.cause().getMessage());
  }

  private ExchangeBus of(CallWatch watch, String consumes) {
    return watch.of("image", Manifest.parse("consumes: " + consumes, "component.yaml").consumes(), bus);
  }

  @Test
  void whatIsNotDeclaredNeverLeaves() {
    CallWatch watch = watch(CallPolicy.REFUSE);
    ExchangeBus calls = of(watch, "{ auth: { version: ^1.2, operations: [getPlan] } }");
    assertEquals(Optional.empty(), call(calls, "auth", "GET", "/users/7/plan?x=/users/me/x"));
    assertEquals(Optional.of("REFUSED component image – calls auth getMine, which its component.yaml does not declare – add it under consumes"), call(calls, "auth", "GET", "/users/me/plan"));
    assertEquals(Optional.of("REFUSED component image – calls auth where its contract has no operation, which its component.yaml does not declare – add it under consumes"),
        call(calls, "auth", "PUT", "/users/7/plan"));
    assertEquals(Optional.of("REFUSED component image – calls ai, which its component.yaml does not declare – add it under consumes"), call(calls, "ai/calls", "POST", "/"));
    assertEquals(Optional.empty(), call(calls, "auth/calls", "POST", "/"));
    assertEquals(List.of("auth getPlan", "auth/calls "), arrived);
  }

  @Test
  void whatIsNotDeclaredIsCountedWhereThatIsThePolicy() {
    CallWatch watch = watch(CallPolicy.COUNT);
    ExchangeBus calls = of(watch, "{ auth: { version: ^1.2, operations: [getPlan] } }");
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), call(calls, "auth", "GET", "/users/me/plan"));
    }
    call(calls, "auth", "GET", "/users/7/plan");
    call(of(watch, "{}"), "auth", "GET", "/users/7/plan");
    call(calls, "auth", "GET", "/nowhere");
    assertEquals(List.of(
        new RecordedCall("image", "auth", "", false, 1),
        new RecordedCall("image", "auth", "getMine", false, 3),
        new RecordedCall("image", "auth", "getPlan", false, 1),
        new RecordedCall("image", "auth", "getPlan", true, 1)), watch.recorded());
    assertEquals(4, meters.size());
  }

  @Test
  void aComponentConsumedAsAWholeIsCalledInEveryWay() {
    ExchangeBus calls = of(watch(CallPolicy.REFUSE), "{ auth: { version: '*' } }");
    assertEquals(Optional.empty(), call(calls, "auth", "GET", "/nowhere"));
    assertEquals(Optional.empty(), call(calls, "auth", "POST", "/users/"));
    assertEquals(Optional.empty(), call(calls, "auth", "GET", "/"));
    assertEquals(List.of("auth ", "auth makeUser", "auth root"), arrived);
  }

  @Test
  void aComponentCallsItselfUnwatched() {
    CallWatch watch = watch(CallPolicy.REFUSE);
    ExchangeBus calls = of(watch, "{}");
    assertEquals(Optional.empty(), call(calls, "image", "GET", "/"));
    assertEquals(Optional.empty(), call(calls, "image/calls", "GET", "/"));
    assertEquals(List.of("image nobody", "image/calls nobody"), arrived);
    assertEquals(List.of(), watch.recorded());
  }
}
