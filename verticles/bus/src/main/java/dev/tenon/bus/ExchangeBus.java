package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Calls components and serves as one. There is one per [Vertx]; thread-safe.
///
/// An instance on the caller's node is handed the request by reference, on the caller's event loop where one lives there:
/// no copy, no thread change. Otherwise the exchange crosses the event bus as bytes.
public interface ExchangeBus {

  /// The bus of this Vert.x; made on first use, closed with it.
  static ExchangeBus of(Vertx vertx) {
    return NodeBus.of(vertx);
  }

  /// The bus of this Vert.x with options of its own, given before its first use; [IllegalStateException] when it was made
  /// with others already.
  static ExchangeBus of(Vertx vertx, BusOptions options) {
    return NodeBus.of(vertx, options);
  }

  /// Calls a component. The future is completed on the caller's Vert.x context: with the response's head as soon as it is
  /// there (its body may still stream), or with a [Failure]. It fails with [Failure.Code#DEADLINE] at the latest when the
  /// context's deadline passes before the head. [Failure.Code#NOBODY_THERE] is retried once on another instance.
  Future<ExchangeResponse> call(String component, ExchangeRequest request);

  /// Registers an instance of a component on the current Vert.x context. The future is completed when other nodes can
  /// reach it. [Served#close()] takes it out again and completes when the last exchange in flight has ended (drain).
  Future<Served> serve(String component, String version, ExchangeHandler handler);

  /// The same with a bound of its own on how many exchanges the instance takes at a time.
  Future<Served> serve(String component, String version, int inFlightMax, ExchangeHandler handler);

  /// A registered instance.
  interface Served {
    /// Exchanges that this instance has taken and not finished.
    int inFlight();

    /// Leaves the routing at once, then completes when nothing is in flight or `drain` has passed.
    Future<Void> close(Duration drain);
  }
}
