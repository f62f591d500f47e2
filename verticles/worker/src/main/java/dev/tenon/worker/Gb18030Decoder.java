package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/// <https://encoding.spec.whatwg.org/#gb18030-decoder>, for GBK too.
final class Gb18030Decoder extends LegacyDecoder {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int ROW = 190;

  private static final class Holder {
    static final char[] TABLE = table();
  }

  /// Four bytes stand for what they stood for before the edition of 2022, which gave them to private use.
  private static final String PRIVATE_USE =
      "\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796";
  private static final String BEFORE_2022 =
      "\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19";

  private int first;
  private int second;
  private int third;

  private static char[] table() {
    char[] table = new char[ROW * 126];
    for (int i = 0; i < table.length; i++) {
      int offset = i % ROW;
      String text = decode(i / ROW + 0x81, offset + (offset < 0x3f ? 0x40 : 0x41));
      table[i] = text.length() == 1 && text.charAt(0) != '\uFFFD' ? text.charAt(0) : 0;
    }
    return table;
  }

  private static String decode(int... bytes) {
    byte[] encoded = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      encoded[i] = (byte) bytes[i];
    }
    return GB18030.decode(ByteBuffer.wrap(encoded)).toString();
  }

  @Override
  int step(int b, StringBuilder text) {
    if (b < 0) {
      boolean pending = first != 0;
      reset();
      return pending ? ERROR : CONTINUE;
    }
    if (third != 0) {
      return fourth(b);
    }
    if (second != 0) {
      if (b >= 0x81 && b <= 0xfe) {
        third = b;
        return CONTINUE;
      }
      prepend(b);
      prepend(second);
      reset();
      return ERROR;
    }
    if (first != 0) {
      return second(b);
    }
    if (b < 0x80) {
      return b;
    }
    if (b == 0x80) {
      return 0x20ac;
    }
    if (b == 0xff) {
      return ERROR;
    }
    first = b;
    return CONTINUE;
  }

  private int second(int b) {
    if (b >= 0x30 && b <= 0x39) {
      second = b;
      return CONTINUE;
    }
    int lead = first;
    reset();
    if (b >= 0x40 && b <= 0x7e || b >= 0x80 && b <= 0xfe) {
      int point = Holder.TABLE[(lead - 0x81) * ROW + b - (b < 0x7f ? 0x40 : 0x41)];
      if (point != 0) {
        return point;
      }
    }
    return b < 0x80 ? ERROR_PREPEND : ERROR;
  }

  private int fourth(int b) {
    int one = first;
    int two = second;
    int three = third;
    reset();
    if (b < 0x30 || b > 0x39) {
      prepend(b);
      prepend(three);
      prepend(two);
      return ERROR;
    }
    int pointer = ((one - 0x81) * 10 + two - 0x30) * 1260 + (three - 0x81) * 10 + b - 0x30;
    if (pointer > 39419 && pointer < 189000 || pointer > 1237575) {
      return ERROR;
    }
    if (pointer == 7457) {
      return 0xe7c7;
    }
    String decoded = decode(one, two, three, b);
    int moved = PRIVATE_USE.indexOf(decoded);
    if (moved >= 0) {
      return BEFORE_2022.charAt(moved);
    }
    return decoded.codePointCount(0, decoded.length()) == 1 && decoded.charAt(0) != '\uFFFD' ? decoded.codePointAt(0) : ERROR;
  }

  @Override
  void reset() {
    first = 0;
    second = 0;
    third = 0;
  }
}
