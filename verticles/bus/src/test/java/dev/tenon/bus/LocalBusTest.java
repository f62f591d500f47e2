package dev.tenon.bus;

import static dev.tenon.bus.Exchanges.always;
import static dev.tenon.bus.Exchanges.answer;
import static dev.tenon.bus.Exchanges.await;
import static dev.tenon.bus.Exchanges.bytesOf;
import static dev.tenon.bus.Exchanges.context;
import static dev.tenon.bus.Exchanges.failureOf;
import static dev.tenon.bus.Exchanges.get;
import static dev.tenon.bus.Exchanges.loop;
import static dev.tenon.bus.Exchanges.ok;
import static dev.tenon.bus.Exchanges.on;
import static dev.tenon.bus.Exchanges.post;
import static dev.tenon.bus.Exchanges.until;
import static dev.tenon.bus.Exchanges.worker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalBusTest {

  private Vertx vertx;
  private ExchangeBus bus;
  private Context here;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    bus = ExchangeBus.of(vertx);
    here = loop(vertx);
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void oneBusPerVertx() {
    assertSame(bus, ExchangeBus.of(vertx));
    Vertx other = Vertx.vertx();
    try {
      assertNotSame(bus, ExchangeBus.of(other));
    } finally {
      await(other.close());
    }
  }

  @Test
  void requestAndResponseCrossByReferenceOnTheCallersOwnLoop() {
    AtomicReference<ExchangeRequest> seen = new AtomicReference<>();
    AtomicReference<Thread> seenOn = new AtomicReference<>();
    ExchangeResponse response = answer(200, Body.of(Buffer.buffer("x")));
    serve(here, "echo", request -> {
      seen.set(request);
      seenOn.set(Thread.currentThread());
      return Future.succeededFuture(response);
    });
    serve(loop(vertx), "echo", always("the far one"));
    ExchangeRequest request = get("/a");
    AtomicReference<Thread> calledOn = new AtomicReference<>();
    for (int i = 0; i < 10; i++) {
      ExchangeResponse got = on(here, () -> {
        calledOn.set(Thread.currentThread());
        return bus.call("echo", request);
      });
      assertSame(response, got);
      assertSame(request.headers(), seen.get().headers());
      assertSame(request.body(), seen.get().body());
      assertSame(calledOn.get(), seenOn.get());
    }
  }

  @Test
  void theAnswerArrivesOnTheCallersContextWhereverTheInstanceLives() {
    Map<String, Context> places = new LinkedHashMap<>();
    places.put("same-loop", here);
    places.put("other-loop", loop(vertx));
    places.put("worker", worker(vertx));
    places.forEach((name, place) -> serve(place, name, request -> {
      assertSame(place, Vertx.currentContext(), name);
      Promise<ExchangeResponse> later = Promise.promise();
      place.runOnContext(now -> later.complete(answer(200, Body.of(Buffer.buffer(name)))));
      return later.future();
    }));
    for (String name : places.keySet()) {
      for (Context caller : List.of(here, loop(vertx), worker(vertx))) {
        AtomicReference<Context> answeredOn = new AtomicReference<>();
        ExchangeResponse response = on(caller, () -> bus.call(name, get("/")).onSuccess(r -> answeredOn.set(Vertx.currentContext())));
        assertSame(caller, answeredOn.get(), name);
        assertEquals(name, bytesOf(caller, response).toString());
      }
    }
  }

  @Test
  void callsFromOutsideVertxAreAnswered() {
    serve(here, "echo", always("hello"));
    assertEquals("hello", await(bus.call("echo", get("/")).compose(r -> r.body().collect(100))).toString());
  }

  @Test
  void instancesElsewhereTakeTurns() {
    Set<String> answered = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      serve(loopOtherThan(here), "echo", always("instance " + i));
    }
    for (int i = 0; i < 6; i++) {
      answered.add(bytesOf(here, on(here, () -> bus.call("echo", get("/")))).toString());
    }
    assertEquals(Set.of("instance 0", "instance 1", "instance 2"), answered);
  }

  @Test
  void aNamedVersionIsHonoured() {
    serve(here, "echo", "1.0.0", always("one"));
    serve(here, "echo", "2.0.0", always("two"));
    for (int i = 0; i < 4; i++) {
      assertEquals("one", bytesOf(here, on(here, () -> bus.call("echo", get("/", context().withVersion("1.0.0"))))).toString());
      assertEquals("two", bytesOf(here, on(here, () -> bus.call("echo", get("/", context().withVersion("2.0.0"))))).toString());
    }
    Failure failure = failureOf(bus.call("echo", get("/", context().withVersion("3.0.0"))));
    assertEquals("no instance of version 3.0.0 of 'echo' is running – start one, or try again later", failure.getMessage());
    assertEquals(Failure.Code.NOBODY_THERE, failure.code());
  }

  @Test
  void everyWayOfFailingReachesTheCallerAsAFailure() {
    record Row(String name, ExchangeHandler handler, Failure.Code code, String message, String detail) {}
    List<Row> rows = List.of(
        new Row("throws", request -> {
          throw new IllegalStateException("boom");
        }, Failure.Code.COMPONENT_FAILED, "the component failed", "java.lang.IllegalStateException: boom"),
        new Row("fails", request -> Future.failedFuture(new IllegalStateException("boom")),
            Failure.Code.COMPONENT_FAILED, "the component failed", "java.lang.IllegalStateException: boom"),
        new Row("null-future", request -> null,
            Failure.Code.COMPONENT_FAILED, "the component failed", "java.lang.IllegalStateException: the handler returned no future"),
        new Row("null-answer", request -> Future.succeededFuture(),
            Failure.Code.COMPONENT_FAILED, "the component failed", "java.lang.IllegalStateException: the handler answered null"),
        new Row("refuses", request -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "not yours", "plan free")),
            Failure.Code.REFUSED, "not yours", "plan free"),
        new Row("passes on that nobody was there", request -> Future.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "no auth")),
            Failure.Code.NOBODY_THERE, "no auth", ""));
    for (Context place : List.of(here, loopOtherThan(here), worker(vertx))) {
      for (Row row : rows) {
        AtomicInteger calls = new AtomicInteger();
        ExchangeBus.Served served = serve(place, row.name(), request -> {
          calls.incrementAndGet();
          return row.handler().handle(request);
        });
        Failure failure = failureOf(onFuture(here, () -> bus.call(row.name(), get("/"))));
        assertEquals(row.code(), failure.code(), row.name());
        assertEquals(row.message(), failure.getMessage(), row.name());
        assertEquals(row.detail(), failure.detail(), row.name());
        assertEquals(1, calls.get(), "a handler that ran is not run again: " + row.name());
        assertEquals(0, served.inFlight(), row.name());
        await(served.close(Duration.ZERO));
      }
    }
  }

  @Test
  void nobodyThereIsSaidAtOnce() {
    Failure failure = failureOf(bus.call("nobody", get("/")));
    assertEquals(Failure.Code.NOBODY_THERE, failure.code());
    assertEquals("no instance of 'nobody' is running – start one, or try again later", failure.getMessage());
  }

  @Test
  void theDeadlineFailsTheCallerAndCancelsTheWork() {
    for (Context place : List.of(here, loopOtherThan(here), worker(vertx))) {
      Promise<Failure> cancelled = Promise.promise();
      ExchangeBus.Served served = serve(place, "slow", request -> {
        request.context().cancellation().onCancel(() -> cancelled.complete(request.context().cancellation().reason().orElseThrow()));
        return Promise.<ExchangeResponse>promise().future();
      });
      Failure failure = failureOf(onFuture(here, () -> bus.call("slow", get("/", ExchangeContext.start(Deadline.after(Duration.ofMillis(80)))))));
      assertEquals(Failure.Code.DEADLINE, failure.code());
      assertEquals("'slow' did not answer before the deadline – try again, or allow more time", failure.getMessage());
      assertEquals(Failure.Code.DEADLINE, await(cancelled.future()).code());
      assertEquals(0, served.inFlight());
      await(served.close(Duration.ZERO));
    }
  }

  @Test
  void aDeadlineThatHasPassedCallsNobody() {
    AtomicInteger calls = new AtomicInteger();
    serve(here, "echo", request -> {
      calls.incrementAndGet();
      return ok();
    });
    assertEquals(Failure.Code.DEADLINE, failureOf(bus.call("echo", get("/", ExchangeContext.start(Deadline.after(Duration.ZERO))))).code());
    assertEquals(0, calls.get());
  }

  @Test
  void theCallersCancellationReachesTheWorkAndEndsTheCall() {
    for (Context place : List.of(here, loopOtherThan(here), worker(vertx))) {
      Promise<Failure> cancelled = Promise.promise();
      Promise<Void> begun = Promise.promise();
      ExchangeBus.Served served = serve(place, "slow", request -> {
        request.context().cancellation().onCancel(() -> cancelled.complete(request.context().cancellation().reason().orElseThrow()));
        begun.complete();
        return Promise.<ExchangeResponse>promise().future();
      });
      ExchangeContext parent = context();
      Future<ExchangeResponse> call = onFuture(here, () -> bus.call("slow", get("/", parent.child())));
      await(begun.future());
      Failure gone = new Failure(Failure.Code.CANCELLED, "the client went away");
      parent.cancellation().cancel(gone);
      assertSame(gone, await(cancelled.future()));
      assertSame(gone, failureOf(call));
      assertEquals(0, served.inFlight());
      await(served.close(Duration.ZERO));
    }
  }

  @Test
  void aFullInstanceIsPassedOverAndWhenAllAreFullTheCallerHearsOfIt() {
    List<Promise<ExchangeResponse>> pending = Collections.synchronizedList(new ArrayList<>());
    ExchangeHandler hold = request -> {
      Promise<ExchangeResponse> promise = Promise.promise();
      pending.add(promise);
      return promise.future();
    };
    ExchangeBus.Served near = on(here, () -> bus.serve("busy", "1", 1, hold));
    ExchangeBus.Served far = on(loopOtherThan(here), () -> bus.serve("busy", "1", 2, hold));
    List<Future<ExchangeResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(onFuture(here, () -> bus.call("busy", get("/"))));
    }
    until("all three taken", () -> pending.size() == 3);
    assertEquals(1, near.inFlight());
    assertEquals(2, far.inFlight());
    Failure failure = failureOf(onFuture(here, () -> bus.call("busy", get("/"))));
    assertEquals(Failure.Code.OVERLOADED, failure.code());
    assertEquals("'busy' is overloaded – it takes 3 exchanges at a time – try again later", failure.getMessage());
    pending.forEach(promise -> promise.complete(answer(204, Body.EMPTY)));
    calls.forEach(Exchanges::await);
    assertEquals(0, near.inFlight() + far.inFlight());
    assertEquals(3, pending.size());
  }

  @Test
  void aComponentThatCallsItselfIsNotFoundInTheMiddleOfItsOwnStatement() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    serve(here, "self", request -> {
      if (request.target().equals("/inner")) {
        order.add("inner");
        return ok();
      }
      order.add("outer begins");
      Future<ExchangeResponse> inner = bus.call("self", get("/inner"));
      order.add("outer ends");
      return inner;
    });
    on(here, () -> bus.call("self", get("/outer")));
    assertEquals(List.of("outer begins", "outer ends", "inner"), order);
  }

  @Test
  void closingLeavesTheRoutingAtOnceAndWaitsForWhatIsInFlight() {
    Promise<ExchangeResponse> pending = Promise.promise();
    ExchangeBus.Served served = serve(here, "slow", request -> pending.future());
    Future<ExchangeResponse> call = onFuture(here, () -> bus.call("slow", get("/")));
    until("taken", () -> served.inFlight() == 1);
    Future<Void> closed = served.close(Exchanges.SOON);
    assertEquals(Failure.Code.NOBODY_THERE, failureOf(bus.call("slow", get("/"))).code());
    assertFalse(closed.isComplete());
    pending.complete(answer(200, Body.EMPTY));
    assertEquals(200, await(call).status());
    await(closed);
    assertEquals(0, served.inFlight());
  }

  @Test
  void whatIsStillInFlightWhenTheDrainHasPassedIsToldAndCancelled() {
    Promise<Failure> cancelled = Promise.promise();
    ExchangeBus.Served served = serve(loopOtherThan(here), "stuck", request -> {
      request.context().cancellation().onCancel(() -> cancelled.complete(request.context().cancellation().reason().orElseThrow()));
      return Promise.<ExchangeResponse>promise().future();
    });
    Future<ExchangeResponse> call = onFuture(here, () -> bus.call("stuck", get("/")));
    until("taken", () -> served.inFlight() == 1);
    await(served.close(Duration.ofMillis(50)));
    Failure failure = failureOf(call);
    assertEquals(Failure.Code.CONNECTION_LOST, failure.code());
    assertEquals("the instance of 'stuck' was stopped before it had answered", failure.getMessage());
    assertEquals(Failure.Code.CONNECTION_LOST, await(cancelled.future()).code());
  }

  @Test
  void undeployingAVerticleTakesItsInstanceOut() {
    Set<ExchangeBus.Served> served = ConcurrentHashMap.newKeySet();
    String id = await(vertx.deployVerticle(new AbstractVerticle() {
      @Override
      public void start(Promise<Void> started) {
        bus.serve("short-lived", "1", always("x")).onSuccess(served::add).<Void>mapEmpty().onComplete(started);
      }
    }));
    assertEquals(200, await(bus.call("short-lived", get("/"))).status());
    await(vertx.undeploy(id));
    assertEquals(Failure.Code.NOBODY_THERE, failureOf(bus.call("short-lived", get("/"))).code());
  }

  @Test
  void closingVertxEndsWhatIsOpen() {
    Vertx other = Vertx.vertx();
    ExchangeBus itsBus = ExchangeBus.of(other);
    ExchangeBus.Served served = on(loop(other), () -> itsBus.serve("slow", "1", request -> Promise.<ExchangeResponse>promise().future()));
    Future<ExchangeResponse> call = itsBus.call("slow", get("/"));
    until("taken", () -> served.inFlight() == 1);
    await(other.close());
    assertEquals(Failure.Code.CONNECTION_LOST, assertInstanceOf(Failure.class, call.cause()).code());
  }

  @Test
  void bodiesAreExactBetweenAnyTwoContexts() {
    List<Context> places = List.of(here, loopOtherThan(here), worker(vertx));
    for (Context place : places) {
      ExchangeBus.Served served = serve(place, "echo", request -> request.body().collect(Integer.MAX_VALUE)
          .map(whole -> answer(200, Body.of(new ChunkStream(place, whole, 7_001)))));
      for (Context caller : places) {
        Buffer sent = ChunkStream.noise(3_000_000, 42);
        ExchangeResponse response = on(caller, () -> bus.call("echo", post("/", Body.of(new ChunkStream(caller, sent, 10_000)))));
        assertEquals(sent, bytesOf(caller, response));
        until("ended", () -> served.inFlight() == 0);
      }
      await(served.close(Duration.ZERO));
    }
  }

  @Test
  void anUploadFromAWorkerReachesAnInstanceOnTheWorkersOwnLoop() {
    Context worker = worker(vertx);
    Context itsLoop = ((VertxInternal) vertx).contextBuilder().withEventLoop(((ContextInternal) worker).nettyEventLoop()).build();
    serve(itsLoop, "echo", request -> request.body().collect(Integer.MAX_VALUE).map(whole -> answer(200, Body.of(whole))));
    Buffer sent = ChunkStream.noise(1_000_000, 8);
    ExchangeResponse response = on(worker, () -> bus.call("echo", post("/", Body.of(new ChunkStream(worker, sent, 10_000)))));
    assertEquals(sent, bytesOf(worker, response));
  }

  @Test
  void aReaderThatStopsStopsTheWriterWithinTheWindow() {
    Context far = loopOtherThan(here);
    ChunkStream endless = ChunkStream.endless(far, 10_000);
    serve(far, "endless", request -> Future.succeededFuture(answer(200, Body.of(endless))));
    AtomicInteger read = new AtomicInteger();
    ExchangeContext context = context();
    Promise<Throwable> broken = Promise.promise();
    on(here, () -> bus.call("endless", get("/", context)).onSuccess(response -> {
      Body.Stream body = (Body.Stream) response.body();
      body.stream().exceptionHandler(broken::complete);
      body.stream().handler(chunk -> read.addAndGet(chunk.length()));
      body.stream().fetch(5);
    }));
    int window = BusOptions.DEFAULT.windowBytes();
    until("five chunks read", () -> read.get() == 50_000);
    until("the window is full", () -> endless.emitted() > 50_000 + BodyReceiver.FIRST_WINDOW_BYTES - 20_000);
    on(far, () -> Future.succeededFuture(null));
    on(here, () -> Future.succeededFuture(null));
    assertTrue(endless.emitted() <= 50_000 + window + 10_000, "emitted " + endless.emitted());
    assertEquals(50_000, read.get());
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "the client went away"));
    assertEquals("the client went away", await(broken.future()).getMessage());
    until("the source is let go", endless::letGo);
  }

  @Test
  void aSourceThatFailsMidwayFailsItsReader() {
    for (Context place : List.of(here, loopOtherThan(here), worker(vertx))) {
      ExchangeBus.Served served = serve(place, "breaks", request -> Future.succeededFuture(
          answer(200, Body.of(ChunkStream.breaking(place, 50_000, 1_000, new Failure(Failure.Code.LIMIT_EXCEEDED, "too long"))))));
      ExchangeResponse response = on(here, () -> bus.call("breaks", get("/")));
      Failure failure = failureOf(onFuture(here, () -> response.body().collect(1_000_000)));
      assertEquals(Failure.Code.LIMIT_EXCEEDED, failure.code());
      assertEquals("too long", failure.getMessage());
      until("ended", () -> served.inFlight() == 0);
      await(served.close(Duration.ZERO));
    }
  }

  @Test
  void collectingHasABound() {
    Buffer body = ChunkStream.noise(2_000, 1);
    assertEquals(body, await(Body.of(body).collect(2_000)));
    assertEquals("the body is larger than 1999 bytes – send a smaller one", failureOf(Body.of(body).collect(1_999)).getMessage());
    ChunkStream stream = new ChunkStream(here, body, 100);
    assertEquals(Failure.Code.BODY_TOO_LARGE, failureOf(onFuture(here, () -> Body.of(stream).collect(1_999))).code());
    assertEquals(Optional.empty(), context().version());
  }

  private ExchangeBus.Served serve(Context context, String component, ExchangeHandler handler) {
    return serve(context, component, "1", handler);
  }

  private ExchangeBus.Served serve(Context context, String component, String version, ExchangeHandler handler) {
    return on(context, () -> bus.serve(component, version, handler));
  }

  private Context loopOtherThan(Context context) {
    Context other = loop(vertx);
    Thread mine = on(context, () -> Future.succeededFuture(Thread.currentThread()));
    while (on(other, () -> Future.succeededFuture(Thread.currentThread())) == mine) {
      other = loop(vertx);
    }
    return other;
  }

  private static <T> Future<T> onFuture(Context context, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(promise::tryComplete, promise::tryFail));
    return promise.future();
  }
}
