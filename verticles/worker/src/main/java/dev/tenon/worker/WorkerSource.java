package dev.tenon.worker;

import dev.tenon.worker.esbuild.KeptEsbuild;
import java.nio.file.Path;
import java.util.Set;

/// A worker's files, to be loaded again whenever they have changed: esbuild stays running between the loads. Not thread-safe, but for [#close()].
public final class WorkerSource implements AutoCloseable {

  private final Path fileOrDirectory;
  private final LoadOptions options;
  private final KeptEsbuild esbuild;
  private WorkerLoader last;

  /// @param fileOrDirectory as for [WorkerLoader#load]
  public WorkerSource(Path fileOrDirectory, LoadOptions options) {
    this.fileOrDirectory = fileOrDirectory;
    this.options = options;
    this.esbuild = new KeptEsbuild(options.cacheDirectory(), KeptEsbuild.Use.REPEATED);
  }

  /// Loads the worker as its files are now. Blocks.
  ///
  /// @throws dev.tenon.worker.config.WorkerConfigException with everything that is wrong
  public LoadedWorker load() {
    last = new WorkerLoader(options, esbuild);
    return last.load(fileOrDirectory);
  }

  /// Whether the last load ran a `build.command`, which writes files that are then read.
  public boolean writesFiles() {
    return last != null && last.ranBuild();
  }

  /// What the last load had read when it ended or failed.
  public Set<Path> inputs() {
    return last == null ? Set.of() : last.inputs();
  }

  /// What was given.
  public Path fileOrDirectory() {
    return fileOrDirectory;
  }

  /// Ends what is kept running.
  @Override
  public void close() {
    esbuild.close();
  }
}
