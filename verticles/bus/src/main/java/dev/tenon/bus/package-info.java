/// The exchange: one request and its response crossing the event bus.
///
/// Enter at [ExchangeBus]. Everything a caller and a component say to each other is an [ExchangeRequest] answered by an
/// [ExchangeResponse] or by a [Failure]; nothing else crosses. This package never imports JavaScript, HTTP servers or databases.
package dev.tenon.bus;
