package dev.tenon.worker.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A value of a configuration file and where it stands, whatever the file's syntax.
///
/// @param value a [Map] from key to node, a [List] of nodes, a [String], a [Number], a [Boolean], or null for JSON's `null`
/// @param line of the key, or of the value in a list; from 1
/// @param column from 1
record ConfigNode(Object value, int line, int column) {

  static ConfigNode emptyTable() {
    return new ConfigNode(Map.of(), 1, 1);
  }

  @SuppressWarnings("unchecked")
  Optional<Map<String, ConfigNode>> table() {
    return value instanceof Map<?, ?> ? Optional.of((Map<String, ConfigNode>) value) : Optional.empty();
  }

  @SuppressWarnings("unchecked")
  Optional<List<ConfigNode>> list() {
    return value instanceof List<?> ? Optional.of((List<ConfigNode>) value) : Optional.empty();
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<ConfigNode> get(String key) {
    return table().map(table -> table.get(key));
  }

  /// The value without places: maps, lists, text, numbers, booleans, null.
  Object plain() {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        table().orElseThrow().forEach((key, node) -> plain.put(key, node.plain()));
        yield plain;
      }
      case List<?> list -> list().orElseThrow().stream().map(ConfigNode::plain).collect(Collectors.toCollection(ArrayList::new));
      case null -> null;
      default -> value;
    };
  }

  /// What the value is, in the words of a message.
  String kind() {
    return switch (value) {
      case Map<?, ?> _ -> "a table";
      case List<?> _ -> "a list";
      case String text -> "the text \"" + text + "\"";
      case null -> "null";
      default -> value.toString();
    };
  }
}
