package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Modules that are not part of the bundle but stand beside it, and the files they came from. Thread-safe.
final class CollectedModules {

  private final Map<String, ModuleSource> modules = new ConcurrentSkipListMap<>();
  private final Collection<Path> files = ConcurrentHashMap.newKeySet();

  /// Adds a file under a name made of its content and its own name, as wrangler does, so that equal names never collide.
  ///
  /// @return the module's name
  String addHashed(Path file, ModuleSource.Type type) throws IOException {
    byte[] content = Files.readAllBytes(file);
    String name = HexFormat.of().formatHex(sha1().digest(content)) + "-" + file.getFileName();
    add(name, type, content, file);
    return name;
  }

  /// Adds a file under a name that other modules know it by already.
  void addNamed(String name, Path file, ModuleSource.Type type) throws IOException {
    add(name, type, Files.readAllBytes(file), file);
  }

  private void add(String name, ModuleSource.Type type, byte[] content, Path file) {
    modules.put(name, new ModuleSource(name, type, Buffer.buffer(content)));
    files.add(file);
  }

  boolean contains(String name) {
    return modules.containsKey(name);
  }

  List<ModuleSource> modules() {
    return List.copyOf(modules.values());
  }

  Collection<Path> files() {
    return List.copyOf(files);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }
}
