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
/// @param client of the connection on which the request came to the edge
public record ExchangeRequest(
    String method,
    String scheme,
    String authority,
    String target,
    MultiMap headers,
    Body body,
    ExchangeContext context,
    ClientConnection client) {

  /// A request that did not come from a client, or of which that does not matter.
  public ExchangeRequest(String method, String scheme, String authority, String target, MultiMap headers, Body body, ExchangeContext context) {
    this(method, scheme, authority, target, headers, body, context, ClientConnection.UNKNOWN);
  }

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
    return new ExchangeRequest(method, scheme, authority, target, headers, body, other, client);
  }

  public ExchangeRequest withBody(Body other) {
    return new ExchangeRequest(method, scheme, authority, target, headers, other, context, client);
  }

  public ExchangeRequest withClient(ClientConnection other) {
    return new ExchangeRequest(method, scheme, authority, target, headers, body, context, other);
  }
}
