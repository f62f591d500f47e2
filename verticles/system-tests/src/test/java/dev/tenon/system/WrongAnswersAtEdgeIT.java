package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.contract.Contract;
import dev.tenon.gateway.Gateway;
import dev.tenon.gateway.GatewayOptions;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.Openness;
import dev.tenon.gateway.Route;
import dev.tenon.prove.ContractTests;
import dev.tenon.prove.SetUp;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The edge keeps an answer that breaks its contract from clients; contract tests that go through it name what was wrong all the same.
class WrongAnswersAtEdgeIT {

  private static final Contract CONTRACT = Contract.parse("things", """
      openapi: 3.1.0
      info: { title: things, version: 1.0.0 }
      paths:
        /thing:
          get:
            operationId: getThing
            responses:
              '200':
                description: It.
                headers: { X-Count: { required: true, schema: { type: integer } } }
                content: { application/json: { schema: { type: object, additionalProperties: false, required: [name], properties: { name: { type: string } } } } }
      """);

  private static final AtomicReference<ExchangeResponse> ANSWER = new AtomicReference<>();
  private static Vertx vertx;
  private static URI edge;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    await(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return ExchangeBus.of(vertx).serve("things", "1.0.0", request -> Future.succeededFuture(ANSWER.get()));
      }
    }));
    Gateway gateway = await(Gateway.open(vertx, GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", CONTRACT))).withInstances(1).withOpenness(new Openness(false, true))));
    edge = URI.create("http://127.0.0.1:" + gateway.port());
  }

  @AfterAll
  static void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  /// One row: what the component answers, and what the contract test says of it.
  private static void check(int status, String headers, String body, String expected) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    headers.lines().map(line -> line.split(": ", 2)).forEach(line -> all.set(line[0], line[1]));
    ANSWER.set(new ExchangeResponse(status, "", all, Body.of(Buffer.buffer(body))));
    ContractTests tests = ContractTests.of(CONTRACT, Path.of("").toAbsolutePath(), SetUp.NONE, ContractTests.Options.at(edge));
    List<String> wrong = tests.run(tests.cases().getFirst()).wrong();
    assertEquals(expected.isEmpty() ? List.of() : List.of("the component's answer breaks the contract: " + expected), wrong);
  }

  @Test
  void whatTheEdgeKeepsBackIsNamed() {
    String json = "content-type: application/json\nx-count: 1";
    check(200, json, "{\"name\":\"lamp\"}", "");
    check(418, json, "{\"name\":\"lamp\"}", "status 418: the status 418 is not among the responses of getThing");
    check(200, "content-type: application/json", "{\"name\":\"lamp\"}", "status 200: the header \"X-Count\" is required and missing");
    check(200, "content-type: application/json\nx-count: many", "{\"name\":\"lamp\"}", "status 200: the header \"X-Count\" must be a whole number, and is a string");
    check(200, "content-type: text/html\nx-count: 1", "<p>lamp</p>", "status 200: the Content-Type \"text/html\" is not among [application/json]");
    check(200, json, "{\"name\":", "status 200: the body is not JSON at line 1, column 9: it ends where a value is expected");
    check(200, json, "{}", "status 200: the body is not as its schema says: [/name is required and missing]");
    check(200, json, "{\"name\":7}", "status 200: the body is not as its schema says: [/name must be a string, and is a whole number]");
    check(200, json, "{\"name\":\"lamp\",\"owner\":\"ada\"}", "status 200: the body is not as its schema says: [/owner is not a property that is known here]");
    check(302, "location: /elsewhere", "", "status 302: the status 302 is not among the responses of getThing");
  }
}
