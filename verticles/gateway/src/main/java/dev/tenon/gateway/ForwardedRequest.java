package dev.tenon.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/// What a request looks like to the component behind the edge.
final class ForwardedRequest {

  private ForwardedRequest() {}

  /// Path and query as sent, starting with `/`; from a target in absolute form they are cut out.
  static String target(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
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
