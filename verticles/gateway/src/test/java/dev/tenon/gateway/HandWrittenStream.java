package dev.tenon.gateway;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// A body that a test writes piece by piece from any thread.
final class HandWrittenStream implements ReadStream<Buffer> {

  private final Context context = Vertx.currentContext();
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private boolean ended;
  private boolean endDelivered;
  private volatile long demand;

  void write(String text) {
    context.runOnContext(v -> {
      waiting.add(Buffer.buffer(text));
      deliver();
    });
  }

  void end() {
    context.runOnContext(v -> {
      ended = true;
      deliver();
    });
  }

  void fail(Throwable why) {
    context.runOnContext(v -> exceptionHandler.handle(why));
  }

  /// Whether the reader has asked for more than it got.
  boolean wanted() {
    return demand > 0;
  }

  private void deliver() {
    while (demand > 0 && !waiting.isEmpty() && handler != null) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      handler.handle(waiting.poll());
    }
    if (ended && waiting.isEmpty() && !endDelivered && endHandler != null && demand > 0) {
      endDelivered = true;
      endHandler.handle(null);
    }
  }

  @Override
  public HandWrittenStream handler(Handler<Buffer> next) {
    handler = next;
    return this;
  }

  @Override
  public HandWrittenStream endHandler(Handler<Void> next) {
    endHandler = next;
    return this;
  }

  @Override
  public HandWrittenStream exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next;
    return this;
  }

  @Override
  public HandWrittenStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public HandWrittenStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public HandWrittenStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    context.runOnContext(v -> deliver());
    return this;
  }
}
