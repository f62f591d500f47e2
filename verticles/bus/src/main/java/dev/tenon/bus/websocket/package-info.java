/// WebSockets as exchanges: an upgrade is a request whose body and whose response's body both stay open and carry [Piece]s.
///
/// Whoever asks for a WebSocket sends a `GET` with `Upgrade: websocket` and a stream of its own pieces as the body; whoever grants it answers 101 with a stream of
/// pieces too ([dev.tenon.bus.ExchangeRequest#asksForWebSocket], [dev.tenon.bus.ExchangeResponse#grantsWebSocket]). So a WebSocket travels as bodies do – by reference on one node, with credits between two, and a lost node breaks it off.
/// [WebSocketConnection] joins such streams to a client or a server outside. This package knows TCP and the WebSocket protocol, and no HTTP server.
package dev.tenon.bus.websocket;
