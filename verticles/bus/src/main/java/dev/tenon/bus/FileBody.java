package dev.tenon.bus;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;

/// A part of a file as a body. It is opened when it is first read, and whoever can hand a file to its socket whole need not read it at all.
///
/// Closed at its end, when reading fails, and when the exchange is cancelled. Used on one Vert.x context.
public final class FileBody implements ReadStream<Buffer> {

  private static final int PIECE_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final Path file;
  private final long offset;
  private final long length;
  private final Cancellation cancellation;
  private Handler<Buffer> handler;
  private Handler<Throwable> exceptionHandler;
  private Handler<Void> endHandler;
  private AsyncFile open;
  private Runnable closer;
  private long demand;
  private boolean opening;
  private boolean over;

  /// @param length in bytes, from `offset`; the file has them
  public FileBody(Vertx vertx, Path file, long offset, long length, Cancellation cancellation) {
    this.vertx = vertx;
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.cancellation = cancellation;
  }

  public Path file() {
    return file;
  }

  /// Where in the file the body begins.
  public long offset() {
    return offset;
  }

  /// How many bytes it has.
  public long length() {
    return length;
  }

  @Override
  public FileBody exceptionHandler(Handler<Throwable> listener) {
    exceptionHandler = listener;
    return this;
  }

  @Override
  public FileBody handler(Handler<Buffer> listener) {
    handler = listener;
    return this;
  }

  @Override
  public FileBody endHandler(Handler<Void> listener) {
    endHandler = listener;
    return this;
  }

  @Override
  public FileBody pause() {
    demand = 0;
    if (open != null) {
      open.pause();
    }
    return this;
  }

  @Override
  public FileBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public FileBody fetch(long amount) {
    if (over || amount <= 0) {
      return this;
    }
    if (open != null) {
      open.fetch(amount);
      return this;
    }
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (!opening) {
      opening = true;
      vertx.fileSystem().open(file.toString(), new OpenOptions().setRead(true).setWrite(false).setCreate(false))
          .onSuccess(this::opened)
          .onFailure(this::failed);
    }
    return this;
  }

  private void opened(AsyncFile opened) {
    if (over) {
      opened.close();
      return;
    }
    open = opened;
    Context here = vertx.getOrCreateContext();
    closer = () -> here.runOnContext(_ -> close());
    cancellation.onCancel(closer);
    opened.pause();
    opened.setReadBufferSize((int) Math.min(PIECE_BYTES, Math.max(1, length))).setReadPos(offset).setReadLength(length);
    opened.exceptionHandler(this::failed);
    opened.endHandler(_ -> ended());
    opened.handler(this::chunk);
    if (demand > 0) {
      opened.fetch(demand);
    }
  }

  private void chunk(Buffer chunk) {
    if (!over && handler != null) {
      handler.handle(chunk);
    }
  }

  private void ended() {
    if (!over) {
      close();
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
  }

  private void failed(Throwable cause) {
    if (!over) {
      close();
      if (exceptionHandler != null) {
        exceptionHandler.handle(new Failure(Failure.Code.COMPONENT_FAILED, "a file could not be read", String.valueOf(cause.getMessage())));
      }
    }
  }

  private void close() {
    over = true;
    if (open != null) {
      cancellation.remove(closer);
      open.close();
      open = null;
    }
  }
}
