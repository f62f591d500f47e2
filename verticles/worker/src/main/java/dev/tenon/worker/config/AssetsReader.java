package dev.tenon.worker.config;

import dev.tenon.worker.config.AssetSettings.HtmlHandling;
import dev.tenon.worker.config.AssetSettings.NotFoundHandling;
import dev.tenon.worker.config.AssetSettings.WorkerFirst;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the key `assets`.
final class AssetsReader {

  private static final Set<String> KEYS = Set.of("directory", "binding", "html_handling", "not_found_handling", "run_worker_first");
  private static final int RULES_MAX = 100;
  private static final int RULE_CHARS_MAX = 100;
  private static final Map<String, HtmlHandling> HTML = Map.of(
      "auto-trailing-slash", HtmlHandling.AUTO_TRAILING_SLASH, "force-trailing-slash", HtmlHandling.FORCE_TRAILING_SLASH,
      "drop-trailing-slash", HtmlHandling.DROP_TRAILING_SLASH, "none", HtmlHandling.NONE);
  private static final Map<String, NotFoundHandling> NOT_FOUND = Map.of(
      "none", NotFoundHandling.NONE, "404-page", NotFoundHandling.NEAREST_404_PAGE, "single-page-application", NotFoundHandling.SINGLE_PAGE_APPLICATION);

  private final Settings settings;
  private final Path base;

  /// @param base what the directory is relative to
  AssetsReader(Settings settings, Path base) {
    this.settings = settings;
    this.base = base;
  }

  Optional<WranglerConfig.AssetFolder> read() {
    Optional<ConfigNode> found = settings.get("assets");
    if (found.filter(node -> node.table().isPresent()).isEmpty()) {
      settings.table(found, "assets");
      return Optional.empty();
    }
    ConfigNode node = found.get();
    settings.unknownMembers("assets", node, KEYS);
    AssetSettings how = new AssetSettings(
        choice(node, "html_handling", HTML, HtmlHandling.AUTO_TRAILING_SLASH), choice(node, "not_found_handling", NOT_FOUND, NotFoundHandling.NONE), workerFirst(node));
    boolean hasCode = settings.get("main").isPresent();
    if (!hasCode && !(how.workerFirst() instanceof WorkerFirst.Never)) {
      settings.error(member(node, "run_worker_first"), "\"assets.run_worker_first\" needs a worker, and the configuration names no \"main\"", "add \"main\", or remove it");
    }
    if (!hasCode && node.get("binding").isPresent()) {
      settings.error(member(node, "binding"), "\"assets.binding\" needs a worker to bind to, and the configuration names no \"main\"", "add \"main\", or remove it");
    }
    if (hasCode && how.workerFirst() instanceof WorkerFirst.Always && node.get("binding").isEmpty()) {
      settings.warning(member(node, "run_worker_first"), "the worker gets every request, but has no binding to its assets", "add assets.binding = \"ASSETS\"");
    }
    return directory(node).map(directory -> new WranglerConfig.AssetFolder(directory, how, settings.at(member(node, "directory"))));
  }

  private static ConfigNode member(ConfigNode node, String name) {
    return node.get(name).orElse(node);
  }

  private Optional<Path> directory(ConfigNode node) {
    Optional<String> directory = node.get("directory").map(found -> settings.text(found, "assets.directory"));
    if (directory.isEmpty() || directory.get().isBlank()) {
      settings.error(member(node, "directory"), "\"assets\" names no \"directory\"", "add the folder whose files are served, e.g. directory = \"./public\"");
      return Optional.empty();
    }
    return directory.map(base::resolve).map(Path::normalize);
  }

  private <T> T choice(ConfigNode node, String key, Map<String, T> choices, T otherwise) {
    Optional<ConfigNode> found = node.get(key).filter(member -> member.value() != null);
    if (found.isEmpty()) {
      return otherwise;
    }
    T chosen = choices.get(found.get().text().orElse(""));
    if (chosen == null) {
      settings.error(found.get(), "\"assets." + key + "\" must be one of " + String.join(", ", choices.keySet().stream().sorted().toList()) + ", not "
          + found.get().text().map(text -> "\"" + text + "\"").orElse(found.get().kind()), "");
      return otherwise;
    }
    return chosen;
  }

  private WorkerFirst workerFirst(ConfigNode node) {
    Optional<ConfigNode> found = node.get("run_worker_first").filter(member -> member.value() != null);
    if (found.isEmpty()) {
      return new WorkerFirst.Never();
    }
    if (found.get().value() instanceof Boolean always) {
      return always ? new WorkerFirst.Always() : new WorkerFirst.Never();
    }
    if (found.get().list().isEmpty()) {
      settings.error(found.get(), "\"assets.run_worker_first\" must be true, false or a list of globs, not " + found.get().kind(), "");
      return new WorkerFirst.Never();
    }
    return rules(found.get());
  }

  private WorkerFirst rules(ConfigNode node) {
    List<String> worker = new ArrayList<>();
    List<String> assets = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ConfigNode item : settings.list(Optional.of(node), "assets.run_worker_first")) {
      String rule = settings.text(item, "assets.run_worker_first");
      String glob = rule.startsWith("!") ? rule.substring(1) : rule;
      if (!glob.startsWith("/")) {
        settings.error(item, "\"" + rule + "\" must begin with \"/\" or \"!/\"", "");
      } else if (rule.length() > RULE_CHARS_MAX) {
        settings.error(item, "\"" + rule + "\" has more than " + RULE_CHARS_MAX + " characters", "shorten it with \"*\"");
      } else if (!seen.add(rule)) {
        settings.error(item, "\"" + rule + "\" stands there twice", "remove one");
      } else {
        (rule.startsWith("!") ? assets : worker).add(glob);
      }
    }
    redundant(node, worker, "");
    redundant(node, assets, "!");
    if (seen.size() > RULES_MAX) {
      settings.error(node, "\"assets.run_worker_first\" has " + seen.size() + " rules, and may have " + RULES_MAX, "join some with \"*\"");
    } else if (worker.isEmpty()) {
      settings.error(node, "\"assets.run_worker_first\" names nothing for the worker", "add a rule that does not begin with \"!\"");
    }
    return new WorkerFirst.Matching(worker, assets);
  }

  private void redundant(ConfigNode node, List<String> globs, String mark) {
    for (String wide : globs.stream().filter(glob -> glob.endsWith("*")).toList()) {
      String prefix = wide.substring(0, wide.length() - 1);
      globs.stream().filter(glob -> !glob.equals(wide) && glob.startsWith(prefix)).forEach(narrow -> settings.error(
          node, "\"" + mark + narrow + "\" has no effect beside \"" + mark + wide + "\"", "remove it"));
    }
  }
}
