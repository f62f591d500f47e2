package dev.tenon.worker.esbuild;

import java.nio.file.Path;

/// Finds esbuild's executable.
public final class EsbuildBinary {

  private EsbuildBinary() {}

  /// `tenon` inside `$XDG_CACHE_HOME` or `~/.cache`.
  public static Path defaultCacheDirectory() {
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache == null || cache.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "tenon")
        : Path.of(cache, "tenon");
  }
}
