package dev.tenon.bus;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/// The receiving half of a body that came from another context: a paused [ReadStream] on the reader's context, which
/// gives credit back as its reader consumes.
///
/// Invariants: used on the reader's context only (a call from elsewhere hops there). It holds no more than the window, which
/// begins small and grows to its full size as the reader proves to read: a thousand readers that stop hold little.
/// The end follows the last chunk without further demand, but not before the reader has once demanded. A failure drops
/// what was not read yet and is told at once.
final class BodyReceiver implements ReadStream<Buffer> {

  /// The window before anything was read.
  static final int FIRST_WINDOW_BYTES = 64 * 1024;

  private final ContextInternal context;
  private final LongConsumer credit;
  private final int windowMax;
  private int window;
  private final ArrayDeque<Buffer> queue = new ArrayDeque<>(4);
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long demand;
  private long consumed;
  private boolean held = true;
  private boolean delivering;
  private boolean ended;
  private boolean endTold;
  private Throwable failure;

  /// @param windowMax what the sender may have under way to a reader that keeps up
  /// @param credit takes the bytes to give back, in portions of at least a quarter of the window
  BodyReceiver(ContextInternal context, int windowMax, LongConsumer credit) {
    this.context = context;
    this.credit = credit;
    this.windowMax = windowMax;
    this.window = firstWindow(windowMax);
  }

  /// The credit that a sender begins with.
  static int firstWindow(int windowMax) {
    return Math.min(windowMax, FIRST_WINDOW_BYTES);
  }

  void data(Buffer chunk) {
    if (!ended) {
      queue.add(chunk);
      deliver();
    }
  }

  void end() {
    ended = true;
    deliver();
  }

  void fail(Throwable why) {
    if (endTold || failure != null) {
      return;
    }
    ended = true;
    endTold = true;
    queue.clear();
    failure = why;
    tellFailure();
  }

  @Override
  public BodyReceiver exceptionHandler(Handler<Throwable> to) {
    exceptionHandler = to;
    if (failure != null && to != null) {
      onContext(this::tellFailure);
    }
    return this;
  }

  @Override
  public BodyReceiver handler(Handler<Buffer> to) {
    handler = to;
    return this;
  }

  @Override
  public BodyReceiver endHandler(Handler<Void> to) {
    endHandler = to;
    return this;
  }

  @Override
  public BodyReceiver pause() {
    onContext(() -> {
      held = true;
      demand = 0;
    });
    return this;
  }

  @Override
  public BodyReceiver resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BodyReceiver fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("demand – is " + amount + " – give 0 or more");
    }
    onContext(() -> {
      held = false;
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
      deliver();
    });
    return this;
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (demand > 0 && !queue.isEmpty()) {
        deliverOne(queue.poll());
      }
    } finally {
      delivering = false;
    }
    if (ended && !endTold && !held && queue.isEmpty()) {
      endTold = true;
      if (endHandler != null) {
        context.dispatch(null, endHandler);
      }
    }
  }

  private void deliverOne(Buffer chunk) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    consumed += BodySender.cost(chunk);
    if (handler != null) {
      context.dispatch(chunk, handler);
    }
    if (consumed >= window / 4 && !ended) {
      int more = Math.min(window, windowMax - window);
      long bytes = consumed + more;
      window += more;
      consumed = 0;
      credit.accept(bytes);
    }
  }

  private void tellFailure() {
    if (failure != null && exceptionHandler != null) {
      Throwable why = failure;
      failure = null;
      context.dispatch(why, exceptionHandler);
    }
  }

  private void onContext(Runnable task) {
    if (context.inThread()) {
      task.run();
    } else {
      context.execute(task);
    }
  }
}
