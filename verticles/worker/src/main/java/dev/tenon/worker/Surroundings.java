package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;

/// What the isolates of one deployed worker have around them.
///
/// @param longSlice told of every slice that was long, on the isolate's thread
record Surroundings(WorkerOptions options, ExchangeBus bus, Runnable longSlice) {

  Fetcher service(String component) {
    return request -> bus.call(component, request);
  }

  long longSliceNanos() {
    return options.longSlice().toNanos();
  }
}
