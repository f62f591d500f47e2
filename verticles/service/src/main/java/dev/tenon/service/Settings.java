package dev.tenon.service;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/// Reads a service's own settings into its record, at start and never again. The component `accessTokenLifetime` is
/// written `access-token-lifetime`; a component that is a record itself is a section.
final class Settings {

  private final YamlProblems problems;

  Settings(String origin) {
    this.problems = new YamlProblems(origin);
  }

  /// @throws ServiceException that lists everything wrong, with lines
  <R extends Record> R overlay(R defaults, Optional<Node> written) {
    YamlSection section = YamlSection.of("settings.", written, problems);
    R read = read(defaults, section);
    problems.finish();
    return read;
  }

  private <R extends Record> R read(R defaults, YamlSection section) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) defaults.getClass();
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(component -> value(component, valueOf(component, defaults), section)).toArray();
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      problems.add(section.line(), refused.getCause().getMessage());
      return defaults;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object value(RecordComponent component, Object otherwise, YamlSection section) {
    String key = key(component.getName());
    if (otherwise instanceof Record nested) {
      return read(nested, section.section(key));
    }
    Function<String, Optional<Object>> parser = YamlSection.parser(component.getType()).orElseThrow(() -> new IllegalArgumentException(
        "settings record " + component.getDeclaringRecord().getName() + " – '" + component.getName() + "' is a "
            + component.getType().getSimpleName() + " – use String, int, boolean, Duration, an enum or a record"));
    return section.optional(key, otherwise, parser, YamlSection.description(component.getType()));
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String key(String name) {
    StringBuilder key = new StringBuilder();
    name.chars().forEach(c -> {
      if (Character.isUpperCase(c)) {
        key.append('-');
      }
      key.append((char) Character.toLowerCase(c));
    });
    return key.toString();
  }
}
