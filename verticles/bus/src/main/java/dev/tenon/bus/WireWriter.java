package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// Appends the elements of the wire format: variable-length numbers (LEB128), strings and byte strings with their length before them.
final class WireWriter {

  private final Buffer buffer = Buffer.buffer(256);

  WireWriter one(int value) {
    buffer.appendByte((byte) value);
    return this;
  }

  WireWriter eight(long value) {
    buffer.appendLong(value);
    return this;
  }

  WireWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.appendByte((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    buffer.appendByte((byte) rest);
    return this;
  }

  WireWriter flag(boolean value) {
    return one(value ? 1 : 0);
  }

  WireWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    buffer.appendBytes(bytes);
    return this;
  }

  WireWriter bytes(Buffer value) {
    number(value.length());
    buffer.appendBuffer(value);
    return this;
  }

  int length() {
    return buffer.length();
  }

  Buffer done() {
    return buffer;
  }
}
