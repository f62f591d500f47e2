package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/// <https://encoding.spec.whatwg.org/#euc-kr-decoder>
final class EucKrDecoder extends LegacyDecoder {

  private static final int ROW = 190;

  private static final class Holder {
    static final char[] TABLE = table();
  }

  private int lead;

  private static char[] table() {
    Charset korean = Charset.forName("x-windows-949");
    char[] table = new char[ROW * 126];
    for (int i = 0; i < table.length; i++) {
      byte[] bytes = {(byte) (i / ROW + 0x81), (byte) (i % ROW + 0x41)};
      String text = korean.decode(ByteBuffer.wrap(bytes)).toString();
      boolean meant = text.length() == 1 && text.charAt(0) != '\uFFFD' && (text.charAt(0) < '\uE000' || text.charAt(0) > '\uF8FF');
      table[i] = meant ? text.charAt(0) : 0;
    }
    return table;
  }

  @Override
  int step(int b, StringBuilder text) {
    if (lead != 0) {
      int first = lead;
      lead = 0;
      int point = b >= 0x41 && b <= 0xfe ? Holder.TABLE[(first - 0x81) * ROW + b - 0x41] : 0;
      if (point != 0) {
        return point;
      }
      return b >= 0 && b < 0x80 ? ERROR_PREPEND : ERROR;
    }
    if (b < 0) {
      return CONTINUE;
    }
    if (b < 0x80) {
      return b;
    }
    if (b >= 0x81 && b <= 0xfe) {
      lead = b;
      return CONTINUE;
    }
    return ERROR;
  }

  @Override
  void reset() {
    lead = 0;
  }
}
