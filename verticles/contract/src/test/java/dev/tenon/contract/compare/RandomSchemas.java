package dev.tenon.contract.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Random schemas of JSON Schema 2020-12, and ways to write the same schema differently. The same seed gives the same.
final class RandomSchemas {

  private static final List<String> NAMES = List.of("id", "name", "kind", "size", "tags", "owner");

  private final Random random;

  RandomSchemas(long seed) {
    random = new Random(seed);
  }

  Object schema(int depth) {
    int choice = random.nextInt(depth <= 0 ? 5 : 12);
    return switch (choice) {
      case 0 -> text();
      case 1 -> number("integer");
      case 2 -> number("number");
      case 3 -> map("type", random.nextBoolean() ? "boolean" : (Object) List.of("boolean", "null"));
      case 4 -> map("enum", some(List.of("red", "green", "blue", 1, 2, true)));
      case 5 -> array(depth);
      case 6 -> map(random.nextBoolean() ? "anyOf" : "oneOf", List.of(schema(depth - 1), schema(depth - 1)));
      case 7 -> nullable(random.nextBoolean() ? text() : number("integer"));
      case 8 -> map("$ref", "#/components/schemas/Shared");
      default -> object(depth);
    };
  }

  Map<String, Object> object(int depth) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : some(NAMES)) {
      properties.put(name, schema(depth - 1));
    }
    Map<String, Object> object = map("type", "object");
    object.put("properties", properties);
    List<Object> required = new ArrayList<>();
    properties.keySet().stream().filter(name -> random.nextInt(3) == 0).forEach(required::add);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    if (random.nextInt(4) == 0) {
      object.put("additionalProperties", random.nextBoolean() ? (Object) false : map("type", "integer"));
    }
    return object;
  }

  private Map<String, Object> text() {
    Map<String, Object> text = map("type", "string");
    if (random.nextInt(2) == 0) {
      text.put("maxLength", 3 + random.nextInt(6));
    }
    if (random.nextInt(3) == 0) {
      text.put("minLength", random.nextInt(4));
    }
    if (random.nextInt(4) == 0) {
      text.put("pattern", "^[a-z]*$");
    }
    return text;
  }

  private Map<String, Object> number(String type) {
    Map<String, Object> number = map("type", type);
    if (random.nextInt(2) == 0) {
      number.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", random.nextInt(5));
    }
    if (random.nextInt(2) == 0) {
      number.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", 5 + random.nextInt(5));
    }
    if (random.nextInt(4) == 0) {
      number.put("multipleOf", 1 + random.nextInt(3));
    }
    return number;
  }

  private Map<String, Object> array(int depth) {
    Map<String, Object> array = map("type", "array");
    array.put("items", schema(depth - 1));
    if (random.nextInt(3) == 0) {
      array.put("minItems", random.nextInt(2));
    }
    if (random.nextInt(3) == 0) {
      array.put("maxItems", 2 + random.nextInt(3));
    }
    if (random.nextInt(4) == 0) {
      array.put("uniqueItems", true);
    }
    return array;
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    schema.put("type", List.of(schema.get("type"), "null"));
    return schema;
  }

  private <T> List<T> some(List<T> all) {
    List<T> some = new ArrayList<>();
    all.stream().filter(_ -> random.nextBoolean()).forEach(some::add);
    return some.isEmpty() ? List.of(all.getFirst()) : some;
  }

  static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }

  /// A schema with one thing in it changed.
  Object changed(Object schema) {
    Map<String, Object> copy = new LinkedHashMap<>(Catalogue.map(schema));
    if (copy.get("properties") instanceof Map<?, ?> properties && !properties.isEmpty() && random.nextInt(3) > 0) {
      List<Object> names = new ArrayList<>(properties.keySet());
      Map<String, Object> changed = new LinkedHashMap<>(Catalogue.map(properties));
      String name = (String) names.get(random.nextInt(names.size()));
      changed.put(name, random.nextInt(3) == 0 ? schema(1) : changed(changed.get(name)));
      copy.put("properties", changed);
      return copy;
    }
    for (String keyword : List.of("items")) {
      if (copy.containsKey(keyword) && random.nextBoolean()) {
        copy.put(keyword, changed(copy.get(keyword)));
        return copy;
      }
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (copy.get(keyword) instanceof List<?> list) {
        List<Object> changed = new ArrayList<>(list);
        int place = random.nextInt(changed.size());
        changed.set(place, changed(changed.get(place)));
        copy.put(keyword, changed);
        return copy;
      }
    }
    for (String keyword : List.of("maxLength", "minLength", "minimum", "maximum", "exclusiveMaximum", "minItems", "maxItems", "multipleOf")) {
      if (copy.get(keyword) instanceof Integer number && random.nextBoolean()) {
        copy.put(keyword, Math.max(1, number + random.nextInt(5) - 2));
        return copy;
      }
    }
    if (copy.containsKey("required") && random.nextBoolean()) {
      copy.remove("required");
      return copy;
    }
    return copy.containsKey("type") && "object".equals(copy.get("type")) ? object(1) : schema(1);
  }

  /// The same schema, written differently.
  Object rewritten(Object value, Map<String, Object> components) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    List<Object> keys = new ArrayList<>(map.keySet());
    java.util.Collections.shuffle(keys, random);
    keys.forEach(key -> schema.put((String) key, inside((String) key, map.get(key), components)));
    return wrapped(spelled(schema), components);
  }

  private Object inside(String key, Object value, Map<String, Object> components) {
    return switch (key) {
      case "properties" -> {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(Catalogue.map(value).keySet());
        java.util.Collections.shuffle(names, random);
        names.forEach(name -> properties.put(name, rewritten(Catalogue.map(value).get(name), components)));
        yield properties;
      }
      case "items", "additionalProperties" -> rewritten(value, components);
      case "anyOf", "oneOf" -> {
        List<Object> all = new ArrayList<>(((List<?>) value).stream().map(each -> rewritten(each, components)).toList());
        java.util.Collections.shuffle(all, random);
        yield all;
      }
      case "required", "enum" -> {
        List<Object> all = new ArrayList<>((List<?>) value);
        java.util.Collections.shuffle(all, random);
        yield all;
      }
      case "$ref" -> random.nextBoolean() ? value : "#/components/schemas/Renamed";
      default -> value;
    };
  }

  /// Another spelling of the same keywords.
  private Map<String, Object> spelled(Map<String, Object> schema) {
    if (schema.get("enum") instanceof List<?> list && list.size() == 1 && random.nextBoolean()) {
      schema.remove("enum");
      schema.put("const", list.getFirst());
    }
    if (schema.get("type") instanceof String type && random.nextInt(3) == 0) {
      schema.put("type", List.of(type));
    } else if (schema.get("type") instanceof List<?> types && types.size() == 2 && types.contains("null") && random.nextBoolean() && !schema.containsKey("enum")) {
      Map<String, Object> other = new LinkedHashMap<>(schema);
      other.put("type", types.getFirst().equals("null") ? types.getLast() : types.getFirst());
      return map(random.nextBoolean() ? "anyOf" : "oneOf", List.of(map("type", "null"), other));
    }
    if ("integer".equals(schema.get("type")) && schema.get("exclusiveMinimum") instanceof Integer limit && random.nextBoolean()) {
      schema.remove("exclusiveMinimum");
      schema.put("minimum", limit + 1);
    }
    if ("integer".equals(schema.get("type")) && !schema.containsKey("multipleOf") && random.nextInt(3) == 0) {
      schema.put("type", "number");
      schema.put("multipleOf", 1);
    }
    return schema;
  }

  private Object wrapped(Map<String, Object> schema, Map<String, Object> components) {
    return switch (random.nextInt(8)) {
      case 0 -> map("allOf", List.of(schema));
      case 1 -> map("anyOf", List.of(schema));
      case 2 -> {
        String name = "Part" + components.size();
        components.put(name, schema);
        yield map("$ref", "#/components/schemas/" + name);
      }
      case 3 -> split(schema);
      default -> schema;
    };
  }

  /// The keywords in two halves that must both hold. Members that others are told apart by stay together.
  private Object split(Map<String, Object> schema) {
    if (schema.containsKey("additionalProperties") || schema.size() < 2) {
      return schema;
    }
    Map<String, Object> one = new LinkedHashMap<>();
    Map<String, Object> other = new LinkedHashMap<>();
    schema.forEach((key, value) -> (random.nextBoolean() ? one : other).put(key, value));
    return map("allOf", List.of(one, other));
  }
}
