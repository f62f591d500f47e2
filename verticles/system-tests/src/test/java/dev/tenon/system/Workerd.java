package dev.tenon.system;

import dev.tenon.worker.ModuleSource;
import dev.tenon.worker.WorkerDefinition;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Cloudflare's workerd with workers, each behind an HTTP port of its own, to compare with.
final class Workerd implements AutoCloseable {

  /// Reaches this machine too, which workerd's own `internet` does not.
  private static final String NETWORK = "(name = \"internet\", network = (allow = [\"public\", \"private\"]))";

  private static final Duration START_MAX = Duration.ofSeconds(30);

  private final Process process;
  private final BlockingQueue<JsonObject> said = new LinkedBlockingQueue<>();
  private final String first;
  private final Map<String, Integer> ports = new HashMap<>();

  private Workerd(Process process, String first) {
    this.process = process;
    this.first = first;
    Thread.ofPlatform().daemon().name("workerd-output").start(this::listen);
  }

  /// A worker as workerd's configuration wants it.
  ///
  /// @param bindings members of `env`, each as workerd's text form of a binding without its name
  /// @param tail the service that is told what the worker's requests came to; empty for none
  record Service(String name, WorkerDefinition definition, Map<String, String> bindings, String tail) {
    Service(String name, WorkerDefinition definition, Map<String, String> bindings) {
      this(name, definition, bindings, "");
    }
  }

  /// Installs workerd from npm below `folder` where it is not there yet, and starts it.
  static Workerd start(Path folder, List<Service> services) throws IOException {
    Path configuration = folder.resolve(services.getFirst().name() + ".capnp");
    Files.createDirectories(folder);
    Files.writeString(configuration, configuration(folder, services));
    Path log = folder.resolve(services.getFirst().name() + ".log");
    Process process = new ProcessBuilder(install(folder.resolve("npm")).toString(), "serve", "--experimental", "--control-fd=1", configuration.toString())
        .redirectError(log.toFile())
        .start();
    Workerd workerd = new Workerd(process, services.getFirst().name());
    while (workerd.ports.size() < services.size()) {
      JsonObject event = workerd.read(START_MAX)
          .orElseThrow(() -> new IOException("workerd did not start; " + log + " says why"));
      if ("listen".equals(event.getString("event"))) {
        workerd.ports.put(event.getString("socket"), event.getInteger("port"));
      }
    }
    return workerd;
  }

  /// The next line of what it says, each of which is an object; empty when there is none for so long. Console output has `level` and `message`.
  Optional<JsonObject> read(Duration patience) {
    try {
      return Optional.ofNullable(said.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().map(JsonObject::new).forEach(said::add);
    } catch (IOException | UncheckedIOException ended) {
      // Nothing more is said.
    }
  }

  /// The port of the first service.
  int port() {
    return port(first);
  }

  int port(String service) {
    return ports.get(service);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized Path install(Path folder) throws IOException {
    Path modules = folder.resolve("node_modules/@cloudflare");
    if (!Files.isDirectory(modules)) {
      Files.createDirectories(folder);
      try (InputStream in = Workerd.class.getResourceAsStream("differential/package.json")) {
        Files.copy(in, folder.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
      }
      Command.Outcome outcome = Command.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund").in(folder).run();
      if (outcome.exitCode() != 0) {
        throw new IOException("workerd could not be installed: " + outcome.err());
      }
    }
    try (var platforms = Files.list(modules)) {
      return platforms.findFirst().orElseThrow(() -> new IOException("npm has no workerd for this platform")).resolve("bin/workerd");
    }
  }

  private static String configuration(Path folder, List<Service> services) throws IOException {
    StringBuilder text = new StringBuilder("using Workerd = import \"/workerd/workerd.capnp\";\n\n")
        .append("const config :Workerd.Config = (\n  structuredLogging = true,\n  services = [\n    ").append(NETWORK);
    StringBuilder sockets = new StringBuilder();
    for (Service service : services) {
      text.append(",\n    (name = \"").append(service.name()).append("\", worker = ").append(worker(folder, service)).append(")");
      sockets.append("    (name = \"").append(service.name()).append("\", address = \"127.0.0.1:0\", http = (), service = \"").append(service.name()).append("\"),\n");
    }
    return text.append("\n  ],\n  sockets = [\n").append(sockets).append("  ]\n);\n").toString();
  }

  private static String worker(Path folder, Service service) throws IOException {
    WorkerDefinition definition = service.definition();
    List<ModuleSource> modules = new ArrayList<>(definition.modules());
    modules.remove(definition.main());
    modules.addFirst(definition.main());
    List<String> entries = new ArrayList<>();
    for (ModuleSource module : modules) {
      String file = service.name() + "/" + module.name();
      Files.createDirectories(folder.resolve(file).getParent());
      Files.write(folder.resolve(file), module.content().getBytes());
      entries.add("(name = \"" + module.name() + "\", " + kind(module.type()) + " = embed \"" + file + "\")");
    }
    String bindings = service.bindings().entrySet().stream()
        .map(binding -> "(name = \"" + binding.getKey() + "\", " + binding.getValue() + ")")
        .collect(Collectors.joining(", "));
    String flags = definition.compatibilityFlags().stream().map(flag -> "\"" + flag + "\"").collect(Collectors.joining(", "));
    String code = definition.format() == WorkerDefinition.Format.MODULES
        ? "modules = [ " + String.join(",\n        ", entries) + " ]"
        : "serviceWorkerScript = embed \"" + service.name() + "/" + definition.mainModule() + "\"";
    String tails = service.tail().isEmpty() ? "" : ",\n      tails = [ \"" + service.tail() + "\" ]";
    return "(\n      " + code + ",\n      bindings = [ " + bindings + " ],\n      compatibilityDate = \""
        + definition.compatibilityDate() + "\",\n      compatibilityFlags = [ " + flags + " ]" + tails + ")";
  }

  private static String kind(ModuleSource.Type type) {
    return switch (type) {
      case ESM -> "esModule";
      case COMMONJS -> "commonJsModule";
      case TEXT -> "text";
      case DATA -> "data";
      case WASM -> "wasm";
      case JSON -> "json";
    };
  }
}
