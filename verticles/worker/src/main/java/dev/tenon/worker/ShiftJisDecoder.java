package dev.tenon.worker;

/// <https://encoding.spec.whatwg.org/#shift_jis-decoder>
final class ShiftJisDecoder extends LegacyDecoder {

  private int lead;

  @Override
  int step(int b, StringBuilder text) {
    if (lead != 0) {
      return trail(b);
    }
    if (b < 0) {
      return CONTINUE;
    }
    if (b <= 0x80) {
      return b;
    }
    if (b >= 0xa1 && b <= 0xdf) {
      return 0xff61 - 0xa1 + b;
    }
    if (b >= 0x81 && b <= 0x9f || b >= 0xe0 && b <= 0xfc) {
      lead = b;
      return CONTINUE;
    }
    return ERROR;
  }

  private int trail(int b) {
    int first = lead;
    lead = 0;
    if (b < 0) {
      return ERROR;
    }
    if (b >= 0x40 && b <= 0x7e || b >= 0x80 && b <= 0xfc) {
      int pointer = (first - (first < 0xa0 ? 0x81 : 0xc1)) * 188 + b - (b < 0x7f ? 0x40 : 0x41);
      if (pointer >= 8836 && pointer <= 10715) {
        return 0xe000 - 8836 + pointer;
      }
      int point = Jis0208.codePoint(pointer);
      if (point != 0) {
        return point;
      }
    }
    return b < 0x80 ? ERROR_PREPEND : ERROR;
  }

  @Override
  void reset() {
    lead = 0;
  }
}
