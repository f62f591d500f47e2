package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;

/// What the isolates of one deployed worker have around them.
///
/// @param slicesAreLong told when an isolate's slices prove to be long, on its thread
record Surroundings(WorkerOptions options, ExchangeBus bus, Runnable slicesAreLong) {

  /// What answers in compressed form does so for clients, not for code that wants to read the answer.
  Fetcher service(String component) {
    return request -> {
      request.headers().remove("accept-encoding");
      return bus.call(component, request);
    };
  }

  long longSliceNanos() {
    return options.longSlice().toNanos();
  }
}
