package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Reads a body whole. One that comes in one piece is not copied. What the client announces reserves no memory: only what it sends does.
final class WholeBody {

  private final ClientExchange exchange;
  private final RequestBody body;
  /// As announced; negative when it was not.
  private final int length;
  private Buffer whole;

  WholeBody(ClientExchange exchange, RequestBody body, int length) {
    this.exchange = exchange;
    this.body = body;
    this.length = length;
  }

  void read(Consumer<Buffer> done, Consumer<Failure> failed) {
    body.exceptionHandler(e -> {
      Failure failure = Failure.of(e);
      if (failure.code() != Failure.Code.CANCELLED) {
        failed.accept(failure);
      }
    });
    body.handler(this::add);
    body.endHandler(v -> done.accept(whole == null ? Buffer.buffer() : whole));
    body.resume();
  }

  private void add(Buffer chunk) {
    if (!exchange.buffer(chunk.length())) {
      return;
    }
    if (whole == null && chunk.length() == length) {
      whole = chunk;
      return;
    }
    if (whole == null) {
      whole = Buffer.buffer(Math.clamp(length, 0, Body.INLINE_BYTES_MAX));
    }
    whole.appendBuffer(chunk);
  }
}
