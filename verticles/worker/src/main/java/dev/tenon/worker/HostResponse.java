package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.graalvm.polyglot.HostAccess;

/// The response of a [HostCall], as JavaScript sees it. Headers and body as in [HostExchange].
public final class HostResponse {

  private final Isolate isolate;
  private final Invocation invocation;
  private final HostCall call;
  private final ExchangeResponse response;
  private final BodyReader reader;
  private DecodedReader decoded;

  HostResponse(Isolate isolate, Invocation invocation, HostCall call, ExchangeResponse response) {
    this.isolate = isolate;
    this.invocation = invocation;
    this.call = call;
    this.response = response;
    this.reader = new BodyReader(response.body());
    if (!(response.body() instanceof Body.Stream)) {
      call.ended();
    }
    if (!response.grantsWebSocket()) {
      call.stopSocket();
    }
  }

  /// The WebSocket that was asked for and granted; null for none. Called once.
  @HostAccess.Export
  public HostSocket socket() {
    return response.grantsWebSocket() ? call.socket(((Body.Stream) response.body()).stream()) : null;
  }

  @HostAccess.Export
  public int status() {
    return response.status();
  }

  @HostAccess.Export
  public String reason() {
    return response.reason();
  }

  @HostAccess.Export
  public String headers() {
    return HeaderText.of(response.headers());
  }

  /// From now on the body is read with its content coding undone, and arrives in pieces.
  ///
  /// @param coding `gzip` or `br`
  @HostAccess.Export
  public void bodyDecode(String coding) throws IOException {
    decoded = new DecodedReader(reader, coding);
    invocation.onOver(decoded::cancel);
  }

  /// 0 no body, 1 the whole body is here, 2 the body arrives in pieces.
  @HostAccess.Export
  public int bodyKind() {
    return decoded != null ? 2 : switch (response.body()) {
      case Body.Empty _ -> 0;
      case Body.Bytes _ -> 1;
      case Body.Stream _ -> 2;
    };
  }

  /// The body's length, -1 when not known.
  @HostAccess.Export
  public double bodyLength() {
    return decoded != null ? -1 : switch (response.body()) {
      case Body.Empty _ -> 0;
      case Body.Bytes(Buffer buffer) -> buffer.length();
      case Body.Stream(_, OptionalLong length) -> length.orElse(-1);
    };
  }

  /// The whole body decoded as UTF-8; only for kind 1.
  @HostAccess.Export
  public String bodyText() {
    return response.body() instanceof Body.Bytes(Buffer buffer) ? buffer.toString() : "";
  }

  /// The whole body; only for kind 1.
  @HostAccess.Export
  public Object bodyBytes() {
    return JsBytes.outgoing(response.body() instanceof Body.Bytes(Buffer buffer) ? buffer : Buffer.buffer());
  }

  /// A promise of the next chunk, null at the end.
  @HostAccess.Export
  public Object bodyRead() {
    Future<Optional<Buffer>> next = decoded == null ? reader.read() : decoded.read();
    return isolate.promises().promise(invocation, next.onComplete(read -> {
      if (read.failed() && decoded != null) {
        call.cancel("the response's body cannot be decoded");
      }
      if (read.failed() || read.result().isEmpty()) {
        call.ended();
      }
    }), chunk -> chunk.map(JsBytes::outgoing).orElse(null));
  }

  /// Nobody will read the body on.
  @HostAccess.Export
  public void bodyCancel() {
    if (decoded != null) {
      decoded.cancel();
    }
    reader.cancel();
    call.cancel("the response's body was cancelled");
  }
}
