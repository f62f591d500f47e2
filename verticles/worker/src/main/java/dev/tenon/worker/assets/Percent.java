package dev.tenon.worker.assets;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as URLs and as JavaScript's `encodeURIComponent` do it.
final class Percent {

  /// Beyond controls and everything that is not ASCII. https://url.spec.whatwg.org/#path-percent-encode-set
  static final String IN_PATH = " \"#<>?^`{}";
  /// https://url.spec.whatwg.org/#special-query-percent-encode-set
  static final String IN_QUERY = " \"#<>'";
  /// https://url.spec.whatwg.org/#fragment-percent-encode-set
  static final String IN_FRAGMENT = " \"<>`";

  private static final String NOT_IN_COMPONENT = "-_.!~*'()";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Percent() {}

  /// Encodes controls, what is not ASCII, and the characters of `set`.
  static String encode(String text, String set) {
    for (int i = 0; i < text.length(); i++) {
      if (encodes(text.charAt(i), set)) {
        return encodeFrom(text, i, set);
      }
    }
    return text;
  }

  private static boolean encodes(char c, String set) {
    return c < 0x20 || c > 0x7e || set.indexOf(c) >= 0;
  }

  private static String encodeFrom(String text, int first, String set) {
    StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point < 0x80 && !encodes((char) point, set)) {
        encoded.append((char) point);
      } else {
        bytes(point, encoded);
      }
      i += Character.charCount(point);
    }
    return encoded.toString();
  }

  private static void bytes(int point, StringBuilder to) {
    int whole = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point;
    for (byte b : Character.toString(whole).getBytes(StandardCharsets.UTF_8)) {
      to.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
    }
  }

  /// https://tc39.es/ecma262/#sec-encodeuricomponent-uricomponent, of each part between slashes.
  static String encodeSegments(String path) {
    StringBuilder encoded = null;
    for (int i = 0; i < path.length(); ) {
      int point = path.codePointAt(i);
      int width = Character.charCount(point);
      boolean plain = point == '/' || point < 0x80 && (Character.isLetterOrDigit(point) || NOT_IN_COMPONENT.indexOf(point) >= 0);
      if (!plain && encoded == null) {
        encoded = new StringBuilder(path.length() + 16).append(path, 0, i);
      }
      if (!plain) {
        bytes(point, encoded);
      } else if (encoded != null) {
        encoded.append((char) point);
      }
      i += width;
    }
    return encoded == null ? path : encoded.toString();
  }

  /// Decodes each part between slashes; one that is not valid stays as it is. Several slashes in a row become one.
  static String decodeSegments(String path) {
    if (path.indexOf('%') < 0 && !path.contains("//")) {
      return path;
    }
    StringBuilder decoded = new StringBuilder(path.length());
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      decoded.append(decode(path.substring(start, end)));
      if (slash >= 0) {
        decoded.append('/');
      }
      start = end + 1;
    }
    return decoded.toString().replaceAll("/{2,}", "/");
  }

  /// https://tc39.es/ecma262/#sec-decodeuricomponent-encodeduricomponent, but what cannot be decoded is given back.
  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = hex(segment, i + 1);
      int low = hex(segment, i + 2);
      if (high < 0 || low < 0) {
        return segment;
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notText) {
      return segment;
    }
  }

  private static int hex(String text, int at) {
    return at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
  }
}
