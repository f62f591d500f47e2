package dev.tenon.worker.esbuild;

import java.io.IOException;
import java.nio.file.Path;

/// esbuild, started when it is first needed and kept until it is closed, so that the builds after the first one do not wait for a process. Thread-safe.
public final class KeptEsbuild implements AutoCloseable {

  private final Path cacheDirectory;
  private Esbuild esbuild;

  /// @param cacheDirectory where the executable is kept between runs
  public KeptEsbuild(Path cacheDirectory) {
    this.cacheDirectory = cacheDirectory;
  }

  /// The running esbuild; a new one when the last has died.
  ///
  /// @throws IOException when there is no executable, or it cannot be run
  public synchronized Esbuild running() throws IOException {
    if (esbuild == null || esbuild.hasEnded()) {
      esbuild = Esbuild.start(EsbuildBinary.locate(cacheDirectory));
    }
    return esbuild;
  }

  /// Ends the process, if one runs.
  @Override
  public synchronized void close() {
    if (esbuild != null) {
      esbuild.close();
      esbuild = null;
    }
  }
}
