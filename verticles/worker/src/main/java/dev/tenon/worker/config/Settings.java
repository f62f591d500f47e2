package dev.tenon.worker.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A configuration seen from one environment: its own settings over those it inherits. What has the wrong type is reported and counts as not there.
final class Settings {

  private final ConfigFile file;
  private final Optional<String> environment;
  private final Problems problems;
  private final ConfigNode top;
  private final Optional<ConfigNode> section;

  /// @throws WorkerConfigException when the file is no table of settings
  Settings(ConfigFile file, Optional<String> environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
    this.top = file.root();
    if (top.table().isEmpty()) {
      throw new WorkerConfigException(Problem.of(file.at(top), "the configuration must be a table of settings, not " + top.kind(), "write { … }"));
    }
    this.section = environment.flatMap(this::section);
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

  ConfigNode top() {
    return top;
  }

  /// The environment's settings, if there is an environment.
  Optional<ConfigNode> section() {
    return section;
  }

  /// The environment's name; only where there is a [#section()].
  String environment() {
    return environment.orElseThrow();
  }

  /// An inherited setting: the environment's own value, or the top level's.
  Optional<ConfigNode> get(String key) {
    return section.flatMap(node -> node.get(key)).or(() -> top.get(key)).filter(node -> node.value() != null);
  }

  /// A setting that is not inherited.
  Optional<ConfigNode> own(String key) {
    return section.orElse(top).get(key).filter(node -> node.value() != null);
  }

  String text(ConfigNode node, String name) {
    return node.text().orElseGet(() -> {
      error(node, "\"" + name + "\" must be text, not " + node.kind(), "");
      return "";
    });
  }

  Optional<String> optionalText(String key) {
    return get(key).map(node -> text(node, key)).filter(text -> !text.isEmpty());
  }

  boolean flag(String key, boolean otherwise) {
    return get(key).map(node -> {
      if (node.value() instanceof Boolean value) {
        return value;
      }
      error(node, "\"" + key + "\" must be true or false, not " + node.kind(), "");
      return otherwise;
    }).orElse(otherwise);
  }

  List<ConfigNode> list(Optional<ConfigNode> node, String name) {
    return node.map(found -> found.list().orElseGet(() -> {
      error(found, "\"" + name + "\" must be a list, not " + found.kind(), "");
      return List.of();
    })).orElse(List.of());
  }

  List<String> texts(Optional<ConfigNode> node, String name) {
    return list(node, name).stream().map(item -> text(item, name)).filter(text -> !text.isEmpty()).toList();
  }

  Map<String, ConfigNode> table(Optional<ConfigNode> node, String name) {
    return node.map(found -> found.table().orElseGet(() -> {
      error(found, "\"" + name + "\" must be a table, not " + found.kind(), "");
      return Map.of();
    })).orElse(Map.of());
  }

  Map<String, String> textTable(Optional<ConfigNode> node, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    table(node, name).forEach((key, value) -> texts.put(key, text(value, name + "." + key)));
    return texts;
  }

  /// Warns about members of a table that nobody knows.
  void unknownMembers(String name, ConfigNode node, Set<String> known) {
    node.table().ifPresent(table -> table.forEach((key, member) -> {
      if (!known.contains(key)) {
        unknown(name + "." + key, member, ConfigKeys.nearest(key, known));
      }
    }));
  }

  void unknown(String name, ConfigNode node, Optional<String> nearest) {
    warning(node, "unknown key \"" + name + "\"", nearest
        .map(known -> "did you mean \"" + known + "\"?")
        .orElse("it has no effect; check its spelling"));
  }

  Problem.Place at(ConfigNode node) {
    return file.at(node);
  }

  void error(ConfigNode node, String message, String remedy) {
    problems.error(Problem.of(at(node), message, remedy));
  }

  void warning(ConfigNode node, String message, String remedy) {
    problems.warning(Problem.of(at(node), message, remedy));
  }
}
