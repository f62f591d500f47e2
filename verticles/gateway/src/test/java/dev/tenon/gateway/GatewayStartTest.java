package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the edge starts with, what it refuses to start with, and what may change while it runs.
class GatewayStartTest {

  private static final String HEAD = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\n";

  private static Route route(String component, String yaml) {
    return new Route(component, Contract.parse(component, yaml));
  }

  private static GatewayOptions options(Route... routes) {
    return GatewayOptions.of(ListenerOptions.of(0), List.of(routes)).withInstances(1);
  }

  private static Throwable failure(EdgeUnderTest edge, GatewayOptions options) {
    var opened = Gateway.open(edge.vertx, options);
    Await.until("it was refused", opened::isComplete);
    assertTrue(opened.failed());
    return opened.cause();
  }

  private static void refused(String expected, Route... routes) {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      Throwable cause = failure(edge, options(routes));
      assertEquals(ContractException.class, cause.getClass(), () -> String.valueOf(cause));
      assertEquals(expected, cause.getMessage());
    }
  }

  @Test
  void theReferenceContractsAreServed() throws IOException {
    List<Route> routes = List.of("auth", "image", "ai").stream()
        .map(name -> new Route(name, Contract.load(name, "openapi.yaml", ContractFiles.resources(getClass().getClassLoader(), "contracts/" + name))))
        .toList();
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.open(GatewayOptions.of(ListenerOptions.of(0), routes));
      try (Wire wire = edge.wire()) {
        assertEquals(401, wire.send("GET /auth/me HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        assertEquals(503, wire.send("GET /.well-known/jwks.json HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        assertEquals(404, wire.send("GET /image HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        assertEquals(405, wire.send("GET /ai/embed HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
      }
    }
  }

  @Test
  void whatTheEdgeCannotCheckIsRefusedByName() {
    refused("""
        a.yaml:8:9 in the contract of "a": query filter of find has lists or objects inside it, for which no style has a form – flatten it, or use "content" with application/json
        a.yaml:9:9 in the contract of "a": query q of find has the content application/xml, which the edge cannot check – use application/json, or describe it with "schema"
        a.yaml:10:9 in the contract of "a": query either of find may be a single value and a list or an object, which no style tells apart – choose one, or use "content" with application/json
        a.yaml:11:9 in the contract of "a": query deep of find has the style deepObject, which is for objects and explodes – use form, or make it an object
        a.yaml:12:9 in the contract of "a": cookie c of find is an array or an object that would need several cookies – say explode: false
        a.yaml:15:40 in the contract of "a": the request body of find is multipart/mixed, which the edge cannot check – use multipart/form-data, or leave the schema out of another type
        a.yaml:16:40 in the contract of "a": the request body of find is application/xml with a schema, and the edge can check JSON, forms and texts only – take "schema" out, or say only that it is a string
        a.yaml:17:54 in the contract of "a": the request body of find is a form, and its schema does not describe an object – say type: object
        a.yaml:19:39 in the contract of "a": the security scheme "key" of find is not http bearer, and the edge checks no other – use bearer""", route("a", HEAD + """
        paths:
          /a:
            post:
              operationId: find
              parameters:
              - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { a: { type: object } } } }
              - { name: q, in: query, content: { application/xml: { schema: {} } } }
              - { name: either, in: query, schema: { oneOf: [ { type: string }, { type: array, items: { type: string } } ] } }
              - { name: deep, in: query, style: deepObject, explode: true, schema: { type: array, items: { type: string } } }
              - { name: c, in: cookie, schema: { type: array, items: { type: string } } }
              requestBody:
                content:
                  multipart/mixed:             { schema: { type: object } }
                  application/xml:             { schema: { type: object } }
                  application/x-www-form-urlencoded:         { schema: { type: array } }
              responses: { '200': { description: ok } }
        components: { securitySchemes: { key: { type: apiKey, name: k, in: header } } }
        security: [ { key: [] } ]
        """));
  }

  @Test
  void anOperationHasOneComponent() {
    String yaml = HEAD + "paths: { /a: { get: { operationId: a, responses: { '200': { description: ok } } } } }\n";
    refused("b.yaml:3:21 GET /a belongs to the component \"a\" already (a.yaml:3:21) – each operation has one component", route("a", yaml), route("b", yaml));
  }

  @Test
  void whatIsNotOpenApiIsRefusedByName() {
    refused("a.yaml:3:88 in the contract of \"a\": is not OpenAPI at \"/paths/~1a/get/tags\" – Instance type number is invalid. Expected array",
        route("a", HEAD + "paths: { /a: { get: { operationId: a, responses: { '200': { description: ok } }, tags: 7 } } }\n"),
        route("things", ThingsContract.YAML));
  }

  @Test
  void aTakenPortIsAFailure() {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.open(options(route("things", ThingsContract.YAML)));
      Throwable cause = failure(edge, GatewayOptions.of(ListenerOptions.of(0).withPort(edge.gateway.port()).withHost("0.0.0.0"), List.of()).withInstances(1));
      assertTrue(cause instanceof BindException, cause.toString());
    }
  }

  @Test
  void otherRoutesCanTakeOver() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.serve("a", request -> EdgeUnderTest.answer(200, "text/plain", Body.of(Buffer.buffer("a"))));
      String yaml = HEAD + "paths: { /PATH: { get: { operationId: a, responses: { '200': { description: ok, content: { text/plain: {} } } } } } }\n";
      edge.open(options(route("a", yaml.replace("PATH", "old"))));
      try (Wire wire = edge.wire()) {
        assertEquals(200, wire.send("GET /old HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        Await.result(edge.gateway.replaceRoutes(List.of(route("a", yaml.replace("PATH", "new")))));
        assertEquals(404, wire.send("GET /old HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        assertEquals(200, wire.send("GET /new HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
      }
    }
  }

  @Test
  void pagesOfOtherOriginsMayCallWhereThatIsSaid() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.open(options(route("things", ThingsContract.YAML)).withCors(new Cors(Set.of("https://app.example"), Duration.ofMinutes(5))));
      try (Wire wire = edge.wire()) {
        String preflight = "OPTIONS /things HTTP/1.1\r\nHost: edge\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n";
        Wire.Answer allowed = wire.send(preflight + "Origin: https://app.example\r\n\r\n").answer();
        assertEquals("204 https://app.example OPTIONS, POST 300 origin", allowed.status() + " " + allowed.header("access-control-allow-origin") + " "
            + allowed.header("access-control-allow-methods") + " " + allowed.header("access-control-max-age") + " " + allowed.header("vary"));
        Wire.Answer other = wire.send(preflight + "Origin: https://evil.example\r\n\r\n").answer();
        assertEquals("204 null null", other.status() + " " + other.header("access-control-allow-origin") + " " + other.header("access-control-allow-methods"));
        Wire.Answer refusal = wire.send("GET /things/7 HTTP/1.1\r\nHost: edge\r\nOrigin: https://app.example\r\n\r\n").answer();
        assertEquals("401 https://app.example", refusal.status() + " " + refusal.header("access-control-allow-origin"));
      }
    }
  }

  @Test
  void allEventLoopsServeOnePort() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.open(options(route("things", ThingsContract.YAML)).withInstances(3));
      for (int i = 0; i < 9; i++) {
        try (Wire wire = edge.wire()) {
          assertEquals(404, wire.send("GET /nothing HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        }
      }
      int port = edge.gateway.port();
      Await.result(edge.gateway.close(Duration.ofSeconds(5)));
      assertEquals("refused", connect(port));
    }
  }

  private static String connect(int port) {
    try (Wire wire = new Wire(port)) {
      return wire.closed() ? "closed" : "open";
    } catch (IOException e) {
      return "refused";
    }
  }
}
