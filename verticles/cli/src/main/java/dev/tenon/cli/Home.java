package dev.tenon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where this Tenon lives, as the `tenon` script says in system properties.
///
/// @param root the checkout or installation: `contracts/`, `js-workers/`, `cluster-config/`
/// @param state builds, caches and data
/// @param runtime the linked run-time image and the jars in use
record Home(Path root, Path state, Path runtime) {

  static Home find() {
    Path root = Path.of(System.getProperty("tenon.home", "")).toAbsolutePath().normalize();
    Path state = Path.of(System.getProperty("tenon.state", root.resolve(".tenon").toString()));
    return new Home(root, state, Path.of(System.getProperty("tenon.runtime", state.resolve("runtime/current").toString())));
  }

  Path settings() {
    return root.resolve("cluster-config/node.yaml");
  }

  Path data() {
    return state.resolve("data");
  }

  /// What can be made again: unpacked programs, esbuild.
  Path cache() {
    return state.resolve("cache");
  }

  Path workers() {
    return root.resolve("js-workers");
  }

  /// The folders of the services, each with a `component.yaml`.
  List<Path> components() {
    Path folder = runtime.resolve("components");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> Files.isRegularFile(entry.resolve("component.yaml"))).sorted().toList();
    } catch (java.io.IOException broken) {
      throw new Complaint("services in " + folder + " – the folder cannot be read – make it readable", broken);
    }
  }
}
