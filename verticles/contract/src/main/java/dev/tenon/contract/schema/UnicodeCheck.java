package dev.tenon.contract.schema;

/// Checks that a JSON text is characters: valid UTF-8 (RFC 3629: nothing overlong, no surrogates, nothing beyond U+10FFFF), and no escape that is one half of a
/// surrogate pair, whose behaviour RFC 8259, 8.2 calls unpredictable. The parser checks neither in full.
final class UnicodeCheck {

  private static final String NOT_UTF_8 = "the bytes are not valid UTF-8";

  private final byte[] bytes;

  private UnicodeCheck(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws NotJsonException where the first wrong byte or escape begins; columns count bytes
  static void check(byte[] bytes) throws NotJsonException {
    new UnicodeCheck(bytes).check();
  }

  private void check() throws NotJsonException {
    int i = 0;
    while (i < bytes.length) {
      byte next = bytes[i];
      if (next == '\\') {
        i += escape(i);
      } else if (next >= 0) {
        i++;
      } else {
        i += sequence(i);
      }
    }
  }

  /// The length of the escape at a place. Escapes that JSON does not know are left to the parser.
  private int escape(int at) throws NotJsonException {
    int unit = unit(at);
    if (unit < 0) {
      return 2;
    }
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return 6;
    }
    int second = unit(at + 6);
    if (!Character.isHighSurrogate((char) unit) || second < 0 || !Character.isLowSurrogate((char) second)) {
      throw at(at, "an escape is one half of a surrogate pair without the other");
    }
    return 12;
  }

  /// The code unit of the escape at a place, `\\u` and four digits; negative when there is none.
  private int unit(int at) {
    if (at + 6 > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /// The length of the UTF-8 sequence of several bytes at a place.
  private int sequence(int at) throws NotJsonException {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      throw at(at, NOT_UTF_8);
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      throw at(at, NOT_UTF_8);
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        throw at(at, NOT_UTF_8);
      }
    }
    return length;
  }

  private NotJsonException at(int place, String message) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < place; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new NotJsonException(line, place - lineStart + 1, message);
  }
}
