package dev.tenon.gateway;

import dev.tenon.bus.Failure;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/// Copies a streamed answer to the client as it comes, no faster than the client reads.
final class AnswerBody implements Handler<Buffer> {

  private final ClientExchange exchange;
  private final ReadStream<Buffer> stream;
  private final HttpServerResponse response;
  private final long length;
  private long written;
  private long fullSince;
  private boolean full;
  private boolean over;

  /// @param length what `Content-Length` says; negative for not said
  AnswerBody(ClientExchange exchange, ReadStream<Buffer> stream, HttpServerResponse response, long length) {
    this.exchange = exchange;
    this.stream = stream;
    this.response = response;
    this.length = length;
  }

  void start() {
    stream.exceptionHandler(e -> broken(Failure.of(e)));
    stream.endHandler(v -> end());
    stream.handler(this);
    response.drainHandler(v -> drained());
    stream.resume();
  }

  /// Whether the client has read nothing since `nanos` although something waits.
  boolean stalledSince(long nanos) {
    return full && fullSince - nanos < 0;
  }

  /// Stops copying: the client is gone.
  void cancel() {
    if (!over) {
      over = true;
      stream.handler(null);
      stream.endHandler(null);
      stream.pause();
    }
  }

  @Override
  public void handle(Buffer chunk) {
    if (over || chunk.length() == 0) {
      return;
    }
    written += chunk.length();
    if (length >= 0 && written > length) {
      broken(new Failure(Failure.Code.COMPONENT_FAILED, "the component failed", "the body is longer than the " + length + " bytes announced"));
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      full = true;
      fullSince = System.nanoTime();
      stream.pause();
    }
  }

  private void drained() {
    if (full && !over) {
      full = false;
      stream.resume();
    }
  }

  private void end() {
    if (over) {
      return;
    }
    if (length >= 0 && written < length) {
      broken(new Failure(Failure.Code.COMPONENT_FAILED, "the component failed", "the body has " + written + " of the " + length + " bytes announced"));
      return;
    }
    over = true;
    response.end();
    exchange.answerEnded();
  }

  private void broken(Failure failure) {
    if (!over) {
      over = true;
      exchange.answerBroke(failure);
    }
  }
}
