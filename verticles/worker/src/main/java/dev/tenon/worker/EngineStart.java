package dev.tenon.worker;

import io.vertx.core.Future;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.FileSystem;

/// Starts the JavaScript engine ahead of the first worker, while a process still does other things.
public final class EngineStart {

  private EngineStart() {}

  /// Starts the engine and parses what every isolate runs before the worker's own code; isolates made later share it. Blocks for some hundred milliseconds the first
  /// time in a process; not to be called on an event loop.
  public static void run() {
    try (Context context = JavaScriptEngine.newContext(FileSystem.newDenyIOFileSystem())) {
      RuntimeScripts scripts = new RuntimeScripts(context, new HostRuntime(null), _ -> Future.failedFuture("no worker runs here"));
      scripts.require("promises");
      scripts.require("bootstrap");
      for (String lazy : new String[] {"env", "request", "response", "headers"}) {
        scripts.require(lazy);
      }
    }
  }
}
