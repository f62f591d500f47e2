package dev.tenon.gateway;

import dev.tenon.bus.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Reads a body whose length is known and small. A body in one piece is not copied.
final class WholeBody {

  private final RequestBody body;
  private final int length;
  private Buffer whole;

  WholeBody(RequestBody body, int length) {
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
    if (whole == null && chunk.length() == length) {
      whole = chunk;
      return;
    }
    if (whole == null) {
      whole = Buffer.buffer(Math.max(0, length));
    }
    whole.appendBuffer(chunk);
  }
}
