package dev.tenon.service;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// One mapping of a YAML file. Each key is asked for once; what is wrong is collected, with its line, and reported
/// together by [YamlProblems#finish()]. A key nobody asked for is a problem too.
final class YamlSection {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final String path;
  private final YamlProblems problems;
  private final Map<String, NodeTuple> unread = new LinkedHashMap<>();
  private final int line;

  private YamlSection(String path, int line, YamlProblems problems) {
    this.path = path;
    this.line = line;
    this.problems = problems;
  }

  /// @param node empty for a section that is not written; it then has no keys
  static YamlSection of(String path, Optional<Node> node, YamlProblems problems) {
    YamlSection section = new YamlSection(path, node.map(YamlProblems::line).orElse(1), problems);
    node.ifPresent(section::read);
    problems.watch(section);
    return section;
  }

  /// A section that may be left out.
  YamlSection section(String key) {
    return of(path + key + ".", take(key), problems);
  }

  /// What is written under a key, to be read by someone else.
  Optional<Node> raw(String key) {
    return take(key);
  }

  boolean has(String key) {
    return unread.containsKey(key);
  }

  String required(String key, Pattern shape, String description) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      problems.add(line, path + key + " is missing, write " + description);
      return "";
    }
    return scalar(key, node.get(), text -> shape.matcher(text).matches() ? Optional.of(text) : Optional.empty(), description, "");
  }

  <T> T optional(String key, T otherwise, Function<String, Optional<T>> parse, String description) {
    return take(key).map(node -> scalar(key, node, parse, description, otherwise)).orElse(otherwise);
  }

  int integer(String key, int otherwise, int min, int max) {
    return optional(key, otherwise, text -> whole(text, min, max), "a whole number from " + min + " to " + max);
  }

  int line() {
    return line;
  }

  void reportUnread() {
    unread.forEach((key, tuple) -> problems.add(tuple.getKeyNode(), path + key + " is not known"));
  }

  /// What a record's component of this type is read from; empty when the type cannot be written in a manifest.
  static Optional<Function<String, Optional<Object>>> parser(Class<?> type) {
    if (type == String.class) {
      return Optional.of(Optional::of);
    }
    if (type == int.class) {
      return Optional.of(text -> whole(text, 0, Integer.MAX_VALUE).map(Object.class::cast));
    }
    if (type == boolean.class) {
      return Optional.of(text -> text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty());
    }
    if (type == Duration.class) {
      return Optional.of(text -> duration(text).map(Object.class::cast));
    }
    if (type.isEnum()) {
      return Optional.of(text -> Arrays.stream(type.getEnumConstants())
          .map(Object.class::cast).filter(constant -> constant.toString().equalsIgnoreCase(text)).findFirst());
    }
    return Optional.empty();
  }

  /// What a value of this type looks like, for messages.
  static String description(Class<?> type) {
    if (type == int.class) {
      return "a whole number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration such as 500ms, 20s, 5m, 1h or 30d";
    }
    return type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : "a text";
  }

  private void read(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      if (!(node instanceof ScalarNode empty && empty.getValue().isEmpty())) {
        problems.add(node, path.substring(0, path.length() - 1) + " is not a mapping");
      }
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (unread.put(key, tuple) != null) {
        problems.add(tuple.getKeyNode(), path + key + " is written twice");
      }
    }
  }

  private Optional<Node> take(String key) {
    return Optional.ofNullable(unread.remove(key)).map(NodeTuple::getValueNode);
  }

  private <T> T scalar(String key, Node node, Function<String, Optional<T>> parse, String description, T otherwise) {
    Optional<T> value = node instanceof ScalarNode scalar ? parse.apply(scalar.getValue()) : Optional.empty();
    if (value.isEmpty()) {
      String found = node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'" : "a list or a mapping";
      problems.add(node, path + key + " is " + found + ", not " + description);
    }
    return value.orElse(otherwise);
  }

  private static Optional<Integer> whole(String text, int min, int max) {
    if (!text.matches("\\d{1,10}") || Long.parseLong(text) < min || Long.parseLong(text) > max) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text));
  }

  private static Optional<Duration> duration(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(duration.group(1));
    return Optional.of(switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    });
  }
}
