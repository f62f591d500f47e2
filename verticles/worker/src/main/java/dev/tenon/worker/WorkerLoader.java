package dev.tenon.worker;

import dev.tenon.worker.assets.Assets;
import dev.tenon.worker.assets.NavigationRule;
import dev.tenon.worker.config.DevVars;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WorkerConfigException;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.esbuild.KeptEsbuild;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a [WorkerDefinition] of what a worker's team keeps: a folder with a wrangler configuration, or a single file.
public final class WorkerLoader {

  /// In wrangler's order: the first that exists counts.
  private static final List<String> CONFIGURATIONS = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");
  /// Where a framework's build (Astro, SvelteKit, Vite) leaves the name of the configuration it made.
  private static final String REDIRECT = ".wrangler/deploy/config.json";
  private static final List<String> ENTRY_POINTS = List.of(
      "src/index.ts", "src/index.tsx", "src/index.js", "src/index.mjs", "index.ts", "index.js", "index.mjs", "worker.ts", "worker.js", "worker.mjs", "_worker.js");

  /// What a worker of assets alone has.
  private static final Bundle NO_CODE = new Bundle(WorkerDefinition.Format.MODULES, "", List.of(), List.of());

  private final LoadOptions options;
  private final KeptEsbuild esbuild;
  private final Problems problems = new Problems();
  private final Set<Path> inputs = new LinkedHashSet<>();
  private boolean ranBuild;

  WorkerLoader(LoadOptions options, KeptEsbuild esbuild) {
    this.options = options;
    this.esbuild = esbuild;
  }

  /// Loads a worker. Blocks (files are read, esbuild may run): never call it on an event loop.
  ///
  /// @param fileOrDirectory a folder with `wrangler.json`, `wrangler.jsonc` or `wrangler.toml`; such a file itself; or a JavaScript or TypeScript file, which needs no
  ///        configuration: one beside it is not read
  /// @throws WorkerConfigException with everything that is wrong
  public static LoadedWorker load(Path fileOrDirectory, LoadOptions options) {
    try (KeptEsbuild esbuild = new KeptEsbuild(options.cacheDirectory(), KeptEsbuild.Use.ONCE)) {
      return new WorkerLoader(options, esbuild).load(fileOrDirectory);
    }
  }

  LoadedWorker load(Path fileOrDirectory) {
    return load(fileOrDirectory.toAbsolutePath().normalize(), fileOrDirectory.toString());
  }

  /// Whether a `build.command` was run, which writes files.
  boolean ranBuild() {
    return ranBuild;
  }

  /// What has been read so far, also by a load that failed.
  Set<Path> inputs() {
    return Set.copyOf(inputs);
  }

  private LoadedWorker load(Path given, String shown) {
    if (!Files.exists(given)) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(shown), "there is no such file or folder", "check the path"));
    }
    Path path = real(given);
    WranglerConfig read = Files.isDirectory(path) ? ofFolder(path, shown) : isConfiguration(path) ? configuration(path, path.getParent()) : ofFile(path, shown);
    WranglerConfig config = options.compatibilityDate().map(read::withCompatibilityDate).orElse(read);
    Map<String, String> devVars = devVars(config);
    Map<String, Binding> bindings = new LinkedHashMap<>(new Bindings(config, options.providers(), problems).all(devVars, options.vars()));
    bindings.putAll(options.bindings());
    if (config.main().isEmpty() && config.assets().isEmpty()) {
      problems.error(Problem.of("the configuration names neither an entry point nor assets", "add main = \"src/index.js\", or assets.directory = \"./public\""));
    }
    config.buildCommand().ifPresent(build -> {
      ranBuild = true;
      inputs.addAll(build.sources());
      CustomBuild.run(build, problems);
    });
    Optional<Bundle> bundle = config.main().flatMap(_ -> Bundler.bundle(config, options.nodeEnv(), esbuild, problems));
    Optional<Assets> assets = config.assets().flatMap(folder -> assets(config, folder));
    problems.throwIfErrors();
    return loaded(config, bindings, bundle.orElse(NO_CODE), assets);
  }

  private Optional<Assets> assets(WranglerConfig config, WranglerConfig.AssetFolder folder) {
    Path directory = folder.directory();
    String shown = directory.startsWith(config.root()) ? config.root().relativize(directory).toString() : directory.toString();
    if (!Files.isDirectory(directory)) {
      problems.error(Problem.of(folder.at(), "\"assets.directory\" names \"" + shown + "\", which is no folder", "create it, or run what builds it"));
      return Optional.empty();
    }
    Assets assets = Assets.read(
        directory, shown, folder.settings(),
        config.hasFlag("assets_navigation_prefers_asset_serving") ? NavigationRule.PREFERS_ASSETS : NavigationRule.LIKE_ANY_OTHER, problems);
    inputs.addAll(assets.inputs());
    return Optional.of(assets);
  }

  private LoadedWorker loaded(WranglerConfig config, Map<String, Binding> bindings, Bundle bundle, Optional<Assets> assets) {
    inputs.addAll(bundle.inputs());
    WorkerLimits limits = WorkerLimits.DEFAULT;
    limits = config.cpuLimit().map(limits::withCpu).orElse(limits);
    limits = config.subrequestLimit().isPresent() ? limits.withSubrequests(config.subrequestLimit().getAsInt()) : limits;
    WorkerDefinition definition = new WorkerDefinition(config.name(), bundle.main(), bundle.modules(), config.compatibilityDate(), config.compatibilityFlags(),
        bindings, bundle.format(), limits, assets);
    return new LoadedWorker(definition, problems.warnings(), inputs);
  }

  private WranglerConfig ofFolder(Path folder, String shown) {
    Optional<Path> redirected = redirected(folder);
    if (redirected.isPresent()) {
      return configuration(redirected.get(), folder);
    }
    for (String name : CONFIGURATIONS) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return configuration(file, folder);
      }
    }
    Path main = ENTRY_POINTS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst().orElseThrow(() -> new WorkerConfigException(
        Problem.of(Problem.Place.of(shown), "the folder has neither a wrangler.toml, wrangler.json or wrangler.jsonc nor an entry point such as src/index.js",
            "add one, or name the worker's file instead")));
    return withoutConfiguration(main, folder, String.valueOf(folder.getFileName()));
  }

  private Optional<Path> redirected(Path folder) {
    Path file = folder.resolve(REDIRECT);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      inputs.add(file);
      String target = new JsonObject(Files.readString(file)).getString("configPath", "");
      Path configuration = file.resolveSibling(target).normalize();
      if (target.isEmpty() || !Files.isRegularFile(configuration)) {
        throw new WorkerConfigException(Problem.of(Problem.Place.of(REDIRECT), "its \"configPath\" names \"" + target + "\", which does not exist",
            "build the worker again, or delete " + REDIRECT));
      }
      return Optional.of(configuration);
    } catch (IOException | DecodeException | ClassCastException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(REDIRECT), "the file is not JSON with a \"configPath\"", "build the worker again, or delete it"));
    }
  }

  private WranglerConfig configuration(Path file, Path root) {
    inputs.add(file);
    return WranglerConfig.read(file, root, options.environment(), problems);
  }

  private WranglerConfig ofFile(Path file, String shown) {
    if (file.toString().endsWith(".py")) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(shown), "Python workers are not supported", "name a JavaScript or TypeScript file"));
    }
    String name = file.getFileName().toString();
    return withoutConfiguration(file, file.getParent(), name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name);
  }

  private WranglerConfig withoutConfiguration(Path main, Path root, String name) {
    options.environment().ifPresent(environment -> problems.error(
        Problem.of("there is no configuration that has an environment \"" + environment + "\"", "add a wrangler.toml, or leave the environment away")));
    return WranglerConfig.none(name, main, root);
  }

  private Map<String, String> devVars(WranglerConfig config) {
    if (options.devVars() == LoadOptions.DevVars.IGNORE) {
      return Map.of();
    }
    try {
      List<Path> files = DevVars.files(config.root(), options.environment(), System.getenv());
      inputs.addAll(files);
      Map<String, String> vars = new LinkedHashMap<>(DevVars.read(files, System.getenv()));
      if (!config.requiredSecrets().isEmpty()) {
        // Who lists the secrets gets those and no others.
        vars.keySet().removeIf(name -> !config.requiredSecrets().contains(name) && !config.vars().containsKey(name));
      }
      return vars;
    } catch (WorkerConfigException e) {
      problems.errors(e);
      return Map.of();
    }
  }

  private static boolean isConfiguration(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".toml") || name.endsWith(".json") || name.endsWith(".jsonc");
  }

  /// Without symbolic links, as esbuild names files.
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
