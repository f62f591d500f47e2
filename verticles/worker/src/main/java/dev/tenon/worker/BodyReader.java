package dev.tenon.worker;

import dev.tenon.bus.Body;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Optional;

/// A body as JavaScript reads it: chunk by chunk, each asked for. Nothing is asked of the source before JavaScript asks.
///
/// Used on the isolate's Vert.x context, like the body itself.
final class BodyReader {

  private final Body body;
  private ArrayDeque<Buffer> arrived;
  private Promise<Optional<Buffer>> waiting;
  private Throwable failure;
  private boolean started;
  private boolean ended;

  BodyReader(Body body) {
    this.body = body;
  }

  /// The next chunk, or empty at the end. Not called again before the last one has come.
  Future<Optional<Buffer>> read() {
    return switch (body) {
      case Body.Empty _ -> Future.succeededFuture(Optional.empty());
      case Body.Bytes(Buffer buffer) -> {
        Optional<Buffer> all = started ? Optional.empty() : Optional.of(buffer);
        started = true;
        yield Future.succeededFuture(all);
      }
      case Body.Stream(ReadStream<Buffer> stream, _) -> read(stream);
    };
  }

  private Future<Optional<Buffer>> read(ReadStream<Buffer> stream) {
    if (arrived != null && !arrived.isEmpty()) {
      return Future.succeededFuture(Optional.of(arrived.poll()));
    }
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    if (ended) {
      return Future.succeededFuture(Optional.empty());
    }
    waiting = Promise.promise();
    Future<Optional<Buffer>> next = waiting.future();
    if (!started) {
      start(stream);
    }
    stream.fetch(1);
    return next;
  }

  private void start(ReadStream<Buffer> stream) {
    started = true;
    stream.exceptionHandler(this::failed);
    stream.endHandler(_ -> end());
    stream.handler(this::chunk);
  }

  private void chunk(Buffer chunk) {
    if (ended) {
      return;
    }
    if (waiting != null) {
      settle().complete(Optional.of(chunk));
    } else {
      if (arrived == null) {
        arrived = new ArrayDeque<>();
      }
      arrived.add(chunk);
    }
  }

  private void end() {
    ended = true;
    if (waiting != null) {
      settle().complete(Optional.empty());
    }
  }

  private void failed(Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    failure = cause;
    if (waiting != null) {
      settle().fail(cause);
    }
  }

  private Promise<Optional<Buffer>> settle() {
    Promise<Optional<Buffer>> promise = waiting;
    waiting = null;
    return promise;
  }

  /// Nobody will read on: what still comes is dropped, and nothing more is asked for.
  void cancel() {
    ended = true;
    arrived = null;
    if (waiting != null) {
      settle().complete(Optional.empty());
    }
  }
}
