package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Runs a worker's sample requests until they are answered as fast as they will be, so that its code is compiled before clients wait for it.
///
/// They run in an isolate of their own, on a thread of its own: isolates of one worker share compiled code (WebAssembly's too, while an isolate that has
/// loaded the module lives). Bound services answer what the plan says, the network and unnamed services are refused, and `console` is silent.
public final class WarmUp {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  /// Answers are looked at by so many. When the median of two windows in a row is not a tenth below the best before, it settles.
  private static final int WINDOW = 20;

  private final WarmUpPlan plan;
  private final Promise<Report> done;
  private final long[] window = new long[WINDOW];
  private volatile long end;
  private Runner runner;
  private int answered;
  private int failed;
  private long best = Long.MAX_VALUE;
  private long last;
  private int windowsWithoutGain;

  /// @param done of a context that outlives the isolate's
  private WarmUp(WarmUpPlan plan, Duration bound, Promise<Report> done) {
    this.plan = plan;
    this.done = done;
    this.end = System.nanoTime() + bound.toNanos();
  }

  /// What came of it.
  ///
  /// @param failed answers with a status of 400 and more, and requests without an answer
  /// @param settled whether it ended because requests got no faster, not because of its bound
  /// @param median of the last requests
  public record Report(int requests, int failed, boolean settled, Duration median) {}

  /// Whether there is anything to gain: where JavaScript is only interpreted, there is not.
  public static boolean helps() {
    return JavaScriptEngine.compiles();
  }

  /// Warms a worker up for at most `bound`; its isolates have to run already. Fails when the isolate does not start.
  ///
  /// @param stop ends it early, in the middle of a request if need be
  public static Future<Report> run(Vertx vertx, WorkerDefinition worker, WarmUpPlan plan, Duration bound, Future<?> stop) {
    if (plan.requests().isEmpty()) {
      return Future.succeededFuture(new Report(0, 0, true, Duration.ZERO));
    }
    WarmUp warmUp = new WarmUp(plan, bound, ((VertxInternal) vertx).getOrCreateContext().promise());
    Runner runner = new Runner(withAnswers(worker, plan), vertx);
    DeploymentOptions ownThread = new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName("warm-up-" + worker.name())
        .setWorkerPoolSize(1)
        .setMaxWorkerExecuteTime(ANSWER_MAX.toNanos());
    return vertx.deployVerticle(runner, ownThread).compose(id -> {
      warmUp.runner = runner;
      stop.onComplete(_ -> warmUp.endNow());
      runner.owner.runOnContext(_ -> warmUp.next());
      return warmUp.done.future().eventually(() -> vertx.undeploy(id));
    });
  }

  private static WorkerDefinition withAnswers(WorkerDefinition worker, WarmUpPlan plan) {
    Map<String, Binding> bindings = new LinkedHashMap<>(worker.bindings());
    bindings.replaceAll((name, binding) -> binding instanceof Binding.Service ? canned(Optional.ofNullable(plan.answers().get(name))) : binding);
    return new WorkerDefinition(worker.name(), worker.mainModule(), worker.modules(), worker.compatibilityDate(), worker.compatibilityFlags(),
        bindings, worker.format(), worker.limits(), worker.assets());
  }

  private static Binding canned(Optional<String> json) {
    String answer = json.map(value -> "Response.json(" + value + ")").orElse("new Response('not in a warm-up', { status: 503 })");
    return new Binding.Custom("(host) => ({ fetch: async () => " + answer + " })",
        _ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "not in a warm-up")));
  }

  private void endNow() {
    end = System.nanoTime();
    runner.instance.endBy(end);
  }

  /// On the isolate's context.
  private void next() {
    WarmUpPlan.Sample sample = plan.requests().get(answered % plan.requests().size());
    long began = System.nanoTime();
    runner.instance.handle(request(sample)).compose(WarmUp::whole).onComplete(status -> {
      failed += status.succeeded() && status.result() < 400 ? 0 : 1;
      window[answered++ % WINDOW] = System.nanoTime() - began;
      if (answered % WINDOW == 0) {
        windowEnded();
      }
      boolean settled = windowsWithoutGain >= 2;
      if (settled || System.nanoTime() - end >= 0) {
        done.complete(new Report(answered, failed, settled, Duration.ofNanos(answered < WINDOW ? window[answered - 1] : last)));
      } else {
        runner.owner.runOnContext(_ -> next());
      }
    });
  }

  private void windowEnded() {
    long[] sorted = window.clone();
    Arrays.sort(sorted);
    last = sorted[WINDOW / 2];
    windowsWithoutGain = last < best - best / 10 ? 0 : windowsWithoutGain + 1;
    best = Math.min(best, last);
  }

  private static ExchangeRequest request(WarmUpPlan.Sample sample) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    sample.headers().forEach(headers::set);
    if (sample.body().length() > 0) {
      headers.set("content-length", Integer.toString(sample.body().length()));
    }
    return new ExchangeRequest(sample.method(), "http", "localhost", sample.path(), headers, Body.of(sample.body()), ExchangeContext.start(Deadline.after(ANSWER_MAX)));
  }

  /// The answer's status, when its body is at its end.
  private static Future<Integer> whole(ExchangeResponse response) {
    return switch (response.body()) {
      case Body.Empty _, Body.Bytes _ -> Future.succeededFuture(response.status());
      case Body.Stream body -> {
        Promise<Integer> read = Promise.promise();
        body.stream().exceptionHandler(read::tryFail).endHandler(_ -> read.tryComplete(response.status())).handler((Buffer _) -> { });
        body.stream().resume();
        yield read.future();
      }
    };
  }

  /// The isolate.
  private static final class Runner extends VerticleBase {

    private final WorkerDefinition definition;
    private final Surroundings surroundings;
    private ContextInternal owner;
    private WorkerInstance instance;

    Runner(WorkerDefinition definition, Vertx vertx) {
      Fetcher noNetwork = _ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "there is no network in a warm-up"));
      this.definition = definition;
      this.surroundings = new Surroundings(WorkerOptions.of(noNetwork).withLog((_, _, _) -> { }).withCache(ResponseCache.of(0)), ExchangeBus.of(vertx), () -> { });
    }

    @Override
    public Future<?> start() {
      owner = (ContextInternal) context;
      instance = new WorkerInstance(owner, definition, surroundings);
      return instance.start();
    }

    @Override
    public Future<?> stop() {
      return instance.close(Duration.ZERO);
    }
  }
}
