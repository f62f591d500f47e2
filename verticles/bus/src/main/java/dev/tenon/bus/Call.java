package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A call that cannot be answered on the spot: finds who takes it, and another one when the first was gone already.
final class Call {

  private final NodeBus bus;
  private final Lane lane;
  private final ContextInternal caller;
  private final String component;
  private final PromiseInternal<ExchangeResponse> promise;
  private ExchangeRequest request;
  private boolean retried;

  Call(NodeBus bus, Lane lane, ContextInternal caller, String component, ExchangeRequest request) {
    this.bus = bus;
    this.lane = lane;
    this.caller = caller;
    this.component = component;
    this.request = request;
    this.promise = caller.promise();
  }

  Future<ExchangeResponse> start() {
    lane.run(() -> attempt(null, Optional.empty()));
    return promise.future();
  }

  /// @param except whom not to ask again; null for nobody
  /// @param before why the attempt before this one was refused
  private void attempt(Object except, Optional<Failure> before) {
    Route route = bus.routes.find(component, request.context().version());
    if (route == null) {
      nobodyNow(before);
      return;
    }
    Instance instance = request.asksForWebSocket() ? route.enterFirst(except) : route.enterLocal(lane, except);
    if (instance != null) {
      callLocal(instance);
      return;
    }
    RemoteInstance remote = route.remote(except);
    if (remote != null) {
      callRemote(remote);
    } else if (route.localCount() > 0 && before.isEmpty()) {
      promise.tryFail(overloaded("it takes " + route.localMax() + " exchanges at a time"));
    } else {
      nobodyNow(before);
    }
  }

  /// Nobody that this node knows of. While it is still getting to know the others, that says nothing.
  private void nobodyNow(Optional<Failure> before) {
    if (bus.introduced() || before.isPresent()) {
      promise.tryFail(before.orElseGet(this::nobody));
      return;
    }
    Future<Void> introduced = bus.peers().whenIntroduced();
    long left = Math.max(1, request.context().deadline().remainingMillis());
    introduced.timeout(left, TimeUnit.MILLISECONDS).onComplete(known -> lane.run(() -> {
      if (known.succeeded()) {
        attempt(null, Optional.empty());
      } else {
        promise.tryFail(nobody());
      }
    }));
  }

  private void callLocal(Instance instance) {
    LocalExchange exchange = new LocalExchange(lane, instance, caller, request, bus.options.windowBytes(), promise);
    if (instance.here()) {
      exchange.callHere().onComplete(promise::tryComplete, promise::tryFail);
    } else {
      exchange.callThere(() -> refused(instance, nobody()));
    }
  }

  private void callRemote(RemoteInstance remote) {
    if (lane.remote.full()) {
      promise.tryFail(overloaded("this node has " + bus.options.openMax() + " exchanges with other nodes open"));
      return;
    }
    new OutgoingExchange(bus, lane, lane.remote.nextNumber(), remote, caller, request, promise, this::refused).start();
  }

  private void refused(Object by, Failure why) {
    if (retried) {
      promise.tryFail(why);
      return;
    }
    retried = true;
    request = request.withContext(request.context().nextAttempt());
    attempt(by, Optional.of(why));
  }

  private Failure overloaded(String why) {
    return new Failure(Failure.Code.OVERLOADED, "'" + component + "' is overloaded – " + why + " – try again later");
  }

  private Failure nobody() {
    String what = request.context().version().map(version -> "version " + version + " of '" + component + "'").orElse("'" + component + "'");
    return new Failure(Failure.Code.NOBODY_THERE, "no instance of " + what + " is running – start one, or try again later");
  }
}
