package dev.tenon.gateway;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.net.impl.NetSocketImpl;
import java.util.concurrent.TimeUnit;

/// Watches connections from their first moment. Vert.x tells of a connection only with the first complete head on it, and its idle timeout starts anew with
/// every byte: a client that dribbles its head would be seen by neither.
///
/// Stands between the HTTP server and the TCP server that it makes for itself, and depends on Vert.x's internals for that; [PlainEdgeTest] notices if they change.
final class Doorkeeper extends VertxWrapper {

  private static final AttributeKey<ScheduledFuture<?>> HEAD_DEADLINE = AttributeKey.valueOf("dev.tenon.gateway.headDeadline");

  private final int connectionsMax;
  private final long headNanosMax;
  private final HttpServerOptions http;
  private int connections;

  private Doorkeeper(VertxInternal vertx, ListenerOptions options, HttpServerOptions http) {
    super(vertx);
    this.connectionsMax = options.connectionsMax();
    this.headNanosMax = options.idleMax().toNanos();
    this.http = http;
  }

  /// An HTTP server whose connections are counted, whose first head has a deadline, and whose heads have one meaning.
  static HttpServer server(VertxInternal vertx, ListenerOptions options, HttpServerOptions http) {
    return new HttpServerImpl(new Doorkeeper(vertx, options, http), http);
  }

  /// The connection's first head is there.
  static void entered(HttpConnection connection) {
    ScheduledFuture<?> deadline = ((ConnectionBase) connection).channel().attr(HEAD_DEADLINE).getAndSet(null);
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public NetServerInternal createNetServer(NetServerOptions options) {
    return new NetServerImpl(delegate, options.copy()) {
      @Override
      public synchronized NetServerInternal connectHandler(Handler<NetSocket> handler) {
        return super.connectHandler(socket -> {
          Channel channel = ((NetSocketImpl) socket).channel();
          if (enters(channel)) {
            handler.handle(socket);
            channel.pipeline().addBefore("handler", null, new RequestDecoder.Arrival(http));
          }
        });
      }
    };
  }

  private boolean enters(Channel channel) {
    if (connections >= connectionsMax) {
      channel.close();
      return false;
    }
    connections++;
    channel.closeFuture().addListener(closed -> {
      connections--;
      ScheduledFuture<?> deadline = channel.attr(HEAD_DEADLINE).getAndSet(null);
      if (deadline != null) {
        deadline.cancel(false);
      }
    });
    channel.attr(HEAD_DEADLINE).set(channel.eventLoop().schedule(() -> channel.close(), headNanosMax, TimeUnit.NANOSECONDS));
    return true;
  }
}
