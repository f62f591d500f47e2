package dev.tenon.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that a test fills with files.
record Folder(Path path) {

  Folder put(String name, String content) {
    return put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Folder put(String name, byte[] content) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }
}
