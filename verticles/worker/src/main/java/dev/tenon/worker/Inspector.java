package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;

/// Lets Chrome's DevTools, or any client of their protocol, attach to workers: breakpoints, stepping, scopes, the console.
///
/// Workers that are to be inspected run in an engine of their own, which nothing in production shares; nothing bounds their time, because a stopped worker computes as
/// long as its developer thinks. Who connects can run any code as the worker: it listens on a loopback address only, under a path that cannot be guessed, and refuses
/// requests whose `Host` is a name.
///
/// @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
public final class Inspector implements AutoCloseable {

  private static final String SOURCE_MAP = "\n//# sourceMappingURL=data:application/json;base64,";

  private final Engine engine;
  private final String address;
  private final Path root;

  private Inspector(Engine engine, String address, Path root) {
    this.engine = engine;
    this.address = address;
    this.root = root;
  }

  /// Opens the port.
  ///
  /// @param host a loopback address
  /// @param port 0 for any free one
  /// @param root the worker's folder, by which sources are named
  /// @throws IllegalArgumentException when the address is not a loopback one
  /// @throws IOException when the port is taken, or the inspector is not part of this installation
  public static Inspector open(String host, int port, Path root) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException("host " + host + " is not a loopback address, and whoever connects can run code");
    }
    int free;
    // The engine itself neither takes any free port nor says well that one is taken.
    try (ServerSocket probe = new ServerSocket(port, 1, address)) {
      free = probe.getLocalPort();
    }
    String path = UUID.randomUUID().toString();
    String at = address.getHostAddress().contains(":") ? "[" + address.getHostAddress() + "]:" + free : address.getHostAddress() + ":" + free;
    try {
      Engine engine = JavaScriptEngine.newEngine()
          .err(OutputStream.nullOutputStream()) // it would print its address in words of its own
          .option("inspect", at)
          .option("inspect.Path", path)
          .option("inspect.Suspend", "false")
          .option("inspect.Secure", "false")
          .build();
      return new Inspector(engine, at + "/" + path, root);
    } catch (IllegalArgumentException absent) {
      throw new IOException("the inspector is not part of this installation (" + absent.getMessage() + ") – add org.graalvm.tools:chromeinspector-tool", absent);
    }
  }

  /// `HOST:PORT/PATH`, where a WebSocket can be opened.
  public String address() {
    return address;
  }

  /// What Chrome's address bar takes.
  public String devToolsUrl() {
    return "devtools://devtools/bundled/js_app.html?ws=" + address;
  }

  /// Disconnects, and ends all workers that run in it.
  @Override
  public void close() {
    engine.close(true);
  }

  Context newContext(FileSystem modules) {
    return JavaScriptEngine.contextBuilder(engine, modules).option("js.print", "true").out(OutputStream.nullOutputStream()).err(OutputStream.nullOutputStream()).build();
  }

  /// What writes a line to the client's console. To be called before the runtime's scripts take the function away from the worker.
  static Console console(Context context) {
    Value global = context.getBindings("js");
    return new Console(global.getMember("print"), global.getMember("printErr"));
  }

  /// The client's console, for one context.
  record Console(Value print, Value printError) {

    /// On the isolate's thread.
    void write(WorkerLog.Level level, String text) {
      try {
        switch (level) {
          case DEBUG, LOG, INFO -> print.executeVoid(text);
          case WARN, ERROR -> printError.executeVoid(text);
        }
      } catch (PolyglotException | IllegalStateException ended) {
        // The log has it.
      }
    }
  }

  /// The worker with its source maps inside its modules, where the client finds them, and with the sources' places on this machine.
  WorkerDefinition withSourceMaps(WorkerDefinition definition) {
    List<ModuleSource> modules = definition.modules().stream().map(this::withSourceMap).toList();
    return new WorkerDefinition(definition.name(), definition.mainModule(), modules, definition.compatibilityDate(), definition.compatibilityFlags(),
        definition.bindings(), definition.format(), definition.limits(), definition.assets());
  }

  private ModuleSource withSourceMap(ModuleSource module) {
    Optional<String> map = module.sourceMap();
    if (map.isEmpty()) {
      return module;
    }
    JsonObject dressed = new JsonObject(map.get());
    String own = dressed.getString("sourceRoot", "");
    dressed.put("sourceRoot", own == null || own.isEmpty() ? root.toUri().toString() : root.resolve(own).toUri().toString());
    String text = module.text() + SOURCE_MAP + Base64.getEncoder().encodeToString(dressed.toBuffer().getBytes());
    return new ModuleSource(module.name(), module.type(), Buffer.buffer(text), map);
  }
}
