package dev.tenon.worker;

import dev.tenon.worker.WorkerDefinition.Format;
import dev.tenon.worker.config.NodeCompat;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.config.WranglerConfig.Bundling.FileNames;
import dev.tenon.worker.config.WranglerConfig.ModuleRule;
import dev.tenon.worker.esbuild.Plugin;
import dev.tenon.worker.esbuild.Plugin.EsbuildResolver;
import dev.tenon.worker.esbuild.Plugin.Import;
import dev.tenon.worker.esbuild.Resolution;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What wrangler's esbuild plugins do: aliases, modules that stand beside the bundle, and the runtime's own modules.
final class BundlePlugin {

  /// Modules that a service worker gets inside its script, because a script imports nothing.
  private static final String INLINE = "tenon-inline-";
  /// `require()` of a module that the runtime has.
  private static final String REQUIRED = "tenon-required";
  /// `require()` or `import()` of a module that is not there.
  private static final String ABSENT = "tenon-absent";

  private final WranglerConfig config;
  private final Format format;
  private final CollectedModules collected;
  private final Path moduleRoot;
  private final Path mainDirectory;

  BundlePlugin(WranglerConfig config, Format format, CollectedModules collected, Path moduleRoot, Path mainDirectory) {
    this.config = config;
    this.format = format;
    this.collected = collected;
    this.moduleRoot = moduleRoot;
    this.mainDirectory = mainDirectory;
  }

  Plugin plugin() {
    List<Plugin.OnResolve> resolvers = new ArrayList<>();
    Map<String, String> alias = config.bundling().alias();
    if (!alias.isEmpty()) {
      resolvers.add(new Plugin.OnResolve("^(" + alias.keySet().stream().map(BundlePlugin::quoted).collect(Collectors.joining("|")) + ")$", this::alias));
    }
    if (!collected.modules().isEmpty()) {
      resolvers.add(new Plugin.OnResolve("^\\.\\.?/", (asked, _) -> additional(asked)));
    }
    ModuleRules rules = ModuleRules.of(config.bundling().rules());
    rules.active().stream().filter(rule -> !ModuleRules.isJavaScript(rule.type())).forEach(rule -> rule.globs().forEach(glob -> resolvers.add(
        new Plugin.OnResolve(Glob.forImports(glob), (asked, esbuild) -> module(rule, asked, esbuild)))));
    rules.shadowed().forEach(rule -> rule.globs().forEach(glob -> resolvers.add(
        new Plugin.OnResolve(Glob.forImports(glob), (asked, _) -> Optional.of(Resolution.refused("\"" + asked.path()
            + "\" matches a module rule (" + glob + ") that is left out, because an earlier rule of the same type does not say fallthrough = true"))))));
    resolvers.add(new Plugin.OnResolve(RuntimeModules.nodePattern(), this::node));
    resolvers.add(new Plugin.OnResolve("^cloudflare:", (asked, _) -> Optional.of(runtime(asked))));
    List<Plugin.OnLoad> loaders = new ArrayList<>();
    for (ModuleSource.Type type : ModuleSource.Type.values()) {
      loaders.add(new Plugin.OnLoad(INLINE + type, path -> inlined(type, Path.of(path))));
    }
    loaders.add(new Plugin.OnLoad(ABSENT, path -> "throw Object.assign(new Error(" + Json.encode(path.substring(path.indexOf(' ') + 1))
        + "), { code: 'MODULE_NOT_FOUND' });\n"));
    loaders.add(new Plugin.OnLoad(REQUIRED, path -> "import it from " + Json.encode(path) + ";\nmodule.exports = it;\n"));
    return new Plugin(resolvers, loaders);
  }

  private Optional<Resolution> alias(Import asked, EsbuildResolver esbuild) {
    String target = config.bundling().alias().get(asked.path());
    Import meant = new Import(target, asked.importer(), asked.directory(), asked.kind());
    if (target.startsWith("cloudflare:")) {
      return Optional.of(runtime(meant));
    }
    if (target.startsWith("node:")) {
      return node(meant, esbuild);
    }
    Resolution found = esbuild.resolve(target, config.root().toString());
    return found.found().isPresent() ? Optional.of(found)
        : Optional.of(Resolution.refused("alias \"" + asked.path() + "\" stands for \"" + target + "\", which cannot be found from the worker's folder"));
  }

  /// A module that `find_additional_modules` found stays outside the bundle, under its own name as the bundle sees it.
  private Optional<Resolution> additional(Import asked) {
    Path file = Path.of(asked.directory()).resolve(withoutQuery(asked.path())).normalize();
    if (!file.startsWith(moduleRoot) || !collected.contains(slashed(moduleRoot.relativize(file)))) {
      return Optional.empty();
    }
    String fromMain = slashed(mainDirectory.relativize(file));
    return Optional.of(Resolution.external(fromMain.startsWith(".") ? fromMain : "./" + fromMain));
  }

  private Optional<Resolution> module(ModuleRule rule, Import asked, EsbuildResolver esbuild) {
    String path = withoutQuery(asked.path());
    Path file = esbuild.resolve(path, asked.directory()).found().map(Path::of).orElse(Path.of(asked.directory()).resolve(path).normalize());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    ModuleSource.Type type = ModuleRules.moduleType(rule.type());
    if (format == Format.SERVICE_WORKER) {
      return Optional.of(Resolution.in(INLINE + type, file.toString()).watching(file.toString()));
    }
    try {
      String name;
      if (config.bundling().fileNames() == FileNames.PRESERVED) {
        name = path.replaceFirst("^(\\./)+", "");
        collected.addNamed(name, file, type);
      } else {
        name = collected.addHashed(file, type);
      }
      return Optional.of(Resolution.external("./" + name).watching(file.toString()));
    } catch (IOException e) {
      return Optional.of(Resolution.refused("\"" + asked.path() + "\" cannot be read: " + e.getMessage()));
    }
  }

  private Optional<Resolution> node(Import asked, EsbuildResolver esbuild) {
    String name = RuntimeModules.withNodePrefix(asked.path());
    boolean bare = !asked.path().startsWith("node:");
    NodeCompat compat = config.nodeCompat();
    if (compat.has(name) && (!bare || compat == NodeCompat.FULL)) {
      return Optional.of(RuntimeModules.isProvided(name)
          ? runtime(new Import(name, asked.importer(), asked.directory(), asked.kind()))
          : absent(asked, name, " is a module of Node.js that Tenon does not provide"));
    }
    // An npm package of the same name (buffer, events, punycode, …) does as well.
    if (bare && esbuild.resolve(asked.path(), asked.directory()).found().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(absent(asked, name, compat.has(name)
        ? " is a module of Node.js: import it as \"" + name + "\", or raise compatibility_date to 2024-09-23 or later"
        : " is a module of Node.js: add \"nodejs_compat\" to compatibility_flags to use it"));
  }

  /// A static import of a module that is not there ends the build. A `require` or `import()` may never be reached: it fails when it is.
  private static Resolution absent(Import asked, String name, String why) {
    String message = "\"" + asked.path() + "\"" + why;
    return asked.kind().equals("import-statement") ? Resolution.refused(message) : Resolution.in(ABSENT, name + " " + message);
  }

  private Resolution runtime(Import asked) {
    if (format == Format.SERVICE_WORKER) {
      return Resolution.refused("\"" + asked.path() + "\" cannot be imported by a worker without a default export, which counts as a service worker: "
          + "add export default { … } to the entry point");
    }
    if (!RuntimeModules.isProvided(asked.path())) {
      return asked.kind().equals("import-statement")
          ? Resolution.refused("\"" + asked.path() + "\" is a module that Tenon does not provide yet")
          : Resolution.external(asked.path());
    }
    return asked.kind().equals("require-call") ? Resolution.in(REQUIRED, asked.path()) : Resolution.external(asked.path());
  }

  private static String inlined(ModuleSource.Type type, Path file) {
    try {
      if (type == ModuleSource.Type.TEXT) {
        return "export default " + Json.encode(Files.readString(file)) + ";";
      }
      String bytes = "Uint8Array.from(atob(\"" + Base64.getEncoder().encodeToString(Files.readAllBytes(file)) + "\"), (c) => c.charCodeAt(0))";
      return "export default " + (type == ModuleSource.Type.WASM ? "new WebAssembly.Module(" + bytes + ")" : bytes + ".buffer") + ";";
    } catch (IOException e) {
      throw new IllegalStateException("\"" + file + "\" cannot be read: " + e.getMessage(), e);
    }
  }

  private static String withoutQuery(String path) {
    return path.replaceFirst("\\?.*$", "");
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String quoted(String text) {
    return text.replaceAll("[-/\\\\^$*+?.()|\\[\\]{}]", "\\\\$0");
  }
}
