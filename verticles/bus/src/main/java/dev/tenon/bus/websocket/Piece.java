package dev.tenon.bus.websocket;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// A piece of a WebSocket's messages, as it travels in a body. A message is one piece that is the last, or several of which the last one is; a piece may be cut
/// in two anywhere, as frames on the network may.
///
/// As bytes, which both nodes of an exchange must read alike: kind (1 byte; the high bit says "the last") · length (4 bytes) · that many bytes.
///
/// @param last whether the message ends here
/// @param bytes of a text: UTF-8. Of a [Kind#CLOSE]: nothing, or the code (2 bytes) and the reason (UTF-8)
public record Piece(Kind kind, boolean last, Buffer bytes) {

  /// What a piece is of.
  public enum Kind {
    /// The message that the piece before began.
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    /// Nothing comes after it from this side.
    CLOSE(8);

    private final int wire;

    Kind(int wire) {
      this.wire = wire;
    }

    int wire() {
      return wire;
    }

    static Kind ofWire(int wire) {
      return switch (wire) {
        case 0 -> CONTINUATION;
        case 1 -> TEXT;
        case 2 -> BINARY;
        case 8 -> CLOSE;
        default -> throw new IllegalArgumentException("a piece of a WebSocket's message is of kind " + wire + ", which is none");
      };
    }
  }

  static final int HEAD_BYTES = 5;
  static final int LAST = 0x80;

  /// What a close says that names no code.
  public static final int NO_CODE = 1005;

  /// The largest reason of a close, in bytes (RFC 6455, 5.5).
  public static final int REASON_BYTES_MAX = 123;

  /// A whole text message.
  public static Piece text(String text) {
    return new Piece(Kind.TEXT, true, Buffer.buffer(text));
  }

  /// A whole binary message.
  public static Piece binary(Buffer bytes) {
    return new Piece(Kind.BINARY, true, bytes);
  }

  /// The end of one direction. A reason that is too long is cut after a whole character.
  ///
  /// @param code [#NO_CODE] for none
  public static Piece close(int code, String reason) {
    if (code == NO_CODE) {
      return new Piece(Kind.CLOSE, true, Buffer.buffer());
    }
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, REASON_BYTES_MAX);
    while (length < utf8.length && length > 0 && (utf8[length] & 0xC0) == 0x80) {
      length--;
    }
    return new Piece(Kind.CLOSE, true, Buffer.buffer(2 + length).appendShort((short) code).appendBytes(utf8, 0, length));
  }

  /// The code that a close names.
  public int closeCode() {
    return bytes.length() < 2 ? NO_CODE : bytes.getUnsignedShort(0);
  }

  /// The reason that a close gives; empty for none.
  public String closeReason() {
    return bytes.length() <= 2 ? "" : bytes.getString(2, bytes.length());
  }

  /// The piece as bytes.
  public Buffer encoded() {
    return Buffer.buffer(HEAD_BYTES + bytes.length()).appendByte((byte) (kind.wire | (last ? LAST : 0))).appendInt(bytes.length()).appendBuffer(bytes);
  }
}
