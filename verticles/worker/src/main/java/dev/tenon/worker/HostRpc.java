package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.function.BiFunction;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Method calls between workers, as `rpc-stubs.js` sees them. One per isolate.
public final class HostRpc {

  private final Isolate isolate;

  HostRpc(Isolate isolate) {
    this.isolate = isolate;
  }

  /// Calls a method of another worker's entrypoint.
  ///
  /// @param target what [EntrypointTarget#text()] made
  /// @return a promise of a [HostReply]; null outside of an invocation
  @HostAccess.Export
  public Object call(String target, String json, Value bytes) {
    EntrypointTarget entrypoint = EntrypointTarget.parse(target);
    return call(isolate, json, bytes, (message, context) -> {
      ExchangeRequest request = new ExchangeRequest("POST", "http", "rpc", "/", HttpHeaders.headers(), Body.of(message.toBuffer()), context);
      return isolate.bus().call(EntrypointTarget.address(entrypoint.component()), entrypoint.addressMethodCall(request))
          .compose(response -> response.body().collect(RpcMessage.BYTES_MAX + 1024)
              .map(body -> new Answer(RpcMessage.of(body), EntrypointTarget.isFromElsewhere(response))));
    });
  }

  /// @param elsewhere whether another process gave it
  record Answer(RpcMessage message, boolean elsewhere) {}

  static Value call(Isolate isolate, String json, Value bytes, BiFunction<RpcMessage, ExchangeContext, Future<Answer>> send) {
    Invocation invocation = isolate.currentInvocation();
    if (invocation == null) {
      return null;
    }
    RpcMessage message = new RpcMessage(json, bytes.isNull() ? Buffer.buffer() : JsBytes.buffer(bytes));
    Promise<Answer> reply = Promise.promise();
    ExchangeContext context = invocation.callContext();
    if (invocation.countSubrequest()) {
      // Not from within guest code: what is called may be another isolate of this thread.
      isolate.owner().runOnContext(_ -> send.apply(message, context).onComplete(reply));
    } else {
      reply.fail(new Failure(Failure.Code.LIMIT_EXCEEDED, "Too many subrequests."));
    }
    return isolate.promises().promise(invocation, reply.future(),
        answer -> new HostReply(isolate, invocation, new Binding.Reply(answer.message().json(), Optional.of(answer.message().bytes()), Optional.empty()), answer.elsewhere()));
  }

  /// What other isolates know this one by.
  @HostAccess.Export
  public String isolate() {
    return isolate.givenName();
  }

  /// A stub for what another isolate, or this one, has given away; null when that is in another process.
  @HostAccess.Export
  public HostStub received(String name, double given) {
    return GivenAway.isKnown(name) ? HostStub.received(isolate, name, (long) given) : null;
  }

  /// What a message gave was not taken.
  @HostAccess.Export
  public void takeBack(String name, double given) {
    GivenAway.count(name, (long) given, -1);
  }

  /// The target of one of this worker's own entrypoints.
  ///
  /// @param entrypoint empty for the default one
  @HostAccess.Export
  public String own(String entrypoint, String props) {
    return new EntrypointTarget(isolate.component(), entrypoint, props).text();
  }
}
