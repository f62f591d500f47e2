package dev.tenon.worker;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// Headers as they cross between Java and JavaScript: one string, `name\nvalue\nname\nvalue`, names in lower case, order kept.
///
/// On the wire a value is bytes, one a character of Java's strings. A worker sees them as UTF-8 and gives UTF-8, as in workerd.
final class HeaderText {

  private HeaderText() {}

  static String of(MultiMap headers) {
    StringBuilder text = new StringBuilder(256);
    for (Map.Entry<String, String> header : headers) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(header.getKey().toLowerCase(Locale.ROOT)).append('\n').append(header.getValue());
    }
    return seen(text.toString());
  }

  /// A value, or several, as a worker sees it.
  static String seen(String wire) {
    return isAscii(wire) ? wire : new String(wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String sent(String text) {
    return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static MultiMap parse(String given) {
    String text = sent(given);
    MultiMap headers = HttpHeaders.headers();
    int at = 0;
    while (at < text.length()) {
      int nameEnd = text.indexOf('\n', at);
      int valueEnd = text.indexOf('\n', nameEnd + 1);
      if (valueEnd < 0) {
        valueEnd = text.length();
      }
      headers.add(text.substring(at, nameEnd), text.substring(nameEnd + 1, valueEnd));
      at = valueEnd + 1;
    }
    return headers;
  }
}
