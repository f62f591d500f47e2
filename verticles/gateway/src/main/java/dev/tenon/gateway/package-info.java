/// The edge: where a client's request enters, is checked and becomes an exchange.
///
/// Enter at [GatewayVerticle], the edge with contracts, or at [PlainEdge], one component behind a port. An [EdgeRouter] finds the operation that a request
/// asks for. A [Listener] under both edges keeps the bounds on connections, heads, idle times and stalled bodies. This package is the only one that handles
/// a client's `HttpServerRequest`; it never imports JavaScript, databases or token libraries.
package dev.tenon.gateway;
