package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;

/// A body between contexts on different threads: the buffers cross by reference, a window's worth of them at most.
final class HopBody implements HandedBody, BodySender.Sink {

  private final ContextInternal from;
  private final ContextInternal to;
  private final BodySender sender;
  private final BodyReceiver reader;
  private final Runnable over;
  private final int firstCredit;

  HopBody(ReadStream<Buffer> source, ContextInternal from, ContextInternal to, int window, Runnable over) {
    this.from = from;
    this.to = to;
    this.over = over;
    this.sender = new BodySender(from, source, window, this);
    this.reader = new BodyReceiver(to, window, bytes -> from.emit(bytes, sender::grant));
    this.firstCredit = BodyReceiver.firstWindow(window);
  }

  @Override
  public void begin() {
    from.emit(null, start -> {
      sender.start();
      sender.grant(firstCredit);
    });
  }

  @Override
  public ReadStream<Buffer> reader() {
    return reader;
  }

  @Override
  public void fail(Throwable why) {
    from.emit(null, stop -> sender.stop());
    to.emit(why, reader::fail);
  }

  @Override
  public void data(Buffer chunk) {
    to.emit(chunk, reader::data);
  }

  @Override
  public void end() {
    to.emit(null, end -> reader.end());
    over.run();
  }

  @Override
  public void broke(Failure why) {
    to.emit(why, reader::fail);
    over.run();
  }
}
