package dev.tenon.bus.client;

import dev.tenon.bus.json.JsonReader;
import dev.tenon.bus.json.JsonWriter;
import io.vertx.core.buffer.Buffer;

/// A kind of event that a contract describes under `webhooks`.
///
/// @param component whose contract it is
/// @param name as the contract has it, e.g. `user.deleted`
/// @param reader of its payload
/// @param writer of its payload
public record EventType<T>(String component, String name, JsonReader.Reader<T> reader, JsonWriter.Writer<T> writer) {

  /// The payload as it travels.
  public Buffer write(T payload) {
    return JsonWriter.write(payload, writer);
  }

  /// @throws dev.tenon.bus.json.JsonException when it is not as the contract says
  public T read(Buffer payload) {
    return JsonReader.read(payload, reader);
  }

  @Override
  public String toString() {
    return component + " " + name;
  }
}
