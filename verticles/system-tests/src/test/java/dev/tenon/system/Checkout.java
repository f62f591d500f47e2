package dev.tenon.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that these tests were built from.
final class Checkout {

  private Checkout() {}

  /// Its top folder.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("tenon"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// The folders of all Maven modules that ship, `contracts` and everything in `verticles` but these tests.
  static List<Path> modules() {
    try (Stream<Path> folders = Files.list(root().resolve("verticles"))) {
      return Stream.concat(Stream.of(root().resolve("contracts")), folders)
          .filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")) && !folder.endsWith("system-tests"))
          .sorted()
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Whether a module is a service of its own: those have a manifest.
  static boolean isService(Path module) {
    return Files.isRegularFile(module.resolve("component.yaml"));
  }
}
