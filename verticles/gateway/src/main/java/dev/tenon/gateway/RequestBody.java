package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.Failure;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;

/// A client's body as a stream: counted against its bound, watched for stalls, and asking for `100-continue` only when somebody reads.
///
/// Handed over paused. Fails once, with a [Failure]; a failure before anybody listens is kept until somebody does.
final class RequestBody implements ReadStream<Buffer> {

  private final ClientExchange exchange;
  private final HttpServerRequest request;
  private final long bytesMax;
  private final boolean awaitsContinue;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private Failure failure;
  private boolean continued;
  private boolean ended;
  private boolean endDelivered;
  private long demand;
  private long bytes;
  private long quietSince;

  RequestBody(ClientExchange exchange, HttpServerRequest request, long bytesMax) {
    this.exchange = exchange;
    this.request = request;
    this.bytesMax = bytesMax;
    this.awaitsContinue = request.headers().contains("expect");
    request.pause();
    request.handler(this::arrived);
    request.endHandler(v -> end());
  }

  /// Whether the client's last byte has been read.
  boolean ended() {
    return ended;
  }

  /// Whether what the client still has to send is short and on its way, so that it is better read than the connection closed.
  boolean isShort() {
    long length = ClientExchange.length(request);
    return length >= 0 && length <= Body.INLINE_BYTES_MAX && (!awaitsContinue || continued);
  }

  /// Whether a reader waits for the client.
  boolean awaited() {
    return !ended && failure == null && demand > 0;
  }

  /// Whether a reader waits, and the client has sent nothing since `nanos`.
  boolean stalledSince(long nanos) {
    return awaited() && quietSince - nanos < 0;
  }

  /// Breaks off: whoever reads gets this failure, and what still arrives is dropped.
  void fail(Failure why) {
    if (failure != null || endDelivered) {
      return;
    }
    failure = why;
    handler = null;
    endHandler = null;
    if (exceptionHandler != null) {
      exceptionHandler.handle(why);
    }
  }

  /// Reads what is left and drops it, until it ends or was too much.
  void drain(long dropMax, Runnable done, Runnable tooMuch) {
    fail(new Failure(Failure.Code.CANCELLED, "the answer ended before the body"));
    if (ended) {
      done.run();
      return;
    }
    long[] dropped = {0};
    request.handler(chunk -> {
      dropped[0] += chunk.length();
      if (dropped[0] > dropMax) {
        request.handler(null);
        tooMuch.run();
      }
    });
    request.endHandler(v -> {
      ended = true;
      done.run();
    });
    request.resume();
  }

  private void arrived(Buffer chunk) {
    quietSince = System.nanoTime();
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    bytes += chunk.length();
    if (bytes > bytesMax) {
      request.pause();
      exchange.bodyTooLarge(bytesMax);
      return;
    }
    if (handler != null) {
      handler.handle(chunk);
    }
  }

  private void end() {
    ended = true;
    deliverEnd();
  }

  private void deliverEnd() {
    if (endHandler != null && failure == null && !endDelivered) {
      endDelivered = true;
      endHandler.handle(null);
    }
  }

  @Override
  public RequestBody handler(Handler<Buffer> next) {
    handler = failure == null ? next : null;
    return this;
  }

  @Override
  public RequestBody endHandler(Handler<Void> next) {
    endHandler = failure == null ? next : null;
    if (ended) {
      deliverEnd();
    }
    return this;
  }

  @Override
  public RequestBody exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next;
    if (failure != null && next != null) {
      next.handle(failure);
    }
    return this;
  }

  @Override
  public RequestBody pause() {
    if (failure == null) {
      demand = 0;
      request.pause();
    }
    return this;
  }

  @Override
  public RequestBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public RequestBody fetch(long amount) {
    if (failure != null) {
      return this;
    }
    if (awaitsContinue && !continued && !ended) {
      continued = true;
      request.response().writeContinue();
    }
    if (demand == 0) {
      quietSince = System.nanoTime();
    }
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    request.fetch(amount);
    return this;
  }
}
