package dev.tenon.bus.websocket;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// Finds the pieces in a body that comes in chunks cut anywhere. Keeps no bytes of messages: what a chunk has of a piece is handed on at once, as a piece that is
/// not the last. Only a close is kept until it is whole.
public final class PieceReader {

  private static final int CLOSE_BYTES_MAX = 2 + Piece.REASON_BYTES_MAX;

  private int headBytes;
  private int first;
  private int left;
  private Piece.Kind kind;
  private Buffer close;

  /// Reads a chunk. Throws [IllegalArgumentException] when it is not what the other side may send.
  public void read(Buffer chunk, Consumer<Piece> to) {
    int at = 0;
    while (at < chunk.length()) {
      if (headBytes < Piece.HEAD_BYTES) {
        head(chunk.getUnsignedByte(at++));
        if (headBytes < Piece.HEAD_BYTES || left > 0) {
          continue;
        }
      }
      int take = Math.min(left, chunk.length() - at);
      left -= take;
      part(chunk.slice(at, at + take), to);
      at += take;
    }
  }

  private void head(int next) {
    if (headBytes == 0) {
      first = next;
      left = 0;
    } else {
      left = left << 8 | next;
    }
    if (++headBytes < Piece.HEAD_BYTES) {
      return;
    }
    kind = Piece.Kind.ofWire(first & ~Piece.LAST);
    boolean closes = kind == Piece.Kind.CLOSE;
    if (left < 0 || closes && (left == 1 || left > CLOSE_BYTES_MAX)) {
      throw new IllegalArgumentException("a piece of a WebSocket's message has " + Integer.toUnsignedString(left) + " bytes");
    }
    close = closes ? Buffer.buffer(left) : null;
  }

  private void part(Buffer part, Consumer<Piece> to) {
    boolean whole = left == 0;
    if (whole) {
      headBytes = 0;
    }
    if (close != null) {
      close.appendBuffer(part);
      if (whole) {
        to.accept(new Piece(kind, true, close));
      }
      return;
    }
    Piece.Kind now = kind;
    kind = Piece.Kind.CONTINUATION;
    to.accept(new Piece(now, whole && (first & Piece.LAST) != 0, part));
  }
}
