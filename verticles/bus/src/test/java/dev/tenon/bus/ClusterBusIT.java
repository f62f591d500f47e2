package dev.tenon.bus;

import static dev.tenon.bus.Exchanges.always;
import static dev.tenon.bus.Exchanges.answer;
import static dev.tenon.bus.Exchanges.await;
import static dev.tenon.bus.Exchanges.bytesOf;
import static dev.tenon.bus.Exchanges.context;
import static dev.tenon.bus.Exchanges.failureOf;
import static dev.tenon.bus.Exchanges.get;
import static dev.tenon.bus.Exchanges.loop;
import static dev.tenon.bus.Exchanges.on;
import static dev.tenon.bus.Exchanges.post;
import static dev.tenon.bus.Exchanges.request;
import static dev.tenon.bus.Exchanges.until;
import static dev.tenon.bus.Exchanges.worker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.identity.Identity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterBusIT {

  private static final BusOptions OPTIONS = BusOptions.DEFAULT
      .withCheckAfter(Duration.ofMillis(300))
      .withDetection(Duration.ofMillis(200), Duration.ofMillis(1_000), Duration.ofMillis(2_500));

  private static final int FIRST_WINDOW = BodyReceiver.FIRST_WINDOW_BYTES;

  private static int seed;
  private static Vertx here;
  private static Vertx there;
  private static NodeBus caller;
  private static NodeBus callee;
  private static Context callerLoop;
  private static Context calleeLoop;
  private final List<ExchangeBus.Served> served = new ArrayList<>();

  @BeforeAll
  static void start() {
    seed = Clusters.freePort();
    here = Clusters.node(seed, seed);
    there = Clusters.node(Clusters.freePort(), seed);
    caller = NodeBus.of(here, OPTIONS);
    callee = NodeBus.of(there, OPTIONS);
    callerLoop = loop(here);
    calleeLoop = loop(there);
  }

  @AfterAll
  static void stop() {
    await(there.close());
    await(here.close());
  }

  @AfterEach
  void nothingIsLeftOver() {
    until("every exchange has ended on both sides", () -> caller.openCount() == 0 && callee.openCount() == 0);
    served.forEach(one -> {
      until("nothing is in flight any more", () -> one.inFlight() == 0);
      await(one.close(Duration.ofSeconds(5)));
    });
  }

  @Test
  void everythingOfARequestAndItsResponseCrosses() {
    AtomicReference<ExchangeRequest> seen = new AtomicReference<>();
    Buffer kilobyte = ChunkStream.noise(1_024, 5);
    serve("whole", "1.2.3", request -> {
      seen.set(request);
      ExchangeResponse response = answer(207, request.body());
      response.headers().add("set-cookie", "a=1").add("set-cookie", "b=2").add("X-Mixed", "ä✓");
      return Future.succeededFuture(new ExchangeResponse(response.status(), "Mixed", response.headers(), response.body()));
    });
    ExchangeContext context = ExchangeContext.start(Deadline.after(Duration.ofSeconds(9)))
        .withIdentity(new Identity("anna", Set.of("a", "b"), Set.of("admin")))
        .withVersion("1.2.3")
        .nextAttempt();
    ExchangeRequest sent = request("PUT", "/path?q=%20x", Body.of(kilobyte), context);
    sent.headers().add("accept", "text/html").add("x-own", "1").add("authorization", "Bearer x");
    ExchangeResponse response = on(callerLoop, () -> caller.call("whole", sent));

    assertEquals(207, response.status());
    assertEquals("Mixed", response.reason());
    assertEquals(List.of("a=1", "b=2"), response.headers().getAll("Set-Cookie"));
    assertEquals("ä✓", response.headers().get("x-mixed"));
    assertEquals(kilobyte, bytesOf(callerLoop, response));
    ExchangeRequest got = seen.get();
    assertEquals("PUT http://localhost:8080/path?q=%20x", got.method() + " " + got.url());
    assertEquals(List.of("*/*", "text/html"), got.headers().getAll("accept"));
    assertEquals(sent.headers().entries().toString(), got.headers().entries().toString());
    assertEquals(context.identity(), got.context().identity());
    assertEquals(context.trace(), got.context().trace());
    assertEquals(Optional.of("1.2.3"), got.context().version());
    assertEquals(2, got.context().attempt());
    long remaining = got.context().deadline().remainingMillis();
    assertTrue(remaining > 0 && remaining <= 9_000, "remaining " + remaining);
  }

  @Test
  void emptyAndInlineBodiesStayWhatTheyAre() {
    serve("echo", "1", request -> Future.succeededFuture(answer(200, request.body())));
    for (int size : new int[] {0, 1, 1_000, Body.INLINE_BYTES_MAX}) {
      Buffer sent = ChunkStream.noise(size, size);
      ExchangeResponse response = on(callerLoop, () -> caller.call("echo", post("/", Body.of(sent))));
      assertEquals(Body.of(sent), response.body(), "size " + size);
    }
  }

  @Test
  void tenMebibytesCrossExactlyInBothDirectionsBetweenAnyContexts() {
    for (Context place : List.of(calleeLoop, worker(there))) {
      ExchangeBus.Served one = on(place, () -> callee.serve("echo", "1", request -> Future.succeededFuture(answer(200, request.body()))));
      for (Context from : List.of(callerLoop, worker(here))) {
        Buffer sent = ChunkStream.noise(10 * 1024 * 1024, 9);
        for (Body body : List.of(Body.of(new ChunkStream(from, sent, 50_001)), Body.of(sent),
            new Body.Stream(new ChunkStream(from, sent, 777), OptionalLong.of(sent.length())))) {
          ExchangeResponse response = on(from, () -> caller.call("echo", post("/", body)));
          assertEquals(body.length(), response.body().length());
          assertEquals(sent, bytesOf(from, response));
        }
      }
      until("ended", () -> callee.openCount() == 0);
      await(one.close(Duration.ofSeconds(5)));
    }
  }

  @Test
  void aReaderThatStopsStopsTheWriterWithinTheWindow() {
    ChunkStream endless = ChunkStream.endless(calleeLoop, 10_000);
    serve("endless", "1", request -> Future.succeededFuture(answer(200, Body.of(endless))));
    AtomicInteger read = new AtomicInteger();
    Promise<Throwable> broken = Promise.promise();
    ExchangeContext context = context();
    on(callerLoop, () -> caller.call("endless", get("/", context)).onSuccess(response -> {
      Body.Stream body = (Body.Stream) response.body();
      body.stream().exceptionHandler(broken::complete);
      body.stream().handler(chunk -> read.addAndGet(chunk.length()));
      body.stream().fetch(5);
    }));
    until("some was read", () -> read.get() == 50_000);
    until("the window is used up", () -> endless.emitted() > 50_000 + FIRST_WINDOW - 20_000);
    roundTrips();
    assertTrue(endless.emitted() <= OPTIONS.windowBytes() + 50_000 + 10_000, "emitted " + endless.emitted());
    assertEquals(50_000, read.get());

    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
    assertEquals("the client went away", await(broken.future()).getMessage());
    until("the source is let go", endless::letGo);
  }

  @Test
  void aReaderThatKeptUpAndThenStopsStopsTheWriterWithinTheFullWindow() {
    ChunkStream endless = ChunkStream.endless(calleeLoop, 10_000);
    serve("endless", "1", request -> Future.succeededFuture(answer(200, Body.of(endless))));
    AtomicInteger read = new AtomicInteger();
    ExchangeContext context = context();
    on(callerLoop, () -> caller.call("endless", get("/", context)).onSuccess(response -> {
      Body.Stream body = (Body.Stream) response.body();
      body.stream().handler(chunk -> {
        if (read.addAndGet(chunk.length()) > 5_000_000) {
          body.stream().pause();
        }
      });
      body.stream().resume();
    }));
    int window = OPTIONS.windowBytes();
    until("much was read, then the window used up", () -> read.get() > 5_000_000 && endless.emitted() > read.get() + window * 3L / 4 - 40_000);
    roundTrips();
    assertTrue(endless.emitted() <= read.get() + window + 10_000, "emitted " + endless.emitted() + ", read " + read.get());
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "enough"));
    until("the source is let go", endless::letGo);
  }

  @Test
  void aHandlerThatReadsNothingStopsTheUpload() {
    Promise<ExchangeResponse> later = Promise.promise();
    serve("lazy", "1", request -> later.future());
    ChunkStream endless = ChunkStream.endless(callerLoop, 10_000);
    Future<ExchangeResponse> call = onFuture(callerLoop, () -> caller.call("lazy", post("/", Body.of(endless))));
    until("the window is used up", () -> endless.emitted() > FIRST_WINDOW - 20_000);
    roundTrips();
    assertTrue(endless.emitted() <= FIRST_WINDOW + 10_000, "emitted " + endless.emitted());
    later.complete(answer(413, Body.EMPTY));
    assertEquals(413, await(call).status());
    until("the source is let go", endless::letGo);
  }

  @Test
  void tinyPiecesAreBoundedToo() {
    ChunkStream endless = ChunkStream.endless(calleeLoop, 1);
    serve("drops", "1", request -> Future.succeededFuture(answer(200, Body.of(endless))));
    ExchangeContext context = context();
    on(callerLoop, () -> caller.call("drops", get("/", context)));
    int most = FIRST_WINDOW / (BodySender.CHUNK_COST_BYTES + 1) + 1;
    until("the window is used up", () -> endless.emitted() >= most - 1);
    roundTrips();
    assertTrue(endless.emitted() <= most + 1, "emitted " + endless.emitted());
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "enough"));
  }

  @Test
  void cancellingTheCallerCancelsTheWorkBehindIt() {
    Promise<Failure> cancelled = Promise.promise();
    Promise<Void> begun = Promise.promise();
    serve("slow", "1", request -> {
      request.context().cancellation().onCancel(() -> cancelled.complete(request.context().cancellation().reason().orElseThrow()));
      begun.complete();
      return Promise.<ExchangeResponse>promise().future();
    });
    ExchangeContext context = context();
    Future<ExchangeResponse> call = onFuture(callerLoop, () -> caller.call("slow", get("/", context.child())));
    await(begun.future());
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
    assertEquals(Failure.Code.CANCELLED, failureOf(call).code());
    assertEquals("the client went away", await(cancelled.future()).getMessage());
  }

  @Test
  void theDeadlineEndsBothSides() {
    Promise<Failure> cancelled = Promise.promise();
    serve("slow", "1", request -> {
      request.context().cancellation().onCancel(() -> cancelled.complete(request.context().cancellation().reason().orElseThrow()));
      return Promise.<ExchangeResponse>promise().future();
    });
    Failure failure = failureOf(onFuture(callerLoop, () -> caller.call("slow", get("/", ExchangeContext.start(Deadline.after(Duration.ofMillis(150)))))));
    assertEquals(Failure.Code.DEADLINE, failure.code());
    assertEquals("'slow' did not answer before the deadline – try again, or allow more time", failure.getMessage());
    assertEquals(Failure.Code.DEADLINE, await(cancelled.future()).code());
  }

  @Test
  void everyFailureCrossesAsData() {
    for (Failure.Code code : Failure.Code.values()) {
      AtomicInteger calls = new AtomicInteger();
      ExchangeBus.Served one = on(calleeLoop, () -> callee.serve("fails", "1", request -> {
        calls.incrementAndGet();
        return Future.failedFuture(new Failure(code, "message of " + code, "detail of " + code));
      }));
      Failure failure = failureOf(onFuture(callerLoop, () -> caller.call("fails", get("/"))));
      assertEquals(code, failure.code());
      assertEquals("message of " + code, failure.getMessage());
      assertEquals("detail of " + code, failure.detail());
      assertEquals(1, calls.get(), "a handler that ran is not run again");
      await(one.close(Duration.ofSeconds(5)));
    }
    serve("throws", "1", request -> {
      throw new IllegalStateException("boom");
    });
    Failure failure = failureOf(onFuture(callerLoop, () -> caller.call("throws", get("/"))));
    assertEquals(Failure.Code.COMPONENT_FAILED, failure.code());
    assertEquals("the component failed", failure.getMessage());
    assertEquals("java.lang.IllegalStateException: boom", failure.detail());
  }

  @Test
  void aResponseThatBreaksOffMidwayFailsItsReader() {
    serve("breaks", "1", request -> Future.succeededFuture(
        answer(200, Body.of(ChunkStream.breaking(calleeLoop, 500_000, 10_000, new Failure(Failure.Code.LIMIT_EXCEEDED, "too much CPU"))))));
    ExchangeResponse response = on(callerLoop, () -> caller.call("breaks", get("/")));
    Failure failure = failureOf(onFuture(callerLoop, () -> response.body().collect(Integer.MAX_VALUE)));
    assertEquals(Failure.Code.LIMIT_EXCEEDED, failure.code());
    assertEquals("too much CPU", failure.getMessage());
  }

  @Test
  void anUploadThatBreaksOffMidwayFailsItsReader() {
    serve("reads", "1", request -> request.body().collect(Integer.MAX_VALUE).map(all -> answer(200, Body.EMPTY)));
    Body broken = Body.of(ChunkStream.breaking(callerLoop, 300_000, 10_000, new Failure(Failure.Code.CANCELLED, "the client hung up")));
    Failure failure = failureOf(onFuture(callerLoop, () -> caller.call("reads", post("/", broken))));
    assertEquals(Failure.Code.CANCELLED, failure.code());
    assertEquals("the client hung up", failure.getMessage());
  }

  @Test
  void anInstanceThatWasGoneAlreadyIsPassedOverOnce() {
    List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
    serve("moved", "1", request -> request.body().collect(Integer.MAX_VALUE).map(body -> {
      attempts.add(request.context().attempt());
      return answer(200, Body.of(body));
    }));
    Peer peer = remoteOf("moved").peer();
    long dead = ~peer.id & Long.MAX_VALUE;
    List<RemoteInstance> stale = List.of(
        new RemoteInstance(new Peer(here, dead), 77, 0, "moved", "1"),
        new RemoteInstance(peer, 78, 0, "other", "1"));
    for (RemoteInstance gone : stale) {
      attempts.clear();
      RemoteInstance fresh = remoteOf("moved");
      for (int i = 0; i < 4; i++) {
        Buffer sent = ChunkStream.noise(200_000, i);
        caller.routes.remotes(List.of(new RemoteInstance(gone.peer(), gone.id(), 0, "moved", "1"), fresh));
        ExchangeResponse response = on(callerLoop, () -> caller.call("moved", post("/", Body.of(new ChunkStream(callerLoop, sent, 9_999)))));
        assertEquals(sent, bytesOf(callerLoop, response));
      }
      assertTrue(attempts.stream().allMatch(attempt -> attempt <= 2), "attempts " + attempts);
      caller.routes.remotes(List.of(fresh));
    }
    Failure failure = failureOf(onFuture(callerLoop, () -> {
      caller.routes.remotes(List.of(new RemoteInstance(new Peer(here, dead), 77, 0, "moved", "1")));
      return caller.call("moved", get("/"));
    }));
    assertEquals(Failure.Code.NOBODY_THERE, failure.code());
  }

  @Test
  void aFullNodeSaysSoWithoutRunningAnything() {
    Promise<ExchangeResponse> later = Promise.promise();
    AtomicInteger calls = new AtomicInteger();
    served.add(on(calleeLoop, () -> callee.serve("busy", "1", 1, request -> {
      calls.incrementAndGet();
      return later.future();
    })));
    Future<ExchangeResponse> first = onFuture(callerLoop, () -> caller.call("busy", get("/")));
    until("taken", () -> calls.get() == 1);
    Failure failure = failureOf(onFuture(callerLoop, () -> caller.call("busy", get("/"))));
    assertEquals(Failure.Code.OVERLOADED, failure.code());
    assertEquals("'busy' is overloaded – try again later", failure.getMessage());
    later.complete(answer(200, Body.EMPTY));
    assertEquals(200, await(first).status());
    assertEquals(1, calls.get());
  }

  @Test
  void aLocalInstanceIsPreferredAndRemoteOnesTakeTurns() {
    serve("spread", "1", always("there 1"));
    served.add(on(loop(there), () -> callee.serve("spread", "1", always("there 2"))));
    Set<String> answered = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      answered.add(bytesOf(callerLoop, on(callerLoop, () -> caller.call("spread", get("/")))).toString());
    }
    assertEquals(Set.of("there 1", "there 2"), answered);
    served.add(on(callerLoop, () -> caller.serve("spread", "1", always("here"))));
    for (int i = 0; i < 4; i++) {
      assertEquals("here", bytesOf(callerLoop, on(callerLoop, () -> caller.call("spread", get("/")))).toString());
    }
  }

  @Test
  void closingDrainsWhatOtherNodesHaveInFlight() {
    Promise<ExchangeResponse> later = Promise.promise();
    ExchangeBus.Served old = on(calleeLoop, () -> callee.serve("rolling", "1", request -> later.future()));
    Future<ExchangeResponse> call = onFuture(callerLoop, () -> caller.call("rolling", get("/")));
    until("taken", () -> old.inFlight() == 1);
    serve("rolling", "2", always("new"));
    Future<Void> closed = old.close(Exchanges.SOON);
    until("the caller's node knows", () -> caller.routes.find("rolling", Optional.of("1")) == null);
    assertEquals("new", bytesOf(callerLoop, on(callerLoop, () -> caller.call("rolling", get("/")))).toString());
    assertFalse(closed.isComplete());
    later.complete(answer(200, Body.of(Buffer.buffer("old"))));
    assertEquals("old", bytesOf(callerLoop, await(call)).toString());
    await(closed);
  }

  @Test
  void anExchangeTheOtherSideKnowsNothingOfIsEnded() {
    Promise<Void> begun = Promise.promise();
    serve("forgets", "1", request -> {
      begun.complete();
      return Promise.<ExchangeResponse>promise().future();
    });
    Future<ExchangeResponse> call = onFuture(callerLoop, () -> caller.call("forgets", get("/")));
    await(begun.future());
    callee.forgetOpen();
    Failure failure = failureOf(call);
    assertEquals(Failure.Code.CONNECTION_LOST, failure.code());
    assertTrue(failure.detail().endsWith("knows nothing of it any more"), failure.detail());
  }

  @Test
  void aNodeThatHangsIsLostUntilItGoesOnAndAKilledOneForGood() throws Exception {
    try (NodeProcess node = NodeProcess.start(Clusters.freePort(), seed)) {
      until("its instances are known", () -> caller.routes.find("echo", Optional.empty()) != null);
      Buffer sent = Buffer.buffer("hello");
      assertEquals(sent, bytesOf(callerLoop, on(callerLoop, () -> caller.call("echo", post("/", Body.of(sent))))));

      Future<ExchangeResponse> hanging = onFuture(callerLoop, () -> caller.call("hang", get("/")));
      node.signal("STOP");
      Failure silent = failureOf(hanging);
      assertEquals(Failure.Code.CONNECTION_LOST, silent.code());
      assertTrue(silent.detail().contains("has been silent for"), silent.detail());
      node.signal("CONT");
      until("it is back", () -> caller.routes.find("endless", Optional.empty()) != null);
      assertEquals(sent, bytesOf(callerLoop, on(callerLoop, () -> caller.call("echo", post("/", Body.of(sent))))));

      Promise<Throwable> broken = Promise.promise();
      AtomicInteger read = new AtomicInteger();
      on(callerLoop, () -> caller.call("endless", get("/")).onSuccess(response -> {
        Body.Stream body = (Body.Stream) response.body();
        body.stream().exceptionHandler(broken::tryComplete).handler(chunk -> read.addAndGet(chunk.length()));
        body.stream().resume();
      }));
      Future<ExchangeResponse> again = onFuture(callerLoop, () -> caller.call("hang", get("/")));
      until("a good deal was read", () -> read.get() > 3_000_000);
      node.kill();
      assertEquals(Failure.Code.CONNECTION_LOST, failureOf(again).code());
      assertEquals(Failure.Code.CONNECTION_LOST, ((Failure) await(broken.future())).code());
      until("it is out of the routing", () -> caller.routes.find("hang", Optional.empty()) == null);
      assertEquals(Failure.Code.NOBODY_THERE, failureOf(onFuture(callerLoop, () -> caller.call("hang", get("/")))).code());
    }
  }

  @Test
  void garbageOnTheBusHarmsNobody() {
    serve("echo", "1", request -> Future.succeededFuture(answer(200, request.body())));
    RemoteInstance instance = remoteOf("echo");
    for (int i = 0; i < 500; i++) {
      here.eventBus().send(Peer.address(instance.peer().id, instance.lane()),
          new Wire.Encoded(ChunkStream.noise(i % 60, i).setByte(0, (byte) 1), Optional.empty()));
    }
    Buffer sent = Buffer.buffer("still here");
    assertEquals(sent, bytesOf(callerLoop, on(callerLoop, () -> caller.call("echo", post("/", Body.of(sent))))));
  }

  /// Every kind of exchange at once, from every kind of context to every kind of context, with every kind of trouble.
  @Test
  void aStormOfEverythingLeavesNothingBehind() {
    List<Context> from = List.of(callerLoop, loop(here), worker(here));
    for (Context place : List.of(calleeLoop, loop(there), worker(there))) {
      served.add(on(place, () -> callee.serve("storm", "1", request -> storm(place, request))));
    }
    served.add(on(loop(here), () -> caller.serve("storm-local", "1", request -> storm(Vertx.currentContext(), request))));
    List<Future<Void>> all = new ArrayList<>();
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      Context context = from.get(seed % from.size());
      all.add(onFuture(context, () -> stormCall(context, random)));
    }
    all.forEach(Exchanges::await);
  }

  /// Echoes after a while, breaks off, fails, or never answers, as the path says.
  private static Future<ExchangeResponse> storm(Context place, ExchangeRequest request) {
    return switch (request.target()) {
      case "/echo" -> Future.succeededFuture(answer(200, request.body()));
      case "/collect" -> request.body().collect(Integer.MAX_VALUE).map(whole -> answer(200, Body.of(whole)));
      case "/ignore" -> Future.succeededFuture(answer(200, Body.of(ChunkStream.repeating(place, 100_000, 1_000))));
      case "/break" -> Future.succeededFuture(answer(200, Body.of(ChunkStream.breaking(place, 70_000, 1_000, new Failure(Failure.Code.LIMIT_EXCEEDED, "broke")))));
      case "/fail" -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "refused"));
      case "/never" -> Promise.<ExchangeResponse>promise().future();
      default -> throw new AssertionError(request.target());
    };
  }

  private static Future<Void> stormCall(Context context, Random random) {
    Buffer sent = ChunkStream.noise(random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(300_000), random.nextLong());
    boolean uploadBreaks = random.nextInt(10) == 0;
    Body body = uploadBreaks ? Body.of(ChunkStream.breaking(context, 90_000, 5_000, new Failure(Failure.Code.CANCELLED, "upload broke")))
        : random.nextBoolean() ? Body.of(sent) : Body.of(new ChunkStream(context, sent, 1 + random.nextInt(50_000)));
    String path = List.of("/echo", "/collect", "/echo", "/collect", "/ignore", "/break", "/fail", "/never").get(random.nextInt(8));
    boolean leaves = path.equals("/never") && random.nextBoolean() || random.nextInt(6) == 0;
    ExchangeContext exchange = ExchangeContext.start(Deadline.after(path.equals("/never") && !leaves ? Duration.ofMillis(300) : Exchanges.SOON));
    if (leaves) {
      context.owner().setTimer(1 + random.nextInt(30), now -> exchange.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "left")));
    }
    String component = random.nextInt(4) == 0 ? "storm-local" : "storm";
    return caller.call(component, request("POST", path, body, exchange))
        .compose(response -> response.body().collect(Integer.MAX_VALUE))
        .<Void>transform(result -> {
          if (result.succeeded()) {
            boolean echoed = path.equals("/echo") || path.equals("/collect");
            assertTrue(echoed || path.equals("/ignore"), path);
            assertFalse(uploadBreaks && echoed, path);
            assertEquals(echoed ? sent.length() : 100_000, result.result().length());
            assertTrue(!echoed || sent.equals(result.result()), "the bytes differ");
            return Future.succeededFuture();
          }
          String expected = switch (result.cause().getMessage()) {
            case "left" -> leaves ? "left" : "";
            case "upload broke" -> uploadBreaks ? "upload broke" : "";
            case "broke" -> path.equals("/break") ? "broke" : "";
            case "refused" -> path.equals("/fail") ? "refused" : "";
            default -> path.equals("/never") ? result.cause().getMessage() : "";
          };
          assertEquals(expected, result.cause().getMessage(), path);
          return Future.succeededFuture();
        });
  }

  private void serve(String component, String version, ExchangeHandler handler) {
    served.add(on(calleeLoop, () -> callee.serve(component, version, handler)));
  }

  private static RemoteInstance remoteOf(String component) {
    return caller.routes.find(component, Optional.empty()).remote(null);
  }

  /// Lets whatever is still under way arrive: a few exchanges of their own, on the same lanes.
  private void roundTrips() {
    ExchangeBus.Served ping = on(calleeLoop, () -> callee.serve("ping", "1", always("pong")));
    for (int i = 0; i < 5; i++) {
      on(callerLoop, () -> caller.call("ping", get("/")));
    }
    await(ping.close(Duration.ofSeconds(5)));
  }

  private static <T> Future<T> onFuture(Context context, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(promise::tryComplete, promise::tryFail));
    return promise.future();
  }
}
