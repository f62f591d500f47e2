package dev.tenon.gateway;

import dev.tenon.bus.ClientConnection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/// An HTTP server on one event loop, with everything it keeps about its clients. Used on that event loop only.
///
/// What takes too long is found by a sweep over all of it twice a second, because a timer for each request costs more than most requests.
final class Listener {

  /// What is known about a connection.
  static final class Client {
    private final HttpConnection connection;
    private final String address;
    private ClientConnection described = ClientConnection.UNKNOWN;
    private HttpVersion lastVersion;
    private long quietSince = System.nanoTime();
    private int open;

    private Client(HttpConnection connection) {
      this.connection = connection;
      this.address = connection.remoteAddress() == null ? "" : String.valueOf(connection.remoteAddress().hostAddress());
    }

    /// The client's IP address.
    String address() {
      return address;
    }

    HttpConnection connection() {
      return connection;
    }

    /// How it reached the edge, with this version of HTTP.
    ClientConnection connection(HttpVersion version) {
      if (version != lastVersion) {
        lastVersion = version;
        SSLSession tls = connection.isSsl() ? connection.sslSession() : null;
        described = new ClientConnection(
            switch (version) {
              case HTTP_1_0 -> "HTTP/1.0";
              case HTTP_1_1 -> "HTTP/1.1";
              case HTTP_2 -> "HTTP/2";
            },
            tls == null ? "" : tls.getProtocol(), tls == null ? "" : tls.getCipherSuite());
      }
      return described;
    }
  }

  private static final long SWEEP_MILLIS = 500;
  /// How long before the end of a drain WebSockets are closed.
  private static final long FAREWELL_NANOS = 2_000_000_000L;
  /// What bodies that are read whole may take of one event loop's share of the memory.
  private static final long BUFFERED_BYTES_MAX = Runtime.getRuntime().maxMemory() / 16;
  private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final Context context;
  private final Thread thread;
  private final ListenerOptions options;
  private final HttpServer server;
  private final Map<HttpConnection, Client> clients = new HashMap<>();
  private final ClientExchange first = new ClientExchange.End();
  private long sweeper;
  private int inFlight;
  private long bufferedBytes;
  private boolean closing;
  private long lastCallNanos;
  private long dateSecond;
  private String date = "";

  private Listener(Vertx vertx, ListenerOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    if (context.threadingModel() != ThreadingModel.EVENT_LOOP) {
      throw new IllegalStateException("a listener was started on a " + context.threadingModel() + " context – start it from a verticle on an event loop");
    }
    this.thread = Thread.currentThread();
    this.options = options;
    this.server = Doorkeeper.server((VertxInternal) vertx, options, new HttpServerOptions()
        .setMaxHeaderSize(options.headBytesMax())
        .setMaxInitialLineLength(options.targetBytesMax())
        .setHandle100ContinueAutomatically(false)
        .setIdleTimeout(0)
        .setTcpNoDelay(true)
        .setStrictThreadMode(true)
        .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(100).setMaxHeaderListSize(options.headBytesMax())));
    first.next = first;
    first.previous = first;
  }

  /// Makes a listener for the current event loop, to be opened by [#listen].
  static Listener create(Vertx vertx, ListenerOptions options) {
    return new Listener(vertx, options);
  }

  Future<Listener> listen(Handler<HttpServerRequest> handler, Handler<HttpServerRequest> invalid) {
    server.requestHandler(handler);
    server.invalidRequestHandler(invalid);
    server.connectionHandler(this::connected);
    server.exceptionHandler(e -> { });
    return server.listen(options.port(), options.host()).map(listening -> {
      sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
      return this;
    });
  }

  ListenerOptions options() {
    return options;
  }

  int port() {
    return server.actualPort();
  }

  int inFlight() {
    return inFlight;
  }

  Context context() {
    return context;
  }

  boolean onLoop() {
    return Thread.currentThread() == thread;
  }

  void runOnLoop(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  /// The value of a `Date` header, made once a second.
  String date() {
    long second = System.currentTimeMillis() / 1000;
    if (second != dateSecond) {
      dateSecond = second;
      date = DATE.format(Instant.ofEpochSecond(second));
    }
    return date;
  }

  /// The client that a request came from.
  Client client(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    Client client = clients.get(connection);
    return client != null ? client : connected(connection);
  }

  /// Takes an exchange into the sweep until [#ended].
  void began(ClientExchange exchange) {
    inFlight++;
    exchange.client.open++;
    exchange.previous = first.previous;
    exchange.next = first;
    first.previous.next = exchange;
    first.previous = exchange;
  }

  void ended(ClientExchange exchange) {
    if (exchange.next == null) {
      return;
    }
    inFlight--;
    exchange.previous.next = exchange.next;
    exchange.next.previous = exchange.previous;
    exchange.next = null;
    exchange.previous = null;
    Client client = exchange.client;
    client.open--;
    client.quietSince = System.nanoTime();
    if (closing) {
      sayGoodbye(false);
    }
  }

  /// The client's connection, which is no longer one of HTTP, is gone.
  void forget(Client client) {
    clients.remove(client.connection);
  }

  /// Accounts for bytes that are kept, or given back; false when they are too many.
  boolean buffer(long bytes) {
    bufferedBytes += bytes;
    return bufferedBytes <= BUFFERED_BYTES_MAX;
  }

  /// Takes no more connections or requests, and completes when the exchanges in flight have ended or `drain` has passed. WebSockets are closed when there is
  /// nothing else left, or shortly before the end.
  Future<Void> close(Duration drain) {
    runOnLoop(() -> {
      closing = true;
      lastCallNanos = System.nanoTime() + Math.max(0, drain.toNanos() - FAREWELL_NANOS);
      sayGoodbye(false);
    });
    return server.shutdown(Math.max(1, drain.toMillis()), TimeUnit.MILLISECONDS).eventually(() -> {
      vertx.cancelTimer(sweeper);
      return Future.succeededFuture();
    });
  }

  private void sayGoodbye(boolean whatever) {
    boolean onlySockets = true;
    for (ClientExchange exchange = first.next; exchange != first && onlySockets; exchange = exchange.next) {
      onlySockets = exchange.isSocket();
    }
    if (onlySockets || whatever) {
      for (ClientExchange exchange = first.next; exchange != first; exchange = exchange.next) {
        exchange.goAway();
      }
    }
  }

  private Client connected(HttpConnection connection) {
    Client known = clients.get(connection);
    if (known != null) {
      return known;
    }
    Client client = new Client(connection);
    Doorkeeper.entered(connection);
    clients.put(connection, client);
    connection.closeHandler(v -> clients.remove(connection));
    return client;
  }

  private void sweep() {
    long now = System.nanoTime();
    ClientExchange exchange = first.next;
    while (exchange != first) {
      ClientExchange next = exchange.next;
      exchange.sweep(now);
      exchange = next == null || next.next == null ? first : next;
    }
    if (closing && now - lastCallNanos > 0) {
      sayGoodbye(true);
    }
    long idleNanos = options.idleMax().toNanos();
    clients.values().stream()
        .filter(client -> client.open == 0 && now - client.quietSince > idleNanos)
        .toList()
        .forEach(client -> client.connection.close());
  }

  /// Whether a request came over HTTP/2.
  static boolean isHttp2(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }
}
