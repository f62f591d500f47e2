package dev.tenon.node;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.component.Manifest;
import dev.tenon.contract.component.SemanticVersion;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A worker as its team keeps it: a folder of `js-workers/` with a wrangler configuration and, mostly, a `package.json`.
record WorkerFolder(Path path) {

  private static final List<String> CONFIGURATIONS = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

  /// All of them, by name.
  static List<WorkerFolder> in(Path workers) {
    if (!Files.isDirectory(workers)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(workers)) {
      return folders
          .filter(folder -> CONFIGURATIONS.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name))))
          .sorted()
          .map(WorkerFolder::new)
          .toList();
    } catch (IOException broken) {
      throw new StartFailure("workers in " + workers + " – the folder cannot be read – make it readable", broken);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /// What its `component.yaml` says; nothing where there is none.
  ///
  /// @throws StartFailure with everything that is wrong with it, or when it and the `package.json` are of different versions
  Manifest manifest() {
    try {
      Manifest manifest = Manifest.ofWorker(path);
      String packaged = packageJson().getString("version");
      if (packaged != null && manifest.version().isPresent() && !manifest.version().get().toString().equals(packaged)) {
        throw new StartFailure("worker " + name() + " – its component.yaml is of version " + manifest.version().get() + ", and its package.json of " + packaged
            + " – make them the same, or remove one");
      }
      return manifest;
    } catch (ContractException wrong) {
      throw new StartFailure("worker " + name() + " – its component.yaml cannot be used:\n" + wrong.getMessage(), wrong);
    }
  }

  /// The version of its `component.yaml` or `package.json`; `0.0.0` where neither says one.
  String version() {
    return manifest().version().map(SemanticVersion::toString).orElseGet(() -> packageJson().getString("version", "0.0.0"));
  }

  /// Whether it depends on npm packages that are not installed.
  boolean lacksPackages() {
    return !packageJson().getJsonObject("dependencies", new JsonObject()).isEmpty() && !Files.isDirectory(path.resolve("node_modules"));
  }

  private JsonObject packageJson() {
    Path file = path.resolve("package.json");
    try {
      return Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject();
    } catch (IOException | DecodeException broken) {
      throw new StartFailure("worker " + name() + " – its package.json cannot be read (" + broken.getMessage() + ") – correct it", broken);
    }
  }
}
