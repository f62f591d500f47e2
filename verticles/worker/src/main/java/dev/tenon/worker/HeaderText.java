package dev.tenon.worker;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;

/// Headers as they cross between Java and JavaScript: one string, `name\nvalue\nname\nvalue`, names in lower case, order kept.
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
    return text.toString();
  }

  static MultiMap parse(String text) {
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
