package dev.tenon.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A service as its build leaves it: `component.yaml`, and in `lib/` its jar and those of its dependencies.
///
/// @param classPath jars or folders of classes; what the node brings itself is not among them
public record ComponentSource(ComponentManifest manifest, List<Path> classPath) {

  public ComponentSource {
    classPath = List.copyOf(classPath);
  }

  /// Reads the folder; blocks.
  ///
  /// @throws ServiceException when it is no component, or its manifest is wrong
  public static ComponentSource of(Path folder) {
    Path file = folder.resolve("component.yaml");
    try (Stream<Path> library = Files.list(folder.resolve("lib"))) {
      List<Path> jars = library.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
      return new ComponentSource(manifest(file), jars);
    } catch (IOException missing) {
      throw new ServiceException("component " + folder + " – it has no component.yaml and lib/ that can be read – build it first", missing);
    }
  }

  /// Reads a manifest whose class path is known otherwise, as tests do.
  public static ComponentSource of(Path manifest, List<Path> classPath) {
    try {
      return new ComponentSource(manifest(manifest), classPath);
    } catch (IOException missing) {
      throw new ServiceException("component manifest " + manifest + " – it cannot be read – write one", missing);
    }
  }

  private static ComponentManifest manifest(Path file) throws IOException {
    return ComponentManifest.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
  }
}
