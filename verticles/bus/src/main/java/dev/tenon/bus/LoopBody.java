package dev.tenon.bus;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;

/// A body handed over by reference between two contexts of one event loop: the source itself, whose events reach the
/// reader with the reader's context as the current one, and whose end the bus hears of.
final class LoopBody implements ReadStream<Buffer>, HandedBody {

  private final ReadStream<Buffer> source;
  private final ContextInternal reader;
  private final Runnable over;
  private Handler<Throwable> exceptionHandler;
  private Handler<Void> endHandler;
  private Throwable failure;
  private boolean ended;

  /// @param over called once, when the source has ended or failed
  LoopBody(ReadStream<Buffer> source, ContextInternal reader, Runnable over) {
    this.source = source;
    this.reader = reader;
    this.over = over;
    source.exceptionHandler(this::fail);
    source.endHandler(end -> sourceEnded());
  }

  /// Breaks the body off for its reader; the source is left alone from here on.
  @Override
  public void fail(Throwable why) {
    if (ended) {
      return;
    }
    ended = true;
    failure = why;
    source.handler(null);
    source.pause();
    over.run();
    tellFailure();
  }

  @Override
  public ReadStream<Buffer> reader() {
    return this;
  }

  @Override
  public void begin() {
    // The reader's demand reaches the source directly.
  }

  @Override
  public LoopBody exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    tellFailure();
    return this;
  }

  @Override
  public LoopBody handler(Handler<Buffer> handler) {
    if (!ended) {
      source.handler(handler == null ? null : chunk -> reader.dispatch(chunk, handler));
    }
    return this;
  }

  @Override
  public LoopBody endHandler(Handler<Void> handler) {
    endHandler = handler;
    return this;
  }

  @Override
  public LoopBody pause() {
    if (!ended) {
      source.pause();
    }
    return this;
  }

  @Override
  public LoopBody resume() {
    if (!ended) {
      source.resume();
    }
    return this;
  }

  @Override
  public LoopBody fetch(long amount) {
    if (!ended) {
      source.fetch(amount);
    }
    return this;
  }

  private void sourceEnded() {
    if (ended) {
      return;
    }
    ended = true;
    over.run();
    if (endHandler != null) {
      reader.dispatch(null, endHandler);
    }
  }

  private void tellFailure() {
    if (failure != null && exceptionHandler != null) {
      Throwable why = failure;
      failure = null;
      reader.dispatch(why, exceptionHandler);
    }
  }
}
