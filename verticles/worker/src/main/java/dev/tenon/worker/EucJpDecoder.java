package dev.tenon.worker;

/// <https://encoding.spec.whatwg.org/#euc-jp-decoder>
final class EucJpDecoder extends LegacyDecoder {

  private int lead;
  private boolean supplementary;

  @Override
  int step(int b, StringBuilder text) {
    if (b < 0) {
      boolean pending = lead != 0;
      reset();
      return pending ? ERROR : CONTINUE;
    }
    if (lead == 0x8e && b >= 0xa1 && b <= 0xdf) {
      lead = 0;
      return 0xff61 - 0xa1 + b;
    }
    if (lead == 0x8f && b >= 0xa1 && b <= 0xfe) {
      supplementary = true;
      lead = b;
      return CONTINUE;
    }
    if (lead != 0) {
      return trail(b);
    }
    if (b < 0x80) {
      return b;
    }
    if (b == 0x8e || b == 0x8f || b >= 0xa1 && b <= 0xfe) {
      lead = b;
      return CONTINUE;
    }
    return ERROR;
  }

  private int trail(int b) {
    int first = lead;
    boolean inSupplement = supplementary;
    reset();
    if (first >= 0xa1 && first <= 0xfe && b >= 0xa1 && b <= 0xfe) {
      int point = inSupplement ? Jis0208.supplementary(first, b) : Jis0208.codePoint((first - 0xa1) * 94 + b - 0xa1);
      if (point != 0) {
        return point;
      }
    }
    return b < 0x80 ? ERROR_PREPEND : ERROR;
  }

  @Override
  void reset() {
    lead = 0;
    supplementary = false;
  }
}
