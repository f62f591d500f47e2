package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.Failure;
import dev.tenon.worker.config.Compatibility;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Starts the JavaScript engine ahead of the first worker, while a process still does other things.
public final class EngineStart {

  private static final String NAME = "start";
  private static final WorkerDefinition NOTHING = new WorkerDefinition(
      NAME, NAME, List.of(new ModuleSource(NAME, ModuleSource.Type.ESM, Buffer.buffer("export default { fetch: () => new Response(null) };"), Optional.empty())),
      Compatibility.NEWEST, Set.of(), Map.of(), WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);

  private EngineStart() {}

  /// Starts the engine, and in it a worker that does nothing: isolates made later share what every one of them runs before its own code. Blocks for some
  /// hundred milliseconds the first time in a process; not to be called on an event loop.
  public static void run() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      Fetcher noNetwork = _ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no worker runs here"));
      ContextInternal owner = ((VertxInternal) vertx).createEventLoopContext();
      Surroundings surroundings = new Surroundings(WorkerOptions.of(noNetwork).withCache(ResponseCache.of(0)), ExchangeBus.of(vertx), () -> { });
      Isolate.start(owner, NOTHING, surroundings, new StackMap(NOTHING)).dispose();
    } finally {
      vertx.close();
    }
  }
}
