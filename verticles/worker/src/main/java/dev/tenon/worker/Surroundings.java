package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.FileSystem;

/// What the isolates of one deployed worker have around them.
///
/// @param slicesAreLong told when an isolate's slices prove to be long, on its thread
/// @param inspector what they run in when a developer is to look at them
record Surroundings(WorkerOptions options, ExchangeBus bus, Runnable slicesAreLong, Optional<Inspector> inspector) {

  Surroundings(WorkerOptions options, ExchangeBus bus, Runnable slicesAreLong) {
    this(options, bus, slicesAreLong, Optional.empty());
  }

  Context newContext(FileSystem modules) {
    return inspector.map(where -> where.newContext(modules)).orElseGet(() -> JavaScriptEngine.newContext(modules));
  }

  WorkerDefinition asItIsRun(WorkerDefinition definition) {
    return inspector.map(where -> where.withSourceMaps(definition)).orElse(definition);
  }

  Fetcher service(EntrypointTarget target) {
    return target.isPlain()
        ? request -> bus.call(target.component(), request)
        : request -> bus.call(EntrypointTarget.address(target.component()), target.address(request));
  }

  long longSliceNanos() {
    return options.longSlice().toNanos();
  }
}
