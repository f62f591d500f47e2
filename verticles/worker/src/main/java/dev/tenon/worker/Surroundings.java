package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;

/// What the isolates of one deployed worker have around them.
///
/// @param slicesAreLong told when an isolate's slices prove to be long, on its thread
record Surroundings(WorkerOptions options, ExchangeBus bus, Runnable slicesAreLong) {

  Fetcher service(String component) {
    return request -> bus.call(component, request);
  }

  long longSliceNanos() {
    return options.longSlice().toNanos();
  }
}
