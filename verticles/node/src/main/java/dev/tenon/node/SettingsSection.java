package dev.tenon.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One mapping of a settings file. Each key is asked for once; problems are collected and reported together by [#finish(String)].
final class SettingsSection {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final String path;
  private final Map<String, Object> unread;
  private final List<String> problems;
  private final List<SettingsSection> sections;

  private SettingsSection(String path, Object yaml, List<String> problems, List<SettingsSection> sections) {
    this.path = path;
    this.problems = problems;
    this.sections = sections;
    this.unread = mapping(yaml);
    sections.add(this);
  }

  static SettingsSection root(Object yaml) {
    return new SettingsSection("", yaml, new ArrayList<>(), new ArrayList<>());
  }

  SettingsSection section(String key) {
    return new SettingsSection(path + key + ".", unread.remove(key), problems, sections);
  }

  String text(String key, String otherwise) {
    return switch (unread.remove(key)) {
      case null -> otherwise;
      case String text when !text.isBlank() -> text;
      case Object other -> wrong(key, "is '" + other + "', not a text", otherwise);
    };
  }

  List<String> texts(String key) {
    return switch (unread.remove(key)) {
      case null -> List.of();
      case List<?> list when list.stream().allMatch(String.class::isInstance) -> list.stream().map(String.class::cast).toList();
      case Object other -> wrong(key, "is '" + other + "', not a list of texts", List.of());
    };
  }

  int integer(String key, int otherwise, int min, int max) {
    return switch (unread.remove(key)) {
      case null -> otherwise;
      case Integer number when number >= min && number <= max -> number;
      case Object other -> wrong(key, "is '" + other + "', not a whole number from " + min + " to " + max, otherwise);
    };
  }

  boolean flag(String key, boolean otherwise) {
    return switch (unread.remove(key)) {
      case null -> otherwise;
      case Boolean flag -> flag;
      case Object other -> wrong(key, "is '" + other + "', not true or false", otherwise);
    };
  }

  /// One of an enum's constants, in lower case.
  <E extends Enum<E>> E choice(String key, E otherwise) {
    Object value = unread.remove(key);
    if (value == null) {
      return otherwise;
    }
    List<E> all = List.of(otherwise.getDeclaringClass().getEnumConstants());
    return all.stream().filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value)).findFirst()
        .orElseGet(() -> wrong(key, "is '" + value + "', not one of " + String.join(", ", all.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList()), otherwise));
  }

  Duration duration(String key, Duration otherwise) {
    Object value = unread.remove(key);
    if (value == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(value.toString());
    if (!matcher.matches()) {
      return wrong(key, "is '" + value + "', not a duration such as 500ms, 20s, 5m or 1h", otherwise);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /// Fails with all problems of the whole file, unknown keys included.
  void finish(String file) {
    for (SettingsSection section : sections) {
      section.unread.keySet().forEach(key -> problems.add(section.path + key + " is not a setting"));
    }
    if (!problems.isEmpty()) {
      throw new StartFailure(file + " – " + String.join("; ", problems));
    }
  }

  private <T> T wrong(String key, String what, T otherwise) {
    problems.add(path + key + " " + what);
    return otherwise;
  }

  private Map<String, Object> mapping(Object yaml) {
    Map<String, Object> copy = new HashMap<>();
    switch (yaml) {
      case null -> { }
      case Map<?, ?> map -> map.forEach((key, value) -> copy.put(String.valueOf(key), value));
      case Object other -> problems.add((path.isEmpty() ? "the file" : path.substring(0, path.length() - 1)) + " is '" + other + "', not a mapping");
    }
    return copy;
  }
}
