package dev.tenon.worker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// Hands a stream on to a writer, no faster than that is read.
final class Relay {

  private final ReadStream<Buffer> from;
  private final BodyWriter to;

  private Relay(ReadStream<Buffer> from, BodyWriter to) {
    this.from = from;
    this.to = to;
  }

  static void start(ReadStream<Buffer> from, BodyWriter to) {
    Relay relay = new Relay(from, to);
    from.exceptionHandler(to::fail);
    from.endHandler(_ -> to.end());
    from.handler(relay::chunk);
    from.fetch(1);
  }

  private void chunk(Buffer chunk) {
    Future<Void> room = to.write(chunk);
    if (room == null) {
      from.fetch(1);
    } else {
      room.onSuccess(_ -> from.fetch(1));
    }
  }
}
