package dev.tenon.worker;

import dev.tenon.worker.WorkerDefinition.Format;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.config.WranglerConfig.Bundling;
import dev.tenon.worker.esbuild.Build;
import dev.tenon.worker.esbuild.KeptEsbuild;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes modules of a worker's entry point, with the settings wrangler gives esbuild.
///
/// A file that is plain JavaScript and imports nothing is taken as it is: esbuild is not even started.
final class Bundler {

  private static final List<String> SYNTAX = List.of(
      "--target=es2024", "--loader:.js=jsx", "--loader:.mjs=jsx", "--loader:.cjs=jsx");
  private static final Set<String> JAVASCRIPT = Set.of("js", "mjs", "cjs");
  private static final Set<String> SOURCES = Set.of("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx");

  private final WranglerConfig config;
  private final Path main;
  private final String nodeEnv;
  private final KeptEsbuild esbuild;
  private final Problems problems;
  private final Bundling settings;
  private final Path moduleRoot;

  private Bundler(WranglerConfig config, Path main, String nodeEnv, KeptEsbuild esbuild, Problems problems) {
    this.config = config;
    this.main = main;
    this.nodeEnv = nodeEnv;
    this.esbuild = esbuild;
    this.problems = problems;
    this.settings = config.bundling();
    this.moduleRoot = settings.baseDirectory().filter(main::startsWith).orElse(main.getParent());
  }

  /// The modules, or empty when `problems` has the errors.
  static Optional<Bundle> bundle(WranglerConfig config, String nodeEnv, KeptEsbuild esbuild, Problems problems) {
    Path main = config.main().orElseThrow();
    return new Bundler(config, main, nodeEnv, esbuild, problems).bundle();
  }

  private Optional<Bundle> bundle() {
    if (!Files.isRegularFile(main)) {
      return failed(new Problem(problems.placeOf("main"), "the entry point \"" + shown(main) + "\" does not exist", "check \"main\", or build it first"));
    }
    if (!SOURCES.contains(extension(main))) {
      return failed(new Problem(problems.placeOf("main"), "the entry point \"" + shown(main) + "\" is not JavaScript or TypeScript", "name a ." + String.join(", .", SOURCES.stream().sorted().toList())
          + " file as \"main\""));
    }
    Optional<Bundle> plain = plain();
    return plain.isPresent() ? plain : withEsbuild();
  }

  private Optional<Bundle> plain() {
    boolean nothingToDo = settings.define().isEmpty() && settings.additionalModules() == Bundling.AdditionalModules.IGNORE
        && !settings.extras().contains(Bundling.Extra.MINIFY) && JAVASCRIPT.contains(extension(main));
    if (!nothingToDo) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(main);
      // What does not parse is esbuild's: it says best what is wrong.
      return PlainScript.format(text).filter(format -> SyntaxCheck.parses(text, format)).map(format -> new Bundle(format, outputName(),
          List.of(new ModuleSource(outputName(), ModuleSource.Type.ESM, Buffer.buffer(text))), List.of(main)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Bundle> withEsbuild() {
    try {
      Optional<Format> format = format();
      if (format.isEmpty()) {
        return Optional.empty();
      }
      CollectedModules collected = new CollectedModules();
      if (settings.additionalModules() == Bundling.AdditionalModules.FIND) {
        if (format.get() == Format.SERVICE_WORKER && settings.mode() == Bundling.Mode.BUNDLE) {
          return failed(Problem.of("find_additional_modules needs an entry point that is an ES module, and \"" + shown(main) + "\" has no default export",
              "add export default { … }, or remove find_additional_modules"));
        }
        AdditionalModules.find(moduleRoot, main, ModuleRules.of(settings.rules()), collected, problems);
      }
      return settings.mode() == Bundling.Mode.AS_IT_IS ? asItIs(format.get(), collected) : bundled(format.get(), collected);
    } catch (IOException e) {
      return failed(Problem.of(e.getMessage(), ""));
    }
  }

  /// A module worker has a default export; what exports nothing is a script that listens for events.
  private Optional<Format> format() throws IOException {
    List<String> flags = new ArrayList<>(SYNTAX);
    flags.add("--outdir=" + config.root());
    settings.tsconfig().ifPresent(file -> flags.add("--tsconfig=" + file));
    Build.Built built = esbuild.build(new Build(main, flags, config.root(), Optional.empty()));
    if (!built.errors().isEmpty()) {
      new BuildMessages(config.root()).report(built, problems);
      return Optional.empty();
    }
    JsonArray exports = entryPoint(built).getJsonArray("exports");
    if (exports.contains("default")) {
      return Optional.of(Format.MODULES);
    }
    if (!exports.isEmpty()) {
      problems.warning(Problem.of(Problem.Place.of(shown(main)), "it exports " + String.join(", ", exports.stream().map(String::valueOf).toList())
          + " but has no default export, and so counts as a service worker", "add export default { … }"));
    }
    return Optional.of(Format.SERVICE_WORKER);
  }

  private Optional<Bundle> bundled(Format format, CollectedModules collected) throws IOException {
    BundlePlugin plugin = new BundlePlugin(config, format, collected, moduleRoot, main.getParent());
    Build.Built built = esbuild.build(new Build(main, bundleFlags(format), config.root(), Optional.of(plugin.plugin())));
    new BuildMessages(config.root()).report(built, problems);
    if (!built.errors().isEmpty()) {
      return Optional.empty();
    }
    String file = stem() + ".js";
    String name = outputName();
    List<ModuleSource> modules = new ArrayList<>();
    modules.add(new ModuleSource(name, ModuleSource.Type.ESM, Buffer.buffer(built.outputs().get(file)), Optional.ofNullable(built.outputs().get(file + ".map"))));
    collected.modules().stream().filter(module -> !module.name().equals(name)).forEach(modules::add);
    Collection<Path> inputs = new LinkedHashSet<>(collected.files());
    inputs(built).forEach(inputs::add);
    return Optional.of(new Bundle(format, name, modules, inputs));
  }

  private List<String> bundleFlags(Format format) {
    List<String> flags = new ArrayList<>(SYNTAX);
    flags.addAll(List.of("--bundle", "--allow-overwrite", "--sourcemap=external", "--outdir=" + config.root(), "--entry-names=" + stem(),
        "--conditions=workerd,worker,browser", "--external:__STATIC_CONTENT_MANIFEST",
        "--format=" + switch (format) {
          case MODULES -> "esm";
          case SERVICE_WORKER -> "iife";
        }));
    Map<String, String> define = new LinkedHashMap<>();
    if (config.hasFlag("global_navigator")) {
      define.put("navigator.userAgent", "\"Cloudflare-Workers\"");
    }
    for (String environment : List.of("process.env", "global.process.env", "globalThis.process.env")) {
      define.put(environment + ".NODE_ENV", Json.encode(nodeEnv));
    }
    define.putAll(settings.define());
    define.forEach((name, value) -> flags.add("--define:" + name + "=" + value));
    if (settings.extras().contains(Bundling.Extra.MINIFY)) {
      flags.add("--minify");
    }
    if (settings.extras().contains(Bundling.Extra.KEEP_NAMES)) {
      flags.add("--keep-names");
    }
    settings.tsconfig().ifPresent(file -> flags.add("--tsconfig=" + file));
    settings.jsx().factory().ifPresent(factory -> flags.add("--jsx-factory=" + factory));
    settings.jsx().fragment().ifPresent(fragment -> flags.add("--jsx-fragment=" + fragment));
    return flags;
  }

  private Optional<Bundle> asItIs(Format format, CollectedModules collected) throws IOException {
    if (!JAVASCRIPT.contains(extension(main))) {
      return failed(Problem.of("the entry point \"" + shown(main) + "\" is not JavaScript, and no_bundle leaves it as it is", "remove no_bundle, or build it first"));
    }
    String name = moduleRoot.relativize(main).toString().replace('\\', '/');
    List<ModuleSource> modules = new ArrayList<>();
    modules.add(withSourceMap(new ModuleSource(name, ModuleSource.Type.ESM, Buffer.buffer(Files.readAllBytes(main)))));
    collected.modules().stream().map(this::withSourceMap).forEach(modules::add);
    Collection<Path> inputs = new LinkedHashSet<>(collected.files());
    inputs.add(main);
    return Optional.of(new Bundle(format, name, modules, inputs));
  }

  /// The map beside a module, if its last line names one.
  private ModuleSource withSourceMap(ModuleSource module) {
    if (module.type() != ModuleSource.Type.ESM && module.type() != ModuleSource.Type.COMMONJS) {
      return module;
    }
    String text = module.text();
    int at = text.lastIndexOf("//# sourceMappingURL=");
    String reference = at < 0 ? "" : text.substring(at + "//# sourceMappingURL=".length()).strip();
    if (reference.isEmpty() || reference.startsWith("data:") || reference.contains("\n")) {
      return module;
    }
    try {
      Path file = moduleRoot.resolve(module.name()).resolveSibling(reference).normalize();
      return file.startsWith(config.root()) && Files.isRegularFile(file)
          ? new ModuleSource(module.name(), module.type(), module.content(), Optional.of(Files.readString(file, StandardCharsets.UTF_8)))
          : module;
    } catch (IOException | InvalidPathException e) {
      return module;
    }
  }

  private static JsonObject entryPoint(Build.Built built) {
    JsonObject outputs = new JsonObject(built.metafile()).getJsonObject("outputs");
    return outputs.fieldNames().stream().map(outputs::getJsonObject).filter(output -> output.containsKey("entryPoint")).findFirst().orElseThrow();
  }

  private List<Path> inputs(Build.Built built) {
    return new JsonObject(built.metafile()).getJsonObject("inputs").fieldNames().stream()
        .map(name -> name.startsWith("tenon-inline-") ? name.substring(name.indexOf(':') + 1) : name)
        .map(name -> config.root().resolve(name).normalize())
        .filter(Files::isRegularFile)
        .toList();
  }

  /// The main module's name: the entry point's, as JavaScript.
  private String outputName() {
    Path folder = moduleRoot.relativize(main.getParent());
    String name = stem() + ".js";
    return folder.toString().isEmpty() ? name : folder.toString().replace('\\', '/') + "/" + name;
  }

  private String stem() {
    String name = main.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private String shown(Path file) {
    return file.startsWith(config.root()) ? config.root().relativize(file).toString() : file.toString();
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private Optional<Bundle> failed(Problem problem) {
    problems.error(problem);
    return Optional.empty();
  }
}
