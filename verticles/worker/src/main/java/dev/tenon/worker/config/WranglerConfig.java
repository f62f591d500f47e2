package dev.tenon.worker.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A worker's configuration, read for one environment: what it says, with defaults filled in, and nothing left to look up in the file.
///
/// @param root the folder that paths and package look-ups start from
/// @param main the entry point, absolute; empty when the configuration names none
/// @param vars text as [String]; any other value as maps, lists, numbers, booleans, null
/// @param crons when the worker's `scheduled` handler runs
/// @param assets files that are served without the worker's code
/// @see <a href="https://developers.cloudflare.com/workers/wrangler/configuration/">wrangler's configuration</a>
public record WranglerConfig(
    Path root,
    String name,
    Optional<Path> main,
    LocalDate compatibilityDate,
    Set<String> compatibilityFlags,
    Map<String, Object> vars,
    Set<String> requiredSecrets,
    List<BindingEntry> bindings,
    Optional<BuildCommand> buildCommand,
    Bundling bundling,
    Optional<Duration> cpuLimit,
    OptionalInt subrequestLimit,
    List<String> crons,
    Optional<AssetFolder> assets) {

  /// The same as of another date.
  public WranglerConfig withCompatibilityDate(LocalDate date) {
    return new WranglerConfig(root, name, main, date, compatibilityFlags, vars, requiredSecrets, bindings, buildCommand, bundling, cpuLimit,
        subrequestLimit, crons, assets);
  }

  /// One binding.
  ///
  /// @param kind the configuration key it stands under, e.g. `kv_namespaces`
  /// @param settings all the configuration says about it, as plain values
  /// @param at for messages about it
  public record BindingEntry(String kind, String name, Map<String, Object> settings, Problem.Place at) {

    public BindingEntry {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /// What has to run before there is an entry point.
  ///
  /// @param command for the shell
  /// @param sources folders whose files it reads: when one changes, it has to run again
  /// @param at for messages about it
  public record BuildCommand(String command, Path directory, List<Path> sources, Problem.Place at) {

    public BuildCommand {
      sources = List.copyOf(sources);
    }
  }

  /// Where a worker's assets are, and how they are served.
  ///
  /// @param at for messages about them
  public record AssetFolder(Path directory, AssetSettings settings, Problem.Place at) {}

  /// How files become modules.
  public enum ModuleType { ESM, COMMONJS, WASM, TEXT, DATA }

  /// Files that match one of the globs are modules of a type.
  public record ModuleRule(ModuleType type, List<String> globs, Fallthrough fallthrough) {

    /// Whether later rules of the same type count.
    public enum Fallthrough { YES, NO, NOT_SAID }

    public ModuleRule {
      globs = List.copyOf(globs);
    }
  }

  /// How the worker's code becomes modules.
  ///
  /// @param baseDirectory what additional modules are named relative to; empty for the folder of the entry point
  /// @param jsx factory and fragment, where the configuration names them
  public record Bundling(
      Mode mode,
      List<ModuleRule> rules,
      Map<String, String> alias,
      Map<String, String> define,
      AdditionalModules additionalModules,
      Optional<Path> baseDirectory,
      FileNames fileNames,
      Set<Extra> extras,
      Optional<Path> tsconfig,
      Jsx jsx) {

    public enum Mode { BUNDLE, AS_IT_IS }

    public enum AdditionalModules { FIND, IGNORE }

    public enum FileNames { HASHED, PRESERVED }

    public enum Extra { MINIFY, KEEP_NAMES }

    public record Jsx(Optional<String> factory, Optional<String> fragment) {}

    /// What a worker without a configuration gets.
    public static final Bundling DEFAULT = new Bundling(Mode.BUNDLE, List.of(), Map.of(), Map.of(), AdditionalModules.IGNORE, Optional.empty(),
        FileNames.HASHED, Set.of(Extra.KEEP_NAMES), Optional.empty(), new Jsx(Optional.empty(), Optional.empty()));

    public Bundling {
      rules = List.copyOf(rules);
      alias = Collections.unmodifiableMap(new LinkedHashMap<>(alias));
      define = Collections.unmodifiableMap(new LinkedHashMap<>(define));
      extras = Set.copyOf(extras);
    }
  }

  public WranglerConfig {
    compatibilityFlags = Collections.unmodifiableSet(new LinkedHashSet<>(compatibilityFlags));
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    requiredSecrets = Collections.unmodifiableSet(new LinkedHashSet<>(requiredSecrets));
    bindings = List.copyOf(bindings);
    crons = List.copyOf(crons);
  }

  /// Which of Node.js's modules may be imported, and how.
  public NodeCompat nodeCompat() {
    return NodeCompat.of(this::hasFlag);
  }

  /// Whether a compatibility flag is on, by name or by date.
  public boolean hasFlag(String flag) {
    return Compatibility.isOn(flag, compatibilityDate, compatibilityFlags);
  }

  /// What a worker without a configuration has.
  ///
  /// @param name any text; made a valid name
  public static WranglerConfig none(String name, Path main, Path root) {
    return new WranglerConfig(root, WranglerReader.nameOf(name), Optional.of(main), Compatibility.NEWEST, Set.of(), Map.of(), Set.of(), List.of(), Optional.empty(), Bundling.DEFAULT,
        Optional.empty(), OptionalInt.empty(), List.of(), Optional.empty());
  }

  /// Reads a configuration. What is wrong goes to `problems`; the result holds what could be understood.
  ///
  /// @param root the worker's folder; usually the file's
  /// @throws WorkerConfigException when the file cannot be read at all
  public static WranglerConfig read(Path file, Path root, Optional<String> environment, Problems problems) {
    return new WranglerReader(file, root, environment, problems).read();
  }
}
