package dev.tenon.worker.html;

import java.nio.charset.StandardCharsets;

/// Bytes of an encoding that extends ASCII, whose letters A to Z have no case.
final class Ascii {

  private Ascii() {}

  static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }

  static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
        char[] chars = text.toCharArray();
        for (int j = i; j < chars.length; j++) {
          if (chars[j] >= 'A' && chars[j] <= 'Z') {
            chars[j] |= 0x20;
          }
        }
        return new String(chars);
      }
    }
    return text;
  }

  static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// @param lowerCase what has no upper-case letters
  static boolean equalsIgnoringCase(byte[] bytes, int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (lower(bytes[start + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether `part` stands at `at`.
  static boolean matches(byte[] bytes, int at, byte[] part, boolean ignoreCase) {
    for (int i = 0; i < part.length; i++) {
      byte b = bytes[at + i];
      if (b != part[i] && !(ignoreCase && lower(b) == lower(part[i]))) {
        return false;
      }
    }
    return true;
  }

  static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f';
  }
}
