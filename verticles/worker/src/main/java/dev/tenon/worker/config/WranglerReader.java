package dev.tenon.worker.config;

import dev.tenon.worker.config.WranglerConfig.BindingEntry;
import dev.tenon.worker.config.WranglerConfig.Bundling;
import dev.tenon.worker.config.WranglerConfig.ModuleRule;
import dev.tenon.worker.config.WranglerConfig.ModuleType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
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
  private static final Set<String> SERVICE_KEYS = Set.of("binding", "service", "environment", "entrypoint", "props", "remote");
  private static final Set<String> LIMIT_KEYS = Set.of("cpu_ms", "subrequests");
  private static final Set<String> RULE_KEYS = Set.of("type", "globs", "fallthrough");

  private final Path file;
  private final Path root;
  private final Optional<String> environment;
  private final Problems problems;
  private final ConfigFile config;
  private final ConfigNode top;
  private final Optional<ConfigNode> section;

  WranglerReader(Path file, Path root, Optional<String> environment, Problems problems) {
    this.file = file;
    this.root = root;
    this.environment = environment;
    this.problems = problems;
    this.config = ConfigFile.read(file, file.startsWith(root) ? root.relativize(file).toString() : file.toString());
    this.top = config.root();
    if (top.table().isEmpty()) {
      throw new WorkerConfigException(Problem.of(config.at(top), "the configuration must be a table of settings, not " + top.kind(), "write { … }"));
    }
    this.section = environment.flatMap(this::section);
  }

  WranglerConfig read() {
    unknownKeys();
    notInheritedKeys();
    notSupportedKeys();
    return new WranglerConfig(root, name(), path("main"), date(), flags(), vars(), requiredSecrets(), bindings(), bundling(), cpuLimit(),
        subrequestLimit(), texts(get("triggers").flatMap(triggers -> triggers.get("crons")), "triggers.crons"));
  }

  private Optional<ConfigNode> section(String name) {
    Map<String, ConfigNode> sections = top.get("env").flatMap(ConfigNode::table).orElse(Map.of());
    ConfigNode found = sections.get(name);
    if (found == null) {
      error(top.get("env").orElse(top), "there is no environment \"" + name + "\"",
          sections.isEmpty() ? "add \"env." + name + "\", or leave the environment away" : "choose one of " + String.join(", ", sections.keySet()));
      return Optional.empty();
    }
    if (found.table().isEmpty()) {
      error(found, "\"env." + name + "\" must be a table of settings, not " + found.kind(), "");
      return Optional.empty();
    }
    return Optional.of(found);
  }

  private void unknownKeys() {
    top.table().orElseThrow().forEach((key, node) -> {
      if (!ConfigKeys.knownAtTop(key)) {
        unknown(key, key, node, ConfigKeys.nearest(key));
      }
    });
    section.flatMap(ConfigNode::table).ifPresent(table -> table.forEach((key, node) -> {
      if (!ConfigKeys.knownInEnvironment(key)) {
        String name = "env." + environment.orElseThrow() + "." + key;
        if (ConfigKeys.knownAtTop(key)) {
          warning(node, "\"" + name + "\" has no effect: \"" + key + "\" belongs to the top level", "move it there");
        } else {
          unknown(key, name, node, ConfigKeys.nearest(key));
        }
      }
    }));
  }

  private void unknown(String key, String name, ConfigNode node, Optional<String> nearest) {
    warning(node, "unknown key \"" + name + "\"", nearest
        .map(known -> "did you mean \"" + known + "\"?")
        .orElse("it has no effect; check its spelling"));
  }

  private void unknownMembers(String name, ConfigNode node, Set<String> known) {
    node.table().ifPresent(table -> table.forEach((key, member) -> {
      if (!known.contains(key)) {
        unknown(key, name + "." + key, member, ConfigKeys.nearest(key, known));
      }
    }));
  }

  /// Vars, bindings and a few more are not taken over by an environment; who forgets that gets a worker without them.
  private void notInheritedKeys() {
    if (section.isEmpty()) {
      return;
    }
    String env = environment.orElseThrow();
    Map<String, ConfigNode> own = section.get().table().orElseThrow();
    top.table().orElseThrow().forEach((key, node) -> {
      boolean belongsInBoth = ConfigKeys.knownInEnvironment(key) && !ConfigKeys.inherited(key);
      if (belongsInBoth && !own.containsKey(key) && !isEmpty(node)) {
        warning(node, "\"" + key + "\" is set at the top level but not in \"env." + env + "\", which does not inherit it",
            "repeat it in \"env." + env + "\" if the worker needs it there");
      }
    });
    Map<String, ConfigNode> ownVars = Optional.ofNullable(own.get("vars")).flatMap(ConfigNode::table).orElse(null);
    if (ownVars != null) {
      top.get("vars").flatMap(ConfigNode::table).ifPresent(vars -> vars.forEach((key, node) -> {
        if (!ownVars.containsKey(key)) {
          warning(node, "\"vars." + key + "\" is set at the top level but not in \"env." + env + ".vars\", which does not inherit it",
              "repeat it in \"env." + env + ".vars\" if the worker needs it there");
        }
      }));
    }
  }

  private static boolean isEmpty(ConfigNode node) {
    return node.table().map(Map::isEmpty).or(() -> node.list().map(List::isEmpty)).orElse(false);
  }

  private void notSupportedKeys() {
    top.get("site").ifPresent(node -> error(node, "\"site\" (Workers Sites) is not supported", "use \"assets\", its successor, when Tenon serves them"));
    get("build").flatMap(build -> build.get("command")).ifPresent(node -> warning(node,
        "\"build.command\" is not run by Tenon", "run it before, e.g. in your package.json's scripts"));
    get("tail_consumers").filter(node -> !isEmpty(node)).ifPresent(node -> warning(node, "\"tail_consumers\" has no effect: tail workers are not supported yet", ""));
    get("queues").flatMap(queues -> queues.get("consumers")).filter(node -> !isEmpty(node)).ifPresent(node -> warning(node,
        "\"queues.consumers\" has no effect: queues are not supported yet", ""));
    get("containers").filter(node -> !isEmpty(node)).ifPresent(node -> error(node, "\"containers\" are not supported", "remove them from the configuration"));
    get("assets").filter(assets -> assets.get("binding").isEmpty()).ifPresent(node -> error(node, "\"assets\" are not served by Tenon yet",
        "remove them from the configuration"));
  }

  private String name() {
    Optional<ConfigNode> own = section.flatMap(node -> node.get("name"));
    Optional<ConfigNode> node = own.or(() -> top.get("name"));
    String folder = Optional.ofNullable(root.getFileName()).map(Path::toString).orElse("worker");
    String name = node.map(found -> text(found, "name")).filter(found -> !found.isEmpty()).orElseGet(() -> nameOf(folder));
    if (node.isPresent() && node.get().text().isPresent() && !name.isEmpty() && !NAME.matcher(name).matches()) {
      error(node.get(), "\"name\" must be lower-case letters, digits, \"-\" and \"_\", not \"" + name + "\"", "for example \"" + nameOf(name) + "\"");
    }
    return section.isPresent() && own.isEmpty() ? name + "-" + environment.orElseThrow() : name;
  }

  /// A valid worker name made of any text, e.g. a file's name.
  static String nameOf(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "worker" : name;
  }

  private LocalDate date() {
    Optional<ConfigNode> node = get("compatibility_date");
    if (node.isEmpty()) {
      warning(top, "no \"compatibility_date\" is set: the newest behaviour, " + Compatibility.NEWEST + ", is used",
          "add compatibility_date = \"" + Compatibility.NEWEST + "\"");
      return Compatibility.NEWEST;
    }
    String text = text(node.get(), "compatibility_date");
    try {
      LocalDate date = text.isEmpty() ? Compatibility.NEWEST : LocalDate.parse(text);
      if (date.isAfter(Compatibility.NEWEST)) {
        warning(node.get(), "\"compatibility_date\" is later than the newest behaviour Tenon knows, which is used: " + Compatibility.NEWEST, "");
        return Compatibility.NEWEST;
      }
      return date;
    } catch (DateTimeParseException e) {
      error(node.get(), "\"compatibility_date\" must be a date such as " + Compatibility.NEWEST + ", not \"" + text + "\"", "");
      return Compatibility.NEWEST;
    }
  }

  private Set<String> flags() {
    Optional<ConfigNode> node = get("compatibility_flags");
    List<String> flags = texts(node, "compatibility_flags");
    flags.stream().filter(flag -> !Compatibility.flags().contains(flag)).forEach(flag -> warning(
        node.orElseThrow().list().orElseThrow().get(flags.indexOf(flag)),
        "compatibility flag \"" + flag + "\" is not known to Tenon and has no effect",
        ConfigKeys.nearest(flag, Compatibility.flags()).map(known -> "did you mean \"" + known + "\"?").orElse("")));
    return new LinkedHashSet<>(flags);
  }

  private Map<String, Object> vars() {
    Map<String, Object> vars = new LinkedHashMap<>();
    table(own("vars"), "vars").forEach((key, node) -> vars.put(key, node.plain()));
    return vars;
  }

  private Set<String> requiredSecrets() {
    return new LinkedHashSet<>(texts(own("secrets").flatMap(secrets -> secrets.get("required")), "secrets.required"));
  }

  private List<BindingEntry> bindings() {
    List<BindingEntry> bindings = new ArrayList<>();
    for (BindingKind kind : BindingKind.values()) {
      Optional<ConfigNode> node = kind.topLevelOnly() ? top.get(kind.key()) : kind.inheritable() ? get(kind.key()) : own(kind.key());
      node.ifPresent(found -> bindings(kind, found, bindings));
    }
    bindings.sort(Comparator.comparingInt((BindingEntry entry) -> entry.at().line()).thenComparingInt(entry -> entry.at().column()));
    duplicates(bindings);
    return bindings;
  }

  private void bindings(BindingKind kind, ConfigNode node, List<BindingEntry> bindings) {
    switch (kind.shape()) {
      case LIST, NAMED_LIST -> list(Optional.of(node), kind.key()).forEach(item -> binding(kind, item, bindings));
      case NESTED_LIST, NESTED_NAMED_LIST -> list(node.get(kind.inner()), kind.key() + "." + kind.inner()).forEach(item -> binding(kind, item, bindings));
      case SINGLE -> {
        // "assets" without a binding serves files and gives the code nothing.
        if (kind != BindingKind.ASSETS || node.get("binding").isPresent()) {
          binding(kind, node, bindings);
        }
      }
      case BLOBS -> table(Optional.of(node), kind.key()).forEach((name, path) -> bindings.add(
          new BindingEntry(kind.key(), name, Map.of("path", text(path, kind.key() + "." + name)), config.at(path))));
    }
  }

  private void binding(BindingKind kind, ConfigNode node, List<BindingEntry> bindings) {
    Map<String, ConfigNode> table = table(Optional.of(node), kind.key());
    ConfigNode name = table.get(kind.nameKey());
    if (name == null || name.text().filter(text -> !text.isBlank()).isEmpty()) {
      if (node.table().isPresent()) {
        error(node, "an entry of \"" + kind.key() + "\" has no \"" + kind.nameKey() + "\"", "add the name it has in env");
      }
      return;
    }
    if (kind == BindingKind.SERVICES) {
      unknownMembers("services", node, SERVICE_KEYS);
      if (table.get("service") == null || table.get("service").text().isEmpty()) {
        error(node, "service binding \"" + name.text().orElseThrow() + "\" names no \"service\"", "add the name of the component it calls");
        return;
      }
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    table.forEach((key, value) -> settings.put(key, value.plain()));
    bindings.add(new BindingEntry(kind.key(), name.text().orElseThrow(), settings, config.at(node)));
  }

  private void duplicates(List<BindingEntry> bindings) {
    Map<String, BindingEntry> seen = new HashMap<>();
    Map<String, ConfigNode> vars = own("vars").flatMap(ConfigNode::table).orElse(Map.of());
    for (BindingEntry entry : bindings) {
      BindingEntry other = seen.putIfAbsent(entry.name(), entry);
      if (other != null) {
        problems.error(Problem.of(entry.at(), "binding \"" + entry.name() + "\" is already defined at " + other.at() + " (" + other.kind() + ")",
            "give one of them another name"));
      } else if (vars.containsKey(entry.name())) {
        problems.error(Problem.of(entry.at(), "binding \"" + entry.name() + "\" is already defined at " + config.at(vars.get(entry.name())) + " (vars)",
            "give one of them another name"));
      }
    }
  }

  private Bundling bundling() {
    boolean asItIs = flag("no_bundle", false);
    Set<Bundling.Extra> extras = EnumSet.noneOf(Bundling.Extra.class);
    if (flag("minify", false)) {
      extras.add(Bundling.Extra.MINIFY);
    }
    if (flag("keep_names", true)) {
      extras.add(Bundling.Extra.KEEP_NAMES);
    }
    return new Bundling(
        asItIs ? Bundling.Mode.AS_IT_IS : Bundling.Mode.BUNDLE,
        rules(),
        textTable(top.get("alias"), "alias"),
        textTable(own("define"), "define"),
        flag("find_additional_modules", asItIs) ? Bundling.AdditionalModules.FIND : Bundling.AdditionalModules.IGNORE,
        path("base_dir"),
        flag("preserve_file_names", false) ? Bundling.FileNames.PRESERVED : Bundling.FileNames.HASHED,
        extras,
        path("tsconfig"),
        new Bundling.Jsx(optionalText("jsx_factory"), optionalText("jsx_fragment")));
  }

  private List<ModuleRule> rules() {
    List<ModuleRule> rules = new ArrayList<>();
    for (ConfigNode node : list(get("rules"), "rules")) {
      unknownMembers("rules", node, RULE_KEYS);
      Optional<ModuleType> type = node.get("type").flatMap(this::ruleType);
      List<String> globs = texts(node.get("globs"), "rules.globs");
      if (node.get("type").isEmpty() || globs.isEmpty()) {
        error(node, "an entry of \"rules\" needs \"type\" and \"globs\"", "for example { type = \"Text\", globs = [\"**/*.md\"] }");
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
        error(node, "Python workers are not supported", "");
        yield Optional.empty();
      }
      default -> {
        error(node, "\"rules.type\" must be ESModule, CommonJS, CompiledWasm, Text or Data, not " + node.kind(), "");
        yield Optional.empty();
      }
    };
  }

  private Optional<Duration> cpuLimit() {
    get("limits").ifPresent(node -> unknownMembers("limits", node, LIMIT_KEYS));
    return limit("cpu_ms").stream().mapToObj(Duration::ofMillis).findFirst();
  }

  private OptionalInt subrequestLimit() {
    return limit("subrequests");
  }

  private OptionalInt limit(String key) {
    Optional<ConfigNode> node = get("limits").flatMap(limits -> limits.get(key));
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    if (node.get().value() instanceof Number number && number.longValue() == number.doubleValue() && number.longValue() > 0
        && number.longValue() <= Integer.MAX_VALUE) {
      return OptionalInt.of(number.intValue());
    }
    error(node.get(), "\"limits." + key + "\" must be a whole number above 0, not " + node.get().kind(), "");
    return OptionalInt.empty();
  }

  /// An inherited key: the environment's own value, or the top level's.
  private Optional<ConfigNode> get(String key) {
    return section.flatMap(node -> node.get(key)).or(() -> top.get(key)).filter(node -> node.value() != null);
  }

  /// A key that is not inherited.
  private Optional<ConfigNode> own(String key) {
    return (environment.isPresent() && section.isPresent() ? section.get() : top).get(key).filter(node -> node.value() != null);
  }

  private String text(ConfigNode node, String name) {
    return node.text().orElseGet(() -> {
      error(node, "\"" + name + "\" must be text, not " + node.kind(), "");
      return "";
    });
  }

  private Optional<String> optionalText(String key) {
    return get(key).map(node -> text(node, key)).filter(text -> !text.isEmpty());
  }

  private Optional<Path> path(String key) {
    return optionalText(key).map(text -> file.toAbsolutePath().getParent().resolve(text).normalize());
  }

  private boolean flag(String key, boolean otherwise) {
    return get(key).map(node -> {
      if (node.value() instanceof Boolean value) {
        return value;
      }
      error(node, "\"" + key + "\" must be true or false, not " + node.kind(), "");
      return otherwise;
    }).orElse(otherwise);
  }

  private List<ConfigNode> list(Optional<ConfigNode> node, String name) {
    return node.map(found -> found.list().orElseGet(() -> {
      error(found, "\"" + name + "\" must be a list, not " + found.kind(), "");
      return List.of();
    })).orElse(List.of());
  }

  private List<String> texts(Optional<ConfigNode> node, String name) {
    return list(node, name).stream().map(item -> text(item, name)).filter(text -> !text.isEmpty()).toList();
  }

  private Map<String, ConfigNode> table(Optional<ConfigNode> node, String name) {
    return node.map(found -> found.table().orElseGet(() -> {
      error(found, "\"" + name + "\" must be a table, not " + found.kind(), "");
      return Map.of();
    })).orElse(Map.of());
  }

  private Map<String, String> textTable(Optional<ConfigNode> node, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    table(node, name).forEach((key, value) -> texts.put(key, text(value, name + "." + key)));
    return texts;
  }

  private void error(ConfigNode node, String message, String remedy) {
    problems.error(Problem.of(config.at(node), message, remedy));
  }

  private void warning(ConfigNode node, String message, String remedy) {
    problems.warning(Problem.of(config.at(node), message, remedy));
  }
}
