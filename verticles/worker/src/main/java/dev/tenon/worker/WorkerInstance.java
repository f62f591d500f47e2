package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.worker.assets.AssetServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker on one Vert.x context: an isolate, and a fresh one when that had to be ended. Used on that context only.
final class WorkerInstance implements ExchangeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerInstance.class);
  private static final long RETRY_MILLIS = 1_000;

  /// How long a scheduled handler may take.
  private static final Duration SCHEDULED_MAX = Duration.ofMinutes(15);

  private final ContextInternal owner;
  private final WorkerDefinition definition;
  private final Surroundings surroundings;
  private final StackMap stacks;
  private final Optional<AssetServer> assets;
  private volatile Isolate isolate;
  private volatile Optional<Long> endNanos = Optional.empty();
  private Future<Isolate> next;
  private int waiting;
  private Promise<Void> drained;
  private boolean closed;

  WorkerInstance(ContextInternal owner, WorkerDefinition definition, Surroundings surroundings) {
    this.owner = owner;
    this.definition = definition;
    this.surroundings = surroundings;
    this.stacks = new StackMap(definition);
    this.assets = definition.assets().map(files -> new AssetServer(owner.owner(), files));
  }

  /// Makes the isolate and runs the worker's top level. Fails with [WorkerStartException].
  Future<Void> start() {
    return definition.hasCode() ? startIsolate().mapEmpty() : owner.succeededFuture();
  }

  private Future<Isolate> startIsolate() {
    isolate = null;
    next = owner.executeBlocking(() -> Isolate.start(owner, definition, surroundings, stacks), false).map(this::use);
    return next;
  }

  private Isolate use(Isolate started) {
    if (closed) {
      started.dispose();
      return started;
    }
    isolate = started;
    endNanos.ifPresent(started::endBy);
    started.onDeath(this::replace);
    started.onIdle(this::idle);
    return started;
  }

  private void replace() {
    if (!closed && endNanos.isEmpty()) {
      startIsolate().onFailure(failure -> {
        LOG.error("worker {}: no fresh isolate – {} – trying again", definition.name(), failure.getMessage());
        owner.setTimer(RETRY_MILLIS, _ -> replace());
      });
    }
  }

  @Override
  public Future<ExchangeResponse> handle(ExchangeRequest request) {
    if (assets.isPresent()) {
      Optional<Future<ExchangeResponse>> answer = asset(request);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    Isolate there = isolate;
    return there != null ? there.fetch(request) : whenStarted(request);
  }

  /// What an edge asks at paths that no contract has. Only of a worker that has assets.
  Future<ExchangeResponse> handleAssets(ExchangeRequest request) {
    return assets.orElseThrow().fetch(request);
  }

  /// What other workers ask over bindings to entrypoints: requests and method calls.
  Future<ExchangeResponse> handleCall(ExchangeRequest addressed) {
    EntrypointTarget target = EntrypointTarget.of(definition.name(), addressed);
    ExchangeRequest request = EntrypointTarget.bare(addressed);
    if (!EntrypointTarget.isMethodCall(addressed)) {
      Optional<Future<ExchangeResponse>> asset = target.entrypoint().isEmpty() ? asset(request) : Optional.empty();
      return asset.orElseGet(() -> started().compose(there -> there.fetch(request, target)));
    }
    return request.body().collect(RpcMessage.BYTES_MAX + 1024)
        .compose(body -> started().compose(there -> there.rpc(EntrypointTarget.isFromElsewhere(addressed)
            ? RpcEvent.onEntrypointFromElsewhere(there, request.context(), target, RpcMessage.of(body))
            : RpcEvent.onEntrypoint(there, request.context(), target, RpcMessage.of(body)))))
        .map(result -> new ExchangeResponse(200, "", EntrypointTarget.answerHeaders(), Body.of(result.toBuffer())));
  }

  private Future<Isolate> started() {
    return definition.hasCode() ? next.recover(WorkerInstance::unavailable)
        : owner.failedFuture(new Failure(Failure.Code.REFUSED, "worker " + definition.name() + " has assets alone, and no code to call"));
  }

  private Optional<Future<ExchangeResponse>> asset(ExchangeRequest request) {
    return assets.flatMap(server -> definition.hasCode() ? server.ahead(request) : Optional.of(server.fetch(request)));
  }

  /// A request that came while there was no isolate is one of those that [#close] waits for.
  private Future<ExchangeResponse> whenStarted(ExchangeRequest request) {
    waiting++;
    return next.transform(started -> {
      waiting--;
      Future<ExchangeResponse> answer = started.succeeded() ? started.result().fetch(request) : unavailable(started.cause());
      if (isIdle()) {
        idle();
      }
      return answer;
    });
  }

  /// Wakes the worker's `scheduled` handler. The future is completed when it and its `waitUntil` are done.
  Future<Void> scheduled(String cron, long scheduledMillis) {
    return started().compose(there ->
        there.scheduled(new ScheduledEvent(there, ExchangeContext.start(Deadline.after(SCHEDULED_MAX)), cron, scheduledMillis)));
  }

  private static <T> Future<T> unavailable(Throwable cause) {
    return Future.failedFuture(new Failure(Failure.Code.COMPONENT_FAILED, "the worker could not be started again", cause.getMessage()));
  }

  /// Guest code that still runs at `nanoTime` is ended then, and there is no fresh isolate from now on. From any thread, for the instance's own may be the one that
  /// guest code holds.
  void endBy(long nanoTime) {
    endNanos = Optional.of(nanoTime);
    Isolate there = isolate;
    if (there != null) {
      there.endBy(nanoTime);
    }
  }

  /// Waits until nothing is in flight any more, responses still streaming and `waitUntil` included, or `patience` is at its end; then lets go of the isolate.
  Future<Void> close(Duration patience) {
    Promise<Void> promise = owner.promise();
    drained = promise;
    long timer = patience.isZero() ? -1 : owner.setTimer(patience.toMillis(), _ -> promise.tryComplete());
    if (isIdle() || patience.isZero()) {
      promise.tryComplete();
    }
    return promise.future().onComplete(_ -> {
      owner.owner().cancelTimer(timer);
      closed = true;
      if (isolate != null) {
        isolate.dispose();
      }
    });
  }

  /// Whether its isolate has ended and there will be no fresh one.
  boolean isGone() {
    Isolate there = isolate;
    return there != null && there.isDead();
  }

  private boolean isIdle() {
    return waiting == 0 && (isolate == null || isolate.open().count() == 0);
  }

  /// The last invocation has ended, perhaps from within guest code.
  private void idle() {
    if (drained != null && waiting == 0) {
      owner.runOnContext(_ -> drained.tryComplete());
    }
  }
}
