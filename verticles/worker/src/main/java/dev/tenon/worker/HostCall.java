package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// An outgoing request of an invocation, as JavaScript sees it: what `host.fetch` returns.
///
/// A request body that streams is written with [#write], [#end] and [#abort], as a response's is.
public final class HostCall {

  private static final int GOING_AWAY = 1001;

  private final Isolate isolate;
  private final Invocation invocation;
  private final ExchangeContext context;
  private final Promise<ExchangeResponse> head;
  private final BodyWriter writer;
  private final Runnable atEnd = () -> cancel("the request that this one was made for is over");
  private boolean open = true;
  private boolean asksForSocket;

  private HostCall(Isolate isolate, Invocation invocation, ExchangeContext context, BodyWriter writer) {
    this.isolate = isolate;
    this.invocation = invocation;
    this.context = context;
    this.writer = writer;
    this.head = isolate.owner().promise();
  }

  /// Makes the call, as soon as the invocation may have one more under way.
  static HostCall start(Isolate isolate, Invocation invocation, Fetcher fetcher, Outgoing outgoing) {
    BodyWriter writer = outgoing.streams() ? new BodyWriter(() -> { }) : null;
    HostCall call = new HostCall(isolate, invocation, invocation.callContext(), writer);
    if (!invocation.countSubrequest()) {
      call.head.fail(new Failure(Failure.Code.LIMIT_EXCEEDED, "Too many subrequests."));
      return call;
    }
    Body body = writer == null ? outgoing.body() : new Body.Stream(writer, outgoing.length());
    ExchangeRequest request = outgoing.request(body, call.context);
    call.asksForSocket = request.asksForWebSocket();
    invocation.onOver(call.atEnd);
    // Not from within guest code: what is called may be another isolate of this thread.
    invocation.withConnection(() -> isolate.owner().runOnContext(_ -> call.send(fetcher, request)));
    return call;
  }

  private void send(Fetcher fetcher, ExchangeRequest request) {
    if (!open) {
      invocation.connectionFreed();
      return;
    }
    fetch(fetcher, request).onComplete(result -> isolate.onOwner(() -> {
      invocation.connectionFreed();
      if (result.succeeded()) {
        head.tryComplete(result.result());
      } else {
        ended();
        head.tryFail(result.cause());
      }
    }));
  }

  private static Future<ExchangeResponse> fetch(Fetcher fetcher, ExchangeRequest request) {
    try {
      return fetcher.fetch(request);
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }

  /// A promise of the [HostResponse]; rejects with an `Error` of the failure's message.
  @HostAccess.Export
  public Object response() {
    return isolate.promises().promise(invocation, head.future(), response -> new HostResponse(isolate, invocation, this, response));
  }

  /// The caller wants no (more of the) response.
  @HostAccess.Export
  public void cancel(String why) {
    if (open) {
      ended();
      Failure failure = new Failure(Failure.Code.CANCELLED, why);
      context.cancellation().cancel(failure);
      head.tryFail(failure);
      if (writer != null) {
        writer.cancel();
      }
    }
  }

  /// @return null when there is room for more, otherwise a promise that is fulfilled when there is
  @HostAccess.Export
  public Object write(Value view) {
    Future<Void> room = writer.write(JsBytes.buffer(view));
    return room == null ? null : isolate.promises().promise(invocation, room, _ -> null);
  }

  @HostAccess.Export
  public void end() {
    writer.end();
  }

  /// The request's body breaks off.
  @HostAccess.Export
  public void abort(String message) {
    writer.fail(new Failure(Failure.Code.CANCELLED, message));
  }

  /// The WebSocket that the call asked for. It lives on without the call.
  HostSocket socket(ReadStream<Buffer> incoming) {
    return asksForSocket ? new HostSocket(isolate, invocation, incoming, writer, GOING_AWAY, this::ended) : null;
  }

  /// The WebSocket that the call asked for was not granted.
  void stopSocket() {
    if (asksForSocket) {
      writer.cancel();
    }
  }

  /// The response has been read to its end, or never will be.
  void ended() {
    if (open) {
      open = false;
      invocation.forgetOnOver(atEnd);
    }
  }
}
