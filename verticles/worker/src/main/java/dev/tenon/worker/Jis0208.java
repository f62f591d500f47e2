package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/// Index jis0208 of the Encoding Standard, read out of Java's windows-31j, which has the same characters in the same order; and index jis0212.
final class Jis0208 {

  private static final int POINTERS = 11280;
  private static final int ROW = 94;

  private Jis0208() {}

  private static final class Holder {
    static final char[] TABLE = table();
  }

  /// @return 0 where the pointer means nothing
  static int codePoint(int pointer) {
    return pointer >= 0 && pointer < POINTERS ? Holder.TABLE[pointer] : 0;
  }

  private static char[] table() {
    Charset shiftJis = Charset.forName("windows-31j");
    char[] table = new char[POINTERS];
    for (int pointer = 0; pointer < POINTERS; pointer++) {
      int lead = pointer / 188;
      int trail = pointer % 188;
      byte[] bytes = {(byte) (lead + (lead < 0x1f ? 0x81 : 0xc1)), (byte) (trail + (trail < 0x3f ? 0x40 : 0x41))};
      String text = shiftJis.decode(ByteBuffer.wrap(bytes)).toString();
      boolean privateUse = text.charAt(0) >= '\uE000' && text.charAt(0) <= '\uF8FF';
      table[pointer] = text.length() == 1 && text.charAt(0) != '\uFFFD' && !privateUse ? text.charAt(0) : 0;
    }
    return table;
  }

  private static final class Supplement {
    static final char[] TABLE = supplement();
  }

  /// JIS X 0212, by row and cell from 0xA1 on; 0 where they mean nothing.
  static int supplementary(int lead, int trail) {
    return Supplement.TABLE[(lead - 0xa1) * ROW + trail - 0xa1];
  }

  private static char[] supplement() {
    Charset eucJp = Charset.forName("EUC-JP");
    char[] table = new char[ROW * ROW];
    for (int i = 0; i < table.length; i++) {
      byte[] bytes = {(byte) 0x8f, (byte) (i / ROW + 0xa1), (byte) (i % ROW + 0xa1)};
      String text = eucJp.decode(ByteBuffer.wrap(bytes)).toString();
      table[i] = text.length() == 1 && text.charAt(0) != '\uFFFD' ? text.charAt(0) : 0;
    }
    return table;
  }
}
