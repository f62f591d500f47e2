package dev.tenon.system;

import dev.tenon.worker.Binding;
import dev.tenon.worker.ModuleSource;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLimits;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A worker that tries one area of web APIs, and the requests that it is sent.
///
/// The file `AREA.js` has routes by name as its default export, which `serve.js` serves; or it has handlers of its own, and says so in its first line. That line
/// also names its compatibility flags: `// handlers`, `// script` (service-worker syntax), `// flags: nodejs_compat`. `AREA.requests` has requests beside a GET
/// of every route.
///
/// @param asksForRoutes whether the worker answers `GET /` with its routes' names
record WorkerArea(String name, WorkerDefinition definition, List<WorkerCase> requests, boolean asksForRoutes) {

  private static final List<String> SHARED = List.of("serve.js", "show.js", "tail.js");
  private static final LocalDate DATE = LocalDate.of(2026, 8, 1);

  /// All areas, by name.
  static List<WorkerArea> all(Path folder, Map<String, Binding> bindings) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<WorkerArea> areas = new ArrayList<>();
      for (Path file : files.filter(WorkerArea::isArea).sorted().toList()) {
        areas.add(read(file, bindings));
      }
      return areas;
    }
  }

  private static boolean isArea(Path file) {
    return file.toString().endsWith(".js") && SHARED.stream().noneMatch(file::endsWith);
  }

  private static WorkerArea read(Path file, Map<String, Binding> bindings) throws IOException {
    String name = file.getFileName().toString().replace(".js", "");
    String first = Files.readAllLines(file).getFirst();
    boolean script = first.startsWith("// script");
    boolean own = script || first.startsWith("// handlers");
    Set<String> flags = new LinkedHashSet<>();
    int colon = first.indexOf("flags:");
    if (first.startsWith("//") && colon > 0) {
      flags.addAll(Arrays.asList(first.substring(colon + 6).strip().split(" +")));
    }
    List<ModuleSource> modules = new ArrayList<>();
    modules.add(module(file, own ? "worker.js" : "routes.js"));
    if (!own) {
      modules.add(module(file.resolveSibling("serve.js"), "serve.js"));
    }
    if (!script) {
      modules.add(module(file.resolveSibling("show.js"), "show.js"));
    }
    WorkerDefinition definition = new WorkerDefinition(name, own ? "worker.js" : "serve.js", modules, DATE, flags, bindings,
        script ? WorkerDefinition.Format.SERVICE_WORKER : WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
    Path requests = file.resolveSibling(name + ".requests");
    return new WorkerArea(name, definition, Files.exists(requests) ? WorkerCase.read(name, Files.readString(requests)) : List.of(), !own);
  }

  static ModuleSource module(Path file, String name) throws IOException {
    return new ModuleSource(name, ModuleSource.Type.ESM, Buffer.buffer(Files.readAllBytes(file)));
  }
}
