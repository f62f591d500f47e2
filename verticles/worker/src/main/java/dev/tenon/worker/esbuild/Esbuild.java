package dev.tenon.worker.esbuild;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A running esbuild. Thread-safe; any number of builds may go on at once.
///
/// The child process ends with [#close()], or by itself when this JVM goes away, because its standard input ends then.
public final class Esbuild implements AutoCloseable {

  private static final int BUILD_SECONDS_MAX = 120;
  /// Marks an import that a plugin itself asks esbuild to resolve, so that it is not asked again.
  private static final int ASKED_BY_PLUGIN = 1;

  private final Process process;
  private final OutputStream toEsbuild;
  private final Map<Integer, CompletableFuture<Map<?, ?>>> waiting = new ConcurrentHashMap<>();
  private final Map<Integer, Plugin> plugins = new ConcurrentHashMap<>();
  private final Map<Integer, Map<?, ?>> results = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile IOException ended;

  private Esbuild(Process process) {
    this.process = process;
    this.toEsbuild = process.getOutputStream();
  }

  /// Starts the executable.
  ///
  /// @throws IOException when it cannot be run
  public static Esbuild start(EsbuildBinary binary) throws IOException {
    Process process = new ProcessBuilder(binary.file().toString(), "--service=" + binary.version())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    Esbuild esbuild = new Esbuild(process);
    Thread.ofVirtual().name("esbuild-reader").start(esbuild::read);
    return esbuild;
  }

  /// Runs a build to its end; blocks. A build with errors returns normally.
  ///
  /// @throws IOException when esbuild dies or does not answer within two minutes, or does not take the flags
  public Build.Built build(Build build) throws IOException {
    int key = ids.getAndIncrement();
    build.plugin().ifPresent(plugin -> plugins.put(key, plugin));
    try {
      return built(ask(request(build, key, Times.ONCE)));
    } finally {
      plugins.remove(key);
    }
  }

  /// Prepares a build that is to be repeated: from the second time on, what has not changed is not parsed again.
  ///
  /// @throws IOException as [#build]
  RepeatedBuild prepare(Build build) throws IOException {
    int key = ids.getAndIncrement();
    Map<?, ?> answer = ask(request(build, key, Times.REPEATED));
    return new RepeatedBuild(this, key, Message.list(answer.get("errors")));
  }

  /// @param plugin asks for the same as that of the first time
  Build.Built repeat(int key, Optional<Plugin> plugin) throws IOException {
    plugin.ifPresent(each -> plugins.put(key, each));
    ask(Map.of("command", "rebuild", "key", key));
    Map<?, ?> result = results.remove(key);
    if (result == null) {
      throw new IOException("esbuild: a build that was repeated had no result");
    }
    return built(result);
  }

  void forget(int key) {
    plugins.remove(key);
    try {
      ask(Map.of("command", "dispose", "key", key));
    } catch (IOException gone) {
      // And what it kept with it.
    }
  }

  private enum Times { ONCE, REPEATED }

  private static Map<String, Object> request(Build build, int key, Times times) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("command", "build");
    request.put("key", key);
    request.put("entries", build.entries().stream().map(entry -> List.of("", entry.toString())).toList());
    request.put("flags", flags(build));
    request.put("write", false);
    request.put("stdinContents", null);
    request.put("stdinResolveDir", null);
    request.put("absWorkingDir", build.directory().toString());
    request.put("nodePaths", List.of());
    request.put("context", times == Times.REPEATED);
    build.plugin().ifPresent(plugin -> request.put("plugins", List.of(announced(plugin))));
    return request;
  }

  private static Build.Built built(Map<?, ?> answer) {
    return new Build.Built(Message.list(answer.get("errors")), Message.list(answer.get("warnings")), outputs(answer), metafile(answer));
  }

  /// Whether its process has gone away.
  public boolean hasEnded() {
    return ended != null || !process.isAlive();
  }

  /// Ends the child process.
  @Override
  public void close() {
    try {
      toEsbuild.close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> flags(Build build) {
    List<String> flags = new ArrayList<>(build.flags());
    flags.add("--log-level=silent");
    flags.add("--log-limit=0");
    flags.add("--metafile");
    return flags;
  }

  private static Map<String, Object> announced(Plugin plugin) {
    List<Map<String, Object>> onResolve = new ArrayList<>();
    for (Plugin.OnResolve each : plugin.onResolve()) {
      onResolve.add(Map.of("id", onResolve.size(), "filter", each.filter(), "namespace", ""));
    }
    List<Map<String, Object>> onLoad = new ArrayList<>();
    for (Plugin.OnLoad each : plugin.onLoad()) {
      onLoad.add(Map.of("id", onLoad.size(), "filter", each.filter(), "namespace", each.namespace()));
    }
    return Map.of("name", "tenon", "onStart", false, "onEnd", false, "onResolve", onResolve, "onLoad", onLoad);
  }

  private static Map<String, String> outputs(Map<?, ?> answer) {
    Map<String, String> outputs = new HashMap<>();
    if (answer.get("outputFiles") instanceof List<?> files) {
      for (Object each : files) {
        Map<?, ?> file = (Map<?, ?>) each;
        outputs.put(Path.of((String) file.get("path")).getFileName().toString(), text((byte[]) file.get("contents")));
      }
    }
    return outputs;
  }

  /// Text, or bytes from newer versions.
  private static String metafile(Map<?, ?> answer) {
    return switch (answer.get("metafile")) {
      case String text -> text;
      case byte[] bytes -> text(bytes);
      case null, default -> "";
    };
  }

  private Map<?, ?> ask(Map<String, Object> request) throws IOException {
    int id = ids.getAndIncrement();
    CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      IOException before = ended;
      if (before != null) {
        throw before;
      }
      send(new Packet(id, true, request));
      Map<?, ?> value = answer.get(BUILD_SECONDS_MAX, TimeUnit.SECONDS);
      if (value.get("error") instanceof String error) {
        throw new IOException("esbuild: " + error);
      }
      return value;
    } catch (TimeoutException e) {
      throw new IOException("esbuild: no answer within " + BUILD_SECONDS_MAX + " seconds", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("esbuild: interrupted while waiting for a build", e);
    } finally {
      waiting.remove(id);
    }
  }

  private void send(Packet packet) throws IOException {
    byte[] bytes = packet.encode();
    synchronized (toEsbuild) {
      toEsbuild.write(bytes);
      toEsbuild.flush();
    }
  }

  private void read() {
    IOException why = new IOException("esbuild: its process ended");
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
      if (Packet.readPrefixed(in).isPresent()) {
        for (Optional<Packet> packet = Packet.read(in); packet.isPresent(); packet = Packet.read(in)) {
          received(packet.get());
        }
      }
    } catch (IOException e) {
      why = e;
    } finally {
      IOException cause = why;
      ended = cause;
      waiting.values().forEach(each -> each.completeExceptionally(cause));
    }
  }

  private void received(Packet packet) {
    Map<?, ?> value = (Map<?, ?>) packet.value();
    if (packet.request()) {
      Thread.ofVirtual().name("esbuild-plugin").start(() -> answer(packet.id(), value));
      return;
    }
    CompletableFuture<Map<?, ?>> asked = waiting.get(packet.id());
    if (asked != null) {
      asked.complete(value);
    }
  }

  private void answer(int id, Map<?, ?> request) {
    Map<String, Object> answer;
    try {
      answer = switch ((String) request.get("command")) {
        case "on-start" -> Map.of("errors", List.of(), "warnings", List.of());
        case "on-end" -> {
          // What a repeated build has made.
          results.put((Integer) request.get("key"), request);
          yield Map.of("errors", List.of(), "warnings", List.of());
        }
        case "on-resolve" -> onResolve(request);
        case "on-load" -> onLoad(request);
        case null, default -> Map.of();
      };
    } catch (RuntimeException e) {
      answer = Map.of("errors", List.of(Message.encode(String.valueOf(e.getMessage()))));
    }
    try {
      send(new Packet(id, false, answer));
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private Map<String, Object> onResolve(Map<?, ?> request) {
    Plugin plugin = plugins.get((Integer) request.get("key"));
    if (plugin == null || Integer.valueOf(ASKED_BY_PLUGIN).equals(request.get("pluginData"))) {
      return Map.of();
    }
    Plugin.Import asked = new Plugin.Import((String) request.get("path"), (String) request.get("importer"),
        (String) request.get("resolveDir"), (String) request.get("kind"));
    for (Object each : (List<?>) request.get("ids")) {
      int id = (Integer) each;
      Optional<Resolution> answer = plugin.onResolve().get(id).resolver()
          .resolve(asked, (path, directory) -> resolve(request, path, directory));
      if (answer.isPresent()) {
        return encoded(id, answer.get());
      }
    }
    return Map.of();
  }

  private static Map<String, Object> encoded(int id, Resolution resolution) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("id", id);
    if (!resolution.errors().isEmpty()) {
      answer.put("errors", resolution.errors().stream().map(Message::encode).toList());
      return answer;
    }
    answer.put("path", resolution.path());
    answer.put("external", resolution.external());
    if (!resolution.external()) {
      answer.put("namespace", resolution.namespace());
    }
    answer.put("watchFiles", resolution.watch());
    return answer;
  }

  private Resolution resolve(Map<?, ?> original, String path, String directory) {
    Map<String, Object> request = new HashMap<>();
    request.put("command", "resolve");
    request.put("key", original.get("key"));
    request.put("path", path);
    request.put("importer", original.get("importer"));
    request.put("namespace", original.get("namespace"));
    request.put("resolveDir", directory);
    request.put("kind", original.get("kind"));
    request.put("pluginData", ASKED_BY_PLUGIN);
    try {
      Map<?, ?> answer = ask(request);
      return new Resolution((String) answer.get("path"), (Boolean) answer.get("external"), (String) answer.get("namespace"), List.of(),
          Message.list(answer.get("errors")).stream().map(Message::text).toList());
    } catch (IOException e) {
      return Resolution.refused(e.getMessage());
    }
  }

  private Map<String, Object> onLoad(Map<?, ?> request) {
    Plugin plugin = plugins.get((Integer) request.get("key"));
    if (plugin == null) {
      return Map.of();
    }
    int id = (Integer) ((List<?>) request.get("ids")).getFirst();
    Plugin.OnLoad asked = plugin.onLoad().get(id);
    String contents = asked.loader().load((String) request.get("path"));
    return Map.of("id", id, "contents", contents.getBytes(StandardCharsets.UTF_8), "loader", asked.language());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
