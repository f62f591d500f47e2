package dev.tenon.contract.coupling;

import dev.tenon.contract.coupling.Component.Kind;
import dev.tenon.contract.coupling.WorkerReader.WorkerCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the components of a repository are: a service is a folder of `verticles/` with a `component.yaml`, a worker one of `js-workers/` with a wrangler configuration.
///
/// @param found each with what was read of it
record Layout(Path root, List<Found> found) {

  private static final List<String> CONFIGURATIONS = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

  /// A component, its manifest, and for a worker its code.
  record Found(Component component, ConsumesFile manifest, Optional<WorkerCode> code) {}

  static Layout of(Path given, WorkerReader workers) {
    Path root = real(given);
    List<Found> found = new ArrayList<>();
    for (Path folder : folders(root.resolve("verticles"))) {
      if (Files.isRegularFile(folder.resolve(ConsumesFile.NAME))) {
        ConsumesFile manifest = ConsumesFile.in(folder);
        found.add(new Found(new Component(manifest.name().orElse(fileName(folder)), Kind.SERVICE, folder), manifest, Optional.empty()));
      }
    }
    for (Path folder : folders(root.resolve("js-workers"))) {
      if (CONFIGURATIONS.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
        ConsumesFile manifest = ConsumesFile.in(folder);
        WorkerCode code = workers.read(folder);
        found.add(new Found(new Component(manifest.name().orElse(code.name()), Kind.WORKER, folder), manifest, Optional.of(code)));
      }
    }
    refuseNamesUsedTwice(found);
    if (found.isEmpty()) {
      throw new CouplingException(root + " – it has neither a service (verticles/*/component.yaml) nor a worker (js-workers/*/wrangler.toml) – name the repository's top folder");
    }
    return new Layout(root, found);
  }

  private static void refuseNamesUsedTwice(List<Found> found) {
    Map<String, Component> byName = new HashMap<>();
    for (Found each : found) {
      Component before = byName.put(each.component().name(), each.component());
      if (before != null) {
        throw new CouplingException(each.component().folder() + " – its name \"" + each.component().name() + "\" is that of " + before.folder() + " too – rename one");
      }
    }
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).map(Layout::real).sorted().toList();
    } catch (IOException broken) {
      throw new CouplingException(parent + " – the folder cannot be read – make it readable", broken);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException broken) {
      throw new CouplingException(path + " – there is no such folder – check the path", broken);
    }
  }

  private static String fileName(Path folder) {
    return folder.getFileName().toString();
  }
}
