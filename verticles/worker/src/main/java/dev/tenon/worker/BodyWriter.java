package dev.tenon.worker;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/// A body that JavaScript writes and a consumer reads as a stream. Bounded: when more than [#WINDOW_BYTES] wait for the
/// consumer, the writer is asked to wait too.
///
/// Used on the isolate's Vert.x context. Starts paused, as every body does.
final class BodyWriter implements ReadStream<Buffer> {

  /// How much may wait for the consumer before the writer has to.
  static final int WINDOW_BYTES = 64 * 1024;

  private final Runnable onClosed;
  private final ArrayDeque<Buffer> queue = new ArrayDeque<>(4);
  private long queuedBytes;
  private LongConsumer meter = _ -> { };
  private long demand;
  private boolean emitting;
  private boolean ended;
  private boolean closed;
  private Throwable failure;
  private Promise<Void> room;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;

  /// @param onClosed run once, when the end or a failure has reached the consumer, or the consumer is gone
  BodyWriter(Runnable onClosed) {
    this.onClosed = onClosed;
  }

  /// Takes a chunk.
  ///
  /// @return null when there is room for more, otherwise a future that is completed when there is. It is a null and not a completed future because
  ///         this is called for every chunk. Also null once the consumer is gone: what is written then goes nowhere
  Future<Void> write(Buffer chunk) {
    if (ended || closed || chunk.length() == 0) {
      return null;
    }
    queue.add(chunk);
    queued(chunk.length());
    emit();
    if (queuedBytes <= WINDOW_BYTES || closed) {
      return null;
    }
    if (room == null) {
      room = Promise.promise();
    }
    return room.future();
  }

  /// Nothing more will be written.
  void end() {
    if (!ended) {
      ended = true;
      emit();
    }
  }

  /// The body breaks off here: the consumer's exception handler is told.
  void fail(Throwable cause) {
    if (closed || ended && queue.isEmpty()) {
      return;
    }
    ended = true;
    failure = cause;
    queue.clear();
    queued(-queuedBytes);
    emit();
  }

  /// The consumer is gone.
  void cancel() {
    if (!closed) {
      ended = true;
      queue.clear();
      close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /// What waits for the consumer.
  long queuedBytes() {
    return queuedBytes;
  }

  /// Tells `listener` of every change of [#queuedBytes()].
  void onQueued(LongConsumer listener) {
    meter = listener;
  }

  private void queued(long more) {
    queuedBytes += more;
    meter.accept(more);
  }

  private void emit() {
    if (emitting || closed) {
      return;
    }
    emitting = true;
    try {
      while (demand > 0 && handler != null && !queue.isEmpty()) {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        Buffer chunk = queue.poll();
        queued(-chunk.length());
        handler.handle(chunk);
      }
    } finally {
      emitting = false;
    }
    if (ended && queue.isEmpty() && !closed) {
      finish();
    } else if (room != null && queuedBytes <= WINDOW_BYTES / 2) {
      roomAgain();
    }
  }

  private void finish() {
    if (failure != null) {
      if (exceptionHandler == null && endHandler == null && handler == null) {
        return;
      }
      Handler<Throwable> told = exceptionHandler;
      close();
      if (told != null) {
        told.handle(failure);
      }
    } else if (demand > 0 && (handler != null || endHandler != null)) {
      Handler<Void> told = endHandler;
      close();
      if (told != null) {
        told.handle(null);
      }
    }
  }

  private void close() {
    closed = true;
    queued(-queuedBytes);
    if (room != null) {
      roomAgain();
    }
    onClosed.run();
  }

  private void roomAgain() {
    Promise<Void> promise = room;
    room = null;
    promise.complete();
  }

  @Override
  public BodyWriter handler(Handler<Buffer> newHandler) {
    handler = newHandler;
    if (newHandler != null) {
      emit();
    }
    return this;
  }

  @Override
  public BodyWriter endHandler(Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public BodyWriter exceptionHandler(Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    return this;
  }

  @Override
  public BodyWriter pause() {
    demand = 0;
    return this;
  }

  @Override
  public BodyWriter resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BodyWriter fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    emit();
    return this;
  }
}
