package dev.tenon.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names of requests, for searching the logs.
final class RequestIds {

  private static final int CHARACTERS_MAX = 64;

  private RequestIds() {}

  static String make() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /// The client's own name for the request where it is short and plain, otherwise a new one.
  static String of(String sent) {
    if (sent == null || sent.isEmpty() || sent.length() > CHARACTERS_MAX) {
      return make();
    }
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.')) {
        return make();
      }
    }
    return sent;
  }
}
