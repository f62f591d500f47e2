package dev.tenon.worker.esbuild;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A build that esbuild keeps what it has parsed for. One at a time.
final class RepeatedBuild {

  private final Esbuild esbuild;
  private final int key;
  private final List<Message> refused;

  /// @param refused why there is none; empty when there is
  RepeatedBuild(Esbuild esbuild, int key, List<Message> refused) {
    this.esbuild = esbuild;
    this.key = key;
    this.refused = List.copyOf(refused);
  }

  /// Builds from the files as they are now; blocks.
  ///
  /// @param plugin asks for the same as that of the first time
  /// @throws IOException as [Esbuild#build]
  synchronized Build.Built run(Optional<Plugin> plugin) throws IOException {
    return refused.isEmpty() ? esbuild.repeat(key, plugin) : new Build.Built(refused, List.of(), Map.of(), "");
  }

  /// Lets go of what is kept.
  synchronized void close() {
    if (refused.isEmpty()) {
      esbuild.forget(key);
    }
  }
}
