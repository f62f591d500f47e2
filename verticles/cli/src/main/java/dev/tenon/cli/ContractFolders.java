package dev.tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where contracts are on this machine: `contracts/<name>/openapi.yaml`.
final class ContractFolders {

  private static final List<String> NAMES = List.of("openapi.yaml", "openapi.yml", "openapi.json");

  /// @param name of the component: the folder's
  /// @param file the document, as messages name it
  record Found(String name, Path file) {

    /// The folder in messages; empty for the current one.
    String folder() {
      return file.getParent() == null ? "" : file.getParent().toString();
    }
  }

  private ContractFolders() {}

  /// The documents that paths name: a document, a folder with one, or a folder of such folders.
  ///
  /// @throws Complaint for a path with no document
  static List<Found> at(List<Path> paths) {
    List<Found> found = new ArrayList<>();
    for (Path path : paths) {
      List<Found> here = at(path);
      if (here.isEmpty()) {
        throw Complaint.misuse(path + " – there is no contract – name a document, a folder with an openapi.yaml, or a folder of such folders");
      }
      found.addAll(here);
    }
    return found;
  }

  /// `contracts` of the current folder, or of this checkout.
  static Path standard() {
    Path here = Path.of("contracts");
    return Files.isDirectory(here) ? here : Home.find().root().resolve("contracts");
  }

  private static List<Found> at(Path path) {
    if (Files.isRegularFile(path)) {
      Path parent = path.toAbsolutePath().normalize().getParent();
      return List.of(new Found(String.valueOf(parent.getFileName()), path));
    }
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    Optional<Found> own = document(path);
    if (own.isPresent()) {
      return List.of(own.get());
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(Files::isDirectory).sorted().flatMap(folder -> document(folder).stream()).toList();
    } catch (IOException broken) {
      throw new Complaint(path + " – the folder cannot be read – make it readable", broken);
    }
  }

  private static Optional<Found> document(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst()
        .map(file -> new Found(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), file));
  }
}
