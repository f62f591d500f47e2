package dev.tenon.bus;

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
}
