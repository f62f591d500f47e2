package dev.tenon.worker;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/// The one engine of this JVM. Contexts made of it share parsed and compiled code.
final class JavaScriptEngine {

  /// JavaScript's own names for the languages: WebAssembly modules are a language of their own.
  private static final String[] LANGUAGES = {"js", "wasm"};

  /// Longest string a worker can make, in UTF-16 units; V8's bound.
  private static final int STRING_UNITS_MAX = 0x1fffffe8;

  /// Only exported methods of host objects, and the bytes of host buffers.
  private static final HostAccess HOST = HostAccess.newBuilder(HostAccess.EXPLICIT).allowBufferAccess(true).build();

  /// JavaScript reaches WebAssembly, and neither reaches anything else.
  private static final PolyglotAccess BETWEEN_LANGUAGES = PolyglotAccess.newBuilder()
      .allowEvalBetween(LANGUAGES).allowBindingsAccess("js").allowBindingsAccess("wasm").build();

  private JavaScriptEngine() {}

  private static final class Holder {
    static final Engine ENGINE = start();

    private static Engine start() {
      Thread.ofPlatform().daemon().name("compiler-directives").start(CompilerInC1::arrange);
      return withWords(newEngine().build());
    }
  }

  /// An engine that shares nothing with the one of this JVM.
  static Engine.Builder newEngine() {
    return Engine.newBuilder(LANGUAGES).allowExperimentalOptions(true).option("engine.WarnInterpreterOnly", "false");
  }

  /// The same engine, whose errors say what V8's do.
  static Engine withWords(Engine engine) {
    engine.getInstruments().get(EngineWords.ID).lookup(EngineWords.Switch.class);
    return engine;
  }

  /// The engine; starting it takes some hundred milliseconds the first time.
  static Engine engine() {
    return Holder.ENGINE;
  }

  /// Whether JavaScript is compiled to machine code in this process, or only interpreted.
  static boolean compiles() {
    return !engine().getImplementationName().contains("Interpreted");
  }

  /// A context with the language as a worker sees it, before the runtime's own scripts have run.
  ///
  /// @param modules what `import` can reach; nothing else is
  static Context newContext(FileSystem modules) {
    return contextBuilder(engine(), modules).build();
  }

  static Context.Builder contextBuilder(Engine engine, FileSystem modules) {
    return Context.newBuilder(LANGUAGES)
        .engine(engine)
        .allowExperimentalOptions(true)
        .allowHostAccess(HOST)
        .allowPolyglotAccess(BETWEEN_LANGUAGES)
        .allowIO(IOAccess.newBuilder().fileSystem(modules).build())
        .option("js.ecmascript-version", "staging")
        // Whether code may be made from strings is the business of code-generation.js.
        .option("js.allow-eval", "true")
        .option("js.async-context", "true")
        .option("js.webassembly", "true")
        .option("js.temporal", "true")
        .option("js.intl-402", "true")
        .option("js.locale", "en-US")
        // Workers live in UTC, wherever their node is.
        .option("js.timezone", "Etc/UTC")
        .option("js.text-encoding", "true")
        .option("js.stack-trace-api", "true")
        // Functions that Java holds are called without a receiver, and directly.
        .option("js.bind-member-functions", "false")
        .option("js.unhandled-rejections", "handler")
        .option("js.string-length-limit", Integer.toString(STRING_UNITS_MAX))
        // Gone after bootstrap.js has taken the rejection handler from it.
        .option("js.graal-builtin", "true")
        .option("js.polyglot-builtin", "false")
        .option("js.java-package-globals", "false")
        .option("js.global-arguments", "false")
        .option("js.shell", "false")
        .option("js.console", "false")
        .option("js.performance", "false")
        .option("js.print", "false")
        .option("js.load", "false")
        .option("js.shebang", "true");
  }
}
