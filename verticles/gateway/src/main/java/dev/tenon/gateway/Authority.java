package dev.tenon.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/// The host and port that a client names. It becomes part of the URL that a component sees, so it must not be able to look like a path or a query.
final class Authority {

  private static final int CHARACTERS_MAX = 255;

  private Authority() {}

  /// Whether the request names its host as HTTP asks it to (RFC 9112, 3.2): in characters that a host has. HTTP/1.0 may leave it out.
  static boolean isPlain(HttpServerRequest request) {
    if (Listener.isHttp2(request)) {
      return request.authority() != null && isPlain(request.authority().toString());
    }
    String host = request.headers().get("host");
    return host == null ? request.version() == HttpVersion.HTTP_1_0 : isPlain(host);
  }

  /// Whether there is one host, and not two that different readers could choose from.
  static boolean isSingle(HttpServerRequest request) {
    return Listener.isHttp2(request) || request.headers().getAll("host").size() < 2;
  }

  static boolean isPlain(String authority) {
    if (authority.isEmpty() || authority.length() > CHARACTERS_MAX) {
      return false;
    }
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']')) {
        return false;
      }
    }
    return true;
  }
}
