package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;

/// A body on its way from the context that makes it to the context that reads it, within one JVM.
interface HandedBody {

  /// What the reader gets: paused, on its own context.
  ReadStream<Buffer> reader();

  /// Lets the source be read. Before it, the source is untouched but for its handlers.
  void begin();

  /// Breaks it off: the reader is told, the source is read no further. Does nothing once the body has ended.
  void fail(Throwable why);

  /// Hands a stream over, by the cheaper way.
  ///
  /// @param oneThread whether both contexts share an event loop, and the current thread is it
  /// @param over called once when the source has ended or failed, on the source's thread
  static HandedBody hand(ReadStream<Buffer> source, ContextInternal from, ContextInternal to, boolean oneThread, int window, Runnable over) {
    return oneThread ? new LoopBody(source, to, over) : new HopBody(source, from, to, window, over);
  }
}
