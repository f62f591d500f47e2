package dev.tenon.worker.wpt;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/// What answers a WebSocket's handshake, by the path.
final class WebSocketHandlers {

  private static final String GOODBYE = "Goodbye";

  private final Vertx vertx;

  WebSocketHandlers(Vertx vertx) {
    this.vertx = vertx;
  }

  static boolean asks(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, Buffer.buffer());
    List<String> protocols = Arrays.stream(exchange.header("Sec-WebSocket-Protocol", "").split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    String asked = String.join(", ", protocols);
    String query = request.query() == null ? "" : request.query();
    switch (request.path()) {
      case "/echo" -> accept(exchange, protocols.contains("echo") ? "echo" : "", WebSocketHandlers::echo);
      case "/echo_raw" -> accept(exchange, "", socket -> socket.onMessage(message -> socket.socket().write(message.payload())));
      case "/echo_exit", "/echo_close_data" -> accept(exchange, "", socket -> socket.onMessage(message -> {
        if (message.text().equals(GOODBYE)) {
          socket.close(Buffer.buffer());
        }
      }));
      case "/echo-query", "/echo-query_v13" -> accept(exchange, "", socket -> sendAndClose(socket, query));
      case "/echo-cookie" -> accept(exchange, "", socket -> sendAndClose(socket, exchange.header("Cookie", "(none)")));
      case "/empty-message" -> accept(exchange, "", socket -> socket.onMessage(message -> sendAndClose(socket, message.payload().length() == 0 ? "pass" : "fail")));
      case "/origin" -> accept(exchange, "", socket -> sendAndClose(socket, exchange.header("Origin", "null")));
      case "/referrer" -> accept(exchange, "", socket -> sendAndClose(socket, exchange.header("Referer", "MISSING AS PER FETCH")));
      case "/protocol" -> accept(exchange, asked, socket -> sendAndClose(socket, asked));
      case "/protocol_array" -> accept(exchange, protocols.isEmpty() ? "" : protocols.getFirst(), socket -> sendAndClose(socket, protocols.getFirst()));
      case "/handshake_protocol" -> accept(exchange, "foobar", socket -> socket.close(Buffer.buffer()));
      case "/handshake_no_protocol", "/handshake_no_extensions" -> accept(exchange, "", socket -> socket.close(Buffer.buffer()));
      case "/handshake_sleep_2" -> exchange.after(2_000, () -> accept(exchange, "", socket -> socket.close(Buffer.buffer())));
      case "/sleep_10_v13" -> exchange.after(10_000, () -> accept(exchange, "", WebSocketHandlers::echo));
      case "/basic_auth" -> basicAuthentication(exchange);
      case "/set-cookie", "/set-cookie-secure", "/set-cookie_http" -> setCookie(exchange, query);
      case "/remote-close" -> accept(exchange, "", socket -> remoteClose(exchange, socket));
      case "/delayed-passive-close" -> accept(exchange, "", socket -> socket.onClose(payload -> vertx.setTimer(1_000, _ -> {
        socket.close(payload);
        socket.socket().end();
      })));
      case "/passive-close-abort" -> accept(exchange, "", socket -> socket.onClose(_ -> socket.abort()));
      case "/send-backpressure" -> accept(exchange, "", this::sendMuch);
      case "/receive-backpressure" -> accept(exchange, "", this::receiveLate);
      case "/receive-many-with-backpressure" -> accept(exchange, "", this::receiveSlowly);
      case "/invalid" -> raw(exchange, "FOO BAR BAZ\r\n\r\n");
      case "/wrong_accept_key" -> raw(exchange, handshake("thisisawrongacceptkey") + ascii(WebSocketConnection.frame(WebSocketConnection.TEXT, Buffer.buffer("test"))));
      case "/simple_handshake" -> raw(exchange, handshake(acceptKey(exchange))
          + ascii(WebSocketConnection.frame(WebSocketConnection.CLOSE, WebSocketConnection.closing(1001, "PASS"))));
      default -> exchange.end(404, "no such WebSocket");
    }
  }

  private static void echo(WebSocketConnection socket) {
    socket.onMessage(message -> {
      socket.send(message);
      if (message.opcode() == WebSocketConnection.TEXT && message.text().equals(GOODBYE)) {
        socket.close(Buffer.buffer());
      }
    });
  }

  private static void sendAndClose(WebSocketConnection socket, String text) {
    socket.send(text);
    socket.close(Buffer.buffer());
  }

  private static void basicAuthentication(Exchange exchange) {
    String expected = "Basic " + Base64.getEncoder().encodeToString("foo:bar".getBytes(StandardCharsets.US_ASCII));
    if (exchange.header("Authorization", "").equals(expected)) {
      accept(exchange, "", socket -> socket.close(Buffer.buffer()));
    } else {
      exchange.set("WWW-Authenticate", "Basic realm=\"camelot\"").end(401, "");
    }
  }

  private static void setCookie(Exchange exchange, String query) {
    String attributes = exchange.request().path().endsWith("secure") ? "; Secure; Path=/" : exchange.request().path().endsWith("http") ? "; Path=/; HttpOnly" : "; Path=/";
    exchange.set("Set-Cookie", "ws_test_" + query + "=test" + attributes);
    accept(exchange, "", _ -> { });
  }

  private static void remoteClose(Exchange exchange, WebSocketConnection socket) {
    if (exchange.has("abrupt")) {
      socket.send(WebSocketConnection.PING, Buffer.buffer("ping"));
      socket.abort();
    } else if (exchange.has("code")) {
      socket.close(exchange.number("code", 1000), exchange.parameter("reason", ""));
    } else {
      socket.close(Buffer.buffer());
    }
  }

  /// Sixteen mebibytes, and then how many seconds the client took to take them.
  private void sendMuch(WebSocketConnection socket) {
    socket.send(WebSocketConnection.BINARY, Buffer.buffer());
    long start = System.nanoTime();
    sendMore(socket, 16, start);
  }

  private void sendMore(WebSocketConnection socket, int left, long start) {
    if (left == 0) {
      sendAndClose(socket, Double.toString((System.nanoTime() - start) / 1e9));
    } else {
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      socket.socket().write(WebSocketConnection.frame(WebSocketConnection.BINARY, Buffer.buffer(spaces))).onSuccess(_ -> sendMore(socket, left - 1, start));
    }
  }

  private void receiveLate(WebSocketConnection socket) {
    socket.socket().pause();
    socket.onMessage(_ -> socket.close(Buffer.buffer()));
    vertx.setTimer(2_000, _ -> socket.socket().resume());
  }

  /// Reads for a moment ten times a second, and tells how long each message was.
  private void receiveSlowly(WebSocketConnection socket) {
    long timer = vertx.setPeriodic(100, _ -> socket.socket().fetch(4));
    socket.socket().pause();
    socket.onMessage(message -> socket.send(Integer.toString(message.payload().length())));
    socket.socket().closeHandler(_ -> vertx.cancelTimer(timer));
  }

  private static void accept(Exchange exchange, String protocol, Consumer<WebSocketConnection> handler) {
    exchange.set("Upgrade", "websocket").set("Connection", "Upgrade").set("Sec-WebSocket-Accept", acceptKey(exchange));
    if (!protocol.isEmpty()) {
      exchange.set("Sec-WebSocket-Protocol", protocol);
    }
    exchange.response().setStatusCode(101);
    exchange.request().toNetSocket().onSuccess(socket -> handler.accept(new WebSocketConnection(socket)));
  }

  private static void raw(Exchange exchange, String bytes) {
    Raw.write(exchange.request(), bytes).onComplete(_ -> Vertx.currentContext().owner().setTimer(500, _ -> exchange.request().connection().close()));
  }

  private static String handshake(String key) {
    return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSet-Cookie: ws_test=test\r\nSec-WebSocket-Accept: " + key + "\r\n\r\n";
  }

  private static String acceptKey(Exchange exchange) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1")
          .digest((exchange.header("Sec-WebSocket-Key", "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String ascii(Buffer bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
