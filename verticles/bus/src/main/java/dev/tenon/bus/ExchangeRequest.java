package dev.tenon.bus;

import io.vertx.core.MultiMap;

/// The request of an exchange: HTTP's words, without a connection.
///
/// @param method as sent, e.g. `GET`
/// @param scheme `http` or `https`, as the client saw it
/// @param authority host and port as the client named them, e.g. `localhost:8080`
/// @param target path and query, starting with `/`, as sent
/// @param headers names compare without case; repeated names are kept in order. Shared by reference on one node:
///        a receiver does not change it
public record ExchangeRequest(
    String method,
    String scheme,
    String authority,
    String target,
    MultiMap headers,
    Body body,
    ExchangeContext context) {

  /// The URL a worker sees as `request.url`.
  public String url() {
    return scheme + "://" + authority + target;
  }

  /// Whether it asks for a WebSocket: its body is then what the caller sends through that, and an answer with status 101 grants it.
  public boolean asksForWebSocket() {
    return body instanceof Body.Stream && namesWebSocket();
  }

  /// The same, whatever the body is.
  boolean namesWebSocket() {
    return method.equals("GET") && "websocket".equalsIgnoreCase(headers.get("upgrade"));
  }

  public ExchangeRequest withContext(ExchangeContext other) {
    return new ExchangeRequest(method, scheme, authority, target, headers, body, other);
  }

  public ExchangeRequest withBody(Body other) {
    return new ExchangeRequest(method, scheme, authority, target, headers, other, context);
  }
}
