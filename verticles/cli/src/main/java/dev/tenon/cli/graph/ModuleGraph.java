package dev.tenon.cli.graph;

import dev.tenon.contract.coupling.WorkerReader.Import;
import dev.tenon.contract.coupling.WorkerReader.Use;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.config.WranglerConfig.Bundling;
import dev.tenon.worker.esbuild.Build;
import dev.tenon.worker.esbuild.KeptEsbuild;
import dev.tenon.worker.esbuild.Message;
import dev.tenon.worker.esbuild.Plugin;
import dev.tenon.worker.esbuild.Plugin.EsbuildResolver;
import dev.tenon.worker.esbuild.Resolution;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The imports of one worker's sources: what is reached from its entry point, and everything else in its folder, such as tests.
///
/// Every source is an entry point of a build in which each import is external. So esbuild parses each file once and resolves each import, and nothing has to be linked.
final class ModuleGraph {

  private static final Set<String> SOURCES = Set.of("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx");
  private static final Set<String> LEFT_OUT = Set.of("node_modules", "dist");
  private static final List<String> FLAGS = List.of("--bundle", "--format=esm", "--platform=node", "--conditions=workerd,worker,browser",
      "--loader:.js=jsx", "--loader:.mjs=jsx", "--loader:.cjs=jsx");

  private final WranglerConfig config;
  private final KeptEsbuild esbuild;
  /// What each file imports, filled by several threads of a build.
  private final Map<Path, Set<Path>> found = new ConcurrentHashMap<>();

  ModuleGraph(WranglerConfig config, KeptEsbuild esbuild) {
    this.config = config;
    this.esbuild = esbuild;
  }

  /// All imports that lead to a file.
  ///
  /// @throws IOException when a file that is deployed cannot be parsed, or esbuild fails
  List<Import> imports() throws IOException {
    List<Message> errors = parseAll();
    Set<Path> deployed = deployed();
    for (Message error : errors) {
      Optional<Message.Location> at = error.location().filter(place -> deployed.contains(config.root().resolve(place.file()).normalize()));
      if (at.isPresent()) {
        throw new IOException(at.get().file() + ":" + at.get().line() + ": " + error.text());
      }
    }
    List<Import> imports = new ArrayList<>();
    found.forEach((from, targets) -> targets.forEach(to -> imports.add(new Import(from, to, deployed.contains(from) ? Use.DEPLOYED : Use.FOR_TESTS))));
    return imports;
  }

  private List<Message> parseAll() throws IOException {
    Path tsconfig = tsconfig();
    try {
      List<Message> errors = new ArrayList<>();
      Set<Path> parsed = new HashSet<>();
      Set<Path> next = new TreeSet<>(sources());
      config.main().filter(Files::isRegularFile).ifPresent(next::add);
      while (!next.isEmpty()) {
        parsed.addAll(next);
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("--outdir=" + config.root().resolve("dist"));
        flags.add("--tsconfig=" + tsconfig);
        errors.addAll(esbuild.build(new Build(List.copyOf(next), flags, config.root(), Optional.of(plugin()))).errors());
        next.clear();
        found.values().forEach(targets -> targets.stream().filter(this::isOwnSource).filter(file -> !parsed.contains(file)).forEach(next::add));
      }
      return errors;
    } finally {
      Files.deleteIfExists(tsconfig);
    }
  }

  /// The worker's own settings, but with imports kept that nothing but types is used of.
  private Path tsconfig() throws IOException {
    Path own = config.bundling().tsconfig().orElse(config.root().resolve("tsconfig.json"));
    JsonObject settings = new JsonObject().put("compilerOptions", new JsonObject().put("verbatimModuleSyntax", true));
    if (Files.isRegularFile(own)) {
      settings.put("extends", own.toString());
    }
    return Files.writeString(Files.createTempFile("tenon-tsconfig", ".json"), settings.encode());
  }

  private List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(config.root())) {
      return files.filter(this::isListed).filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private boolean isListed(Path file) {
    String name = file.getFileName().toString();
    if (!isOwnSource(file) || name.matches(".*\\.d\\.[cm]?ts")) {
      return false;
    }
    for (Path part : config.root().relativize(file)) {
      if (LEFT_OUT.contains(part.toString()) || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private boolean isOwnSource(Path file) {
    return file.startsWith(config.root()) && SOURCES.contains(extension(file)) && !isInstalled(file) && Files.isRegularFile(file);
  }

  private static boolean isInstalled(Path file) {
    for (Path part : file) {
      if (part.toString().equals("node_modules")) {
        return true;
      }
    }
    return false;
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private Plugin plugin() {
    return new Plugin(List.of(new Plugin.OnResolve(".*", this::resolve)), List.of(
        new Plugin.OnLoad("file", "\\.[cm]?ts$", "ts", ModuleGraph::read),
        new Plugin.OnLoad("file", "\\.tsx$", "tsx", ModuleGraph::read)));
  }

  private Optional<Resolution> resolve(Plugin.Import asked, EsbuildResolver asEsbuildWould) {
    if (asked.kind().equals("entry-point")) {
      return Optional.empty();
    }
    String alias = config.bundling().alias().get(asked.path());
    String path = alias == null ? asked.path().replaceFirst("\\?.*$", "") : alias;
    String directory = alias == null ? asked.directory() : config.root().toString();
    target(path, directory, asEsbuildWould).ifPresent(file -> found.computeIfAbsent(Path.of(asked.importer()), _ -> ConcurrentHashMap.newKeySet()).add(file));
    return Optional.of(Resolution.external(asked.path()));
  }

  /// A file that is not there counts if it is named by its path: it may be made by a build.
  private static Optional<Path> target(String path, String directory, EsbuildResolver asEsbuildWould) {
    try {
      Optional<Path> file = asEsbuildWould.resolve(path, directory).found().map(Path::of).filter(Path::isAbsolute);
      return file.isPresent() || !path.startsWith(".") ? file : Optional.of(Path.of(directory).resolve(path).normalize());
    } catch (InvalidPathException notAFile) {
      return Optional.empty();
    }
  }

  private static String read(String file) {
    try {
      return TypeImports.reveal(Files.readString(Path.of(file)));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// What can be reached from the entry point, and what `find_additional_modules` and `no_bundle` take along.
  private Set<Path> deployed() {
    Deque<Path> next = new ArrayDeque<>();
    config.main().ifPresent(next::add);
    Bundling bundling = config.bundling();
    if (bundling.additionalModules() == Bundling.AdditionalModules.FIND) {
      Optional<Path> base = bundling.baseDirectory().or(() -> config.main().map(Path::getParent));
      base.ifPresent(folder -> found.keySet().stream().filter(file -> file.startsWith(folder)).forEach(next::add));
    }
    Map<Path, Set<Path>> graph = new HashMap<>(found);
    Set<Path> reached = new HashSet<>();
    while (!next.isEmpty()) {
      Path file = next.pop();
      if (reached.add(file)) {
        next.addAll(graph.getOrDefault(file, Set.of()));
      }
    }
    return reached;
  }
}
