package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainEdgeTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<ExchangeRequest> seen = new CopyOnWriteArrayList<>();
  private PlainEdge edge;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private int listen(ListenerOptions options, ExchangeHandler handler) {
    AtomicReference<PlainEdge> opened = new AtomicReference<>();
    Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return PlainEdge.listen(vertx, options, request -> {
          seen.add(request);
          return handler.handle(request);
        }).onSuccess(opened::set);
      }
    }));
    edge = opened.get();
    return edge.port();
  }

  private static Future<ExchangeResponse> text(int status, String text) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "text/plain");
    return Future.succeededFuture(new ExchangeResponse(status, "", headers, Body.of(Buffer.buffer(text))));
  }

  private static Future<ExchangeResponse> echo(ExchangeRequest request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("x-kind", request.body().getClass().getSimpleName());
    return Future.succeededFuture(new ExchangeResponse(200, "", headers, request.body()));
  }

  @Test
  void aRequestReachesTheHandlerAsTheClientSentIt() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> text(201, "made"));
    try (Wire wire = new Wire(port)) {
      wire.send("PUT /a/b?c=%20d HTTP/1.1\r\nHost: example.org:81\r\nX-Two: 1\r\nx-two: 2\r\nContent-Length: 2\r\nConnection: X-Gone, keep-alive\r\nX-Gone: yes\r\nTE: trailers\r\n\r\nhi");
      Wire.Answer answer = wire.answer();
      assertEquals("201 made text/plain 4", answer.status() + " " + answer.text() + " " + answer.header("content-type") + " " + answer.header("content-length"));
      assertNotNull(answer.header("date"));
    }
    ExchangeRequest request = seen.getFirst();
    assertEquals("PUT http://example.org:81/a/b?c=%20d", request.method() + " " + request.url());
    assertEquals(List.of("1", "2"), request.headers().getAll("x-two"));
    assertNull(request.headers().get("connection"));
    assertNull(request.headers().get("x-gone"));
    assertNull(request.headers().get("te"));
    assertEquals("2", request.headers().get("content-length"));
    assertEquals("127.0.0.1", request.headers().get("cf-connecting-ip"));
    assertEquals(new Body.Bytes(Buffer.buffer("hi")), request.body());
  }

  @Test
  void targetsAreReadAsUrlsHaveThem() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> text(200, request.url() + " " + request.headers().get("host")));
    try (Wire wire = new Wire(port)) {
      checkTarget(wire, "/caf\u00e9/\u20ac%2Fb?q=\u00e9&r=%zz", "http://h/caf%C3%A9/%E2%82%AC%2Fb?q=%C3%A9&r=%zz h");
      checkTarget(wire, "http://other.example:99/a?b", "http://other.example:99/a?b other.example:99");
      checkTarget(wire, "http://other.example", "http://other.example/ other.example");
      checkTarget(wire, "/to?u=http://other.example/", "http://h/to?u=http://other.example/ h");
    }
  }

  private static void checkTarget(Wire wire, String target, String expected) throws IOException {
    wire.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertEquals(expected, wire.answer().text(), target);
  }

  @Test
  void smallBodiesComeWholeAndOthersAsStreams() throws IOException {
    int port = listen(ListenerOptions.of(0), PlainEdgeTest::echo);
    String large = "x".repeat(Body.INLINE_BYTES_MAX + 1);
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel").send("lo");
      Wire.Answer small = wire.answer();
      assertEquals("Bytes hello", small.header("x-kind") + " " + small.text());
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);
      Wire.Answer streamed = wire.answer();
      assertEquals("Stream", streamed.header("x-kind"));
      assertEquals(large, streamed.text());
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
      Wire.Answer chunked = wire.answer();
      assertEquals("Stream abc chunked", chunked.header("x-kind") + " " + chunked.text() + " " + chunked.header("transfer-encoding"));
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals("Empty 0", wire.answer().headers().entrySet().stream().filter(e -> e.getKey().equals("x-kind") || e.getKey().equals("content-length")).map(Map.Entry::getValue).reduce((a, b) -> a + " " + b).orElse(""));
    }
  }

  @Test
  void http2IsServedToo() throws Exception {
    int port = listen(ListenerOptions.of(0), PlainEdgeTest::echo);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/h2?x=1")).header("cookie", "a=1").POST(HttpRequest.BodyPublishers.ofString("body")).build();
      client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(), HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
      assertEquals("HTTP_2 200 body", answer.version() + " " + answer.statusCode() + " " + answer.body());
    }
    ExchangeRequest request = seen.getLast();
    assertEquals("http://127.0.0.1:" + port + "/h2?x=1", request.url());
    assertEquals("127.0.0.1:" + port, request.headers().get("host"));
    assertTrue(request.headers().names().stream().noneMatch(name -> name.startsWith(":")));
  }

  @Test
  void headAndNoContentHaveNoBody() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> text(request.target().equals("/204") ? 204 : 200, "hello"));
    try (Wire wire = new Wire(port)) {
      wire.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals("5", wire.head().header("content-length"));
      wire.send("GET /204 HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals(204, wire.answer().status());
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals("hello", wire.answer().text());
    }
  }

  @Test
  void whatIsNoRequestIsAnsweredWithAProblem() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> text(200, "ok"));
    for (String row : List.of(
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n|400|urn:tenon:problem:request-malformed",
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n|400|urn:tenon:problem:request-malformed",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n|400|The request has a Content-Length and a Transfer-Encoding – send one of them.",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n|400|The request has a Content-Length and a Transfer-Encoding – send one of them.",
        "GET / HTTP/2.5\r\nHost: h\r\n\r\n|505|urn:tenon:problem:http-version",
        "GET / HTTP/0.9\r\nHost: h\r\n\r\n|505|urn:tenon:problem:http-version",
        "GET / HTTP/1.1\r\nHost: h\r\nBad Header: x\r\n\r\n|400|urn:tenon:problem:request-malformed",
        "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n|414|urn:tenon:problem:target-too-long",
        "GET / HTTP/1.1\r\nHost: h\r\nx: " + "x".repeat(40_000) + "\r\n\r\n|431|urn:tenon:problem:headers-too-large")) {
      String[] parts = row.split("\\|");
      try (Wire wire = new Wire(port)) {
        wire.send(parts[0]);
        Wire.Answer answer = wire.answer();
        assertEquals(parts[1] + " application/problem+json close", answer.status() + " " + answer.header("content-type") + " " + answer.header("connection"));
        assertTrue(answer.text().contains(parts[2]), answer.text());
        assertTrue(wire.closed());
      }
    }
    assertEquals(List.of(), seen);
  }

  @Test
  void aRequestInsideABodyIsNoRequest() throws IOException {
    int port = listen(ListenerOptions.of(0), PlainEdgeTest::echo);
    try (Wire wire = new Wire(port)) {
      String inner = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
      wire.send("POST /outer HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(inner.length()) + "\r\n" + inner + "\r\n0\r\n\r\n");
      Wire.Answer answer = wire.answer();
      assertEquals("400 close", answer.status() + " " + answer.header("connection"));
      assertTrue(wire.closed());
    }
    assertEquals(List.of(), seen);
  }

  @Test
  void twoLengthsAreRefusedOnAConnectionInUseAndInPieces() throws IOException {
    int port = listen(ListenerOptions.of(0), PlainEdgeTest::echo);
    try (Wire wire = new Wire(port)) {
      wire.send("P").send("OST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
      assertEquals("hi", wire.answer().text());
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Enc").send("oding: chunked\r\n\r\n0\r\n\r\n");
      assertEquals(400, wire.answer().status());
      assertTrue(wire.closed());
    }
    assertEquals(1, seen.size());
  }

  @Test
  void aBodyOverItsBoundIsRefusedBeforeItIsRead() throws IOException {
    int port = listen(ListenerOptions.of(0).withBodyBytesMax(100_000), PlainEdgeTest::echo);
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 209715200\r\nExpect: 100-continue\r\n\r\n");
      Wire.Answer answer = wire.answer();
      assertEquals("413 close", answer.status() + " " + answer.header("connection"));
    }
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 209715200\r\n\r\n");
      byte[] megabyte = new byte[1024 * 1024];
      for (int i = 0; i < 200; i++) {
        wire.send(megabyte);
      }
      assertEquals(413, wire.answer().status());
    }
    assertEquals(List.of(), seen);
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = ("1000\r\n" + "y".repeat(0x1000) + "\r\n").getBytes();
      for (int i = 0; i < 30; i++) {
        wire.send(chunk);
      }
      Await.until("the exchange is cancelled", () -> seen.size() == 1 && seen.getFirst().context().cancellation().reason().isPresent());
    }
    assertEquals(Failure.Code.BODY_TOO_LARGE, seen.getFirst().context().cancellation().reason().orElseThrow().code());
  }

  @Test
  void aClientThatAsksForContinueIsToldWhenSomebodyReads() throws IOException {
    int port = listen(ListenerOptions.of(0), PlainEdgeTest::echo);
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(100, wire.answer().status());
      wire.send("hello");
      assertEquals("hello", wire.answer().text());
    }
  }

  @Test
  void aClientThatHangsUpCancelsTheWork() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> Promise.<ExchangeResponse>promise().future());
    try (Wire wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      Await.until("the request is there", () -> seen.size() == 1);
    }
    Await.until("it is cancelled", () -> seen.getFirst().context().cancellation().reason().isPresent());
    assertEquals(Failure.Code.CANCELLED, seen.getFirst().context().cancellation().reason().orElseThrow().code());
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }

  @Test
  void aHandlerThatNeverAnswersIsAnsweredFor() throws IOException {
    int port = listen(ListenerOptions.of(0).withRequestMax(Duration.ofMillis(50)), request -> Promise.<ExchangeResponse>promise().future());
    try (Wire wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      Wire.Answer answer = wire.answer();
      assertEquals(504, answer.status());
      assertTrue(answer.text().contains("\"detail\":\"The answer took longer than 50 ms – try again later.\""), answer.text());
    }
    Await.until("it is cancelled", () -> seen.getFirst().context().cancellation().reason().isPresent());
    assertEquals(Failure.Code.DEADLINE, seen.getFirst().context().cancellation().reason().orElseThrow().code());
  }

  @Test
  void aFailureSaysNothingFromInside() throws IOException {
    int port = listen(ListenerOptions.of(0), request -> {
      throw new IllegalStateException("secret");
    });
    try (Wire wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      Wire.Answer answer = wire.answer();
      assertEquals(500, answer.status());
      assertTrue(answer.text().matches("\\{\"type\":\"urn:tenon:problem:component-failed\",\"title\":\"Component failed\",\"status\":500,"
          + "\"detail\":\"Something went wrong while the request was served – the log has it under ([0-9a-f]{16})\\.\",\"instance\":\"urn:tenon:request:\\1\"}"), answer.text());
    }
  }

  @Test
  void aConnectionThatSendsNoWholeHeadIsClosed() throws IOException {
    int port = listen(ListenerOptions.of(0).withIdleMax(Duration.ofMillis(200)), request -> text(200, "ok"));
    try (Wire wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n");
      assertTrue(wire.closed());
    }
  }

  @Test
  void aBodyThatStallsIsGivenUp() throws IOException {
    int port = listen(ListenerOptions.of(0).withStallMax(Duration.ofMillis(200)), PlainEdgeTest::echo);
    try (Wire wire = new Wire(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
      assertEquals(408, wire.answer().status());
    }
    assertEquals(List.of(), seen);
  }

  @Test
  void aBodyThatComesTooSlowlyIsTheFaultOfTheClient() throws IOException {
    int port = listen(ListenerOptions.of(0).withRequestMax(Duration.ofMillis(300)), request -> request.body().collect(1000).compose(whole -> text(200, whole.toString())));
    for (String head : List.of("Content-Length: 5\r\n\r\nhe", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
      try (Wire wire = new Wire(port)) {
        Wire.Answer answer = wire.send("POST / HTTP/1.1\r\nHost: h\r\n" + head).answer();
        assertEquals("408 close", answer.status() + " " + answer.header("connection"));
        assertTrue(answer.text().contains("\"detail\":\"The body had not come whole after 300 ms – send it faster, or send less.\""), answer.text());
        assertTrue(wire.closed());
      }
    }
    assertEquals(1, seen.size());
    assertEquals(Failure.Code.CANCELLED, seen.getFirst().context().cancellation().reason().orElseThrow().code());
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }

  @Test
  void aBodyThatNobodyReadsIsNoFaultOfTheClient() throws IOException {
    int port = listen(ListenerOptions.of(0).withRequestMax(Duration.ofMillis(300)), request -> Promise.<ExchangeResponse>promise().future());
    try (Wire wire = new Wire(port)) {
      assertEquals(504, wire.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n").answer().status());
    }
  }

  @Test
  void moreConnectionsThanTheBoundAreClosed() throws IOException {
    int port = listen(ListenerOptions.of(0).withConnectionsMax(1), request -> text(200, "ok"));
    try (Wire first = new Wire(port)) {
      first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals(200, first.answer().status());
      try (Wire second = new Wire(port)) {
        assertTrue(second.closed());
      }
      first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals(200, first.answer().status());
    }
  }

  @Test
  void closingLetsTheRequestInFlightEnd() throws IOException {
    Promise<ExchangeResponse> later = Promise.promise();
    int port = listen(ListenerOptions.of(0), request -> later.future());
    try (Wire wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      Await.until("the request is there", () -> seen.size() == 1);
      Future<Void> closed = edge.close(Duration.ofSeconds(20));
      text(200, "last").onSuccess(later::complete);
      assertEquals("last", wire.answer().text());
      assertTrue(wire.closed());
      Await.result(closed);
    }
  }
}
