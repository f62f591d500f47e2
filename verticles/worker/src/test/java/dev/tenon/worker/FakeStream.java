package dev.tenon.worker;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// A body whose chunks a test hands out, and that counts what is asked for. Emits only what was demanded.
final class FakeStream implements ReadStream<Buffer> {

  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long demand;
  private Promise<Void> wanted;

  /// Completed when at least one chunk is asked for.
  Future<Void> demanded(TestWorker worker) {
    return worker.onOwner(() -> {
      if (demand > 0) {
        return Future.succeededFuture();
      }
      wanted = Promise.promise();
      return wanted.future();
    });
  }

  long demand() {
    return demand;
  }

  Future<Void> emit(String text) {
    return emit(Buffer.buffer(text));
  }

  Future<Void> emit(Buffer chunk) {
    if (demand == 0) {
      throw new AssertionError("nobody asked for \"" + chunk + "\"");
    }
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    handler.handle(chunk);
    return Future.succeededFuture();
  }

  Future<Void> end() {
    endHandler.handle(null);
    return Future.succeededFuture();
  }

  Future<Void> fail(Throwable cause) {
    exceptionHandler.handle(cause);
    return Future.succeededFuture();
  }

  @Override
  public FakeStream handler(Handler<Buffer> newHandler) {
    handler = newHandler;
    return this;
  }

  @Override
  public FakeStream endHandler(Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public FakeStream exceptionHandler(Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    return this;
  }

  @Override
  public FakeStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public FakeStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public FakeStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (wanted != null) {
      wanted.tryComplete();
    }
    return this;
  }
}
