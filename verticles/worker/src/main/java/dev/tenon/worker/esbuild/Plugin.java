package dev.tenon.worker.esbuild;

import java.util.List;
import java.util.Optional;

/// What a build asks Java about. Called on threads of the build, several at once.
///
/// @param onResolve asked in order; the first answer counts, and when there is none esbuild resolves the import itself
/// @param onLoad asked for modules of namespaces that resolvers answered with
public record Plugin(List<OnResolve> onResolve, List<OnLoad> onLoad) {

  public Plugin {
    onResolve = List.copyOf(onResolve);
    onLoad = List.copyOf(onLoad);
  }

  /// @param filter a regular expression in Go's syntax that the import's text must match
  public record OnResolve(String filter, Resolver resolver) {}

  /// @param namespace that the module is in; `file` for files
  /// @param filter a regular expression in Go's syntax that the module's path must match
  /// @param language `js`, `jsx`, `ts` or `tsx`
  public record OnLoad(String namespace, String filter, String language, Loader loader) {

    /// All modules of a namespace, in JavaScript.
    public OnLoad(String namespace, Loader loader) {
      this(namespace, ".*", "js", loader);
    }
  }

  /// An import.
  ///
  /// @param path as it is written
  /// @param importer the file that has it; empty for an entry point
  /// @param directory that relative paths start from
  /// @param kind `import-statement`, `require-call`, `dynamic-import`, `require-resolve`, `entry-point`
  public record Import(String path, String importer, String directory, String kind) {}

  /// Decides about an import.
  @FunctionalInterface
  public interface Resolver {
    /// @param asEsbuildWould resolves the same or another path without asking this plugin again
    Optional<Resolution> resolve(Import request, EsbuildResolver asEsbuildWould);
  }

  /// esbuild's own way of resolving.
  @FunctionalInterface
  public interface EsbuildResolver {
    /// @param directory that relative paths start from
    Resolution resolve(String path, String directory);
  }

  /// Gives a module's source.
  @FunctionalInterface
  public interface Loader {
    String load(String path);
  }
}
