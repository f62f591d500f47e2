package dev.tenon.worker.esbuild;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// esbuild's executable: the one named by `ESBUILD_BINARY_PATH`, or the one that came as a Maven artifact, copied out of its jar once.
///
/// @param file the executable
/// @param version esbuild's version, which its protocol checks
public record EsbuildBinary(Path file, String version) {

  private static final String ARTIFACT = "META-INF/maven/org.mvnpm.at.esbuild/%s/pom.properties";
  private static final String EXECUTABLE = "META-INF/resources/_static/%s/%s/%s";

  /// `tenon` inside `$XDG_CACHE_HOME`, or inside `.cache` of the user's home, or of the directory for temporary files where there is no home.
  public static Path defaultCacheDirectory() {
    String cache = System.getenv("XDG_CACHE_HOME");
    if (cache != null && cache.startsWith("/")) {
      return Path.of(cache, "tenon");
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() && Files.isDirectory(home)
        ? home.resolve(".cache").resolve("tenon")
        : Path.of(System.getProperty("java.io.tmpdir"), "tenon-" + System.getProperty("user.name", "cache"));
  }

  /// Finds the executable; blocks. Safe to call from any number of threads and processes at once.
  ///
  /// @param cacheDirectory where the copy is kept; when nothing can be written there, the directory for temporary files is used
  /// @throws IOException when there is no executable for this machine, or no place to put it
  public static EsbuildBinary locate(Path cacheDirectory) throws IOException {
    String named = System.getenv("ESBUILD_BINARY_PATH");
    if (named != null && !named.isBlank()) {
      return named(Path.of(named));
    }
    String platform = platform();
    String version = version(platform).orElseThrow(() -> new IOException(
        "esbuild: no executable for " + platform + " is part of this installation – install esbuild and name it in ESBUILD_BINARY_PATH"));
    try {
      return new EsbuildBinary(extracted(cacheDirectory, platform, version), version);
    } catch (IOException notThere) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "tenon-" + System.getProperty("user.name", "cache"));
      try {
        return new EsbuildBinary(extracted(temporary, platform, version), version);
      } catch (IOException nowhere) {
        nowhere.addSuppressed(notThere);
        throw new IOException("esbuild: its executable can be written neither to " + cacheDirectory + " nor to " + temporary
            + " – make one of them writable", nowhere);
      }
    }
  }

  private static EsbuildBinary named(Path file) throws IOException {
    try {
      Process process = new ProcessBuilder(file.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || !version.matches("\\d+\\.\\d+\\.\\d+\\S*")) {
        throw new IOException("it does not answer --version as esbuild does");
      }
      return new EsbuildBinary(file, version);
    } catch (IOException e) {
      throw new IOException("esbuild: ESBUILD_BINARY_PATH names \"" + file + "\", which cannot be used: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("esbuild: interrupted while asking for its version", e);
    }
  }

  private static Path extracted(Path directory, String platform, String version) throws IOException {
    String name = platform.startsWith("win32") ? "esbuild.exe" : "bin/esbuild";
    String resource = EXECUTABLE.formatted(platform, version, name);
    ClassLoader loader = EsbuildBinary.class.getClassLoader();
    Path target = directory.resolve("esbuild-" + version + "-" + platform + (name.endsWith(".exe") ? ".exe" : ""));
    var url = loader.getResource(resource);
    if (url == null) {
      throw new IOException("esbuild: its artifact has no " + resource);
    }
    var connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      long size = connection.getContentLengthLong();
      if (size > 0 && Files.isExecutable(target) && Files.size(target) == size) {
        return target;
      }
      Files.createDirectories(directory);
      Path copy = Files.createTempFile(directory, ".esbuild-", "");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        if (!copy.toFile().setExecutable(true, false)) {
          throw new IOException("esbuild: " + copy + " cannot be made executable");
        }
        move(copy, target);
      } finally {
        Files.deleteIfExists(copy);
      }
    }
    return target;
  }

  private static void move(Path copy, Path target) throws IOException {
    try {
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(copy, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Optional<String> version(String platform) {
    try (InputStream in = EsbuildBinary.class.getClassLoader().getResourceAsStream(ARTIFACT.formatted(platform))) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The machine as esbuild's packages name it, e.g. `linux-x64`.
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os = system.startsWith("win") ? "win32" : system.startsWith("mac") ? "darwin" : system;
    String arch = List.of("amd64", "x86_64").contains(processor) ? "x64" : processor.equals("aarch64") ? "arm64" : processor;
    return os + "-" + arch;
  }
}
