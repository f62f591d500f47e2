package dev.tenon.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Value;

/// What JavaScript runs on in this process, found out by trying.
///
/// @param implementation as GraalVM names it, e.g. `GraalVM CE`, or `Interpreted`
/// @param compiles whether JavaScript was seen to be compiled to machine code
public record JitProbe(String implementation, String version, boolean compiles) {

  private static final Duration PROBE_BOUND = Duration.ofSeconds(10);

  /// Finds out by calling a function until it is compiled. Blocks, for about a second.
  public static JitProbe run() {
    CompilationLog log = new CompilationLog();
    Engine.Builder builder = Engine.newBuilder("js").allowExperimentalOptions(true).logHandler(log);
    try (Engine engine = optimizes() ? builder.option("engine.TraceCompilation", "true").build() : builder.build()) {
      return new JitProbe(engine.getImplementationName(), engine.getVersion(), optimizes() && compiles(engine, log));
    }
  }

  private static boolean optimizes() {
    try (Engine engine = Engine.create("js")) {
      return engine.getOptions().get("engine.TraceCompilation") != null;
    }
  }

  private static boolean compiles(Engine engine, CompilationLog log) {
    try (Context context = Context.newBuilder("js").engine(engine).build()) {
      Value function = context.eval("js", "(function () { let sum = 0; for (let i = 0; i < 10000; i++) sum = (sum + i) | 0; return sum; })");
      long end = System.nanoTime() + PROBE_BOUND.toNanos();
      while (!log.compiled.get() && System.nanoTime() - end < 0) {
        function.executeVoid();
      }
    }
    return log.compiled.get();
  }

  /// The compiler says `opt done` of each function it has compiled.
  private static final class CompilationLog extends Handler {
    private final AtomicBoolean compiled = new AtomicBoolean();

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage() != null && line.getMessage().startsWith("opt done")) {
        compiled.set(true);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
