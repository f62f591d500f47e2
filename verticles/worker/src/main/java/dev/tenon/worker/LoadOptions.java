package dev.tenon.worker;

import dev.tenon.worker.esbuild.EsbuildBinary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How [WorkerLoader] loads a worker.
///
/// @param environment the `[env.NAME]` section of the configuration to apply
/// @param vars variables that override the configuration's and `.dev.vars`', all as text
/// @param devVars whether `.dev.vars` beside the configuration is read
/// @param providers asked in order for each binding of a kind that the runtime does not know itself
/// @param bindings further members of `env`; one wins over the configuration's of the same name
/// @param compatibilityDate wins over the configuration's
/// @param cacheDirectory where esbuild's executable is kept between runs; made when it is not there
/// @param nodeEnv what bundled code sees as `process.env.NODE_ENV`: packages such as React have a form of their own for `development`
public record LoadOptions(
    Optional<String> environment,
    Map<String, String> vars,
    DevVars devVars,
    List<BindingProvider> providers,
    Map<String, Binding> bindings,
    Optional<LocalDate> compatibilityDate,
    Path cacheDirectory,
    String nodeEnv) {

  /// Whether `.dev.vars` counts.
  public enum DevVars { READ, IGNORE }

  /// No environment, no variables, `.dev.vars` read, no providers, the user's cache directory.
  public static final LoadOptions DEFAULT =
      new LoadOptions(Optional.empty(), Map.of(), DevVars.READ, List.of(), Map.of(), Optional.empty(), EsbuildBinary.defaultCacheDirectory(), "production");

  public LoadOptions {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    providers = List.copyOf(providers);
    bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
  }

  public LoadOptions withEnvironment(String name) {
    return new LoadOptions(Optional.of(name), vars, devVars, providers, bindings, compatibilityDate, cacheDirectory, nodeEnv);
  }

  public LoadOptions withVars(Map<String, String> overrides) {
    return new LoadOptions(environment, overrides, devVars, providers, bindings, compatibilityDate, cacheDirectory, nodeEnv);
  }

  public LoadOptions withDevVars(DevVars choice) {
    return new LoadOptions(environment, vars, choice, providers, bindings, compatibilityDate, cacheDirectory, nodeEnv);
  }

  public LoadOptions withProviders(List<BindingProvider> others) {
    return new LoadOptions(environment, vars, devVars, others, bindings, compatibilityDate, cacheDirectory, nodeEnv);
  }

  /// One more binding.
  public LoadOptions withBinding(String name, Binding binding) {
    Map<String, Binding> more = new LinkedHashMap<>(bindings);
    more.put(name, binding);
    return new LoadOptions(environment, vars, devVars, providers, more, compatibilityDate, cacheDirectory, nodeEnv);
  }

  public LoadOptions withCompatibilityDate(LocalDate date) {
    return new LoadOptions(environment, vars, devVars, providers, bindings, Optional.of(date), cacheDirectory, nodeEnv);
  }

  public LoadOptions withCacheDirectory(Path directory) {
    return new LoadOptions(environment, vars, devVars, providers, bindings, compatibilityDate, directory, nodeEnv);
  }

  public LoadOptions withNodeEnv(String name) {
    return new LoadOptions(environment, vars, devVars, providers, bindings, compatibilityDate, cacheDirectory, name);
  }
}
