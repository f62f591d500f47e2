package dev.tenon.cli;

import dev.tenon.worker.JitProbe;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;

/// The JVM and its JIT for JavaScript.
final class JavaChecks {

  private static final int FEATURE = 25;

  private JavaChecks() {}

  static Check jdk() {
    String java = "Java " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", from " + System.getProperty("tenon.jdk", System.getProperty("java.home"));
    return Runtime.version().feature() == FEATURE
        ? Check.ok("jdk", java)
        : Check.fail("jdk", java, "use a JDK 25: https://adoptium.net/temurin/releases/?version=25");
  }

  /// Not what is configured but what happens: a function is called until it is compiled.
  static Check jit() {
    JitProbe engine = JitProbe.run();
    String name = engine.implementation() + " " + engine.version();
    if (!engine.compiles()) {
      return Check.warn("jit", "JavaScript runs in the interpreter (" + name + "), several times slower",
          System.getProperty("tenon.runtime.kind", "").equals("interpreter")
              ? "use a HotSpot JDK 25 such as Temurin, or a GraalVM JDK 25"
              : "use the newest JDK 25, 25.0.2 at least");
    }
    return System.getProperty("tenon.runtime.kind", "").equals("graalvm")
        ? Check.ok("jit", "on (" + name + "), and the JDK is a GraalVM: its compiler is native code and needs no warm-up")
        : Check.ok("jit", "on (" + name + "); the JDK is no GraalVM, so the compiler warms up first");
  }

  static Check aotCache(Home home) {
    List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    if (arguments.stream().anyMatch(argument -> argument.startsWith("-XX:AOTCache="))) {
      return Check.ok("aot cache", "in use");
    }
    return Files.exists(home.runtime().resolve("training.failed"))
        ? Check.warn("aot cache", "its training failed, so starts are slower", "see " + home.state().resolve("training.log") + ", then run 'tenon build' again")
        : Check.warn("aot cache", "there is none, so starts are slower", "run 'tenon build' without TENON_AOT=off, on a JDK that has jlink");
  }
}
