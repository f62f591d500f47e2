package dev.tenon.worker;

import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// A time that a worker asked to be woken at, by its cron trigger.
public final class ScheduledEvent extends Invocation {

  private final String cron;
  private final double scheduledMillis;
  private final Promise<Void> promise;
  private boolean done;
  private Failure failure;

  ScheduledEvent(Isolate isolate, ExchangeContext context, String cron, long scheduledMillis) {
    super(isolate, context);
    this.cron = cron;
    this.scheduledMillis = scheduledMillis;
    this.promise = isolate.owner().promise();
    onOver(() -> {
      if (failure == null) {
        promise.complete();
      } else {
        promise.fail(failure);
      }
    });
  }

  @HostAccess.Export
  public String cron() {
    return cron;
  }

  /// Milliseconds since 1970.
  @HostAccess.Export
  public double scheduledTime() {
    return scheduledMillis;
  }

  /// The handler's promise has been fulfilled.
  @HostAccess.Export
  public void done() {
    done = true;
    overIfComplete();
  }

  /// The event's outcome is that of its `waitUntil` too.
  @Override
  @HostAccess.Export
  public void backgroundFailed() {
    if (failure == null) {
      failure = new Failure(Failure.Code.COMPONENT_FAILED, "worker " + isolate.definition().name() + " threw an exception", "in waitUntil");
    }
    backgroundEnded();
  }

  @Override
  @HostAccess.Export
  public void fail(Value error) {
    GuestError guest = isolate.guestError(error);
    isolate.logError("Uncaught " + guest.stack());
    abandon(new Failure(Failure.Code.COMPONENT_FAILED, "worker " + isolate.definition().name() + " threw an exception", guest.summary()));
  }

  Future<Void> future() {
    return promise.future();
  }

  @Override
  boolean answered() {
    return done;
  }

  @Override
  boolean waitingForHead() {
    return !done;
  }

  @Override
  void abandon(Failure why) {
    if (!done) {
      failure = why;
      done = true;
      overIfComplete();
    }
  }
}
