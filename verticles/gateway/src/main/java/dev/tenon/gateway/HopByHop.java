package dev.tenon.gateway;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The headers that speak about one connection and go no further (RFC 9110, 7.6.1).
final class HopByHop {

  private static final List<String> NAMES = List.of(
      "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "trailer", "http2-settings", "proxy-authorization", "proxy-authenticate");
  private static final Set<String> SET = Set.copyOf(NAMES);

  private HopByHop() {}

  /// Takes them out of a request's headers, with those that `Connection` names.
  static void strip(MultiMap headers) {
    String named = headers.get("connection");
    for (int i = 0; i < NAMES.size(); i++) {
      headers.remove(NAMES.get(i));
    }
    if (named != null) {
      for (String name : named.split(",")) {
        String bare = name.strip().toLowerCase(Locale.ROOT);
        if (!bare.isEmpty() && !bare.equals("content-length") && !bare.equals("content-type") && !bare.equals("authorization") && !bare.equals("host")) {
          headers.remove(bare);
        }
      }
    }
  }

  /// Whether a header of an answer stays here: those of the connection, and the length, which follows from the body.
  static boolean staysInAnswer(String name) {
    return switch (name.length()) {
      case 2, 7, 10, 14, 16, 17, 18 -> {
        String lower = name.toLowerCase(Locale.ROOT);
        yield SET.contains(lower) || lower.equals("content-length");
      }
      default -> false;
    };
  }
}
