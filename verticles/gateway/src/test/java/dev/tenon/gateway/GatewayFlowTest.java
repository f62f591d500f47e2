package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What happens while a request is under way: hang-ups, answers that break their contract, streams, many at a time.
class GatewayFlowTest {

  private static final String UPLOAD = "POST /things/upload HTTP/1.1\r\nHost: edge\r\nContent-Type: image/png\r\nContent-Length: 250000\r\n";

  private static Failure.Code cancelled(EdgeUnderTest edge) {
    Await.until("the exchange is cancelled", () -> edge.seen.size() == 1 && edge.seen.getFirst().context().cancellation().reason().isPresent());
    Await.until("nothing is in flight", () -> edge.gateway.inFlight() == 0);
    return edge.seen.getFirst().context().cancellation().reason().orElseThrow().code();
  }

  private static String read(EdgeUnderTest edge) {
    return "GET /things/7?size=small HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\n" + edge.bearer() + "\r\n";
  }

  @Test
  void hangingUpWhileTheBodyIsReadAtTheEdgeReachesNobody() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> EdgeUnderTest.json(201, "{\"name\":\"x\"}"))) {
      try (Wire wire = edge.wire()) {
        wire.send("POST /things HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nContent-Length: 100\r\n" + edge.bearer() + "\r\n{\"name\":");
        Await.until("the request is there", () -> edge.gateway.inFlight() == 1);
      }
      Await.until("nothing is in flight", () -> edge.gateway.inFlight() == 0);
      assertEquals(List.of(), edge.seen);
    }
  }

  @Test
  void hangingUpWhileUploadingCancelsTheWork() throws IOException {
    AtomicReference<Throwable> broken = new AtomicReference<>();
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> request.body().collect(300_000).onFailure(broken::set).mapEmpty())) {
      try (Wire wire = edge.wire()) {
        wire.send(UPLOAD + edge.bearer() + "\r\n").send(new byte[100_000]);
        Await.until("the request is there", () -> edge.seen.size() == 1);
      }
      assertEquals(Failure.Code.CANCELLED, cancelled(edge));
      Await.until("the reader of the body knows", () -> broken.get() != null);
    }
  }

  @Test
  void hangingUpWhileWaitingCancelsTheWork() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> Promise.<ExchangeResponse>promise().future())) {
      try (Wire wire = edge.wire()) {
        wire.send(read(edge));
        Await.until("the request is there", () -> edge.seen.size() == 1);
      }
      assertEquals(Failure.Code.CANCELLED, cancelled(edge));
    }
  }

  @Test
  void hangingUpWhileReadingTheAnswerCancelsTheWork() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> {
      HandWrittenStream stream = new HandWrittenStream();
      stream.write("data: 1\n\n");
      return EdgeUnderTest.answer(200, "text/event-stream", Body.of(stream));
    })) {
      try (Wire wire = edge.wire()) {
        wire.send("GET /things/events HTTP/1.1\r\nHost: edge\r\n" + edge.bearer() + "\r\n");
        assertEquals(200, wire.head().status());
        assertEquals("data: 1\n\n", new String(wire.chunk(), StandardCharsets.UTF_8));
      }
      assertEquals(Failure.Code.CANCELLED, cancelled(edge));
    }
  }

  @Test
  void aStreamOfHttp2ThatIsResetCancelsItsWorkOnly() {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> Promise.<ExchangeResponse>promise().future())) {
      HttpClient client = edge.vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
      List<HttpClientRequest> sent = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        HttpClientRequest request = Await.result(client.request(HttpMethod.GET, edge.gateway.port(), "127.0.0.1", "/things/7?size=small"));
        request.putHeader("authorization", edge.bearer().split(": ")[1].strip()).end();
        sent.add(request);
        int now = i + 1;
        Await.until("request " + now + " is there", () -> edge.seen.size() == now);
      }
      sent.getFirst().reset();
      Await.until("the first is cancelled", () -> edge.seen.getFirst().context().cancellation().reason().isPresent());
      assertFalse(edge.seen.getLast().context().cancellation().cancelled());
      Await.result(client.close());
      Await.until("the second is cancelled with its connection", () -> edge.seen.getLast().context().cancellation().cancelled());
      Await.until("nothing is in flight", () -> edge.gateway.inFlight() == 0);
    }
  }

  @Test
  void eventsPassThroughOneByOne() throws IOException {
    AtomicReference<HandWrittenStream> stream = new AtomicReference<>();
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> {
      stream.set(new HandWrittenStream());
      return EdgeUnderTest.answer(200, "text/event-stream", Body.of(stream.get()));
    }); Wire wire = edge.wire()) {
      wire.send("GET /things/events HTTP/1.1\r\nHost: edge\r\n" + edge.bearer() + "\r\n");
      Wire.Answer head = wire.head();
      assertEquals("200 text/event-stream chunked", head.status() + " " + head.header("content-type") + " " + head.header("transfer-encoding"));
      for (int i = 0; i < 5; i++) {
        stream.get().write("data: " + i + "\n\n");
        assertEquals("data: " + i + "\n\n", new String(wire.chunk(), StandardCharsets.UTF_8));
      }
      stream.get().end();
      assertEquals(0, wire.chunk().length);
      assertEquals(401, wire.send("GET /things/events HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status());
    }
  }

  @Test
  void aReaderThatStopsStopsTheWriter() throws IOException {
    AtomicReference<HandWrittenStream> stream = new AtomicReference<>();
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> {
      stream.set(new HandWrittenStream());
      return EdgeUnderTest.answer(200, "text/event-stream", Body.of(stream.get()));
    }); Wire wire = edge.wire()) {
      wire.send("GET /things/events HTTP/1.1\r\nHost: edge\r\n" + edge.bearer() + "\r\n");
      assertEquals(200, wire.head().status());
      String megabyte = "data: " + "x".repeat(1024 * 1024) + "\n\n";
      int[] written = {0};
      Await.until("the writer is held", () -> {
        if (stream.get().wanted() && written[0] < 200) {
          written[0]++;
          stream.get().write(megabyte);
        }
        return !stream.get().wanted();
      });
      assertTrue(written[0] < 200, "the edge took " + written[0] + " MiB that nobody read");
      for (long left = (long) written[0] * megabyte.length(); left > 0; ) {
        left -= wire.chunk().length;
      }
      Await.until("the writer is wanted again", () -> stream.get().wanted());
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNotTakenForWhole() throws IOException {
    AtomicReference<HandWrittenStream> stream = new AtomicReference<>();
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> {
      stream.set(new HandWrittenStream());
      return EdgeUnderTest.answer(200, "text/event-stream", Body.of(stream.get()));
    }); Wire wire = edge.wire()) {
      wire.send("GET /things/events HTTP/1.1\r\nHost: edge\r\n" + edge.bearer() + "\r\n");
      wire.head();
      stream.get().write("data: 1\n\n");
      wire.chunk();
      stream.get().fail(new Failure(Failure.Code.COMPONENT_FAILED, "the component failed", "secret"));
      assertThrows(IOException.class, wire::chunk);
    }
  }

  /// One row: an answer of the component, and the end of the line that the client must not see.
  private static void breaks(String name, Function<ExchangeRequest, Future<ExchangeResponse>> component) throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(component::apply); Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(read(edge)).answer();
      assertEquals("{\"type\":\"urn:tenon:problem:answer-invalid\",\"title\":\"Invalid answer\",\"status\":502,"
          + "\"detail\":\"The component's answer is not as its contract says – the log has it under req-1.\",\"instance\":\"urn:tenon:request:req-1\"}", answer.text(), name);
      assertEquals("502 application/problem+json null", answer.status() + " " + answer.header("content-type") + " " + answer.header("x-secret"), name);
    }
  }

  @Test
  void anOpenEdgeTellsHowAnAnswerBreaksTheContract() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.serve("things", request -> EdgeUnderTest.json(200, "{\"name\":[\"a secret\"]}"));
      edge.serve("auth", request -> EdgeUnderTest.json(200, edge.issuer.jwks().encode()));
      edge.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1).withOpenness(new Openness(false, true)));
      Await.until("the keys are there", edge.gateway::ready);
      try (Wire wire = edge.wire()) {
        String answer = wire.send(read(edge).replace("/things/7", "/things/8")).answer().text();
        assertTrue(answer.contains("\"errors\":[{\"component\":\"things\",\"detail\":\"status 200: the body is not as its schema says: [/name must be a string, and is an array]\"}]"), answer);
        assertFalse(answer.contains("secret"), answer);
      }
    }
  }

  @Test
  void answersThatBreakTheContractDoNotGetThrough() throws IOException {
    breaks("a status that is not declared", request -> EdgeUnderTest.json(418, "{\"secret\":1}"));
    breaks("a status that ends nothing", request -> EdgeUnderTest.json(101, "{}"));
    breaks("a missing body", request -> EdgeUnderTest.answer(200, "application/json", Body.EMPTY));
    breaks("another media type", request -> EdgeUnderTest.answer(200, "text/html", Body.of(Buffer.buffer("<secret>"))));
    breaks("no media type", request -> EdgeUnderTest.answer(200, "", Body.of(Buffer.buffer("secret"))));
    breaks("no JSON", request -> EdgeUnderTest.json(200, "{\"name\":secret}"));
    breaks("a missing field", request -> EdgeUnderTest.json(200, "{}"));
    breaks("a field too many", request -> EdgeUnderTest.json(200, "{\"name\":\"a\",\"secret\":1}"));
    breaks("a large field too many", request -> EdgeUnderTest.json(200, "{\"name\":\"" + "a".repeat(100_000) + "\",\"secret\":1}"));
    breaks("a problem without its status", request -> EdgeUnderTest.answer(404, "application/problem+json", Body.of(Buffer.buffer("{\"type\":\"x\"}"))));
    breaks("a header of another type", request -> {
      MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json").add("x-count", "many").add("x-secret", "1");
      return Future.succeededFuture(new ExchangeResponse(200, "", headers, Body.of(Buffer.buffer("{\"name\":\"a\"}"))));
    });
  }

  @Test
  void answersWithinTheContractGetThroughAsTheyAre() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> {
      HandWrittenStream stream = new HandWrittenStream();
      stream.write("{\"name\":");
      stream.write("\"streamed\"}");
      stream.end();
      MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json").add("X-Count", "3").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2")
          .add("Connection", "close").add("Transfer-Encoding", "chunked").add("Content-Length", "999");
      return Future.succeededFuture(new ExchangeResponse(200, "", headers, Body.of(stream)));
    }); Wire wire = edge.wire()) {
      for (int i = 0; i < 2; i++) {
        Wire.Answer answer = wire.send(read(edge)).answer();
        assertEquals("200 {\"name\":\"streamed\"} 3 a=1,b=2 19", answer.status() + " " + answer.text() + " " + answer.header("x-count") + " " + answer.header("set-cookie") + " " + answer.header("content-length"));
        assertFalse(answer.headers().containsKey("connection"));
      }
    }
  }

  @Test
  void failuresOfTheComponentSayWhatTheirCodeAllows() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> Future.failedFuture(new IllegalStateException("secret"))); Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(read(edge)).answer();
      assertEquals("500 {\"type\":\"urn:tenon:problem:component-failed\",\"title\":\"Component failed\",\"status\":500,"
          + "\"detail\":\"Something went wrong while the request was served – the log has it under req-1.\",\"instance\":\"urn:tenon:request:req-1\"}", answer.status() + " " + answer.text());
    }
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> Future.failedFuture(new Failure(Failure.Code.LIMIT_EXCEEDED, "the CPU time of the request is used up"))); Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(read(edge)).answer();
      assertEquals("503 1 {\"type\":\"urn:tenon:problem:limit-exceeded\",\"title\":\"Limit exceeded\",\"status\":503,"
          + "\"detail\":\"The CPU time of the request is used up.\",\"instance\":\"urn:tenon:request:req-1\"}", answer.status() + " " + answer.header("retry-after") + " " + answer.text());
    }
    try (EdgeUnderTest edge = new EdgeUnderTest(ThingsContract.contract(), ListenerOptions.of(0).withRequestMax(Duration.ofMillis(200)), request -> Promise.<ExchangeResponse>promise().future());
        Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(read(edge)).answer();
      assertEquals(504, answer.status(), answer.text());
      assertEquals(Failure.Code.DEADLINE, cancelled(edge));
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsTheFaultOfTheClient() throws IOException {
    for (String head : List.of(UPLOAD, "POST /things HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nContent-Length: 100\r\n")) {
      try (EdgeUnderTest edge = new EdgeUnderTest(ThingsContract.contract(), ListenerOptions.of(0).withRequestMax(Duration.ofMillis(500)),
          request -> request.body().collect(300_000).compose(whole -> Future.failedFuture("the body is not awaited")));
          Wire wire = edge.wire()) {
        Wire.Answer answer = wire.send(head + edge.bearer() + "X-Request-Id: req-1\r\n\r\n{").answer();
        assertEquals("408 close {\"type\":\"urn:tenon:problem:request-stalled\",\"title\":\"Request stalled\",\"status\":408,"
            + "\"detail\":\"The body had not come whole after 500 ms – send it faster, or send less.\",\"instance\":\"urn:tenon:request:req-1\"}",
            answer.status() + " " + answer.header("connection") + " " + answer.text());
        assertTrue(wire.closed());
        if (head.equals(UPLOAD)) {
          assertEquals(Failure.Code.CANCELLED, cancelled(edge));
        } else {
          assertEquals(List.of(), edge.seen);
        }
      }
    }
  }

  private static Wire.Answer problem(String document, String... headers) throws IOException {
    MultiMap all = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/problem+json");
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> Future.succeededFuture(new ExchangeResponse(404, "", all, Body.of(Buffer.buffer(document))))); Wire wire = edge.wire()) {
      return wire.send(read(edge)).answer();
    }
  }

  @Test
  void problemsOfComponentsNameTheirRequestAndAreNotStored() throws IOException {
    Wire.Answer bare = problem("{ \"type\":\"x\", \"status\":404, \"pixels\":1.50 } \n");
    assertEquals("no-store { \"type\":\"x\", \"status\":404, \"pixels\":1.50 ,\"instance\":\"urn:tenon:request:req-1\"}", bare.header("cache-control") + " " + bare.text());
    Wire.Answer own = problem("{\"type\":\"x\",\"status\":404,\"instance\":\"/mine\"}", "cache-control", "max-age=5");
    assertEquals("max-age=5 {\"type\":\"x\",\"status\":404,\"instance\":\"/mine\"}", own.header("cache-control") + " " + own.text());
    String large = "{\"type\":\"x\",\"status\":404,\"more\":\"" + "a".repeat(GatewayExchange.CHECKED_ON_LOOP_BYTES_MAX) + "\"}";
    Wire.Answer unread = problem(large);
    assertEquals("no-store " + large, unread.header("cache-control") + " " + unread.text());
  }

  @Test
  void aComponentThatIsNotThereIsMissed() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1));
      try (Wire wire = edge.wire()) {
        Wire.Answer answer = wire.send("GET /things/open HTTP/1.1\r\nHost: edge\r\n\r\n").answer();
        assertEquals("503 1", answer.status() + " " + answer.header("retry-after"));
        assertTrue(answer.text().startsWith("{\"type\":\"urn:tenon:problem:nobody-there\",\"title\":\"Component not available\",\"status\":503,"), answer.text());
      }
    }
  }

  @Test
  void aHundredSlowValidationsDoNotQueue() throws Exception {
    int requests = 100;
    try (EdgeUnderTest edge = new EdgeUnderTest(ThingsContract.contractWhereValidationsMeet(requests), ListenerOptions.of(0),
        request -> request.target().equals("/things/open") ? EdgeUnderTest.answer(200, "text/plain", Body.of(Buffer.buffer("open"))) : EdgeUnderTest.json(201, "{\"name\":\"x\"}"))) {
      String body = "{\"slow\":\"wait\",\"name\":\"" + "x".repeat(GatewayExchange.CHECKED_ON_LOOP_BYTES_MAX) + "\"}";
      String post = "POST /things HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n" + edge.bearer() + "\r\n" + body;
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < requests - 1; i++) {
        wires.add(edge.wire().send(post));
      }
      Await.until("all but one are being checked", () -> edge.gateway.inFlight() == requests - 1);
      try (Wire other = edge.wire()) {
        assertEquals("open", other.send("GET /things/open HTTP/1.1\r\nHost: edge\r\n\r\n").answer().text(), "a quick request passes the slow ones, on their event loop");
      }
      wires.add(edge.wire().send(post));
      for (Wire wire : wires) {
        assertEquals(201, wire.answer().status());
        wire.close();
      }
    }
  }
}
