package dev.tenon.node;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.UncaughtException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What requests reach while a worker is developed: the newest version that started. Thread-safe.
///
/// - A request is finished by the version that it began with.
/// - While the files hold a version that does not build or start, pages that a browser loads show why; everything else (a page's own requests, scripts, curl) is
///   answered by the last good version.
/// - What a handler does not catch is shown with the source around it.
final class DevFront implements ExchangeHandler {

  private static final long CHANGED_MILLIS_MAX = 25_000;

  private final Vertx vertx;
  private final DevTerminal terminal;
  private volatile State state;
  private List<Promise<Void>> waiting = new ArrayList<>();

  /// @param version grows with every change
  private record State(DeployedWorker worker, Optional<Trouble> trouble, long version) {}

  DevFront(Vertx vertx, DevTerminal terminal, DeployedWorker first) {
    this.vertx = vertx;
    this.terminal = terminal;
    this.state = new State(first, Optional.empty(), 1);
  }

  /// Sends requests to another version from now on.
  ///
  /// @return the version before
  DeployedWorker use(DeployedWorker next) {
    DeployedWorker before = state.worker();
    change(new State(next, Optional.empty(), state.version() + 1));
    return before;
  }

  /// The files hold a version that cannot be used.
  void broken(Trouble trouble) {
    change(new State(state.worker(), Optional.of(trouble), state.version() + 1));
  }

  /// The files hold again what runs.
  void mended() {
    change(new State(state.worker(), Optional.empty(), state.version() + 1));
  }

  DeployedWorker current() {
    return state.worker();
  }

  boolean shows(Trouble trouble) {
    return state.trouble().equals(Optional.of(trouble));
  }

  boolean isBroken() {
    return state.trouble().isPresent();
  }

  private void change(State next) {
    List<Promise<Void>> told;
    synchronized (this) {
      state = next;
      told = waiting;
      waiting = new ArrayList<>();
    }
    told.forEach(Promise::tryComplete);
  }

  @Override
  public Future<ExchangeResponse> handle(ExchangeRequest request) {
    if (request.target().startsWith(TroublePage.CHANGED + "?")) {
      return whenChanged(request);
    }
    long begin = System.nanoTime();
    return answer(request).onComplete(answer -> {
      if (answer.succeeded()) {
        terminal.answered(request.method(), request.target(), answer.result().status(), System.nanoTime() - begin);
      } else if (Failure.of(answer.cause()).code() != Failure.Code.CANCELLED) {
        terminal.answered(request.method(), request.target(), Failure.of(answer.cause()).code().status(), System.nanoTime() - begin);
      }
    });
  }

  private Future<ExchangeResponse> answer(ExchangeRequest request) {
    State now = state;
    if (LocalTriggers.takes(request)) {
      return LocalTriggers.handle(now.worker(), request);
    }
    if (now.trouble().isPresent() && TroublePage.wantsPage(request)) {
      return Future.succeededFuture(TroublePage.answer(request, 500, now.trouble().get(), now.version()));
    }
    return now.worker().handle(request)
        .recover(failed -> state.worker() != now.worker() && Failure.of(failed).code() == Failure.Code.NOBODY_THERE
            ? state.worker().handle(request) // it was replaced at this very moment
            : Future.failedFuture(failed))
        .recover(failed -> failed(request, Failure.of(failed), now.version()));
  }

  private Future<ExchangeResponse> failed(ExchangeRequest request, Failure failure, long version) {
    if (failure.code() == Failure.Code.CANCELLED) {
      return Future.failedFuture(failure);
    }
    if (failure.getCause() instanceof UncaughtException thrown) {
      Trouble trouble = Trouble.of(thrown);
      terminal.uncaught(trouble);
      return Future.succeededFuture(TroublePage.answer(request, failure.code().status(), trouble, version));
    }
    Trouble trouble = Trouble.of("The worker did not answer", failure.getMessage() + (failure.detail().isEmpty() ? "" : ": " + failure.detail()));
    return Future.succeededFuture(TroublePage.answer(request, failure.code().status(), trouble, version));
  }

  /// 205 when there is another version than the one the page was made for, 204 when there is none for a while.
  private Future<ExchangeResponse> whenChanged(ExchangeRequest request) {
    Promise<Void> changed = Promise.promise();
    synchronized (this) {
      if (!request.target().endsWith("=" + state.version())) {
        return Future.succeededFuture(empty(205));
      }
      waiting.add(changed);
    }
    long timer = vertx.setTimer(CHANGED_MILLIS_MAX, _ -> changed.tryFail("nothing has changed"));
    return changed.future().map(_ -> empty(205)).recover(_ -> Future.succeededFuture(empty(204))).onComplete(_ -> {
      vertx.cancelTimer(timer);
      synchronized (this) {
        waiting.remove(changed);
      }
    });
  }

  private static ExchangeResponse empty(int status) {
    return new ExchangeResponse(status, "", HttpHeaders.headers().add("cache-control", "no-store"), Body.EMPTY);
  }
}
