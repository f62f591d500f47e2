/// The exchange: one request and its response crossing the event bus.
///
/// Enter at [ExchangeBus]. Everything a caller and a component say to each other is an [ExchangeRequest] answered by an
/// [ExchangeResponse] or by a [Failure]; nothing else crosses. This package never imports JavaScript, HTTP servers or databases.
///
/// Inside: [NodeBus] is the bus of one node. [Lane] is one event loop's part of it, without locks, because everything an
/// exchange does on its caller's side happens there. [Routes] says who can take an exchange: an instance on the same loop, or
/// on the same node ([LocalExchange]), or on another node ([OutgoingExchange] and, over there, [IncomingExchange], which speak
/// [Frame]s as [Wire] writes them). [Peers] knows the other nodes. Bodies that leave their context are split in two halves,
/// [BodySender] and [BodyReceiver], with a window of credit between them.
///
/// What is absent: no timer per exchange ([DeadlineWheel]), no thread of its own, no state in the cluster manager beside the
/// addresses, no retry of anything that a handler has begun.
package dev.tenon.bus;
