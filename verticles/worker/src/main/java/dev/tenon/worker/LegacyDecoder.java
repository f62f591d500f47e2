package dev.tenon.worker;

/// A decoder of the Encoding Standard: bytes in, UTF-16 out, with what is incomplete kept from call to call.
///
/// <https://encoding.spec.whatwg.org/#legacy-single-byte-encodings> and the sections after it.
abstract class LegacyDecoder {

  /// What [#step] answers for a byte that needs the next one.
  static final int CONTINUE = -1;

  /// What [#step] answers for bytes that mean nothing.
  static final int ERROR = -2;

  /// As [#ERROR], and the byte is to be seen again.
  static final int ERROR_PREPEND = -3;

  private static final int END = -1;

  private final byte[] again = new byte[3];
  private int againCount;

  static LegacyDecoder of(String encoding) {
    return switch (encoding) {
      case "gbk", "gb18030" -> new Gb18030Decoder();
      case "big5" -> new Big5Decoder();
      case "euc-jp" -> new EucJpDecoder();
      case "iso-2022-jp" -> new Iso2022JpDecoder();
      case "shift_jis" -> new ShiftJisDecoder();
      case "euc-kr" -> new EucKrDecoder();
      default -> new SingleByteDecoder(SingleByteTable.of(encoding));
    };
  }

  /// Takes one byte, or -1 at the end.
  ///
  /// @return a code point, [#CONTINUE], [#ERROR] or [#ERROR_PREPEND]. At the end [#CONTINUE] when nothing was pending
  abstract int step(int b, StringBuilder text);

  /// Forgets what is pending.
  abstract void reset();

  /// @return false if `fatal` and the bytes are wrong
  final boolean decode(byte[] bytes, boolean more, boolean fatal, StringBuilder text) {
    for (byte b : bytes) {
      if (!take(b & 0xff, fatal, text)) {
        return failed();
      }
    }
    if (!more) {
      if (!take(END, fatal, text)) {
        return failed();
      }
      reset();
    }
    return true;
  }

  private boolean failed() {
    againCount = 0;
    reset();
    return false;
  }

  /// Bytes to be seen again, the last pushed first.
  final void prepend(int b) {
    again[againCount++] = (byte) b;
  }

  private boolean take(int b, boolean fatal, StringBuilder text) {
    if (!takeOne(b, fatal, text)) {
      return false;
    }
    while (againCount > 0) {
      againCount--;
      if (!takeOne(again[againCount] & 0xff, fatal, text)) {
        return false;
      }
    }
    return true;
  }

  private boolean takeOne(int b, boolean fatal, StringBuilder text) {
    int point = step(b, text);
    if (point >= 0) {
      text.appendCodePoint(point);
    } else if (point != CONTINUE) {
      if (fatal) {
        return false;
      }
      text.append('\uFFFD');
      if (point == ERROR_PREPEND && b != END) {
        return takeOne(b, false, text);
      }
      if (b == END) {
        return takeOne(END, false, text);
      }
    }
    return true;
  }
}
