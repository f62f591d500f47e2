package dev.tenon.bus.json;

import io.vertx.core.buffer.Buffer;

/// A value that knows how it is written as JSON.
public interface JsonWritable {

  /// Writes the value, and nothing else.
  void write(JsonWriter out);

  /// The value as JSON in UTF-8.
  default Buffer toJson() {
    return JsonWriter.write(this, JsonWriter::value);
  }
}
