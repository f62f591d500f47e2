package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// One worker on one event loop, without a bus: what tests of the runtime send requests to. Everything it waits for has a generous deadline.
final class TestWorker implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Vertx VERTX = Vertx.vertx();

  private final ContextInternal owner;
  private final WorkerInstance instance;
  private final BlockingQueue<String> log;

  private TestWorker(ContextInternal owner, WorkerInstance instance, BlockingQueue<String> log) {
    this.owner = owner;
    this.instance = instance;
    this.log = log;
  }

  static Builder with(String mainModule) {
    return new Builder().module("index.js", ModuleSource.Type.ESM, mainModule);
  }

  /// A worker that answers with the module's `default.fetch`.
  static TestWorker of(String mainModule) {
    return with(mainModule).start();
  }

  static Vertx vertx() {
    return VERTX;
  }

  static final class Builder {
    private final List<ModuleSource> modules = new ArrayList<>();
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private final Map<String, Fetcher> services = new LinkedHashMap<>();
    private WorkerDefinition.Format format = WorkerDefinition.Format.MODULES;
    private WorkerLimits limits = WorkerLimits.DEFAULT;
    private Fetcher egress = _ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test"));
    private Duration background = Duration.ofSeconds(30);
    private int exchangesMax = 100;
    private ResponseCache cache = ResponseCache.ofNode();
    private LocalDate date = LocalDate.of(2026, 11, 1);
    private Set<String> flags = Set.of();

    Builder module(String name, ModuleSource.Type type, String text) {
      return module(name, type, Buffer.buffer(text));
    }

    Builder module(String name, ModuleSource.Type type, Buffer content) {
      modules.add(new ModuleSource(name, type, content));
      return this;
    }

    Builder sourceMap(String json) {
      ModuleSource main = modules.removeFirst();
      modules.addFirst(new ModuleSource(main.name(), main.type(), main.content(), Optional.of(json)));
      return this;
    }

    Builder binding(String name, Binding binding) {
      bindings.put(name, binding);
      return this;
    }

    Builder service(String component, Fetcher behind) {
      services.put(component, behind);
      return this;
    }

    Builder egress(Fetcher fetcher) {
      egress = fetcher;
      return this;
    }

    Builder serviceWorker() {
      format = WorkerDefinition.Format.SERVICE_WORKER;
      return this;
    }

    Builder limits(WorkerLimits other) {
      limits = other;
      return this;
    }

    Builder compatibility(LocalDate other, String... named) {
      date = other;
      flags = Set.of(named);
      return this;
    }

    Builder exchangesMax(int bound) {
      exchangesMax = bound;
      return this;
    }

    Builder cache(ResponseCache other) {
      cache = other;
      return this;
    }

    Builder background(Duration bound) {
      background = bound;
      return this;
    }

    WorkerDefinition definition() {
      return new WorkerDefinition(
          "test", "index.js", modules, date, flags, bindings, format, limits);
    }

    TestWorker start() {
      return start((ContextInternal) VERTX.getOrCreateContext());
    }

    TestWorker start(ContextInternal owner) {
      BlockingQueue<String> log = new LinkedBlockingQueue<>();
      WorkerOptions options = WorkerOptions.of(egress)
          .withLog((level, _, text) -> {
            if (Boolean.getBoolean("test.log")) {
              System.out.println(level + " " + text);
            }
            log.add(level + " " + text);
          })
          .withBackground(background)
          .withCache(cache)
          .withExchangesPerIsolateMax(exchangesMax);
      Surroundings surroundings = new Surroundings(options, new FakeBus(services), () -> { });
      WorkerInstance instance = new WorkerInstance(owner, definition(), surroundings);
      TestWorker worker = new TestWorker(owner, instance, log);
      await(worker.onOwner(instance::start));
      return worker;
    }
  }

  static ExchangeRequest get(String target) {
    return request("GET", target, HttpHeaders.headers(), Body.EMPTY);
  }

  static ExchangeRequest post(String target, String body) {
    return request("POST", target, HttpHeaders.headers(), Body.of(Buffer.buffer(body)));
  }

  static ExchangeRequest request(String method, String target, MultiMap headers, Body body) {
    return new ExchangeRequest(method, "http", "worker.test", target, headers, body, ExchangeContext.start(Deadline.after(PATIENCE)));
  }

  /// The response, whole.
  Answer send(ExchangeRequest request) {
    return await(sendLater(request));
  }

  Answer get() {
    return send(get("/"));
  }

  Future<Answer> sendLater(ExchangeRequest request) {
    return onOwner(() -> instance.handle(request).compose(TestWorker::whole));
  }

  /// The response, its body still to be read on the owner's context.
  Future<ExchangeResponse> head(ExchangeRequest request) {
    return onOwner(() -> instance.handle(request));
  }

  /// What another worker asks over a binding.
  Future<ExchangeResponse> call(ExchangeRequest addressed) {
    return onOwner(() -> instance.handleCall(addressed));
  }

  /// Hands a request on to the worker, on its own thread already.
  Future<ExchangeResponse> forward(ExchangeRequest request) {
    return instance.handle(request);
  }

  /// The failure that a request ends with.
  Failure failure(ExchangeRequest request) {
    return Failure.of(awaitFailure(onOwner(() -> instance.handle(request))));
  }

  Future<Void> scheduled(String cron, long millis) {
    return onOwner(() -> instance.scheduled(cron, millis));
  }

  Future<Void> drain(Duration patience) {
    return onOwner(() -> instance.close(patience));
  }

  <T> Future<T> onOwner(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    owner.runOnContext(_ -> {
      try {
        work.get().onComplete(promise);
      } catch (Throwable thrown) {
        promise.fail(thrown);
      }
    });
    return promise.future();
  }

  /// The next line of the worker's log.
  String logged() {
    try {
      String line = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("nothing was logged");
      }
      return line;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    await(drain(Duration.ZERO));
  }

  /// @param body as text
  record Answer(int status, String reason, MultiMap headers, String body, Buffer bytes) {}

  static Future<Answer> whole(ExchangeResponse response) {
    return response.body().collect(64 << 20)
        .map(bytes -> new Answer(response.status(), response.reason(), response.headers(), bytes.toString(), bytes));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing happened for " + PATIENCE, late);
    }
  }

  static Throwable awaitFailure(Future<?> future) {
    return await(future.map(result -> (Throwable) new AssertionError("it succeeded: " + result)).recover(Future::succeededFuture));
  }
}
