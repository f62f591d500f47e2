package dev.tenon.worker.wpt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folders that together hold web-platform-tests: a path is looked for in each, in their order.
record Checkout(List<Path> roots) {

  Checkout {
    roots = List.copyOf(roots);
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("wpt.root is not set – name the folder that holds web-platform-tests: -Dwpt.root=FOLDER[,FOLDER]");
    }
    for (Path root : roots) {
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException("wpt.root: \"" + root + "\" is not a folder – name the folder that holds resources/testharness.js");
      }
    }
  }

  /// @param list folders, separated by commas
  static Checkout of(String list) {
    return new Checkout(Stream.of(list.split(",")).map(String::strip).filter(each -> !each.isEmpty()).map(Path::of).map(Path::toAbsolutePath).toList());
  }

  /// The file at a path below the root, with or without a slash in front.
  Optional<Path> file(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return roots.stream()
        .map(root -> root.resolve(relative).normalize())
        .filter(file -> roots.stream().anyMatch(file::startsWith) && Files.isRegularFile(file))
        .findFirst();
  }

  /// The text of a file that must be there.
  String text(String path) throws IOException {
    return Files.readString(file(path).orElseThrow(() -> new IOException("web-platform-tests have no file " + path)));
  }

  /// Paths of all files below a folder, sorted. Empty when no root has the folder.
  List<String> below(String folder) throws IOException {
    for (Path root : roots) {
      Path there = root.resolve(folder);
      if (Files.isDirectory(there)) {
        try (Stream<Path> all = Files.walk(there)) {
          return all.filter(Files::isRegularFile).map(file -> root.relativize(file).toString().replace('\\', '/')).sorted().toList();
        }
      }
    }
    return List.of();
  }
}
