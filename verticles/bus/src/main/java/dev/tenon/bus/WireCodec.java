package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// How frames travel inside the event bus's own messages: as they are, copied once on their way out.
final class WireCodec implements MessageCodec<Wire.Encoded, Buffer> {

  @Override
  public void encodeToWire(Buffer buffer, Wire.Encoded frame) {
    frame.appendTo(buffer);
  }

  @Override
  public Buffer decodeFromWire(int position, Buffer buffer) {
    return buffer.slice(position, buffer.length());
  }

  @Override
  public Buffer transform(Wire.Encoded frame) {
    Buffer whole = Buffer.buffer(frame.length());
    frame.appendTo(whole);
    return whole;
  }

  @Override
  public String name() {
    return "tenon-exchange";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
