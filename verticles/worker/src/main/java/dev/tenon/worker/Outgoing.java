package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.OptionalLong;
import org.graalvm.polyglot.Value;

/// What `host.fetch` was asked to send, taken out of JavaScript's hands.
record Outgoing(String method, String scheme, String authority, String target, MultiMap headers, Body body, boolean streams, OptionalLong length) {

  private static final int STREAM = 2;

  /// @param url absolute and serialised as the URL standard says, so that its parts can be cut out
  /// @param bodyKind 0 none, 1 a string or bytes in `body`, 2 a stream of as many bytes as the number `body` says, -1 for unknown
  static Outgoing of(String method, String url, String headers, int bodyKind, Value body) {
    int schemeEnd = url.indexOf("://");
    if (schemeEnd < 0) {
      throw new IllegalArgumentException("\"" + url + "\" is not an absolute http or https URL");
    }
    int fragment = url.indexOf('#');
    String whole = fragment < 0 ? url : url.substring(0, fragment);
    int authorityStart = schemeEnd + 3;
    int authorityEnd = authorityStart;
    while (authorityEnd < whole.length() && "/?".indexOf(whole.charAt(authorityEnd)) < 0) {
      authorityEnd++;
    }
    String target = whole.substring(authorityEnd);
    String authority = whole.substring(authorityStart, authorityEnd);
    MultiMap named = HeaderText.parse(headers);
    Body content = bodyKind == 1 ? bytes(body) : Body.EMPTY;
    if (content instanceof Body.Bytes(Buffer buffer)) {
      named.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(buffer.length()));
    }
    return new Outgoing(
        method,
        whole.substring(0, schemeEnd).toLowerCase(Locale.ROOT),
        authority.substring(authority.lastIndexOf('@') + 1),
        target.startsWith("/") ? target : "/" + target,
        named,
        content,
        bodyKind == STREAM,
        bodyKind == STREAM ? length(body) : OptionalLong.empty());
  }

  private static OptionalLong length(Value body) {
    return body.isNumber() && body.asDouble() >= 0 ? OptionalLong.of((long) body.asDouble()) : OptionalLong.empty();
  }

  private static Body bytes(Value body) {
    return Body.of(body.isString() ? Buffer.buffer(body.asString()) : JsBytes.buffer(body));
  }

  ExchangeRequest request(Body content, ExchangeContext context) {
    return new ExchangeRequest(method, scheme, authority, target, headers, content, context);
  }
}
