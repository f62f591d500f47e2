package dev.tenon.bus;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Random;

/// A source that emits chunks as they are demanded, and says how many bytes it has emitted. Used on its context; its chunks
/// come asynchronously there, its counters may be read from anywhere.
final class ChunkStream implements ReadStream<Buffer> {

  private final Context context;
  private final Buffer content;
  private final long total;
  private final int chunk;
  private final Throwable failure;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long demand;
  private boolean scheduled;
  private boolean over;
  private volatile long emitted;
  private volatile boolean letGo;

  ChunkStream(Context context, Buffer content, int chunk) {
    this(context, content, content.length(), chunk, null);
  }

  private ChunkStream(Context context, Buffer content, long total, int chunk, Throwable failure) {
    this.context = context;
    this.content = content;
    this.total = total;
    this.chunk = chunk;
    this.failure = failure;
  }

  static ChunkStream endless(Context context, int chunk) {
    return new ChunkStream(context, noise(chunk, 3), Long.MAX_VALUE, chunk, null);
  }

  /// As long as `total` says, repeating one chunk.
  static ChunkStream repeating(Context context, long total, int chunk) {
    return new ChunkStream(context, noise(chunk, 3), total, chunk, null);
  }

  static ChunkStream breaking(Context context, int after, int chunk, Throwable failure) {
    return new ChunkStream(context, noise(after, 3), after, chunk, failure);
  }

  static Buffer noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  long emitted() {
    return emitted;
  }

  /// Whether its handlers were taken away before it ended: nobody reads it any more.
  boolean letGo() {
    return letGo;
  }

  @Override
  public ChunkStream exceptionHandler(Handler<Throwable> to) {
    exceptionHandler = to;
    return this;
  }

  @Override
  public ChunkStream handler(Handler<Buffer> to) {
    letGo = handler != null && to == null && !over;
    handler = to;
    return this;
  }

  @Override
  public ChunkStream endHandler(Handler<Void> to) {
    endHandler = to;
    return this;
  }

  @Override
  public ChunkStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public ChunkStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ChunkStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    schedule();
    return this;
  }

  private void schedule() {
    if (!scheduled && !over && demand > 0) {
      scheduled = true;
      context.runOnContext(now -> {
        scheduled = false;
        emit();
      });
    }
  }

  private void emit() {
    for (int i = 0; i < 8 && demand > 0 && emitted < total; i++) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      int length = (int) Math.min(chunk, total - emitted);
      int from = (int) (emitted % content.length());
      Buffer piece = content.length() == chunk && length == chunk ? content : content.slice(from, from + length);
      emitted += length;
      if (handler != null) {
        handler.handle(piece);
      }
    }
    if (emitted == total && !over && (demand > 0 || failure != null)) {
      over = true;
      if (failure == null && endHandler != null) {
        endHandler.handle(null);
      } else if (failure != null && exceptionHandler != null) {
        exceptionHandler.handle(failure);
      }
      return;
    }
    schedule();
  }
}
