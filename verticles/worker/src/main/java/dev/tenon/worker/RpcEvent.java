package dev.tenon.worker;

import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// A method call that another worker makes, on one of this worker's entrypoints or on something that this isolate has given away.
public final class RpcEvent extends EntrypointInvocation {

  private final long given;
  private final RpcMessage message;
  private final Origin origin;
  private final Promise<RpcMessage> promise;
  private boolean done;

  private enum Origin { HERE, ELSEWHERE }

  private RpcEvent(Isolate isolate, ExchangeContext context, EntrypointTarget target, long given, RpcMessage message, Origin origin) {
    super(isolate, context, target);
    this.given = given;
    this.message = message;
    this.origin = origin;
    this.promise = isolate.owner().promise();
    Runnable cancelled = () -> isolate.onOwner(() -> abandon(context.cancellation().reason().orElseThrow()));
    context.cancellation().onCancel(cancelled);
    onOver(() -> context.cancellation().remove(cancelled));
  }

  static RpcEvent onEntrypoint(Isolate isolate, ExchangeContext context, EntrypointTarget target, RpcMessage message) {
    return new RpcEvent(isolate, context, target, -1, message, Origin.HERE);
  }

  /// The caller is in another process.
  static RpcEvent onEntrypointFromElsewhere(Isolate isolate, ExchangeContext context, EntrypointTarget target, RpcMessage message) {
    return new RpcEvent(isolate, context, target, -1, message, Origin.ELSEWHERE);
  }

  /// @param given the number that `rpc-given.js` has given it
  static RpcEvent onGiven(Isolate isolate, ExchangeContext context, long given, RpcMessage message) {
    return new RpcEvent(isolate, context, new EntrypointTarget("", "", ""), given, message, Origin.HERE);
  }

  /// The number of what was given away; negative for an entrypoint.
  @HostAccess.Export
  public double given() {
    return given;
  }

  /// Whether nothing can be given to the caller.
  @HostAccess.Export
  public boolean fromElsewhere() {
    return origin == Origin.ELSEWHERE;
  }

  @HostAccess.Export
  public String json() {
    return message.json();
  }

  @HostAccess.Export
  public Object bytes() {
    return JsBytes.outgoing(message.bytes());
  }

  @HostAccess.Export
  public void reply(String json, Value bytes) {
    if (!done) {
      done = true;
      promise.tryComplete(new RpcMessage(json, bytes.isNull() ? Buffer.buffer() : JsBytes.buffer(bytes)));
      overIfComplete();
    }
  }

  /// Not even the error can be sent.
  @Override
  @HostAccess.Export
  public void fail(Value error) {
    GuestError guest = isolate.guestError(error);
    abandon(new Failure(Failure.Code.COMPONENT_FAILED, guest.summary()));
  }

  Future<RpcMessage> future() {
    return promise.future();
  }

  @Override
  boolean answered() {
    return done;
  }

  @Override
  boolean livesOnInWhatItGave() {
    return true;
  }

  @Override
  boolean waitingForHead() {
    return !done;
  }

  @Override
  void abandon(Failure why) {
    if (!done) {
      done = true;
      promise.tryFail(why);
      overIfComplete();
    }
  }
}
