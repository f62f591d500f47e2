package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketEdgeTest {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String HEAD = "GET /chat HTTP/1.1\r\nHost: example.org\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
  private static final String HANDSHAKE = HEAD + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n";
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<ExchangeRequest> seen = new LinkedBlockingQueue<>();
  private PlainEdge edge;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private int listen(ExchangeHandler handler) {
    AtomicReference<PlainEdge> opened = new AtomicReference<>();
    Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return PlainEdge.listen(vertx, ListenerOptions.of(0), request -> {
          seen.add(request);
          return handler.handle(request);
        }).onSuccess(opened::set);
      }
    }));
    edge = opened.get();
    return edge.port();
  }

  /// Sends every piece back, closes included, with the headers `name: value`.
  private static ExchangeHandler echo(String... headers) {
    return request -> {
      MultiMap all = MultiMap.caseInsensitiveMultiMap();
      for (int i = 0; i < headers.length; i += 2) {
        all.add(headers[i], headers[i + 1]);
      }
      boolean asked = request.asksForWebSocket();
      return Future.succeededFuture(asked ? new ExchangeResponse(101, "", all, request.body()) : new ExchangeResponse(200, "", all, Body.EMPTY));
    };
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i & 3]);
    }
    return frame.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The server's next frame: its first byte and its payload in hexadecimal, or as text.
  private static String next(Wire wire) throws IOException {
    int first = wire.bytes(1)[0] & 0xFF;
    int length = wire.bytes(1)[0] & 0xFF;
    if (length == 126) {
      length = ByteBuffer.wrap(wire.bytes(2)).getShort() & 0xFFFF;
    }
    byte[] payload = wire.bytes(length);
    return Integer.toHexString(first) + " " + (first == 0x88 && length >= 2 ? (ByteBuffer.wrap(payload).getShort() & 0xFFFF) + "" : new String(payload, StandardCharsets.UTF_8));
  }

  @Test
  void aRealClientTalksAndCloses() throws Exception {
    int port = listen(echo("sec-websocket-protocol", "chat.v2"));
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    StringBuilder text = new StringBuilder();
    WebSocket.Listener listener = new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
          heard.add("text " + text.length());
        }
        socket.request(1);
        return null;
      }

      @Override
      public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard.add("binary " + data.remaining() + " " + last);
        socket.request(1);
        return null;
      }

      @Override
      public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        heard.add("close " + code + " " + reason);
        return null;
      }
    };
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket = client.newWebSocketBuilder().subprotocols("chat.v1", "chat.v2").buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat?room=1"), listener).get(30, TimeUnit.SECONDS);
      assertEquals("chat.v2", socket.getSubprotocol());
      socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).get(30, TimeUnit.SECONDS);
      assertEquals("binary 3 true", heard.poll(30, TimeUnit.SECONDS));
      socket.sendText("é".repeat(500_000), true).get(30, TimeUnit.SECONDS);
      assertEquals("text 500000", heard.poll(30, TimeUnit.SECONDS));
      socket.sendClose(4000, "enough").get(30, TimeUnit.SECONDS);
      assertEquals("close 4000 enough", heard.poll(30, TimeUnit.SECONDS));
    }
    ExchangeRequest request = seen.poll();
    assertEquals("http://127.0.0.1:" + port + "/chat?room=1", request.url());
    assertEquals("websocket", request.headers().get("upgrade"));
    assertEquals("chat.v1,chat.v2", request.headers().get("sec-websocket-protocol").replace(" ", ""));
    assertNull(request.headers().get("connection"));
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }

  @Test
  void theHandshakeIsChecked() throws IOException {
    int port = listen(echo());
    String[][] wrong = {
        {HEAD + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 8\r\n\r\n", "426 13"},
        {HEAD + "Sec-WebSocket-Key: " + KEY + "\r\n\r\n", "426 13"},
        {HEAD + "Sec-WebSocket-Version: 13\r\n\r\n", "400 null"},
        {HEAD + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n\r\n", "400 null"},
        {HEAD + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n", "400 null"},
    };
    for (String[] row : wrong) {
      try (Wire wire = new Wire(port)) {
        Wire.Answer answer = wire.send(row[0]).answer();
        assertEquals(row[1], answer.status() + " " + answer.header("sec-websocket-version"), row[0]);
      }
    }
    assertTrue(seen.isEmpty());
    try (Wire wire = new Wire(port)) {
      assertEquals(200, wire.send("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n").answer().status());
      assertNull(seen.remove().headers().get("upgrade"));
    }
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer = wire.send(HANDSHAKE + "\r\n").head();
      assertEquals("101 websocket Upgrade s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.status() + " " + answer.header("upgrade") + " " + answer.header("connection") + " "
          + answer.header("sec-websocket-accept"));
      assertNull(answer.header("content-length"));
    }
  }

  @Test
  void pingsAreAnsweredAndNeverLeaveTheEdge() throws IOException {
    int port = listen(echo());
    try (Wire wire = new Wire(port)) {
      wire.send(HANDSHAKE + "\r\n").head();
      wire.send(frame(0x89, text("are you there")));
      assertEquals("8a are you there", next(wire));
      wire.send(frame(0x01, text("in "))).send(frame(0x89, text("?"))).send(frame(0x80, text("parts")));
      assertEquals("1 in ", next(wire));
      assertEquals("8a ?", next(wire));
      assertEquals("80 parts", next(wire));
      wire.send(frame(0x88, new byte[0]));
      assertEquals("88 ", next(wire));
      assertTrue(wire.closed());
    }
  }

  @Test
  void whatBreaksTheProtocolEndsTheConnection() throws IOException {
    int port = listen(echo());
    Object[][] rows = {
        {new byte[] {(byte) 0x81, 1, 'x'}, "88 1002"},
        {frame(0x83, text("reserved")), "88 1002"},
        {frame(0xC1, text("not negotiated")), "88 1002"},
        {frame(0x80, text("continues nothing")), "88 1002"},
        {frame(0x81, new byte[] {(byte) 0xC3, (byte) 0x28}), "88 1007"},
        {frame(0x88, new byte[] {1}), "88 1002"},
        {new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0x02, 0, 0, 1}, "88 1009"},
    };
    for (Object[] row : rows) {
      try (Wire wire = new Wire(port)) {
        wire.send(HANDSHAKE + "\r\n").head();
        wire.send((byte[]) row[0]);
        assertEquals(row[1], next(wire), Arrays.toString((byte[]) row[0]));
        assertTrue(wire.closed());
      }
    }
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }

  @Test
  void aClientThatVanishesBreaksTheStreamOff() throws Exception {
    Promise<Throwable> broken = Promise.promise();
    int port = listen(request -> {
      ((Body.Stream) request.body()).stream().exceptionHandler(broken::tryComplete).resume();
      return Future.succeededFuture(new ExchangeResponse(101, "", MultiMap.caseInsensitiveMultiMap(), Body.of(new HandWrittenStream())));
    });
    try (Wire wire = new Wire(port)) {
      wire.send(HANDSHAKE + "\r\n").head();
    }
    assertEquals("the WebSocket's other end went away", Await.result(broken.future()).getMessage());
  }

  @Test
  void messagesAreCompressedWhenBothWantThat() throws IOException {
    int port = listen(echo("sec-websocket-extensions", "permessage-deflate"));
    try (Wire wire = new Wire(port)) {
      assertEquals("permessage-deflate;server_no_context_takeover", wire.send(
          HANDSHAKE + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n").head()
          .header("sec-websocket-extensions").replace(" ", ""));
      wire.send(frame(0xC1, deflated(text("short"))));
      assertEquals("81 short", next(wire));
      wire.send(frame(0xC1, deflated(text("long ".repeat(1_000)))));
      assertEquals(0xC1, wire.bytes(1)[0] & 0xFF);
      assertTrue((wire.bytes(1)[0] & 0xFF) < 126, "it is shorter than it was");
    }
    try (Wire wire = new Wire(port)) {
      assertNull(wire.send(HANDSHAKE + "\r\n").head().header("sec-websocket-extensions"));
    }
  }

  @Test
  void aMessageThatGrowsBeyondTheBoundIsNotUnpacked() throws IOException {
    int port = listen(echo("sec-websocket-extensions", "permessage-deflate"));
    try (Wire wire = new Wire(port)) {
      wire.send(HANDSHAKE + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n").head();
      byte[] bomb = deflated(new byte[40 << 20]);
      int size = 60_000;
      for (int at = 0; at < bomb.length; at += size) {
        boolean last = at + size >= bomb.length;
        wire.send(frame((at == 0 ? 0x42 : 0x00) | (last ? 0x80 : 0), Arrays.copyOfRange(bomb, at, Math.min(bomb.length, at + size))));
      }
      assertTrue(wire.rest().length() < 100, "it was closed, and nothing came back");
    }
  }

  @Test
  void aListenerThatClosesSays1001() throws IOException {
    int port = listen(echo());
    try (Wire wire = new Wire(port)) {
      wire.send(HANDSHAKE + "\r\n").head();
      Future<Void> closed = edge.close(Duration.ofSeconds(30));
      assertEquals("88 1001", next(wire));
      wire.send(frame(0x88, new byte[] {3, (byte) 0xE9}));
      assertTrue(wire.closed());
      Await.result(closed);
    }
  }

  @Test
  void anOperationWhoseContractNames101GrantsWebSocketsToThoseWhoMayCallIt() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(echo()::handle)) {
      String handshake = HANDSHAKE.replace("/chat", "/things/7/socket");
      try (Wire wire = edge.wire()) {
        assertEquals(401, wire.send(handshake + "\r\n").answer().status());
      }
      try (Wire wire = edge.wire()) {
        assertEquals(400, wire.send(handshake.replace("/7/", "/seven/") + edge.bearer() + "\r\n").answer().status());
      }
      assertTrue(edge.seen.isEmpty());
      try (Wire wire = edge.wire()) {
        assertEquals(101, wire.send(handshake + edge.bearer() + "\r\n").head().status());
        wire.send(frame(0x81, text("hello")));
        assertEquals("81 hello", next(wire));
        wire.send(frame(0x88, new byte[] {3, (byte) 0xE8}));
        assertEquals("88 1000", next(wire));
        assertTrue(wire.closed());
      }
      try (Wire wire = edge.wire()) {
        assertEquals(502, wire.send(HANDSHAKE.replace("/chat", "/things/open") + "\r\n").answer().status(), "the upgrade was not passed on");
      }
      assertNull(edge.seen.getLast().headers().get("upgrade"));
      Await.until("nothing is in flight", () -> edge.gateway.inFlight() == 0);
    }
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(bytes);
    byte[] packed = new byte[bytes.length / 100 + 100];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(packed, length - 4);
  }
}
