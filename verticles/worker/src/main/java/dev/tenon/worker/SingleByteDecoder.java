package dev.tenon.worker;

/// <https://encoding.spec.whatwg.org/#single-byte-decoder>
final class SingleByteDecoder extends LegacyDecoder {

  private final String upperHalf;

  SingleByteDecoder(String upperHalf) {
    this.upperHalf = upperHalf;
  }

  @Override
  int step(int b, StringBuilder text) {
    if (b < 0) {
      return CONTINUE;
    }
    if (b < 0x80) {
      return b;
    }
    char c = upperHalf.charAt(b - 0x80);
    return c == '\uFFFD' ? ERROR : c;
  }

  @Override
  void reset() {}
}
