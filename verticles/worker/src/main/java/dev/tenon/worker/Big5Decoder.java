package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/// <https://encoding.spec.whatwg.org/#big5-decoder>
final class Big5Decoder extends LegacyDecoder {

  private static final int ROW = 157;

  private static final class Holder {
    static final int[] TABLE = table();
  }

  private int lead;

  private static int[] table() {
    Charset hongKong = Charset.forName("Big5-HKSCS");
    int[] table = new int[ROW * 126];
    for (int i = 0; i < table.length; i++) {
      int offset = i % ROW;
      byte[] bytes = {(byte) (i / ROW + 0x81), (byte) (offset + (offset < 0x3f ? 0x40 : 0x62))};
      String text = hongKong.decode(ByteBuffer.wrap(bytes)).toString();
      boolean meant = text.codePointCount(0, text.length()) == 1 && text.charAt(0) != '\uFFFD' && (text.charAt(0) < '\uE000' || text.charAt(0) > '\uF8FF');
      table[i] = meant ? text.codePointAt(0) : 0;
    }
    return table;
  }

  @Override
  int step(int b, StringBuilder text) {
    if (lead != 0) {
      return trail(b, text);
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

  private int trail(int b, StringBuilder text) {
    int first = lead;
    lead = 0;
    if (b >= 0x40 && b <= 0x7e || b >= 0xa1 && b <= 0xfe) {
      int pointer = (first - 0x81) * ROW + b - (b < 0x7f ? 0x40 : 0x62);
      switch (pointer) {
        case 1133 -> text.append('\u00ca').append('\u0304');
        case 1135 -> text.append('\u00ca').append('\u030c');
        case 1164 -> text.append('\u00ea').append('\u0304');
        case 1166 -> text.append('\u00ea').append('\u030c');
        default -> {
          int point = Holder.TABLE[pointer];
          if (point != 0) {
            return point;
          }
          return b < 0x80 ? ERROR_PREPEND : ERROR;
        }
      }
      return CONTINUE;
    }
    return b >= 0 && b < 0x80 ? ERROR_PREPEND : ERROR;
  }

  @Override
  void reset() {
    lead = 0;
  }
}
