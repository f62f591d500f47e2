package dev.tenon.node;

import dev.tenon.bus.ExchangeHandler;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.PlainEdge;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The edge of a single worker on one event loop.
final class PlainEdgeVerticle extends VerticleBase {

  private final ListenerOptions options;
  private final ExchangeHandler worker;
  private final AtomicInteger port;
  private final Duration drain;
  private PlainEdge edge;

  /// @param port set to the one in use
  PlainEdgeVerticle(ListenerOptions options, ExchangeHandler worker, AtomicInteger port, Duration drain) {
    this.options = options;
    this.worker = worker;
    this.port = port;
    this.drain = drain;
  }

  @Override
  public Future<?> start() {
    return PlainEdge.listen(vertx, options, worker).onSuccess(opened -> {
      edge = opened;
      port.set(opened.port());
    });
  }

  @Override
  public Future<?> stop() {
    return edge == null ? Future.succeededFuture() : edge.close(drain);
  }
}
