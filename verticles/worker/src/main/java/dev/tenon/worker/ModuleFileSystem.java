package dev.tenon.worker;

import dev.tenon.worker.config.NodeCompat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/// What `import` can reach: the worker's own modules and the runtime's built-in ones, and nothing else. No disk is touched.
///
/// The worker's modules lie at `/`. A module that is not JavaScript, and a built-in one, is served as a small generated module that asks the runtime for
/// its value (see `modules.js`).
final class ModuleFileSystem implements FileSystem {

  /// Ends the path of a generated module, so that the language takes it for JavaScript whatever its name is.
  private static final String GENERATED = ".mjs";
  private static final Path ROOT = Path.of("/");
  private static final Path BUILTIN = Path.of("/ builtin");

  private final WorkerDefinition definition;
  private final ModuleText generated;

  ModuleFileSystem(WorkerDefinition definition, ModuleText generated) {
    this.definition = definition;
    this.generated = generated;
  }

  /// The text of generated modules.
  interface ModuleText {
    /// @param name of a module of the definition that is not an ECMAScript module
    String ofModule(String name);

    /// @return empty when there is no such built-in module
    Optional<String> ofBuiltin(String specifier);
  }

  /// What `import()` of a module's name takes.
  static String specifier(String moduleName) {
    return "/" + moduleName;
  }

  @Override
  public Path parsePath(URI uri) {
    return uri.getScheme().equals("file") ? Path.of(uri.getPath()) : BUILTIN.resolve(uri.toString());
  }

  @Override
  public Path parsePath(String path) {
    return Path.of(path);
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return ROOT.resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    Path absolute = ROOT.resolve(path).normalize();
    if (text(absolute).isPresent()) {
      return absolute;
    }
    Path real = Path.of(absolute + GENERATED);
    if (text(real).isPresent()) {
      return real;
    }
    throw missing(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options) throws IOException {
    if (modes.contains(AccessMode.WRITE) || modes.contains(AccessMode.EXECUTE)) {
      throw new AccessDeniedException(path.toString());
    }
    toRealPath(path);
  }

  @Override
  public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
    String text = text(toRealPath(path)).orElseThrow(() -> missing(path));
    return new ReadOnlyBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
    toRealPath(path);
    return Map.of("isRegularFile", true, "isDirectory", false, "isSymbolicLink", false);
  }

  /// What is at exactly this path.
  private Optional<String> text(Path path) {
    if (path.startsWith(BUILTIN)) {
      String name = BUILTIN.relativize(path).toString();
      return name.endsWith(GENERATED) ? generated.ofBuiltin(name.substring(0, name.length() - GENERATED.length())) : Optional.empty();
    }
    String name = ROOT.relativize(path).toString();
    Optional<ModuleSource> module = definition.module(name).filter(found -> found.type() == ModuleSource.Type.ESM);
    if (module.isPresent()) {
      return module.map(ModuleSource::text);
    }
    return name.endsWith(GENERATED) ? generated(name.substring(0, name.length() - GENERATED.length())) : Optional.empty();
  }

  private Optional<String> generated(String name) {
    Optional<String> ofModule = definition.module(name)
        .filter(found -> found.type() != ModuleSource.Type.ESM)
        .map(found -> generated.ofModule(found.name()));
    return ofModule.isPresent() || !RuntimeModules.isNode(name) || definition.nodeCompat() != NodeCompat.FULL
        ? ofModule
        : generated.ofBuiltin(RuntimeModules.withNodePrefix(name));
  }

  private NoSuchFileException missing(Path path) {
    String name = path.startsWith(BUILTIN) ? BUILTIN.relativize(path).toString() : path.toString();
    boolean forbidden = name.startsWith("node:") && !definition.nodeCompat().has(name);
    return new NoSuchFileException(name, null, forbidden
        ? "it is a module of Node.js: add \"nodejs_compat\" to compatibility_flags to use it" : "the worker has no such module");
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    throw new AccessDeniedException(directory.toString());
  }

  @Override
  public void delete(Path path) throws IOException {
    throw new AccessDeniedException(path.toString());
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    throw new AccessDeniedException(directory.toString());
  }

  /// A module's text, opened for reading.
  private static final class ReadOnlyBytes implements SeekableByteChannel {
    private final byte[] bytes;
    private final ByteArrayInputStream in;

    ReadOnlyBytes(byte[] bytes) {
      this.bytes = bytes;
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read(ByteBuffer target) {
      byte[] part = new byte[Math.min(target.remaining(), Math.max(in.available(), 1))];
      int count = in.read(part, 0, part.length);
      if (count > 0) {
        target.put(part, 0, count);
      }
      return count;
    }

    @Override
    public long position() {
      return bytes.length - in.available();
    }

    @Override
    public SeekableByteChannel position(long position) {
      in.reset();
      in.skip(position);
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      throw new AccessDeniedException("a worker's module");
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      throw new AccessDeniedException("a worker's module");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
