package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// One component behind an HTTP port, without a contract: what `tenon run` opens.
///
/// There is one on each event loop, opened from a verticle instance there; those with the same port share it, and each connection stays on one loop. A
/// request reaches the handler on that loop by reference: bodies up to [Body#INLINE_BYTES_MAX] whole, others as streams.
public final class PlainEdge {

  private final Listener listener;

  private PlainEdge(Listener listener) {
    this.listener = listener;
  }

  /// Listens on the current event loop. The future fails when the port cannot be had.
  public static Future<PlainEdge> listen(Vertx vertx, ListenerOptions options, ExchangeHandler handler) {
    Listener listener = Listener.create(vertx, options);
    return listener
        .listen(request -> handle(listener, request, handler), InvalidRequest::answer)
        .map(PlainEdge::new);
  }

  /// The port it listens on.
  public int port() {
    return listener.port();
  }

  /// Requests that are being served on this event loop.
  public int inFlight() {
    return listener.inFlight();
  }

  /// Takes no more requests, and completes when those in flight have ended or `drain` has passed.
  public Future<Void> close(Duration drain) {
    return listener.close(drain);
  }

  private static void handle(Listener listener, HttpServerRequest request, ExchangeHandler handler) {
    PlainExchange exchange = new PlainExchange(listener, request, handler);
    if (!Authority.isPlain(request)) {
      exchange.refuseHost();
    } else if (WebSocketHandshake.isAsked(request)) {
      exchange.takeUpgrade();
    } else if (ClientExchange.hasBody(request)) {
      exchange.takeBody();
    } else {
      exchange.call(Body.EMPTY);
    }
  }
}
