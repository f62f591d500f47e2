package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.websocket.Compression;
import dev.tenon.bus.websocket.WebSocketConnection;
import dev.tenon.bus.websocket.WebSocketUpgrade;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.Optional;
import java.util.OptionalLong;

/// A client's wish for a WebSocket: what it asks, and how its connection goes on when the component grants it.
///
/// Which subprotocol is spoken is the component's to say. Messages are compressed when the component says so and the client offered it.
final class WebSocketHandshake {

  private static final String EXTENSIONS = "sec-websocket-extensions";

  /// How long a component may go on with a WebSocket whose client is gone.
  private static final long GRACE_NANOS = 10_000_000_000L;

  private final HttpServerRequest request;
  private final WebSocketConnection socket = new WebSocketConnection();
  private long goneAt;

  WebSocketHandshake(HttpServerRequest request) {
    this.request = request;
  }

  /// Whether a request asks for it, well or badly. A `GET` that has a body, or whose `Connection` does not name the upgrade, does not.
  static boolean isAsked(HttpServerRequest request) {
    return request.headers().contains("upgrade") && request.version() == HttpVersion.HTTP_1_1 && request.method() == HttpMethod.GET
        && !ClientExchange.hasBody(request) && WebSocketUpgrade.isAskedOverHttp(request.headers());
  }

  /// What is wrong with the request; empty when it can be granted.
  Optional<Problem> problem() {
    if (!WebSocketUpgrade.hasVersion(request.headers())) {
      return Optional.of(new Problem(ProblemType.UPGRADE_REQUIRED, "Only version 13 of the WebSocket protocol is spoken here.").withHeader("sec-websocket-version", "13"));
    }
    return WebSocketUpgrade.hasKey(request.headers())
        ? Optional.empty()
        : Optional.of(new Problem(ProblemType.REQUEST_MALFORMED, "Sec-WebSocket-Key is not one key of sixteen bytes in base64."));
  }

  /// The request's headers as the component sees them.
  MultiMap headers() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    HopByHop.strip(headers);
    return headers.set("upgrade", "websocket");
  }

  /// What the client will send.
  Body.Stream body() {
    return new Body.Stream(socket, OptionalLong.empty());
  }

  /// Answers 101 and goes on with the connection, on behalf of `exchange`.
  void grant(ExchangeResponse answer, ClientExchange exchange) {
    MultiMap headers = request.response().headers();
    answer.headers().forEach((name, value) -> {
      if (!HopByHop.staysInAnswer(name) && !WebSocketUpgrade.isOfConnection(name) && !name.equalsIgnoreCase(EXTENSIONS)) {
        headers.add(name, value);
      }
    });
    exchange.dress(headers);
    Optional<Compression> compression = Compression.agree(all(request.headers()), all(answer.headers()), WebSocketConnection.MESSAGE_BYTES_MAX);
    compression.ifPresent(agreed -> headers.set(EXTENSIONS, agreed.header()));
    headers.set("connection", "Upgrade").set("upgrade", "websocket");
    headers.set("sec-websocket-accept", WebSocketUpgrade.accept(request.headers().get("sec-websocket-key")));
    socket
        .onGone(() -> {
          goneAt = System.nanoTime();
          exchange.listener.forget(exchange.client);
        })
        .onOver(exchange::socketOver);
    request.toNetSocket().onComplete(connected -> {
      if (connected.succeeded()) {
        socket.open((NetSocketInternal) connected.result(), compression);
        socket.send(((Body.Stream) answer.body()).stream());
      } else {
        exchange.answerBroke(Failure.of(connected.cause()));
      }
    });
  }

  /// Whether the client has been gone for so long that the component should have noticed.
  boolean goneSince(long now) {
    return goneAt != 0 && now - goneAt > GRACE_NANOS;
  }

  void goAway() {
    if (goneAt == 0) {
      socket.goAway();
    }
  }

  private static String all(MultiMap headers) {
    return String.join(", ", headers.getAll(EXTENSIONS));
  }
}
