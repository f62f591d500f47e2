package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.calls.RecordedCall;
import dev.tenon.contract.component.Manifest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlListenerIT {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Health health = new Health();
  private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ComponentStatus auth =
      new ComponentStatus("auth", "service", "1.0.0", "node-1", "serving", Instant.parse("2026-08-01T09:30:00Z"),
          Manifest.parse("consumes: { usage: { version: ^1.2, operations: [count] }, ai: { version: '*', events: [trained] } }", "component.yaml").consumes(),
          List.of(new RecordedCall("auth", "usage", "count", true, 7)));
  private ControlListener listener;

  @BeforeEach
  void start() {
    listener = listener(0);
    Await.result(vertx.deployVerticle(listener));
  }

  @AfterEach
  void stop() {
    Await.result(vertx.close());
  }

  @Test
  void liveAnswersWhateverTheParts() throws Exception {
    health.register("database", () -> Future.failedFuture("gone"));
    HttpResponse<String> response = get("/health/live");
    assertEquals(200, response.statusCode());
    assertEquals(new JsonObject().put("status", "up"), new JsonObject(response.body()));
  }

  @Test
  void readyShowsEveryPart() throws Exception {
    health.register("database", () -> Future.succeededFuture("PostgreSQL 18.6"));
    HttpResponse<String> response = get("/health/ready");
    assertEquals(200, response.statusCode());
    JsonObject body = new JsonObject(response.body());
    assertEquals("up", body.getString("status"));
    JsonObject part = body.getJsonArray("checks").getJsonObject(0);
    assertEquals("database", part.getString("name"));
    assertEquals("up", part.getString("status"));
    assertEquals("PostgreSQL 18.6", part.getString("detail"));
  }

  @Test
  void readyIs503WhenAPartIsDown() throws Exception {
    health.register("auth", () -> Future.succeededFuture(""));
    health.register("database", () -> Future.failedFuture("nothing listens there"));
    HttpResponse<String> response = get("/health/ready");
    assertEquals(503, response.statusCode());
    JsonObject body = new JsonObject(response.body());
    assertEquals("down", body.getString("status"));
    assertEquals("nothing listens there", body.getJsonArray("checks").getJsonObject(1).getString("detail"));
  }

  @Test
  void metricsAreInPrometheusText() throws Exception {
    metrics.counter("tenon.exchanges", "component", "auth").increment(3);
    HttpResponse<String> response = get("/metrics");
    assertEquals(200, response.statusCode());
    assertEquals("text/plain; version=0.0.4; charset=utf-8", response.headers().firstValue("content-type").orElseThrow());
    assertTrue(response.body().contains("tenon_exchanges_total{component=\"auth\"} 3.0"), response.body());
  }

  @Test
  void componentsSayWhatRunsWhere() throws Exception {
    JsonObject expected = new JsonObject().put("components", new JsonArray().add(new JsonObject()
        .put("component", "auth").put("kind", "service").put("version", "1.0.0").put("node", "node-1")
        .put("state", "serving").put("since", "2026-08-01T09:30:00Z")
        .put("consumes", new JsonObject()
            .put("ai", new JsonObject().put("version", "*").put("events", new JsonArray().add("trained")))
            .put("usage", new JsonObject().put("version", "^1.2").put("operations", new JsonArray().add("count"))))
        .put("calls", new JsonArray().add(new JsonObject().put("component", "usage").put("operation", "count").put("declared", true).put("count", 7)))));
    assertEquals(expected, new JsonObject(get("/components").body()));
  }

  @Test
  void aContractIsServedWhereThereIsOne() throws Exception {
    HttpResponse<String> contract = get("/components/auth/contract");
    assertEquals(200, contract.statusCode());
    assertEquals(new JsonObject().put("openapi", "3.1.0"), new JsonObject(contract.body()));
    HttpResponse<String> nobody = get("/components/nobody/contract");
    assertEquals(404, nobody.statusCode());
    assertEquals("application/problem+json", nobody.headers().firstValue("content-type").orElseThrow());
    assertEquals("No component 'nobody' runs on this node.", new JsonObject(nobody.body()).getString("detail"));
  }

  @Test
  void anythingElseIsAProblemDocument() throws Exception {
    HttpResponse<String> unknown = get("/nothing");
    assertEquals(404, unknown.statusCode());
    assertEquals("application/problem+json", unknown.headers().firstValue("content-type").orElseThrow());
    HttpResponse<String> wrongMethod = client.send(HttpRequest.newBuilder(uri("/metrics"))
        .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(405, wrongMethod.statusCode());
  }

  @Test
  void aTakenPortIsOneSentence() {
    Throwable failed = Await.failure(vertx.deployVerticle(listener(listener.port())));
    assertEquals("control listener – port 127.0.0.1:" + listener.port()
        + " is taken – stop what uses it, or choose another with --control-port", failed.getMessage());
  }

  private ControlListener listener(int port) {
    return new ControlListener(new ControlListener.Settings("127.0.0.1", port), health, metrics, () -> List.of(auth),
        name -> name.equals("auth") ? Optional.of("{\"openapi\":\"3.1.0\"}") : Optional.empty());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }
}
