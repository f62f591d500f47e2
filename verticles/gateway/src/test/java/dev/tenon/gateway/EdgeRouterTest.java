package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the router makes of paths that come over a real connection, for two contracts whose paths are interleaved.
class EdgeRouterTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static int port;

  /// Answers with where a request was led.
  private record Told(HttpServerRequest request) implements EdgeRouter.Led {
    @Override
    public String path() {
      return Target.parse(ForwardedRequest.target(request)).orElseThrow().path();
    }

    @Override
    public void arrives(EdgePath path, OperationPlan plan) {
      request.response().end(plan.component() + " " + plan.operation().id() + " " + path.template().values(path()));
    }

    @Override
    public void hasOtherMethod(EdgePath path) {
      request.response().end(path.template() + " allows " + path.allow());
    }

    @Override
    public void isNowhere() {
      request.response().end("nothing");
    }

    @Override
    public void isNotTaken(int status, Throwable cause) {
      request.response().end("not taken: " + status);
    }
  }

  @BeforeAll
  static void open() {
    EdgeRouter router = Await.result(EdgeRouter.of(VERTX, List.of(
        route("one", "GET /a", "GET /a/{x}", "DELETE /a/{x}", "GET /a/{x}/c", "GET /{any}", "GET /", "GET /tail/", "GET /{odd-name}/x:y", "GET /o/{x}/p/{y}"),
        route("two", "GET /a/b", "GET /a/b/{y}/d", "GET /a/{x}/{y}/e", "GET /.well-known/jwks.json", "POST /a", "GET /v1/things:find", "GET /~me/{x}",
            "GET /tail/{x}/", "GET /o/{x}/{y}/q", "GET /enc/%41", "GET /same/{x}"),
        route("three", "PUT /same/{other}", "HEAD /head", "GET /head", "OPTIONS /head"))));
    HttpServer server = Await.result(VERTX.createHttpServer().requestHandler(request -> router.lead(request, new Told(request))).listen(0, "127.0.0.1"));
    port = server.actualPort();
  }

  @AfterAll
  static void close() {
    Await.result(VERTX.close());
  }

  private static Route route(String component, String... operations) {
    StringBuilder yaml = new StringBuilder("openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths:\n");
    String last = "";
    for (String operation : operations) {
      String method = operation.split(" ")[0].toLowerCase(Locale.ROOT);
      String path = operation.split(" ")[1];
      if (!path.equals(last)) {
        yaml.append("  '").append(path).append("':\n    parameters:\n      - { name: q, in: query, schema: { type: string } }\n");
        Pattern.compile("\\{([^}]+)}").matcher(path).results().forEach(match ->
            yaml.append("      - { name: ").append(match.group(1)).append(", in: path, required: true, schema: { type: string } }\n"));
      }
      last = path;
      yaml.append("    ").append(method).append(":\n      operationId: '").append(operation).append("'\n      responses: { '200': { description: ok } }\n");
    }
    return new Route(component, Contract.parse(component, yaml.toString()));
  }

  private static void check(String path, String expected) throws IOException {
    check("GET", path, expected);
  }

  private static void check(String method, String target, String expected) throws IOException {
    try (Wire wire = new Wire(port)) {
      assertEquals(expected, wire.send(method + " " + target + " HTTP/1.1\r\nHost: edge\r\n\r\n").answer().text(), method + " " + target);
    }
  }

  @Test
  void literalSegmentsComeBeforeVariables() throws IOException {
    check("/a", "one GET /a []");
    check("/a/b", "two GET /a/b []");
    check("/a/z", "one GET /a/{x} [z]");
    check("/z", "one GET /{any} [z]");
    check("/", "one GET / []");
    check("/~me/z", "two GET /~me/{x} [z]");
    check("/.well-known/jwks.json", "two GET /.well-known/jwks.json []");
  }

  @Test
  void aLiteralThatLeadsNowhereIsTakenBack() throws IOException {
    check("/a/b/c", "one GET /a/{x}/c [b]");
    check("/a/b/q/d", "two GET /a/b/{y}/d [q]");
    check("/a/b/q/e", "two GET /a/{x}/{y}/e [b, q]");
    check("/o/1/p/q", "one GET /o/{x}/p/{y} [1, q]");
    check("/o/1/z/q", "two GET /o/{x}/{y}/q [1, z]");
  }

  @Test
  void segmentsAreComparedAsSent() throws IOException {
    check("/a/b%2Fc", "one GET /a/{x} [b%2Fc]");
    check("/%61", "one GET /{any} [%61]");
    check("/a/%62", "one GET /a/{x} [%62]");
    check("/a/%zz?q=%zz", "one GET /a/{x} [%zz]");
    check("/A", "one GET /{any} [A]");
    check("/enc/%41", "two GET /enc/%41 []");
    check("/enc/A", "nothing");
    check("/.well-known/jwks%2ejson", "nothing");
    check("/a/", "nothing");
    check("/a/z/", "nothing");
    check("/a//c", "nothing");
    check("//a", "nothing");
    check("/a/b/c/d/e/f", "nothing");
    check("http://edge/a/b?q=1", "two GET /a/b []");
  }

  @Test
  void slashesAtTheEndAndColonsAreOfThePath() throws IOException {
    check("/tail/", "one GET /tail/ []");
    check("/tail", "one GET /{any} [tail]");
    check("/tail/z/", "two GET /tail/{x}/ [z]");
    check("/tail/z", "nothing");
    check("/v1/things:find", "two GET /v1/things:find []");
    check("/v1/thingsfind", "nothing");
    check("/z/x:y", "one GET /{odd-name}/x:y [z]");
  }

  @Test
  void thePathDecidesBeforeTheMethod() throws IOException {
    check("DELETE", "/a/z", "one DELETE /a/{x} [z]");
    check("DELETE", "/a/b", "/a/b allows GET, HEAD, OPTIONS");
    check("POST", "/a", "two POST /a []");
    check("PUT", "/a", "/a allows GET, HEAD, OPTIONS, POST");
    check("BREW", "/a/z", "/a/{x} allows DELETE, GET, HEAD, OPTIONS");
    check("OPTIONS", "/a/z", "/a/{x} allows DELETE, GET, HEAD, OPTIONS");
    check("OPTIONS", "/head", "three OPTIONS /head []");
    check("PUT", "/same/z", "three PUT /same/{other} [z]");
    check("DELETE", "/same/z", "/same/{x} allows GET, HEAD, OPTIONS, PUT");
    check("DELETE", "/nowhere/at/all", "nothing");
    check("POST", "/a/", "nothing");
    check("OPTIONS", "*", "nothing");
  }

  @Test
  void hostsThatAreNoneAreNotTaken() throws IOException {
    try (Wire wire = new Wire(port)) {
      assertEquals("not taken: 400", wire.send("GET /a HTTP/1.1\r\n\r\n").answer().text());
    }
  }

  @Test
  void targetsThatReadersCouldChangeAreNone() {
    for (String target : List.of("", "*", "a", "/a/../b", "/a/.", "/.", "/a/%2e%2E/b", "/a/.%2e", "/a\\b", "/a#b", "/a b", "/ü", "/a?b c", "/a?\u0000")) {
      assertEquals(Optional.empty(), Target.parse(target), target);
    }
    assertEquals(Optional.of(new Target("/a/...", "b=../..&c=\\")), Target.parse("/a/...?b=../..&c=\\"));
    assertEquals(Optional.of(new Target("/.well-known/x", "")), Target.parse("/.well-known/x"));
  }
}
