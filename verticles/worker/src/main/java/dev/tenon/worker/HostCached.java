package dev.tenon.worker;

import dev.tenon.bus.Body;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;
import org.graalvm.polyglot.HostAccess;

/// A response out of the cache, as JavaScript sees it. The same methods as [HostResponse].
public final class HostCached {

  private final Isolate isolate;
  private final Invocation invocation;
  private final int status;
  private final String reason;
  private final MultiMap headers;
  private final Optional<Buffer> body;
  private final boolean encoded;
  private final BodyReader reader;
  private DecodedReader decoded;

  private HostCached(Isolate isolate, int status, String reason, MultiMap headers, Optional<Buffer> body, boolean encoded) {
    this.isolate = isolate;
    this.invocation = isolate.currentInvocation();
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.body = body;
    this.encoded = encoded;
    this.reader = new BodyReader(body.map(Body::of).orElse(Body.EMPTY));
  }

  static HostCached of(Isolate isolate, ResponseCache.Entry entry, MultiMap headers) {
    return new HostCached(isolate, entry.status(), entry.reason(), headers, Optional.of(entry.body()), entry.encoded());
  }

  /// Some of the bytes, of which nobody can undo the coding.
  static HostCached part(Isolate isolate, ResponseCache.Entry entry, MultiMap headers, int first, int end) {
    headers.set("content-length", Integer.toString(end - first));
    return new HostCached(isolate, 206, "Partial Content", headers, Optional.of(entry.body().slice(first, end)), entry.encoded());
  }

  static HostCached empty(Isolate isolate, int status, String reason, MultiMap headers) {
    return new HostCached(isolate, status, reason, headers, Optional.empty(), false);
  }

  @HostAccess.Export
  public int status() {
    return status;
  }

  @HostAccess.Export
  public String reason() {
    return reason;
  }

  @HostAccess.Export
  public String headers() {
    return HeaderText.of(headers);
  }

  /// Whether the body has the coding that the headers speak of.
  @HostAccess.Export
  public boolean encoded() {
    return encoded;
  }

  /// See [HostResponse#bodyDecode].
  @HostAccess.Export
  public void bodyDecode(String coding) throws IOException {
    decoded = new DecodedReader(reader, coding);
    if (invocation != null) {
      invocation.onOver(decoded::cancel);
    }
  }

  @HostAccess.Export
  public int bodyKind() {
    return decoded != null ? 2 : body.isPresent() ? 1 : 0;
  }

  @HostAccess.Export
  public double bodyLength() {
    return decoded != null ? -1 : body.map(Buffer::length).orElse(0);
  }

  @HostAccess.Export
  public String bodyText() {
    return body.map(Buffer::toString).orElse("");
  }

  @HostAccess.Export
  public Object bodyBytes() {
    return JsBytes.outgoing(body.orElseGet(Buffer::buffer));
  }

  @HostAccess.Export
  public Object bodyRead() {
    Future<Optional<Buffer>> next = decoded == null ? reader.read() : decoded.read();
    return isolate.promises().promise(invocation, next, bytes -> bytes.map(JsBytes::outgoing).orElse(null));
  }

  @HostAccess.Export
  public void bodyCancel() {
    reader.cancel();
  }
}
