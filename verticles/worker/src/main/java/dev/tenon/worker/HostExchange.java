package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ClientConnection;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// A request and its response, as JavaScript sees them. What is not asked for does not cross; the response crosses in one call.
///
/// Headers are one string, see [HeaderText]. Bytes are what [JsBytes] carries.
public final class HostExchange extends EntrypointInvocation {

  private static final int NONE = 0;
  private static final int BYTES = 1;
  private static final int STREAM = 2;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int RESTARTS = 1012;
  private static final String CANCELLED = "The client has disconnected";

  private final ExchangeRequest request;
  private ExchangeResponse response;
  private Failure failure;
  private Promise<ExchangeResponse> promise;
  private BodyReader reader;
  private BodyWriter writer;
  private HostSocket socket;
  private ContentEncoder encoder;
  private List<Value> cancelListeners;
  private Runnable cancellationListener;
  private boolean passThrough;
  private boolean passingThrough;
  private boolean bodyTouched;

  /// @param target of the binding that the request came over; null for the default entrypoint without props
  HostExchange(Isolate isolate, ExchangeRequest request, EntrypointTarget target) {
    super(isolate, request.context(), target);
    this.request = request;
  }

  // ---- the request

  @HostAccess.Export
  public String method() {
    return request.method();
  }

  @HostAccess.Export
  public String url() {
    return request.url();
  }

  /// How the client reached the edge: 0 its protocol, 1 the version of TLS, 2 its cipher; empty for what is not known or not there.
  @HostAccess.Export
  public String client(int part) {
    ClientConnection client = request.client();
    return part == 0 ? client.protocol() : part == 1 ? client.tlsVersion() : client.tlsCipher();
  }

  /// A header by its lower-case name, repeated ones joined by `, `; null when there is none.
  @HostAccess.Export
  public String header(String name) {
    MultiMap headers = request.headers();
    String first = headers.get(name);
    if (first == null) {
      return null;
    }
    List<String> all = headers.getAll(name);
    return HeaderText.seen(all.size() == 1 ? first : String.join(", ", all));
  }

  @HostAccess.Export
  public String headers() {
    return HeaderText.of(request.headers());
  }

  /// 0 no body, 1 the whole body is here, 2 the body arrives in pieces.
  @HostAccess.Export
  public int bodyKind() {
    return switch (request.body()) {
      case Body.Empty _ -> NONE;
      case Body.Bytes _ -> BYTES;
      case Body.Stream _ -> request.asksForWebSocket() ? NONE : STREAM;
    };
  }

  /// The body's length, -1 when not known.
  @HostAccess.Export
  public double bodyLength() {
    return switch (request.body()) {
      case Body.Empty _ -> 0;
      case Body.Bytes(Buffer buffer) -> buffer.length();
      case Body.Stream(_, OptionalLong length) -> length.orElse(-1);
    };
  }

  /// The whole body decoded as UTF-8; only for kind 1.
  @HostAccess.Export
  public String bodyText() {
    return whole().toString(StandardCharsets.UTF_8);
  }

  /// The whole body; only for kind 1.
  @HostAccess.Export
  public Object bodyBytes() {
    return JsBytes.outgoing(whole());
  }

  private Buffer whole() {
    return request.body() instanceof Body.Bytes(Buffer buffer) ? buffer : Buffer.buffer();
  }

  /// A promise of the next chunk, null at the end.
  @HostAccess.Export
  public Object bodyRead() {
    bodyTouched = true;
    Future<Optional<Buffer>> chunk = reader().read();
    chunk.onFailure(this::bodyBroke);
    return isolate.promises().promise(this, chunk, bytes -> bytes.map(JsBytes::outgoing).orElse(null));
  }

  /// A body that its sender gave up ends the request: nobody is there to whom its handler could answer, or complain.
  private void bodyBroke(Throwable cause) {
    Failure why = Failure.of(cause);
    if (why.code() == Failure.Code.CANCELLED || context().cancellation().cancelled()) {
      nobodyWaits(why);
    }
  }

  /// Nobody will read the request's body on.
  @HostAccess.Export
  public void bodyCancel() {
    bodyTouched = true;
    reader().cancel();
  }

  private BodyReader reader() {
    if (reader == null) {
      reader = new BodyReader(request.body());
      onOver(reader::cancel);
    }
    return reader;
  }

  // ---- the response

  @HostAccess.Export
  public void respondEmpty(int status, String reason, String headers) {
    respond(status, reason, headers, Body.EMPTY);
  }

  @HostAccess.Export
  public void respondText(int status, String reason, String headers, String text) {
    respond(status, reason, headers, Body.of(Buffer.buffer(text)));
  }

  /// @param view an ArrayBuffer or a view on one; its bytes are copied
  @HostAccess.Export
  public void respondBytes(int status, String reason, String headers, Value view) {
    respond(status, reason, headers, Body.of(JsBytes.buffer(view)));
  }

  /// Sends the head; the body follows by [#write], [#end] or [#abort].
  ///
  /// @param length the body's length, -1 when not known
  @HostAccess.Export
  public void respondStream(int status, String reason, String headers, double length) {
    writer = new BodyWriter(this::bodyFinished);
    if (waitingForHead()) {
      respond(status, reason, headers, new Body.Stream(writer, length < 0 ? OptionalLong.empty() : OptionalLong.of((long) length)));
    } else {
      writer.cancel();
    }
  }

  /// Grants the WebSocket that the request asks for.
  ///
  /// @return its other end; null when the request asks for none
  @HostAccess.Export
  public HostSocket respondSocket(String reason, String headers) {
    Body.Stream pieces = respondPieces(reason, headers);
    if (pieces != null) {
      socket = new HostSocket(isolate, this, pieces.stream(), writer, RESTARTS, () -> { });
    }
    return pieces == null ? null : socket;
  }

  /// Grants the WebSocket that the request asks for, and joins it to `other`, which nobody listens to.
  ///
  /// @return false when the request asks for none
  @HostAccess.Export
  public boolean respondRelayed(String reason, String headers, HostSocket other) {
    Body.Stream pieces = respondPieces(reason, headers);
    if (pieces == null) {
      return false;
    }
    BodyWriter back = writer;
    context().cancellation().onCancel(() -> isolate.onOwner(() -> other.outgoing().fail(context().cancellation().reason().orElseThrow())));
    Relay.start(other.incoming(), back);
    Relay.start(pieces.stream(), other.outgoing());
    return true;
  }

  /// @return what the caller sends; null when it asks for no WebSocket
  private Body.Stream respondPieces(String reason, String headers) {
    if (!request.asksForWebSocket()) {
      return null;
    }
    writer = new BodyWriter(this::bodyFinished);
    if (waitingForHead()) {
      isolate.open().rests(this);
      respond(SWITCHING_PROTOCOLS, reason, headers, Body.of(writer));
    } else {
      writer.cancel();
    }
    return (Body.Stream) request.body();
  }

  /// As [#respondBytes], with a content coding applied.
  ///
  /// @param coding `gzip` or `br`
  @HostAccess.Export
  public void respondEncodedBytes(int status, String reason, String headers, String coding, Value view) {
    respond(status, reason, headers, Body.of(ContentEncoder.encodeWhole(coding, JsBytes.read(view))));
  }

  /// As [#respondStream], with a content coding applied to what follows.
  ///
  /// @param coding `gzip` or `br`
  @HostAccess.Export
  public void respondEncoded(int status, String reason, String headers, String coding) {
    encoder = ContentEncoder.of(coding);
    onOver(encoder::close);
    respondStream(status, reason, headers, -1);
  }

  /// @return null when there is room for more, otherwise a promise that is fulfilled when there is
  @HostAccess.Export
  public Object write(Value view) {
    if (writer == null) {
      return null;
    }
    Future<Void> room = writer.write(encoder == null ? JsBytes.buffer(view) : encoder.encode(JsBytes.read(view)));
    return room == null ? null : isolate.promises().promise(this, room, _ -> null);
  }

  @HostAccess.Export
  public void end() {
    if (writer != null) {
      if (encoder != null) {
        writer.write(encoder.finish());
      }
      writer.end();
    }
  }

  /// The response's body breaks off.
  @HostAccess.Export
  public void abort(String message) {
    if (writer != null) {
      writer.fail(new Failure(Failure.Code.COMPONENT_FAILED, "the response broke off", message));
    }
  }

  /// Calls `listener` with a message when nobody waits for the answer any more; at once if that is so already.
  @HostAccess.Export
  public void onCancel(Value listener) {
    if (context().cancellation().cancelled()) {
      isolate.owner().runOnContext(_ -> isolate.run(this, listener, CANCELLED));
      return;
    }
    if (cancelListeners == null) {
      cancelListeners = new ArrayList<>(2);
    }
    cancelListeners.add(listener);
    watchCancellation();
  }

  @HostAccess.Export
  public void passThroughOnException() {
    passThrough = true;
  }

  @Override
  @HostAccess.Export
  public void fail(Value error) {
    GuestError guest = isolate.guestError(error);
    isolate.log(isUnwanted() ? WorkerLog.Level.DEBUG : WorkerLog.Level.ERROR, "Uncaught " + guest.stack());
    if (passThrough && waitingForHead() && !bodyTouched) {
      passingThrough = true;
      isolate.reach().passThrough(request).onComplete(
          origin -> isolate.onOwner(() -> settle(origin.succeeded() ? origin.result() : null, failureOf(guest))));
    } else {
      settle(null, failureOf(guest));
    }
  }

  private Failure failureOf(GuestError error) {
    return new Failure(
        Failure.Code.COMPONENT_FAILED, "worker " + isolate.definition().name() + " threw an exception", error.summary(), new UncaughtException(error));
  }

  // ---- the isolate's side

  /// What the caller waits for. Called once, when the first slice has run.
  Future<ExchangeResponse> future() {
    if (response != null) {
      return isolate.owner().succeededFuture(response);
    }
    if (failure != null) {
      return isolate.owner().failedFuture(failure);
    }
    promise = isolate.owner().promise();
    watchCancellation();
    return promise.future();
  }

  private void respond(int status, String reason, String headers, Body body) {
    settle(new ExchangeResponse(status, reason, HeaderText.parse(headers), body), null);
  }

  private void settle(ExchangeResponse made, Failure failed) {
    if (!waitingForHead()) {
      return;
    }
    if (made != null) {
      response = made;
      if (made.body() instanceof Body.Stream && writer != null) {
        watchCancellation();
      }
    } else {
      failure = failed;
    }
    if (promise != null) {
      if (made != null) {
        promise.complete(made);
      } else {
        promise.fail(failed);
      }
    }
    overIfComplete();
  }

  private void bodyFinished() {
    overIfComplete();
  }

  @Override
  boolean waitingForHead() {
    return response == null && failure == null;
  }

  @Override
  boolean hangsWithoutPromises() {
    return waitingForHead() && !passingThrough;
  }

  @Override
  boolean answered() {
    return !waitingForHead() && (writer == null || writer.isClosed());
  }

  @Override
  void abandon(Failure why) {
    settle(null, why);
    if (socket != null) {
      socket.abandoned();
    } else if (writer != null) {
      writer.fail(why);
      writer.cancel();
    }
  }

  private void watchCancellation() {
    if (cancellationListener == null) {
      cancellationListener = () -> isolate.onOwner(this::cancelled);
      onOver(() -> context().cancellation().remove(cancellationListener));
      context().cancellation().onCancel(cancellationListener);
    }
  }

  private void cancelled() {
    nobodyWaits(context().cancellation().reason().orElseThrow());
  }

  private void nobodyWaits(Failure why) {
    if (isOver()) {
      return;
    }
    List<Value> listeners = cancelListeners;
    cancelListeners = null;
    if (listeners != null && !answered()) {
      listeners.forEach(listener -> isolate.run(this, listener, CANCELLED));
    }
    if (reader != null) {
      reader.cancel();
    }
    settle(null, why);
    if (socket != null) {
      socket.lost(why);
    } else if (writer != null) {
      writer.cancel();
    }
    overIfComplete();
  }
}
