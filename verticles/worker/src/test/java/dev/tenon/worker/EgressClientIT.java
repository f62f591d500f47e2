package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.core.streams.ReadStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real servers on 127.0.0.1 and 127.0.0.2. Where a test needs a public address, 127.0.0.2 counts as one.
class EgressClientIT {

  private static final String PRIVATE = "127.0.0.1";
  private static final String PUBLIC = "127.0.0.2";
  private static final int SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private static Failure failure(Future<?> future) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> await(future));
    return (Failure) thrown.getCause();
  }

  private HttpServer server(String address, Handler<HttpServerRequest> handler) throws Exception {
    return await(vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(true)).requestHandler(handler).listen(0, address));
  }

  private EgressClient client(Egress egress, HostResolver resolver, EgressLimits limits) {
    return new EgressClient(vertx, egress, limits, resolver,
        address -> address.getHostAddress().equals(PUBLIC) ? Optional.empty() : PublicAddresses.notPublic(address));
  }

  private EgressClient client(Egress egress) {
    return client(egress, named(), EgressLimits.DEFAULT);
  }

  private static HostResolver named(String... names) {
    Map<String, String> addresses = names.length == 0 ? Map.of() : Map.of(names[0], names[1]);
    return host -> addresses.containsKey(host)
        ? Future.succeededFuture(List.of(InetAddress.ofLiteral(addresses.get(host))))
        : Future.failedFuture(new UnknownHostException(host));
  }

  private static ExchangeContext context() {
    return ExchangeContext.start(Deadline.after(Duration.ofSeconds(SECONDS)));
  }

  private static ExchangeRequest request(String method, String authority, Body body, ExchangeContext context) {
    return new ExchangeRequest(method, "http", authority, "/path?q=1", HttpHeaders.headers(), body, context);
  }

  private static ExchangeRequest get(String authority) {
    return request("GET", authority, Body.EMPTY, context());
  }

  /// Runs on an event loop, as an isolate would.
  private <T> Future<T> onEventLoop(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    vertx.getOrCreateContext().runOnContext(_ -> action.get().onComplete(promise));
    return promise.future();
  }

  private static Future<Buffer> collected(ExchangeResponse response) {
    return switch (response.body()) {
      case Body.Empty _ -> Future.succeededFuture(Buffer.buffer());
      case Body.Bytes bytes -> Future.succeededFuture(bytes.buffer());
      case Body.Stream stream -> {
        Promise<Buffer> promise = Promise.promise();
        Buffer all = Buffer.buffer();
        stream.stream().exceptionHandler(promise::tryFail).endHandler(_ -> promise.tryComplete(all)).handler(all::appendBuffer);
        stream.stream().resume();
        yield promise.future();
      }
    };
  }

  private String text(EgressClient client, ExchangeRequest request) throws Exception {
    return await(onEventLoop(() -> client.fetch(request).compose(EgressClientIT::collected))).toString();
  }

  @Test
  void carriesMethodTargetHeadersAndBodyBothWays() throws Exception {
    HttpServer server = server(PRIVATE, request -> request.body().onSuccess(body -> request.response()
        .setStatusCode(201).setStatusMessage("Made").putHeader("x-reply", "yes").putHeader("set-cookie", (Iterable<String>) List.of("a=1", "b=2"))
        .end(request.method() + " " + request.uri() + " " + request.getHeader("x-ask") + " " + request.getHeader("host") + " "
            + request.getHeader("connection") + " " + request.getHeader("content-length") + " " + body)));
    String authority = "127.0.0.1:" + server.actualPort();
    ExchangeRequest request = request("POST", authority, Body.of(Buffer.buffer("abc")), context());
    request.headers().add("X-Ask", "1").add("Host", "elsewhere.example").add("Connection", "x-ask").add("Content-Length", "999");
    ExchangeResponse response = await(onEventLoop(() -> client(Egress.ALL).fetch(request).compose(head -> collected(head)
        .map(body -> new ExchangeResponse(head.status(), head.reason(), head.headers(), Body.of(body))))));
    assertEquals(201, response.status());
    assertEquals("Made", response.reason());
    assertEquals("yes", response.headers().get("x-reply"));
    assertEquals(List.of("a=1", "b=2"), response.headers().getAll("set-cookie"));
    assertEquals("POST /path?q=1 1 " + authority + " null 3 abc", ((Body.Bytes) response.body()).buffer().toString());
  }

  @Test
  void publicRefusesPrivateAddressesWrittenOut() {
    checkRefused("127.0.0.1:1", "it is a loopback address");
    checkRefused("127.1:1", "it is a loopback address");
    checkRefused("[::1]:1", "it is a loopback address");
    checkRefused("[::ffff:10.0.0.1]:1", "it is a private address");
    checkRefused("169.254.169.254", "it is a link-local address");
    checkRefused("[64:ff9b::7f00:1]:1", "it is a NAT64 address of a loopback address");
    checkRefused("0.0.0.0:1", "it is an unspecified address");
  }

  private void checkRefused(String authority, String reason) {
    Failure failure = failure(onEventLoop(() -> client(Egress.PUBLIC).fetch(get(authority))));
    assertEquals(Failure.Code.REFUSED, failure.code());
    assertEquals("fetch of http://" + authority + " refused: " + reason
        + ", and this worker may reach public addresses only (egress is \"public\") – run it with --egress all to allow it", failure.getMessage());
  }

  @Test
  void publicRefusesNamesThatLeadToPrivateAddresses() {
    EgressClient client = client(Egress.PUBLIC, named("inside.example", "10.1.2.3"), EgressLimits.DEFAULT);
    Failure failure = failure(onEventLoop(() -> client.fetch(get("inside.example"))));
    assertEquals(Failure.Code.REFUSED, failure.code());
    assertEquals("fetch of http://inside.example refused: it leads to 10.1.2.3, a private address, and this worker may reach public addresses only"
        + " (egress is \"public\") – run it with --egress all to allow it", failure.getMessage());
  }

  @Test
  void realNamesOfThisMachineAreRefusedToo() {
    EgressClient client = EgressClient.create(vertx, Egress.PUBLIC, EgressLimits.DEFAULT);
    Failure failure = failure(onEventLoop(() -> client.fetch(get("localhost:1"))));
    assertEquals(Failure.Code.REFUSED, failure.code());
    assertTrue(failure.getMessage().startsWith("fetch of http://localhost:1 refused: it leads to "), failure.getMessage());
  }

  @Test
  void realNamesAreResolvedWhenAllIsAllowed() throws Exception {
    HttpServer server = server(PRIVATE, request -> request.response().end("here"));
    assertEquals("here", text(EgressClient.create(vertx, Egress.ALL, EgressLimits.DEFAULT), get("localhost:" + server.actualPort())));
  }

  @Test
  void noneRefusesEverythingBeforeAnyLookUp() {
    EgressClient client = client(Egress.NONE, _ -> {
      throw new AssertionError("nothing may be looked up");
    }, EgressLimits.DEFAULT);
    Failure failure = failure(onEventLoop(() -> client.fetch(get("example.com"))));
    assertEquals(Failure.Code.REFUSED, failure.code());
    assertEquals("fetch of http://example.com refused: this worker may reach nothing on the network (egress is \"none\") – run it with --egress public to allow it",
        failure.getMessage());
  }

  @Test
  void changedAnswerOfTheNameServiceIsCheckedAgain() throws Exception {
    HttpServer outside = server(PUBLIC, request -> request.response().putHeader("connection", "close").end("outside"));
    AtomicInteger inside = new AtomicInteger();
    HttpServer trap = await(vertx.createHttpServer().requestHandler(request -> {
      inside.incrementAndGet();
      request.response().end("inside");
    }).listen(outside.actualPort(), PRIVATE));
    assertEquals(outside.actualPort(), trap.actualPort());
    AtomicInteger asked = new AtomicInteger();
    EgressClient client = client(Egress.PUBLIC,
        _ -> Future.succeededFuture(List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? PUBLIC : PRIVATE))), EgressLimits.DEFAULT);
    assertEquals("outside", text(client, get("rebind.example:" + outside.actualPort())));
    assertEquals(Failure.Code.REFUSED, failure(onEventLoop(() -> client.fetch(get("rebind.example:" + outside.actualPort())))).code());
    assertEquals(0, inside.get());
  }

  @Test
  void onlyTheCheckedAddressesOfANameAreUsed() throws Exception {
    HttpServer outside = server(PUBLIC, request -> request.response().end("outside"));
    EgressClient client = client(Egress.PUBLIC,
        _ -> Future.succeededFuture(List.of(InetAddress.ofLiteral(PRIVATE), InetAddress.ofLiteral(PUBLIC))), EgressLimits.DEFAULT);
    assertEquals("outside", text(client, get("both.example:" + outside.actualPort())));
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(PUBLIC, request -> {
      requests.incrementAndGet();
      request.response().setStatusCode(302).putHeader("location", "http://127.0.0.1:1/").end();
    });
    ExchangeResponse response = await(onEventLoop(() -> client(Egress.PUBLIC).fetch(get("127.0.0.2:" + server.actualPort()))));
    assertEquals(302, response.status());
    assertEquals("http://127.0.0.1:1/", response.headers().get("location"));
    assertEquals(1, requests.get());
  }

  @Test
  void nextAddressIsTriedWhenConnectingFails() throws Exception {
    HttpServer server = server(PUBLIC, request -> request.response().end("second"));
    EgressClient client = client(Egress.ALL,
        _ -> Future.succeededFuture(List.of(InetAddress.ofLiteral(PRIVATE), InetAddress.ofLiteral(PUBLIC))), EgressLimits.DEFAULT);
    assertEquals("second", text(client, get("two.example:" + server.actualPort())));
  }

  @Test
  void compressedResponseArrivesAsItIs() throws Exception {
    String long_ = "tenon ".repeat(10_000);
    List<String> asked = new ArrayList<>();
    HttpServer server = server(PRIVATE, request -> {
      asked.add(String.valueOf(request.getHeader("accept-encoding")));
      request.response().putHeader("content-encoding", "gzip").end(long_);
    });
    ExchangeResponse response = await(onEventLoop(() -> client(Egress.ALL).fetch(get("127.0.0.1:" + server.actualPort())).compose(head -> collected(head)
        .map(body -> new ExchangeResponse(head.status(), head.reason(), head.headers(), Body.of(body))))));
    assertEquals(long_, ((Body.Bytes) response.body()).buffer().toString());
    assertEquals("gzip", response.headers().get("content-encoding"));
    assertEquals("null", asked.getFirst());
  }

  @Test
  void headHasNoBodyButKeepsItsLength() throws Exception {
    HttpServer server = server(PRIVATE, request -> request.response().putHeader("content-length", "12345").end());
    ExchangeResponse response = await(onEventLoop(() -> client(Egress.ALL).fetch(request("HEAD", "127.0.0.1:" + server.actualPort(), Body.EMPTY, context()))));
    assertEquals(Body.EMPTY, response.body());
    assertEquals("12345", response.headers().get("content-length"));
  }

  @Test
  void responseWaitsForItsReader() throws Exception {
    AtomicLong written = new AtomicLong();
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
    Promise<Void> stuck = Promise.promise();
    HttpServer server = server(PRIVATE, request -> {
      var response = request.response().setChunked(true).putHeader("content-encoding", "identity");
      Runnable[] write = new Runnable[1];
      write[0] = () -> {
        while (!response.writeQueueFull() && written.get() < 256L << 20) {
          response.write(chunk);
          written.addAndGet(chunk.length());
        }
        stuck.tryComplete();
        response.drainHandler(_ -> write[0].run());
      };
      write[0].run();
    });
    ExchangeContext context = context();
    ExchangeResponse response = await(onEventLoop(() -> client(Egress.ALL).fetch(request("GET", "127.0.0.1:" + server.actualPort(), Body.EMPTY, context))));
    assertTrue(response.body() instanceof Body.Stream);
    await(stuck.future());
    // What fits between a server and a paused reader: socket buffers and queues, nowhere near all of it.
    await(settled(written));
    assertTrue(written.get() < 64L << 20, written + " bytes were taken from the server while nobody read");
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "enough"));
  }

  /// Completes when a count has stopped growing.
  private Future<Void> settled(AtomicLong count) {
    Promise<Void> promise = Promise.promise();
    long[] before = {-1};
    int[] same = {0};
    vertx.setPeriodic(50, timer -> {
      same[0] = count.get() == before[0] ? same[0] + 1 : 0;
      before[0] = count.get();
      if (same[0] == 5) {
        vertx.cancelTimer(timer);
        promise.complete();
      }
    });
    return promise.future();
  }

  @Test
  void requestBodyStreamsWithAndWithoutLength() throws Exception {
    HttpServer server = server(PRIVATE, request -> {
      AtomicLong bytes = new AtomicLong();
      request.handler(buffer -> bytes.addAndGet(buffer.length()));
      request.endHandler(_ -> request.response().end(request.getHeader("content-length") + " " + request.getHeader("transfer-encoding") + " " + bytes));
    });
    for (OptionalLong length : List.of(OptionalLong.empty(), OptionalLong.of(10_000_000))) {
      String answer = await(onEventLoop(() -> client(Egress.ALL)
          .fetch(request("PUT", "127.0.0.1:" + server.actualPort(), new Body.Stream(new Zeros(10_000_000), length), context()))
          .compose(EgressClientIT::collected))).toString();
      assertEquals(length.isPresent() ? "10000000 null 10000000" : "null chunked 10000000", answer);
    }
  }

  /// A body of zeros that is only made when it is asked for.
  private static final class Zeros implements ReadStream<Buffer> {
    private long left;
    private boolean flowing;
    private boolean running;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;

    Zeros(long bytes) {
      this.left = bytes;
    }

    private void run() {
      if (running) {
        return;
      }
      running = true;
      while (flowing && left > 0) {
        int size = (int) Math.min(left, 32 * 1024);
        left -= size;
        handler.handle(Buffer.buffer(new byte[size]));
      }
      running = false;
      if (flowing && left == 0 && endHandler != null) {
        Handler<Void> end = endHandler;
        endHandler = null;
        end.handle(null);
      }
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> ignored) {
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> other) {
      handler = other;
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      flowing = false;
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      flowing = true;
      run();
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return resume();
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> other) {
      endHandler = other;
      return this;
    }
  }

  @Test
  void cancellationBeforeTheResponseClosesTheConnection() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    HttpServer server = server(PRIVATE, request -> {
      request.connection().closeHandler(_ -> closed.complete(null));
      arrived.complete(null);
    });
    ExchangeContext context = context();
    Future<ExchangeResponse> response = onEventLoop(() -> client(Egress.ALL).fetch(request("GET", "127.0.0.1:" + server.actualPort(), Body.EMPTY, context)));
    arrived.get(SECONDS, TimeUnit.SECONDS);
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the caller left"));
    assertEquals("the caller left", failure(response).getMessage());
    closed.get(SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void cancellationInTheMiddleOfTheBodyEndsItAndClosesTheConnection() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    HttpServer server = server(PRIVATE, request -> {
      request.connection().closeHandler(_ -> closed.complete(null));
      request.response().setChunked(true).putHeader("content-encoding", "identity").write("start");
    });
    ExchangeContext context = context();
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    await(onEventLoop(() -> client(Egress.ALL).fetch(request("GET", "127.0.0.1:" + server.actualPort(), Body.EMPTY, context)).onSuccess(response -> {
      ReadStream<Buffer> stream = ((Body.Stream) response.body()).stream();
      stream.exceptionHandler(broken::complete).handler(buffer -> first.complete(buffer.toString()));
      stream.resume();
    })));
    assertEquals("start", first.get(SECONDS, TimeUnit.SECONDS));
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the caller left"));
    assertEquals("the caller left", broken.get(SECONDS, TimeUnit.SECONDS).getMessage());
    closed.get(SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void silentServerIsGivenUp() throws Exception {
    NetServer server = await(vertx.createNetServer().connectHandler(_ -> { }).listen(0, PRIVATE));
    String authority = "127.0.0.1:" + server.actualPort();
    EgressLimits limits = new EgressLimits(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(SECONDS), 1, 1);
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL, named(), limits).fetch(get(authority))));
    assertEquals("DEADLINE: fetch of http://" + authority + " failed: nothing was received for 100 ms", failure.code() + ": " + failure.getMessage());
  }

  @Test
  void deadlineOfTheExchangeEndsTheWaitForTheHead() throws Exception {
    NetServer server = await(vertx.createNetServer().connectHandler(_ -> { }).listen(0, PRIVATE));
    String authority = "127.0.0.1:" + server.actualPort();
    ExchangeContext context = ExchangeContext.start(Deadline.after(Duration.ofMillis(100)));
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL).fetch(request("GET", authority, Body.EMPTY, context))));
    assertEquals("DEADLINE: fetch of http://" + authority + " failed: no response in time", failure.code() + ": " + failure.getMessage());
  }

  @Test
  void endlessResponseIsCutOff() throws Exception {
    HttpServer server = server(PRIVATE, request -> {
      request.response().setChunked(true).putHeader("content-encoding", "identity");
      long timer = vertx.setPeriodic(20, _ -> request.response().write("tick"));
      request.connection().closeHandler(_ -> vertx.cancelTimer(timer));
    });
    String authority = "127.0.0.1:" + server.actualPort();
    EgressLimits limits = new EgressLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 1, 1);
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL, named(), limits).fetch(get(authority)).compose(EgressClientIT::collected)));
    assertEquals("DEADLINE: fetch of http://" + authority + " failed: its response did not end within 1 s", failure.code() + ": " + failure.getMessage());
  }

  @Test
  void queueForConnectionsIsBounded() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    HttpServer server = server(PRIVATE, _ -> arrived.complete(null));
    String authority = "127.0.0.1:" + server.actualPort();
    EgressLimits limits = new EgressLimits(Duration.ofSeconds(5), Duration.ofSeconds(SECONDS), Duration.ofSeconds(SECONDS), 1, 1);
    EgressClient client = client(Egress.ALL, named(), limits);
    ExchangeContext shared = context();
    List<Future<ExchangeResponse>> held = new ArrayList<>();
    held.add(onEventLoop(() -> client.fetch(request("GET", authority, Body.EMPTY, shared))));
    arrived.get(SECONDS, TimeUnit.SECONDS);
    Future<ExchangeResponse> refused = onEventLoop(() -> {
      held.add(client.fetch(request("GET", authority, Body.EMPTY, shared)));
      return client.fetch(request("GET", authority, Body.EMPTY, shared));
    });
    Failure failure = failure(refused);
    assertEquals("OVERLOADED: fetch of http://" + authority + " failed: too many requests to it wait for a connection", failure.code() + ": " + failure.getMessage());
    shared.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "enough"));
    for (Future<ExchangeResponse> each : held) {
      assertEquals("enough", failure(each).getMessage());
    }
  }

  @Test
  void nobodyThereIsSaidPlainly() throws Exception {
    HttpServer server = server(PRIVATE, _ -> { });
    int port = server.actualPort();
    await(server.close());
    Failure refused = failure(onEventLoop(() -> client(Egress.ALL).fetch(get("127.0.0.1:" + port))));
    assertEquals("NOBODY_THERE: fetch of http://127.0.0.1:" + port + " failed: the connection was refused", refused.code() + ": " + refused.getMessage());
    Failure unknown = failure(onEventLoop(() -> client(Egress.ALL).fetch(get("nowhere.example"))));
    assertEquals("NOBODY_THERE: fetch of http://nowhere.example failed: the name \"nowhere.example\" cannot be resolved", unknown.code() + ": " + unknown.getMessage());
  }

  @Test
  void cutResponseFails() throws Exception {
    NetServer server = await(vertx.createNetServer().connectHandler(socket -> socket.handler(_ -> socket
        .write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf").onComplete(_ -> socket.close()))).listen(0, PRIVATE));
    String authority = "127.0.0.1:" + server.actualPort();
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL).fetch(get(authority)).compose(EgressClientIT::collected)));
    assertEquals("CONNECTION_LOST: fetch of http://" + authority + " failed: the connection was closed", failure.code() + ": " + failure.getMessage());
    assertNotNull(failure.detail());
  }

  @Test
  void certificateThatNobodyVouchesForIsNotTrusted() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    HttpServer server = await(vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()))
        .requestHandler(request -> request.response().end("never")).listen(0, PRIVATE));
    String authority = "localhost:" + server.actualPort();
    ExchangeRequest request = new ExchangeRequest("GET", "https", authority, "/", HttpHeaders.headers(), Body.EMPTY, context());
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL, named("localhost", PRIVATE), EgressLimits.DEFAULT).fetch(request)));
    assertEquals("PROTOCOL: fetch of https://" + authority + " failed: no secure connection: unable to find valid certification path to requested target",
        failure.code() + ": " + failure.getMessage());
  }

  @Test
  void otherSchemesAreNotFetched() {
    ExchangeRequest request = new ExchangeRequest("GET", "ftp", "example.com", "/", HttpHeaders.headers(), Body.EMPTY, context());
    Failure failure = failure(onEventLoop(() -> client(Egress.ALL).fetch(request)));
    assertEquals("PROTOCOL: fetch of ftp://example.com failed: only http and https URLs can be fetched", failure.code() + ": " + failure.getMessage());
  }
}
