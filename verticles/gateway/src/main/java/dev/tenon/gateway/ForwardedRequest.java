package dev.tenon.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HexFormat;

/// What a request looks like to the component behind the edge.
final class ForwardedRequest {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ForwardedRequest() {}

  /// Path and query as sent, starting with `/`; from a target in absolute form they are cut out. Bytes beyond ASCII, which many clients send as they are, are
  /// percent-encoded as every URL has them.
  static String target(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.startsWith("/")) {
      return encoded(uri);
    }
    int scheme = uri.indexOf("://");
    int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : encoded(uri.substring(slash));
  }

  private static String encoded(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) >= 0x80) {
        return encodedFrom(target, i);
      }
    }
    return target;
  }

  /// The decoder makes one character of each byte.
  private static String encodedFrom(String target, int first) {
    StringBuilder text = new StringBuilder(target.length() + 32).append(target, 0, first);
    for (int i = first; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c < 0x80) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits((byte) c));
      }
    }
    return text.toString();
  }

  /// The host that an HTTP/1 request is for: a target in absolute form goes before `Host` (RFC 9112, section 3.2.2), which is corrected then.
  static String hostOf(HttpServerRequest request) {
    String uri = request.uri();
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    if (scheme > 0) {
      int slash = uri.indexOf('/', scheme + 3);
      String named = uri.substring(scheme + 3, slash < 0 ? uri.length() : slash);
      if (HostAndPort.parseAuthority(named, -1) != null) {
        request.headers().set("host", named);
      }
    }
    return request.headers().get("host");
  }

  /// Host and port as the client named them.
  static String authority(HttpServerRequest request) {
    return request.authority() == null ? null : request.authority().toString();
  }

  /// An HTTP/2 request's headers without what begins with a colon, and with `Host`.
  static MultiMap copyOfHttp2(HttpServerRequest request, String authority) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request.headers().forEach((name, value) -> {
      if (!name.startsWith(":")) {
        headers.add(name, value);
      }
    });
    if (authority != null) {
      headers.set("host", authority);
    }
    return headers;
  }
}
