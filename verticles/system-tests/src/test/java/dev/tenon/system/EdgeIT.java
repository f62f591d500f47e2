package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way of a request, from a client to the component and back, through a real `tenon up`: what works, and what bad input is answered with.
class EdgeIT {

  private static final String JSON = "application/json";

  @TempDir private static Path scratch;
  private static TenonProcess tenon;
  private static URI edge;
  private static Account account;

  @BeforeAll
  static void startTheSystem() {
    tenon = TenonProcess.start("up", "--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", scratch.toString()).awaitReady();
    edge = URI.create(tenon.url("edge"));
    account = Account.register(edge.toString());
  }

  @AfterAll
  static void stopTheSystem() {
    tenon.close();
  }

  @Test
  void everyPartHasItsOwnCheckAndMetricsAreThere() {
    String control = tenon.url("control");
    assertEquals(200, TenonProcess.get(control + "/health/live").statusCode());
    HttpResponse<String> ready = TenonProcess.get(control + "/health/ready");
    assertEquals(200, ready.statusCode(), ready.body());
    List<String> names = Account.json(ready.body()).get("checks").findValuesAsText("name");
    assertTrue(names.containsAll(List.of("bus", "database", "auth/database", "edge")), names.toString());
    String metrics = TenonProcess.get(control + "/metrics").body();
    assertTrue(metrics.contains("vertx_http_server_requests_total"), metrics);
    assertTrue(metrics.contains("jvm_memory_used_bytes"), metrics);
  }

  @Test
  void anImageIsResized() {
    HttpResponse<byte[]> small = TenonProcess.sendForBytes(image("/image/resize?width=8&format=png"));
    assertEquals(200, small.statusCode());
    assertEquals("image/png", small.headers().firstValue("content-type").orElseThrow());
    byte[] png = small.body();
    assertEquals(8, png[19], "the width in the header chunk");
  }

  @Test
  void aSummaryIsStreamedAsEvents() {
    HttpResponse<String> events = TenonProcess.send(account.request(edge + "/ai/summarize/stream").header("content-type", JSON)
        .POST(BodyPublishers.ofString("{\"text\":\"Bees live together. They dance to tell each other where flowers are. Rain keeps them at home.\",\"sentences\":1}"))
        .build());
    assertEquals(200, events.statusCode(), events.body());
    assertEquals("text/event-stream", events.headers().firstValue("content-type").orElseThrow().replaceFirst(";.*", ""));
    assertTrue(events.body().startsWith("event: sentence\ndata: "), events.body());
    assertTrue(events.body().contains("event: done\n"), events.body());
  }

  @Test
  void aRequestWithoutAUsableTokenIsRefused() {
    check(401, "urn:tenon:problem:token-missing", HttpRequest.newBuilder(at("/auth/me")));
    check(401, "urn:tenon:problem:token-refused", HttpRequest.newBuilder(at("/auth/me")).header("authorization", "Bearer " + unsigned()));
    check(401, "urn:tenon:problem:token-refused", HttpRequest.newBuilder(at("/auth/me")).header("authorization", "Bearer " + tampered()));
  }

  @Test
  void whatNoContractHasIsNotFound() {
    check(404, "urn:tenon:problem:path-unknown", account.request(edge + "/nowhere"));
    check(405, "urn:tenon:problem:method-not-allowed", account.request(edge + "/auth/me").DELETE());
  }

  @Test
  void whatTheContractForbidsNeverReachesAComponent() {
    check(415, "urn:tenon:problem:media-type", register("text/plain", "{}"));
    check(400, "urn:tenon:problem:body-not-json", register(JSON, "{\"email\":"));
    JsonNode missing = check(422, "urn:tenon:problem:body-invalid", register(JSON, "{\"email\":\"ada@example.org\"}"));
    assertEquals("/password", missing.at("/errors/0/pointer").asText());
    JsonNode extra = check(400, "urn:tenon:problem:parameters-invalid", account.request(edge + "/auth/me?colour=red"));
    assertEquals("query colour", extra.at("/errors/0/parameter").asText());
  }

  @Test
  void anImageThatIsNoneIsRefusedByTheWorker() {
    check(422, "", account.request(edge + "/image/info").header("content-type", "image/jpeg").POST(BodyPublishers.ofString("this is no image")));
  }

  @Test
  void anUploadBeyondTheBoundIsRefusedBeforeItIsSent() throws IOException {
    try (Socket socket = new Socket(edge.getHost(), edge.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(("POST /image/info HTTP/1.1\r\nhost: " + edge.getAuthority() + "\r\nauthorization: Bearer " + account.accessToken()
          + "\r\ncontent-type: image/jpeg\r\ncontent-length: 209715200\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoTimeout(30_000);
      BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 413 Request Entity Too Large", answer.readLine());
    }
  }

  private static URI at(String target) {
    return URI.create(edge + target);
  }

  private static HttpRequest.Builder register(String type, String body) {
    return HttpRequest.newBuilder(at("/auth/register")).header("content-type", type).POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest image(String target) {
    try {
      return account.request(edge + target).header("content-type", "image/jpeg")
          .POST(BodyPublishers.ofFile(Checkout.root().resolve("contracts/image/examples/gradient.jpg"))).build();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /// Expects a problem document that gives nothing internal away.
  ///
  /// @param type empty for one of the component's own
  private static JsonNode check(int status, String type, HttpRequest.Builder request) {
    HttpResponse<String> response = TenonProcess.send(request.build());
    assertEquals(status, response.statusCode(), response.body());
    assertEquals("application/problem+json", response.headers().firstValue("content-type").orElseThrow().replaceFirst(";.*", ""));
    JsonNode problem = Account.json(response.body());
    assertEquals(status, problem.get("status").asInt());
    if (!type.isEmpty()) {
      assertEquals(type, problem.get("type").asText());
    }
    assertTrue(problem.hasNonNull("title"), response.body());
    assertTrue(!response.body().contains("dev.tenon") && !response.body().contains("Exception"), response.body());
    return problem;
  }

  private static String unsigned() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String claims = account.accessToken().split("\\.")[1];
    return encoder.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII)) + "." + claims + ".";
  }

  /// The right head and signature around other claims.
  private static String tampered() {
    String[] parts = account.accessToken().split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replaceFirst("\"aud\":\"tenon\"|\\[\"tenon\"\\]", "\"aud\":\"other\"");
    return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
  }
}
