package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.Failure.Code;
import dev.tenon.bus.websocket.ClientHandshake;
import dev.tenon.bus.websocket.Compression;
import dev.tenon.bus.websocket.WebSocketUpgrade;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;

/// One WebSocket to the network, from its request on. Lives on one Vert.x context, and as long as the connection; a cancellation closes that.
final class EgressWebSocket {

  private static final String EXTENSIONS = "sec-websocket-extensions";

  private final Vertx vertx;
  private final NetClient client;
  private final EgressLimits limits;
  private final ExchangeRequest request;
  private final String url;
  private final String host;
  private final int port;
  private final ContextInternal context;
  private final PromiseInternal<ExchangeResponse> head;
  private final Runnable onCancel;
  private long timer;
  private Runnable close = () -> { };
  private boolean ended;

  EgressWebSocket(Vertx vertx, NetClient client, EgressLimits limits, ExchangeRequest request, String url, String host, int port) {
    this.vertx = vertx;
    this.client = client;
    this.limits = limits;
    this.request = request;
    this.url = url;
    this.host = host;
    this.port = port;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.head = context.promise();
    this.onCancel = () -> context.runOnContext(_ -> {
      fail(request.context().cancellation().reason().orElseThrow());
      close.run();
    });
  }

  /// @param addresses checked, in the order to try
  Future<ExchangeResponse> run(Future<List<InetAddress>> addresses) {
    long headMillis = Math.min(request.context().deadline().remainingMillis(), limits.total().toMillis());
    timer = vertx.setTimer(Math.max(1, headMillis), _ -> {
      fail(new Failure(Code.DEADLINE, start() + "no response in time"));
      close.run();
    });
    request.context().cancellation().onCancel(onCancel);
    addresses.onComplete(found -> context.runOnContext(_ -> {
      if (found.failed()) {
        fail(found.cause());
      } else {
        attempt(found.result(), 0);
      }
    }));
    return head.future();
  }

  private void attempt(List<InetAddress> addresses, int index) {
    if (ended) {
      return;
    }
    client.connect(options(addresses.get(index))).onComplete(connected -> {
      if (connected.succeeded()) {
        connected(connected.result());
      } else if (index + 1 < Math.min(addresses.size(), EgressExchange.ADDRESSES_MAX) && connected.cause() instanceof SocketException) {
        attempt(addresses, index + 1);
      } else {
        fail(failure(connected.cause()));
      }
    });
  }

  private ConnectOptions options(InetAddress address) {
    ConnectOptions options = new ConnectOptions()
        .setHost(host)
        .setPort(port)
        .setRemoteAddress(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)));
    return request.scheme().equals("https") ? options.setSsl(true).setSniServerName(EgressClient.isLiteral(host) ? null : host) : options;
  }

  private void connected(NetSocket socket) {
    if (ended) {
      socket.close();
      return;
    }
    close = socket::close;
    ClientHandshake.over(context, (NetSocketInternal) socket, request.target(), headers()).onComplete(answer -> {
      if (answer.failed()) {
        fail(failure(answer.cause()));
        return;
      }
      switch (answer.result()) {
        case ClientHandshake.Answer.Granted granted -> granted(granted, socket);
        case ClientHandshake.Answer.Refused refused -> refused(refused, socket);
      }
    });
  }

  private void granted(ClientHandshake.Answer.Granted granted, NetSocket socket) {
    if (ended) {
      granted.socket().goAway();
      return;
    }
    ended = true;
    vertx.cancelTimer(timer);
    close = granted.socket()::goAway;
    // A worker's own thread may end before the connection does.
    Closeable withContext = completion -> socket.close().onComplete(completion);
    context.addCloseHook(withContext);
    granted.socket().onOver(() -> {
      context.removeCloseHook(withContext);
      request.context().cancellation().remove(onCancel);
    });
    granted.socket().send(((Body.Stream) request.body()).stream());
    head.complete(new ExchangeResponse(101, granted.reason(), endToEnd(granted.headers()), Body.of(granted.socket())));
  }

  private void refused(ClientHandshake.Answer.Refused refused, NetSocket socket) {
    if (ended) {
      return;
    }
    ended = true;
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(limits.total().toMillis(), _ -> socket.close());
    socket.closeHandler(_ -> {
      vertx.cancelTimer(timer);
      request.context().cancellation().remove(onCancel);
    });
    head.complete(new ExchangeResponse(refused.status(), refused.reason(), endToEnd(refused.headers()), new Body.Stream(refused.body(), OptionalLong.empty())));
  }

  private MultiMap headers() {
    MultiMap headers = HttpHeaders.headers().set("host", request.authority());
    request.headers().forEach((name, value) -> {
      if (!EgressExchange.isHopByHop(name) && !WebSocketUpgrade.isOfConnection(name) && !name.equalsIgnoreCase(EXTENSIONS)
          && !name.equalsIgnoreCase("content-length")) {
        headers.add(name, value);
      }
    });
    return Compression.named(String.join(", ", request.headers().getAll(EXTENSIONS))) ? headers.set(EXTENSIONS, "permessage-deflate") : headers;
  }

  private static MultiMap endToEnd(MultiMap headers) {
    MultiMap kept = HttpHeaders.headers();
    headers.forEach((name, value) -> {
      if (!EgressExchange.isHopByHop(name)) {
        kept.add(name, value);
      }
    });
    return kept;
  }

  private void fail(Throwable why) {
    if (ended) {
      return;
    }
    ended = true;
    vertx.cancelTimer(timer);
    request.context().cancellation().remove(onCancel);
    head.fail(why);
  }

  private String start() {
    return "WebSocket to " + url + " failed: ";
  }

  private Failure failure(Throwable cause) {
    return switch (cause) {
      case Failure failure -> new Failure(failure.code(), start() + failure.getMessage(), failure.detail());
      case ConnectTimeoutException _ -> new Failure(Code.NOBODY_THERE, start() + "no connection within " + limits.connect().toMillis() + " ms");
      case ConnectException _ -> new Failure(Code.NOBODY_THERE, start() + "the connection was refused", cause.toString());
      case SSLException _ -> new Failure(Code.PROTOCOL, start() + "no secure connection: " + EgressExchange.root(cause), cause.toString());
      case null, default -> new Failure(Code.CONNECTION_LOST, start() + "the connection failed: " + (cause == null ? "" : cause.getMessage()), String.valueOf(cause));
    };
  }
}
