package dev.tenon.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the files of a contract are read from. Names are relative to the contract's own folder, with `/` between their parts.
@FunctionalInterface
public interface ContractFiles {

  /// The text of a file, or empty when there is none of this name.
  Optional<String> read(String name) throws IOException;

  /// The files of a folder. A name that leads out of it is not found.
  static ContractFiles in(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return name -> {
      Path file = root.resolve(name).normalize();
      return file.startsWith(root) && Files.isRegularFile(file)
          ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
          : Optional.empty();
    };
  }

  /// Files in memory.
  static ContractFiles of(Map<String, String> texts) {
    Map<String, String> copy = Map.copyOf(texts);
    return name -> Optional.ofNullable(copy.get(name));
  }

  /// The resources of a class loader below `folder`, for example `contracts/auth`.
  static ContractFiles resources(ClassLoader loader, String folder) {
    return name -> {
      try (var stream = loader.getResourceAsStream(folder + "/" + name)) {
        return stream == null ? Optional.empty() : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      }
    };
  }
}
