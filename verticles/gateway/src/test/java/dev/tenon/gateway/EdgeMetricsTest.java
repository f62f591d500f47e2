package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EdgeMetricsTest {

  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final EdgeMetrics metrics = new EdgeMetrics() {
    @Override
    public void began(String component) {
      heard.add("began " + component);
    }

    @Override
    public void ended(String component, String operation, String method, int status, long nanos) {
      assertTrue(nanos > 0);
      heard.add("ended " + component + " " + operation + " " + method + " " + status);
    }

    @Override
    public void turnedAway(int status) {
      heard.add("turned away " + status);
    }
  };

  @Test
  void everyRequestIsHeardOfOnce() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.serve("things", request -> EdgeUnderTest.answer(200, "text/plain; charset=utf-8", Body.of(Buffer.buffer("open"))));
      open(edge);
      try (Wire wire = edge.wire()) {
        assertEquals(200, wire.send("GET /things/open HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
        assertEquals(404, wire.send("GET /nothing HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
      }
      Await.until("both are heard of", () -> heard.size() == 3);
      assertEquals("began things", heard.get(0));
      assertEquals("turned away 404", heard.get(2));
      assertTrue(heard.get(1).matches("ended things \\w+ GET 200"), heard.get(1));
    }
  }

  @Test
  void aClientThatGoesBeforeItsAnswerIsHeardOf() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.serve("things", request -> Promise.<ExchangeResponse>promise().future());
      open(edge);
      try (Wire wire = edge.wire()) {
        wire.send("GET /things/open HTTP/1.1\r\nHost: edge\r\n\r\n");
        Await.until("it has begun", () -> heard.contains("began things"));
      }
      Await.until("its end is heard of", () -> heard.size() == 2);
      assertTrue(heard.get(1).endsWith(" GET 499"), heard.get(1));
    }
  }

  private void open(EdgeUnderTest edge) {
    edge.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1).withMetrics(metrics));
  }
}
