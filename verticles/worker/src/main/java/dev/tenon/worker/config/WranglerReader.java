package dev.tenon.worker.config;

import dev.tenon.worker.config.WranglerConfig.BuildCommand;
import dev.tenon.worker.config.WranglerConfig.Bundling;
import dev.tenon.worker.config.WranglerConfig.ModuleRule;
import dev.tenon.worker.config.WranglerConfig.ModuleType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one configuration file for one environment, and says everything that is wrong with it.
final class WranglerReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]*");
  private static final Set<String> LIMIT_KEYS = Set.of("cpu_ms", "subrequests");
  private static final Set<String> BUILD_KEYS = Set.of("command", "cwd", "watch_dir", "upload");
  private static final Set<String> RULE_KEYS = Set.of("type", "globs", "fallthrough");

  private final Path file;
  private final Path root;
  private final Problems problems;
  private final Settings settings;

  WranglerReader(Path file, Path root, Optional<String> environment, Problems problems) {
    this.file = file;
    this.root = root;
    this.problems = problems;
    String shown = file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    this.settings = new Settings(ConfigFile.read(file, shown), environment, problems);
  }

  WranglerConfig read() {
    new KeyCheck(settings).run();
    return new WranglerConfig(root, name(), path("main"), date(), flags(), vars(), requiredSecrets(), new BindingReader(settings, problems).read(),
        buildCommand(), bundling(), cpuLimit(), limit("subrequests"), crons(),
        new AssetsReader(settings, file.toAbsolutePath().getParent()).read());
  }

  private String name() {
    Optional<ConfigNode> own = settings.section().flatMap(node -> node.get("name"));
    Optional<ConfigNode> node = own.or(() -> settings.top().get("name"));
    String folder = Optional.ofNullable(root.getFileName()).map(Path::toString).orElse("worker");
    String name = node.map(found -> settings.text(found, "name")).filter(found -> !found.isEmpty()).orElseGet(() -> nameOf(folder));
    if (node.isPresent() && node.get().text().isPresent() && !name.isEmpty() && !NAME.matcher(name).matches()) {
      settings.error(node.get(), "\"name\" must be lower-case letters, digits, \"-\" and \"_\", not \"" + name + "\"", "for example \"" + nameOf(name) + "\"");
    }
    return settings.section().isPresent() && own.isEmpty() ? name + "-" + settings.environment() : name;
  }

  /// A valid worker name made of any text, e.g. a file's name.
  static String nameOf(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "worker" : name;
  }

  private LocalDate date() {
    Optional<ConfigNode> node = settings.get("compatibility_date");
    if (node.isEmpty()) {
      settings.warning(settings.top(), "no \"compatibility_date\" is set: the newest behaviour, " + Compatibility.NEWEST + ", is used",
          "add compatibility_date = \"" + Compatibility.NEWEST + "\"");
      return Compatibility.NEWEST;
    }
    String text = settings.text(node.get(), "compatibility_date");
    try {
      LocalDate date = text.isEmpty() ? Compatibility.NEWEST : LocalDate.parse(text);
      if (date.isAfter(Compatibility.NEWEST)) {
        settings.warning(node.get(), "\"compatibility_date\" is later than the newest behaviour Tenon knows, which is used: " + Compatibility.NEWEST, "");
        return Compatibility.NEWEST;
      }
      return date;
    } catch (DateTimeParseException e) {
      settings.error(node.get(), "\"compatibility_date\" must be a date such as " + Compatibility.NEWEST + ", not \"" + text + "\"", "");
      return Compatibility.NEWEST;
    }
  }

  private Set<String> flags() {
    Set<String> flags = new LinkedHashSet<>();
    for (ConfigNode node : settings.list(settings.get("compatibility_flags"), "compatibility_flags")) {
      String flag = settings.text(node, "compatibility_flags");
      if (!flag.isEmpty() && !Compatibility.flags().contains(flag)) {
        settings.warning(node, "compatibility flag \"" + flag + "\" is not known to Tenon and has no effect",
            ConfigKeys.nearest(flag, Compatibility.flags()).map(known -> "did you mean \"" + known + "\"?").orElse(""));
      }
      if (Compatibility.opposite(flag).filter(flags::contains).isPresent()) {
        settings.error(node, "compatibility flags \"" + Compatibility.opposite(flag).get() + "\" and \"" + flag + "\" contradict each other", "remove one of them");
      }
      flags.add(flag);
    }
    return flags;
  }

  private Map<String, Object> vars() {
    Map<String, Object> vars = new LinkedHashMap<>();
    settings.table(settings.own("vars"), "vars").forEach((key, node) -> vars.put(key, node.plain()));
    return vars;
  }

  private List<String> crons() {
    Optional<ConfigNode> crons = settings.get("triggers").flatMap(triggers -> triggers.get("crons")).filter(node -> node.value() != null);
    settings.list(crons, "triggers.crons").forEach(node -> node.text().flatMap(CronExpression::fault).ifPresent(fault -> settings.error(
        node, "\"triggers.crons\" has \"" + node.text().orElseThrow() + "\", which is no cron expression: " + fault, "for example \"*/30 * * * *\"")));
    return settings.texts(crons, "triggers.crons");
  }

  private Set<String> requiredSecrets() {
    return new LinkedHashSet<>(settings.texts(settings.own("secrets").flatMap(secrets -> secrets.get("required")), "secrets.required"));
  }

  private Optional<BuildCommand> buildCommand() {
    Optional<ConfigNode> build = settings.get("build");
    build.ifPresent(node -> settings.unknownMembers("build", node, BUILD_KEYS));
    Path directory = build.flatMap(node -> node.get("cwd")).map(node -> settings.text(node, "build.cwd")).map(root::resolve).orElse(root).normalize();
    return build.flatMap(node -> node.get("command"))
        .map(node -> new BuildCommand(settings.text(node, "build.command"), directory, watchedByBuild(build.get()), settings.at(node)))
        .filter(command -> !command.command().isBlank());
  }

  /// One folder or several; `src` when nothing is said.
  private List<Path> watchedByBuild(ConfigNode build) {
    Optional<ConfigNode> node = build.get("watch_dir");
    List<String> folders = node.isEmpty() ? List.of("src")
        : node.get().list().isPresent() ? settings.texts(node, "build.watch_dir") : List.of(settings.text(node.get(), "build.watch_dir"));
    return folders.stream().map(folder -> root.resolve(folder).normalize()).toList();
  }

  private Bundling bundling() {
    boolean asItIs = settings.flag("no_bundle", false);
    Set<Bundling.Extra> extras = EnumSet.noneOf(Bundling.Extra.class);
    if (settings.flag("minify", false)) {
      extras.add(Bundling.Extra.MINIFY);
    }
    if (settings.flag("keep_names", true)) {
      extras.add(Bundling.Extra.KEEP_NAMES);
    }
    return new Bundling(
        asItIs ? Bundling.Mode.AS_IT_IS : Bundling.Mode.BUNDLE,
        rules(),
        settings.textTable(settings.top().get("alias"), "alias"),
        settings.textTable(settings.own("define"), "define"),
        settings.flag("find_additional_modules", asItIs) ? Bundling.AdditionalModules.FIND : Bundling.AdditionalModules.IGNORE,
        path("base_dir"),
        settings.flag("preserve_file_names", false) ? Bundling.FileNames.PRESERVED : Bundling.FileNames.HASHED,
        extras,
        path("tsconfig"),
        new Bundling.Jsx(settings.optionalText("jsx_factory"), settings.optionalText("jsx_fragment")));
  }

  private List<ModuleRule> rules() {
    List<ModuleRule> rules = new ArrayList<>();
    for (ConfigNode node : settings.list(settings.get("rules"), "rules")) {
      settings.unknownMembers("rules", node, RULE_KEYS);
      Optional<ModuleType> type = node.get("type").flatMap(this::ruleType);
      List<String> globs = settings.texts(node.get("globs"), "rules.globs");
      if (node.get("type").isEmpty() || globs.isEmpty()) {
        settings.error(node, "an entry of \"rules\" needs \"type\" and \"globs\"", "for example { type = \"Text\", globs = [\"**/*.md\"] }");
      } else if (type.isPresent()) {
        rules.add(new ModuleRule(type.get(), globs, node.get("fallthrough").map(each -> Boolean.TRUE.equals(each.value())
            ? ModuleRule.Fallthrough.YES : ModuleRule.Fallthrough.NO).orElse(ModuleRule.Fallthrough.NOT_SAID)));
      }
    }
    return rules;
  }

  private Optional<ModuleType> ruleType(ConfigNode node) {
    return switch (node.text().orElse("")) {
      case "ESModule" -> Optional.of(ModuleType.ESM);
      case "CommonJS" -> Optional.of(ModuleType.COMMONJS);
      case "CompiledWasm" -> Optional.of(ModuleType.WASM);
      case "Text" -> Optional.of(ModuleType.TEXT);
      case "Data" -> Optional.of(ModuleType.DATA);
      case "PythonModule", "PythonRequirement" -> {
        settings.error(node, "Python workers are not supported", "");
        yield Optional.empty();
      }
      default -> {
        settings.error(node, "\"rules.type\" must be ESModule, CommonJS, CompiledWasm, Text or Data, not " + node.kind(), "");
        yield Optional.empty();
      }
    };
  }

  private Optional<Duration> cpuLimit() {
    settings.get("limits").ifPresent(node -> settings.unknownMembers("limits", node, LIMIT_KEYS));
    return limit("cpu_ms").stream().mapToObj(Duration::ofMillis).findFirst();
  }

  private OptionalInt limit(String key) {
    Optional<ConfigNode> node = settings.get("limits").flatMap(limits -> limits.get(key));
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    if (node.get().value() instanceof Number number && number.longValue() == number.doubleValue() && number.longValue() > 0
        && number.longValue() <= Integer.MAX_VALUE) {
      return OptionalInt.of(number.intValue());
    }
    settings.error(node.get(), "\"limits." + key + "\" must be a whole number above 0, not " + node.get().kind(), "");
    return OptionalInt.empty();
  }

  private Optional<Path> path(String key) {
    settings.get(key).ifPresent(node -> problems.place(key, settings.at(node)));
    return settings.optionalText(key).map(text -> file.toAbsolutePath().getParent().resolve(text).normalize());
  }
}
