package dev.tenon.system;

import dev.tenon.worker.ModuleSource;
import dev.tenon.worker.WorkerDefinition;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Cloudflare's workerd with one worker behind an HTTP port, to compare with.
final class Workerd implements AutoCloseable {

  private final Process process;
  private final int port;

  private Workerd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// A worker as workerd's configuration wants it.
  ///
  /// @param bindings members of `env`, each as workerd's text form of a binding without its name
  record Service(String name, WorkerDefinition definition, Map<String, String> bindings) {}

  /// Installs workerd from npm below `folder` where it is not there yet, and starts it. The first service is the one behind the port.
  static Workerd start(Path folder, List<Service> services) throws IOException {
    Path configuration = folder.resolve(services.getFirst().name() + ".capnp");
    Files.createDirectories(folder);
    Files.writeString(configuration, configuration(folder, services));
    Path log = folder.resolve(services.getFirst().name() + ".log");
    Process process = new ProcessBuilder(install(folder.resolve("npm")).toString(), "serve", "--experimental", "--control-fd=1",
        "--socket-addr=http=127.0.0.1:0", configuration.toString())
        .redirectError(log.toFile())
        .start();
    BufferedReader control = process.inputReader(StandardCharsets.UTF_8);
    for (String line = control.readLine(); line != null; line = control.readLine()) {
      JsonObject event = new JsonObject(line);
      if ("listen".equals(event.getString("event"))) {
        return new Workerd(process, event.getInteger("port"));
      }
    }
    throw new IOException("workerd did not start: " + Files.readString(log));
  }

  int port() {
    return port;
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
    StringBuilder text = new StringBuilder("using Workerd = import \"/workerd/workerd.capnp\";\n\nconst config :Workerd.Config = (\n  services = [\n");
    for (Service service : services) {
      text.append("    (name = \"").append(service.name()).append("\", worker = ").append(worker(folder, service)).append("),\n");
    }
    return text.append("  ],\n  sockets = [ (name = \"http\", address = \"127.0.0.1:0\", http = (), service = \"")
        .append(services.getFirst().name()).append("\") ]\n);\n").toString();
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
    return "(\n      modules = [ " + String.join(",\n        ", entries) + " ],\n      bindings = [ " + bindings + " ],\n      compatibilityDate = \""
        + definition.compatibilityDate() + "\",\n      compatibilityFlags = [ " + flags + " ])";
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
