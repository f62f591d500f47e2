package dev.tenon.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/// The edge on one event loop. Deployed by [Gateway#open].
public final class GatewayVerticle extends VerticleBase {

  /// Instances of one deployment that listen on a negative port share a free one.
  private static final int SHARED_FREE_PORT = -1;

  private final Gateway gateway;
  private Listener listener;

  GatewayVerticle(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Future<?> start() {
    ListenerOptions options = gateway.options().listener();
    listener = Listener.create(vertx, options.port() == 0 ? options.withPort(SHARED_FREE_PORT) : options);
    return listener.listen(request -> new GatewayExchange(gateway, listener, request).start(), InvalidRequest::answer);
  }

  Listener listener() {
    return listener;
  }
}
