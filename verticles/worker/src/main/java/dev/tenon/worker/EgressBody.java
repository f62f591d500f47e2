package dev.tenon.worker;

import dev.tenon.bus.Failure;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import java.util.function.Function;

/// The body of a response from the network. Tells its exchange when it has ended, and fails as the exchange says.
final class EgressBody implements ReadStream<Buffer> {

  private final HttpClientResponse response;
  private final Consumer<Failure> ended;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private Failure failed;
  private boolean over;

  /// @param ended told null at the end, or the failure
  EgressBody(HttpClientResponse response, Function<Throwable, Failure> failures, Consumer<Failure> ended) {
    this.response = response;
    this.ended = ended;
    response.exceptionHandler(cause -> fail(failures.apply(cause)));
    response.endHandler(_ -> end());
  }

  void fail(Failure why) {
    if (failed != null) {
      return;
    }
    failed = why;
    response.handler(null);
    ended.accept(why);
    if (exceptionHandler != null) {
      exceptionHandler.handle(why);
    }
  }

  private void end() {
    if (failed != null) {
      return;
    }
    over = true;
    ended.accept(null);
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  /// A handler that comes after the failure is told of it at once: it would wait for ever. The same goes for the end.
  @Override
  public EgressBody exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    if (handler != null && failed != null) {
      handler.handle(failed);
    }
    return this;
  }

  @Override
  public EgressBody handler(Handler<Buffer> handler) {
    response.handler(handler);
    return this;
  }

  @Override
  public EgressBody pause() {
    response.pause();
    return this;
  }

  @Override
  public EgressBody resume() {
    response.resume();
    return this;
  }

  @Override
  public EgressBody fetch(long amount) {
    response.fetch(amount);
    return this;
  }

  @Override
  public EgressBody endHandler(Handler<Void> handler) {
    endHandler = handler;
    if (handler != null && over) {
      handler.handle(null);
    }
    return this;
  }
}
