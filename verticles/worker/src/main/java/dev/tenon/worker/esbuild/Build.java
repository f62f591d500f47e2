package dev.tenon.worker.esbuild;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One build: what goes in. See [Built] for what comes out.
///
/// @param entries the files to start from
/// @param flags as on esbuild's command line, e.g. `--bundle`
/// @param directory that places in messages and paths in the source map are relative to
public record Build(List<Path> entries, List<String> flags, Path directory, Optional<Plugin> plugin) {

  public Build {
    entries = List.copyOf(entries);
    flags = List.copyOf(flags);
  }

  /// From one file.
  public Build(Path entry, List<String> flags, Path directory, Optional<Plugin> plugin) {
    this(List.of(entry), flags, directory, plugin);
  }

  /// What a build gives.
  ///
  /// @param outputs text by file name
  /// @param metafile esbuild's description of inputs and outputs, as JSON; empty when the build failed
  public record Built(List<Message> errors, List<Message> warnings, Map<String, String> outputs, String metafile) {

    public Built {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
      outputs = Map.copyOf(outputs);
    }
  }
}
