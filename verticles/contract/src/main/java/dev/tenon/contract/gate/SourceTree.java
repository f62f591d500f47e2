package dev.tenon.contract.gate;

import dev.tenon.contract.ContractFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files of a repository, in a folder or somewhere else. Names are relative to its root, with `/` between their parts.
public interface SourceTree {

  /// Every file that may say something about components, in any order.
  List<String> files();

  /// The text of a file, or empty when there is none of this name.
  Optional<String> read(String name);

  /// What messages call a file.
  String shown(String name);

  /// A folder of this machine, a few levels deep, without what is built or installed.
  static SourceTree of(Path root) {
    return new SourceTree() {
      @Override
      public List<String> files() {
        return below(root);
      }

      @Override
      public Optional<String> read(String name) {
        try {
          Path file = root.resolve(name);
          return Files.isRegularFile(file) ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }

      @Override
      public String shown(String name) {
        return root.resolve(name).toString();
      }
    };
  }

  /// The files of a folder of it, as a contract's are read.
  default ContractFiles folder(String folder) {
    return name -> name.startsWith("../") ? Optional.empty() : read(folder + "/" + name);
  }

  private static List<String> below(Path root) {
    Set<String> never = Set.of("target", "node_modules", "dist", "build");
    List<String> files = new ArrayList<>();
    try {
      Files.walkFileTree(root, Set.of(), 4, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          String name = String.valueOf(folder.getFileName());
          return !folder.equals(root) && (name.startsWith(".") || never.contains(name)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          files.add(root.relativize(file).toString().replace('\\', '/'));
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return files;
  }
}
