package dev.tenon.worker;

import dev.tenon.worker.config.NodeCompat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;

/// A worker's modules as `modules.js` sees them. One per isolate.
public final class HostModules {

  /// Classic scripts and CommonJS functions of all workers, so that isolates of one worker share their code. A weak cache inside the engine holds what is
  /// parsed; this one holds only what makes two sources the same one.
  private static final ConcurrentHashMap<SourceKey, Source> SOURCES = new ConcurrentHashMap<>();
  private static final int SOURCES_MAX = 10_000;

  /// What came into being with a compatibility flag.
  private static final Map<String, String> GLOBALS_BY_FLAG = Map.of(
      "global_navigator", "navigator Navigator",
      "enable_weak_ref", "WeakRef FinalizationRegistry",
      "expose_global_message_channel", "MessageChannel MessagePort");

  private record SourceKey(String name, String text) {}

  private final WorkerDefinition definition;
  private final Context context;

  HostModules(WorkerDefinition definition, Context context) {
    this.definition = definition;
    this.context = context;
  }

  /// Names of all modules that are not ECMAScript modules, joined by line ends.
  @HostAccess.Export
  public String valueModules() {
    return definition.modules().stream()
        .filter(module -> module.type() != ModuleSource.Type.ESM)
        .map(ModuleSource::name)
        .collect(Collectors.joining("\n"));
  }

  /// Names of all modules, joined by line ends.
  @HostAccess.Export
  public String names() {
    return definition.modules().stream().map(ModuleSource::name).collect(Collectors.joining("\n"));
  }

  /// `esm`, `commonjs`, `text`, `data`, `wasm`, `json`; null when there is no module of that name.
  @HostAccess.Export
  public String type(String name) {
    return definition.module(name).map(module -> module.type().name().toLowerCase(Locale.ROOT)).orElse(null);
  }

  @HostAccess.Export
  public String text(String name) {
    return module(name).text();
  }

  @HostAccess.Export
  public Object bytes(String name) {
    return JsBytes.outgoing(module(name).content());
  }

  /// Names of globals that the worker's compatibility date or flags keep from it, joined by spaces; empty for a recent date.
  @HostAccess.Export
  public String absentGlobals() {
    StringJoiner absent = new StringJoiner(" ");
    GLOBALS_BY_FLAG.forEach((flag, names) -> {
      if (!definition.hasFlag(flag)) {
        absent.add(names);
      }
    });
    return absent.toString();
  }

  /// A CommonJS module's code as a function `(exports, require, module, __filename, __dirname)`.
  @HostAccess.Export
  public Object commonJs(String name) {
    // The code starts on the function's own line, so that line numbers are the module's.
    return context.eval(source(name, "(function (exports, require, module, __filename, __dirname) {" + module(name).text() + "\n})"));
  }

  /// Runs the main module as a classic script, as service-worker syntax wants it.
  @HostAccess.Export
  public void runScript() {
    context.eval(source(definition.mainModule(), definition.main().text()));
  }

  /// Whether some JavaScript of the worker mentions `specifier`.
  @HostAccess.Export
  public boolean mentions(String specifier) {
    return definition.modules().stream()
        .filter(module -> module.type() == ModuleSource.Type.ESM || module.type() == ModuleSource.Type.COMMONJS)
        .anyMatch(module -> module.text().contains(specifier));
  }

  /// Whether a compatibility flag is on.
  @HostAccess.Export
  public boolean hasFlag(String flag) {
    return definition.hasFlag(flag);
  }

  /// Whether the worker may import a module of Node.js, named with `node:`.
  @HostAccess.Export
  public boolean hasNodeModule(String name) {
    return definition.nodeCompat().has(name) && RuntimeModules.isProvided(name);
  }

  /// Whether the worker has Node.js's globals, and its modules without `node:`.
  @HostAccess.Export
  public boolean hasNodeGlobals() {
    return definition.nodeCompat() == NodeCompat.FULL;
  }

  private ModuleSource module(String name) {
    return definition.module(name).orElseThrow(() -> new IllegalArgumentException("No such module \"" + name + "\"."));
  }

  private static Source source(String name, String text) {
    if (SOURCES.size() >= SOURCES_MAX) {
      SOURCES.clear();
    }
    return SOURCES.computeIfAbsent(new SourceKey(name, text), key -> Source.newBuilder("js", key.text(), key.name()).buildLiteral());
  }
}
