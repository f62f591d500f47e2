package dev.tenon.worker;

import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.graalvm.polyglot.Value;

/// The one bridge from Java futures to JavaScript promises. A promise is settled only on the isolate's own Vert.x context, in a slice of its own.
final class HostPromises {

  private final Isolate isolate;
  private final Value deferred;
  private final Value promiseOf;
  private final Value resolve;
  private final Value reject;
  private int pending;

  /// @param scripts the exports of `promises.js`
  HostPromises(Isolate isolate, Value scripts) {
    this.isolate = isolate;
    deferred = scripts.getMember("deferred");
    promiseOf = scripts.getMember("promiseOf");
    resolve = scripts.getMember("resolve");
    reject = scripts.getMember("reject");
  }

  /// A JavaScript promise of a future's result. Called on the isolate's thread, inside a slice.
  ///
  /// @param charged the invocation that the settling is charged to, and which being over drops it; null for none
  /// @param toGuest makes of the result what JavaScript may see: a string, a number, a boolean, null, a host object or bytes
  <T> Value promise(Invocation charged, Future<T> future, Function<? super T, ?> toGuest) {
    Value both = deferred.execute();
    pending++;
    future.onComplete(result -> isolate.onOwner(() -> {
      pending--;
      if (result.succeeded()) {
        isolate.run(charged, resolve, both, toGuest.apply(result.result()));
      } else {
        Failure failure = Failure.of(result.cause());
        isolate.run(charged, reject, both, messageOf(result.cause()), failure.code().name(), failure.detail());
      }
    }));
    return promiseOf.execute(both);
  }

  /// Runs work on some other thread.
  ///
  /// @return a promise of its result
  Value offload(Callable<?> work) {
    return promise(isolate.currentInvocation(), isolate.owner().<Object>executeBlocking(work::call, false), result -> result);
  }

  /// Java may call guest code of its own accord from now on, until as many calls of [#eventsNoLongerAwaited].
  void eventsAwaited() {
    pending++;
  }

  void eventsNoLongerAwaited() {
    pending--;
  }

  /// How many promises wait for Java, and how many sources of events there are.
  int pending() {
    return pending;
  }

  private static String messageOf(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
