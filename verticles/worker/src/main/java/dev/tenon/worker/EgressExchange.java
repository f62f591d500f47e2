package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.Failure.Code;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// One request to the network and its response. Lives on one Vert.x context; ends with the last byte, a failure, a timeout or a cancellation,
/// and lets go of its connection then.
final class EgressExchange {

  /// Addresses of one host that are tried when connecting fails.
  static final int ADDRESSES_MAX = 4;
  /// Headers between two neighbours, which say nothing to whoever is behind them; and `host`, which is the URL's.
  private static final Set<String> HOP_BY_HOP = Set.of(
      "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade", "expect", "host", "http2-settings");
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Vertx vertx;
  private final HttpClient client;
  private final EgressLimits limits;
  private final ExchangeRequest request;
  private final String url;
  private final String host;
  private final int port;
  private final Context context;
  private final Promise<ExchangeResponse> head;
  private final Runnable onCancel;
  private long timer;
  private HttpClientRequest sent;
  private EgressBody body;
  private Failure ended;
  private boolean done;

  EgressExchange(Vertx vertx, HttpClient client, EgressLimits limits, ExchangeRequest request, String url, String host, int port) {
    this.vertx = vertx;
    this.client = client;
    this.limits = limits;
    this.request = request;
    this.url = url;
    this.host = host;
    this.port = port;
    this.context = vertx.getOrCreateContext();
    this.head = ((ContextInternal) context).promise();
    this.onCancel = () -> context.runOnContext(_ -> end(request.context().cancellation().reason().orElseThrow()));
  }

  /// @param addresses checked, in the order to try
  Future<ExchangeResponse> run(Future<List<InetAddress>> addresses) {
    long headMillis = Math.min(request.context().deadline().remainingMillis(), limits.total().toMillis());
    timer = vertx.setTimer(Math.max(1, headMillis), _ -> end(new Failure(Code.DEADLINE, "fetch of " + url + " failed: no response in time")));
    request.context().cancellation().onCancel(onCancel);
    addresses.onComplete(found -> onContext(() -> {
      if (found.failed()) {
        end(Failure.of(found.cause()));
      } else {
        attempt(found.result(), 0, SAFE.contains(request.method()) && request.body() instanceof Body.Empty);
      }
    }));
    return head.future();
  }

  private void attempt(List<InetAddress> addresses, int index, boolean mayRepeat) {
    if (done) {
      return;
    }
    client.request(options(addresses.get(index))).onComplete(connected -> {
      if (connected.succeeded()) {
        send(connected.result(), () -> attempt(addresses, index, false), mayRepeat);
      } else if (index + 1 < Math.min(addresses.size(), ADDRESSES_MAX) && isConnectFailure(connected.cause())) {
        attempt(addresses, index + 1, mayRepeat);
      } else {
        end(failure(connected.cause()));
      }
    });
  }

  private RequestOptions options(InetAddress address) {
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.valueOf(request.method()))
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
        .setHost(host)
        .setPort(port)
        .setSsl(request.scheme().equals("https"))
        .setURI(request.target())
        .setFollowRedirects(false)
        .setConnectTimeout(limits.connect().toMillis())
        .setIdleTimeout(limits.idle().toMillis());
    for (Map.Entry<String, String> header : request.headers()) {
      if (!isHopByHop(header.getKey()) && !header.getKey().equalsIgnoreCase("content-length")) {
        options.addHeader(header.getKey(), header.getValue());
      }
    }
    return options;
  }

  private void send(HttpClientRequest connected, Runnable repeat, boolean mayRepeat) {
    if (done) {
      connected.exceptionHandler(_ -> { }).reset();
      return;
    }
    sent = connected;
    // The future of the response, or the response's body, says the same.
    connected.exceptionHandler(_ -> { });
    Future<HttpClientResponse> response = switch (request.body()) {
      case Body.Empty _ -> {
        if (request.method().equals("POST") || request.method().equals("PUT") || request.method().equals("PATCH")) {
          connected.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        yield connected.send();
      }
      case Body.Bytes bytes -> connected.send(bytes.buffer());
      case Body.Stream stream -> {
        if (stream.length().isPresent()) {
          connected.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(stream.length().getAsLong()));
        } else {
          connected.setChunked(true);
        }
        yield connected.send(stream.stream());
      }
    };
    response.onComplete(answer -> {
      if (answer.succeeded()) {
        answered(answer.result());
      } else if (mayRepeat && answer.cause() instanceof HttpClosedException) {
        // The server closed a kept connection just when we used it: it has not seen the request.
        repeat.run();
      } else {
        end(failure(answer.cause()));
      }
    });
  }

  private void answered(HttpClientResponse response) {
    if (done) {
      return;
    }
    response.pause();
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(limits.total().toMillis(), _ -> end(new Failure(Code.DEADLINE,
        "fetch of " + url + " failed: its response did not end within " + limits.total().toSeconds() + " s")));
    MultiMap headers = HttpHeaders.headers();
    for (Map.Entry<String, String> header : response.headers()) {
      if (!isHopByHop(header.getKey())) {
        headers.add(header.getKey(), header.getValue());
      }
    }
    int status = response.statusCode();
    String reason = response.statusMessage() == null ? "" : response.statusMessage();
    if (request.method().equals("HEAD") || status == 204 || status == 205 || status == 304) {
      response.exceptionHandler(_ -> { });
      response.endHandler(_ -> end(null));
      response.resume();
      head.tryComplete(new ExchangeResponse(status, reason, headers, Body.EMPTY));
      return;
    }
    body = new EgressBody(response, failure -> failure(failure), this::end);
    head.tryComplete(new ExchangeResponse(status, reason, headers, new Body.Stream(body, length(headers))));
  }

  static boolean isHopByHop(String name) {
    return HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
  }

  private static OptionalLong length(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty();
  }

  /// @param why null when all went well
  private void end(Failure why) {
    if (done) {
      return;
    }
    done = true;
    ended = why;
    vertx.cancelTimer(timer);
    request.context().cancellation().remove(onCancel);
    if (why == null) {
      return;
    }
    if (sent != null) {
      sent.reset(0, why);
    }
    if (!head.tryFail(why) && body != null) {
      body.fail(why);
    }
  }

  private Failure failure(Throwable cause) {
    if (ended != null) {
      return ended;
    }
    String start = "fetch of " + url + " failed: ";
    return switch (cause) {
      case Failure failure -> failure;
      case ConnectTimeoutException _ -> new Failure(Code.NOBODY_THERE, start + "no connection within " + limits.connect().toMillis() + " ms");
      case ConnectionPoolTooBusyException _ -> new Failure(Code.OVERLOADED, start + "too many requests to it wait for a connection");
      case ConnectException _ -> new Failure(Code.NOBODY_THERE, start + "the connection was refused", cause.toString());
      case SSLException _ -> new Failure(Code.PROTOCOL, start + "no secure connection: " + root(cause), cause.toString());
      case HttpClosedException _ -> new Failure(Code.CONNECTION_LOST, start + "the connection was closed", cause.toString());
      case TimeoutException _ -> new Failure(Code.DEADLINE, start + "nothing was received for " + limits.idle().toMillis() + " ms", cause.toString());
      case null, default -> new Failure(Code.CONNECTION_LOST, start + "the connection failed: " + (cause == null ? "" : cause.getMessage()), String.valueOf(cause));
    };
  }

  /// What a chain of causes began with; TLS says there what it does not like.
  static String root(Throwable cause) {
    Throwable deepest = cause;
    for (int depth = 0; deepest.getCause() != null && depth < 10; depth++) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static boolean isConnectFailure(Throwable cause) {
    return cause instanceof ConnectException || cause instanceof SocketException;
  }

  private void onContext(Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(_ -> action.run());
    }
  }
}
