package dev.tenon.worker;

import dev.tenon.worker.assets.Assets;
import dev.tenon.worker.config.Compatibility;
import dev.tenon.worker.config.NodeCompat;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A worker as isolates run it: everything from its folder and configuration, already read, bundled and checked.
///
/// @param name of the worker; what messages and logs call it
/// @param mainModule the name of the module in `modules` that is evaluated first; empty for a worker of assets alone
/// @param modules every module that can be imported, the main module among them; none for a worker of assets alone
/// @param compatibilityDate decides which behaviour changes of the platform apply
/// @param compatibilityFlags flags named by the configuration, beside those the date implies; see [#hasFlag(String)]
/// @param bindings members of `env` (globals in service-worker syntax), in the order of the configuration
/// @param assets files that are served ahead of the worker's code, or without any
public record WorkerDefinition(
    String name,
    String mainModule,
    List<ModuleSource> modules,
    LocalDate compatibilityDate,
    Set<String> compatibilityFlags,
    Map<String, Binding> bindings,
    Format format,
    WorkerLimits limits,
    Optional<Assets> assets) {

  /// A worker without assets.
  public WorkerDefinition(
      String name, String mainModule, List<ModuleSource> modules, LocalDate compatibilityDate, Set<String> compatibilityFlags, Map<String, Binding> bindings,
      Format format, WorkerLimits limits) {
    this(name, mainModule, modules, compatibilityDate, compatibilityFlags, bindings, format, limits, Optional.empty());
  }

  /// How the worker's code says what it does.
  public enum Format {
    /// An ECMAScript module whose exports are the handlers.
    MODULES,
    /// A script that calls `addEventListener('fetch', …)`; bindings are globals.
    SERVICE_WORKER
  }

  public WorkerDefinition {
    modules = List.copyOf(modules);
    compatibilityFlags = Collections.unmodifiableSet(new LinkedHashSet<>(compatibilityFlags));
    bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
    String main = mainModule;
    boolean codeless = assets.isPresent() && modules.isEmpty() && main.isEmpty();
    if (!codeless && modules.stream().noneMatch(module -> module.name().equals(main))) {
      throw new IllegalArgumentException("worker " + name + ": its main module \"" + main + "\" is not among its modules");
    }
  }

  /// Whether there is code to run, not only assets.
  public boolean hasCode() {
    return !modules.isEmpty();
  }

  /// The module that is evaluated first; only of a worker that has code.
  public ModuleSource main() {
    return module(mainModule).orElseThrow();
  }

  /// A module by its name.
  public Optional<ModuleSource> module(String moduleName) {
    return modules.stream().filter(module -> module.name().equals(moduleName)).findFirst();
  }

  /// Whether a compatibility flag is on, because the configuration names it or the date implies it.
  public boolean hasFlag(String flag) {
    return Compatibility.isOn(flag, compatibilityDate, compatibilityFlags);
  }

  /// How much of Node.js the worker has.
  public NodeCompat nodeCompat() {
    return NodeCompat.of(this::hasFlag);
  }
}
