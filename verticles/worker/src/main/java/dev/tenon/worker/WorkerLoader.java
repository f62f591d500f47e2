package dev.tenon.worker;

import dev.tenon.worker.config.WorkerConfigException;
import java.nio.file.Path;

/// Makes a [WorkerDefinition] of what a worker's team keeps: a folder with a wrangler configuration, or a single file.
public final class WorkerLoader {

  private WorkerLoader() {}

  /// Loads a worker. Blocks (files are read, esbuild may run): never call it on an event loop.
  ///
  /// @param fileOrDirectory a folder with `wrangler.json`, `wrangler.jsonc` or `wrangler.toml`; such a file itself; or a JavaScript or TypeScript file,
  ///        which needs no configuration
  /// @throws WorkerConfigException with everything that is wrong
  public static LoadedWorker load(Path fileOrDirectory, LoadOptions options) {
    throw new UnsupportedOperationException("not yet");
  }
}
