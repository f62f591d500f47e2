package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.OptionalLong;

/// The body of a request or of a response. Whoever receives one owns it and consumes it once.
public sealed interface Body {

  /// Bodies up to this size travel inside the message that carries their head; larger ones stream.
  int INLINE_BYTES_MAX = 64 * 1024;

  /// No body at all: what a GET sends, or a 204 answers.
  record Empty() implements Body {}

  /// A body that is whole and in memory. The buffer is not changed by anyone afterwards.
  record Bytes(Buffer buffer) implements Body {}

  /// A body that arrives in pieces. The stream is handed over paused; whoever consumes it sets its handlers, then demands
  /// with `fetch` or `resume`. It is used on the Vert.x context it was handed over on.
  record Stream(ReadStream<Buffer> stream, OptionalLong length) implements Body {}

  Body EMPTY = new Empty();

  static Body of(Buffer buffer) {
    return buffer.length() == 0 ? EMPTY : new Bytes(buffer);
  }

  static Body of(ReadStream<Buffer> stream) {
    return new Stream(stream, OptionalLong.empty());
  }

  /// The number of bytes, where it is known before reading.
  default OptionalLong length() {
    return switch (this) {
      case Empty() -> OptionalLong.of(0);
      case Bytes(Buffer buffer) -> OptionalLong.of(buffer.length());
      case Stream(ReadStream<Buffer> stream, OptionalLong length) -> length;
    };
  }

  /// Consumes the whole body into memory. Fails with [Failure.Code#BODY_TOO_LARGE], and stops reading, as soon as it is
  /// known to be longer than `bytesMax`; fails with the stream's own failure when that breaks off. Called, like every
  /// consumption, on the context the body was handed over on.
  default Future<Buffer> collect(int bytesMax) {
    return switch (this) {
      case Empty() -> Future.succeededFuture(Buffer.buffer());
      case Bytes(Buffer buffer) when buffer.length() > bytesMax -> Future.failedFuture(BodyCollector.tooLarge(bytesMax));
      case Bytes(Buffer buffer) -> Future.succeededFuture(buffer);
      case Stream(ReadStream<Buffer> stream, OptionalLong length) when length.orElse(0) > bytesMax ->
          Future.failedFuture(BodyCollector.tooLarge(bytesMax));
      case Stream(ReadStream<Buffer> stream, OptionalLong length) -> new BodyCollector(stream, bytesMax).collect();
    };
  }
}
