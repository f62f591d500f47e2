package dev.tenon.bindings.ai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// What a model answered.
public sealed interface AiAnswer {

  /// A value: what `run` resolves to, as JSON.
  record Value(String json) implements AiAnswer {}

  /// Server-sent events as the model makes them: `run` resolves to a ReadableStream of their bytes. Handed over paused.
  record Events(ReadStream<Buffer> stream) implements AiAnswer {}
}
