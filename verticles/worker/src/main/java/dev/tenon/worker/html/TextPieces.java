package dev.tenon.worker.html;

import java.util.Arrays;

/// The text of one text node, cut into the pieces in which handlers see it. Characters are never cut; where a piece is left as it is, its very bytes go on.
final class TextPieces {

  /// Length of a piece that is not a lexeme by itself.
  private static final int PIECE_BYTES_MAX = 1024;

  private static final byte[] NOTHING = new byte[0];

  private final TextCodec codec;
  private LegacyText decoder;
  private boolean open;
  private byte[] kept = NOTHING;

  private byte[] source = NOTHING;
  private int at;
  private int end;
  private boolean whole;
  private String decoded;
  private int decodedAt;

  private String text = "";
  private byte[] raw = NOTHING;
  private boolean last;

  TextPieces(TextCodec codec) {
    this.codec = codec;
  }

  /// Whether a text node has begun and not ended.
  boolean isOpen() {
    return open;
  }

  /// The current piece.
  String text() {
    return text;
  }

  /// The bytes that the current piece was made of; null where they cannot be told apart.
  byte[] raw() {
    return raw;
  }

  boolean last() {
    return last;
  }

  /// More of the text node.
  void feed(byte[] bytes, int from, int to) {
    if (codec.isUtf8()) {
      if (kept.length == 0) {
        source = bytes;
        at = from;
        end = to;
      } else {
        source = Arrays.copyOf(kept, kept.length + to - from);
        System.arraycopy(bytes, from, source, kept.length, to - from);
        at = 0;
        end = source.length;
      }
      int complete = end - incomplete(source, at, end);
      kept = complete == end ? NOTHING : Arrays.copyOfRange(source, complete, end);
      end = complete;
      whole = !open;
    } else {
      decoder = decoder == null ? codec.decoder() : decoder;
      source = Arrays.copyOfRange(bytes, from, to);
      decoded = decoder.decode(source, true);
      decodedAt = 0;
      whole = !open && TextCodec.isAscii(source, 0, source.length);
    }
    open = true;
  }

  /// Goes on to the next piece of what was fed.
  boolean next() {
    last = false;
    return codec.isUtf8() ? nextUtf8() : nextLegacy();
  }

  private boolean nextUtf8() {
    if (at >= end) {
      source = NOTHING;
      return false;
    }
    int to = end;
    if (end - at > PIECE_BYTES_MAX && !(whole && isValid())) {
      to = at + PIECE_BYTES_MAX;
      while (to > at && (source[to] & 0xc0) == 0x80) {
        to--;
      }
      if (to == at) {
        to = at + PIECE_BYTES_MAX;
      }
    }
    raw = Arrays.copyOfRange(source, at, to);
    text = codec.decode(raw, 0, raw.length);
    at = to;
    return true;
  }

  private boolean isValid() {
    return codec.decode(source, at, end).indexOf('\uFFFD') < 0;
  }

  private boolean nextLegacy() {
    if (decoded == null || decodedAt >= decoded.length()) {
      decoded = null;
      return false;
    }
    int to = decoded.length();
    if (!whole && to - decodedAt > PIECE_BYTES_MAX / 2) {
      to = decodedAt + PIECE_BYTES_MAX / 2;
      if (Character.isHighSurrogate(decoded.charAt(to - 1))) {
        to--;
      }
    }
    text = decoded.substring(decodedAt, to);
    raw = codec.isSingleByte() ? Arrays.copyOfRange(source, decodedAt, to) : null;
    decodedAt = to;
    return true;
  }

  /// The text node is at its end: a last piece, which is mostly empty.
  void finish() {
    open = false;
    last = true;
    raw = kept;
    kept = NOTHING;
    if (codec.isUtf8()) {
      text = codec.decode(raw, 0, raw.length);
    } else {
      text = decoder.decode(NOTHING, false);
      raw = text.isEmpty() ? NOTHING : null;
    }
  }

  /// How many bytes at the end begin a character that is not complete.
  private static int incomplete(byte[] bytes, int from, int to) {
    for (int back = 1; back <= 3 && to - back >= from; back++) {
      int b = bytes[to - back] & 0xff;
      if (b < 0x80) {
        return 0;
      }
      if (b >= 0xc0) {
        int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return b <= 0xf4 && b >= 0xc2 && needed > back ? back : 0;
      }
    }
    return 0;
  }
}
