package dev.tenon.bus;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// A buffer as a stream of one chunk. Delivers on the thread that demands.
final class BufferStream implements ReadStream<Buffer> {

  private Buffer buffer;
  private Handler<Buffer> handler = chunk -> {};
  private Handler<Void> endHandler = end -> {};

  BufferStream(Buffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public BufferStream exceptionHandler(Handler<Throwable> to) {
    return this;
  }

  @Override
  public BufferStream handler(Handler<Buffer> to) {
    handler = to == null ? chunk -> {} : to;
    return this;
  }

  @Override
  public BufferStream endHandler(Handler<Void> to) {
    endHandler = to == null ? end -> {} : to;
    return this;
  }

  @Override
  public BufferStream pause() {
    return this;
  }

  @Override
  public BufferStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BufferStream fetch(long amount) {
    if (buffer != null && amount > 0) {
      Buffer whole = buffer;
      buffer = null;
      handler.handle(whole);
      endHandler.handle(null);
    }
    return this;
  }
}
