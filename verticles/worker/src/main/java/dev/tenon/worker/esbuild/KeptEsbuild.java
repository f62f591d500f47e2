package dev.tenon.worker.esbuild;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// esbuild, started when it is first needed and kept until it is closed, so that the builds after the first one do not wait for a process. Thread-safe.
public final class KeptEsbuild implements AutoCloseable {

  /// Of one worker: its format and its bundle, and the same before its settings changed.
  private static final int KEPT_MAX = 4;

  /// Whether the same is built again and again.
  public enum Use { ONCE, REPEATED }

  private final Path cacheDirectory;
  private final Use use;
  private final SequencedMap<Sameness, RepeatedBuild> builds = new LinkedHashMap<>(8, 0.75f, true);
  private Esbuild esbuild;

  /// What has to be the same for a build to be another's repetition.
  private record Sameness(List<Path> entries, List<String> flags, Path directory, List<String> asked) {

    static Sameness of(Build build) {
      List<String> asked = new ArrayList<>();
      build.plugin().ifPresent(plugin -> {
        plugin.onResolve().forEach(each -> asked.add(each.filter()));
        plugin.onLoad().forEach(each -> asked.add(each.namespace() + ' ' + each.filter()));
      });
      return new Sameness(build.entries(), build.flags(), build.directory(), asked);
    }
  }

  /// @param cacheDirectory where the executable is kept between runs
  public KeptEsbuild(Path cacheDirectory, Use use) {
    this.cacheDirectory = cacheDirectory;
    this.use = use;
  }

  /// Runs a build to its end; blocks. A build with errors returns normally.
  ///
  /// @throws IOException when there is no executable, or it cannot be run, dies, does not answer within two minutes, or does not take the flags
  public Build.Built build(Build build) throws IOException {
    return switch (use) {
      case ONCE -> running().build(build);
      case REPEATED -> prepared(build).run(build.plugin());
    };
  }

  private synchronized RepeatedBuild prepared(Build build) throws IOException {
    Esbuild running = running();
    Sameness sameness = Sameness.of(build);
    RepeatedBuild kept = builds.get(sameness);
    if (kept == null) {
      kept = running.prepare(build);
      builds.put(sameness, kept);
      if (builds.size() > KEPT_MAX) {
        builds.pollFirstEntry().getValue().close();
      }
    }
    return kept;
  }

  /// A new one when the last has died.
  private synchronized Esbuild running() throws IOException {
    if (esbuild == null || esbuild.hasEnded()) {
      builds.clear();
      esbuild = Esbuild.start(EsbuildBinary.locate(cacheDirectory));
    }
    return esbuild;
  }

  /// Ends the process, if one runs.
  @Override
  public synchronized void close() {
    if (esbuild != null) {
      builds.clear();
      esbuild.close();
      esbuild = null;
    }
  }
}
