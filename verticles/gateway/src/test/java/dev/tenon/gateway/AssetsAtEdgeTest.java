package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Files at paths that no contract has.
class AssetsAtEdgeTest {

  private static final EdgeUnderTest EDGE = EdgeUnderTest.bare();

  @BeforeAll
  static void open() {
    EDGE.serve("things", request -> EdgeUnderTest.answer(200, "text/plain; charset=utf-8", Body.of(Buffer.buffer("open"))));
    EDGE.serve("a/assets", request -> answer(request, "/a.txt", "of a"));
    EDGE.serve("b/assets", request -> answer(request, "/b.txt", "of b"));
    EDGE.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1)
        .withAssets(List.of("nobody/assets", "a/assets", "b/assets")));
  }

  @AfterAll
  static void close() {
    EDGE.close();
  }

  private static Future<ExchangeResponse> answer(ExchangeRequest request, String path, String text) {
    return Future.succeededFuture(request.target().equals(path)
        ? new ExchangeResponse(200, "", HttpHeaders.headers().set("etag", "\"1\""), Body.of(Buffer.buffer(text)))
        : new ExchangeResponse(404, "", HttpHeaders.headers(), Body.EMPTY));
  }

  private static void check(String method, String target, int status, String body) throws IOException {
    try (Wire wire = EDGE.wire()) {
      Wire.Answer answer = wire.send(method + " " + target + " HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Length: 0\r\n\r\n").answer();
      assertEquals(status, answer.status(), target);
      if (!body.isEmpty()) {
        assertEquals(body, answer.text(), target);
      }
    }
  }

  @Test
  void theFirstThatHasAFileAnswers() throws IOException {
    check("GET", "/a.txt", 200, "of a");
    check("GET", "/b.txt", 200, "of b");
    check("GET", "/things/open", 200, "open");
    check("GET", "/c.txt", 404, "");
    check("POST", "/a.txt", 404, "");
    check("DELETE", "/things/open", 405, "");
  }
}
