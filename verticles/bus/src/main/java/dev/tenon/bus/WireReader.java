package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads the elements of the wire format from bytes that anyone may have made: every read is checked against what is
/// left, nothing is allocated for a length that is not there, and the only thing thrown is a [Failure] of code PROTOCOL.
final class WireReader {

  private final Buffer buffer;
  private int position;

  WireReader(Buffer buffer) {
    this.buffer = buffer;
  }

  int one() {
    need(1);
    return buffer.getByte(position++) & 0xFF;
  }

  long eight() {
    need(8);
    position += 8;
    return buffer.getLong(position - 8);
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = one();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (shift == 63 && next > 1) {
          break;
        }
        return value;
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  /// A number that must lie between 0 and `most`.
  int number(int most, String what) {
    long value = number();
    if (value < 0 || value > most) {
      throw malformed(what + " is " + Long.toUnsignedString(value) + ", at most " + most + " is allowed");
    }
    return (int) value;
  }

  boolean flag() {
    int value = one();
    if (value > 1) {
      throw malformed("a yes or no is " + value);
    }
    return value == 1;
  }

  String text() {
    int length = length();
    position += length;
    return buffer.getString(position - length, position);
  }

  Buffer bytes() {
    int length = length();
    position += length;
    return buffer.slice(position - length, position);
  }

  /// As many elements as are announced, each of at least one byte.
  <T> List<T> list(Supplier<T> element) {
    int count = length();
    List<T> elements = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  int left() {
    return buffer.length() - position;
  }

  static Failure malformed(String what) {
    return new Failure(Failure.Code.PROTOCOL, "a message between two nodes could not be understood", what);
  }

  /// A length or a count: never more than bytes are left.
  private int length() {
    long value = number();
    if (value < 0 || value > left()) {
      throw malformed("a length is " + Long.toUnsignedString(value) + ", only " + left() + " bytes are left");
    }
    return (int) value;
  }

  private void need(int bytes) {
    if (left() < bytes) {
      throw malformed("it ends after " + buffer.length() + " bytes, in the middle of an element");
    }
  }
}
