package dev.tenon.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/// Schemas and values made by chance, of few names and small numbers, so that they often have to do with each other.
final class RandomSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES = List.of("a", "b", "ab", "c", "");
  private static final List<String> SCALARS = List.of(
      "null", "true", "false", "0", "1", "1.0", "-1", "2", "3", "0.5", "1.5", "2.50", "1e2", "100", "12345678901234567890", "9007199254740993",
      "\"\"", "\"a\"", "\"ab\"", "\"abc\"", "\"b1\"", "\"\uD83D\uDE00\"", "\"\uD83D\uDE00a\"", "\"é\"", "\"2026-01-31\"", "\"127.0.0.1\"");
  /// What draft 4 does not take for an integer, and we do.
  private static final List<String> WHOLE_BY_VALUE = List.of("1.0", "1e2");
  private static final List<String> PATTERNS = List.of("^a", "b$", "^[a-c]+$", "^.{2}$", "\\\\d", "a|c", "(ab)*c?", "^$", "^\\\\S*$", "[^a]");
  private static final List<String> TYPES = List.of("null", "boolean", "object", "array", "number", "integer", "string");

  private final Random random;
  private final boolean openApi30;

  RandomSchemas(long seed, boolean openApi30) {
    this.random = new Random(seed);
    this.openApi30 = openApi30;
  }

  JsonNode schema() {
    ObjectNode schema = object(3);
    if (!openApi30) {
      ObjectNode definitions = JSON.createObjectNode();
      definitions.set("d", object(1));
      schema.set("$defs", definitions);
    }
    return schema;
  }

  private JsonNode schema(int depth) {
    int kind = random.nextInt(12);
    if (!openApi30 && kind == 0) {
      return JSON.getNodeFactory().booleanNode(random.nextInt(3) > 0);
    }
    if (!openApi30 && kind == 1) {
      return JSON.createObjectNode().put("$ref", "#/$defs/d");
    }
    return object(depth);
  }

  private ObjectNode object(int depth) {
    ObjectNode schema = JSON.createObjectNode();
    for (int keywords = 1 + random.nextInt(3); keywords > 0; keywords--) {
      keyword(schema, depth);
    }
    return schema;
  }

  private void keyword(ObjectNode schema, int depth) {
    switch (random.nextInt(openApi30 ? 18 : 30)) {
      case 0, 1 -> type(schema);
      case 2 -> schema.set("enum", values(1 + random.nextInt(3)));
      case 3 -> schema.set(pick("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum").replaceAll("(?<=^)exclusiveM", openApi30 ? "m" : "exclusiveM"), number());
      case 4 -> schema.set("multipleOf", read(pick("1", "2", "0.5", "0.01", "3", "1.5")));
      case 5 -> schema.put(pick("minLength", "maxLength"), random.nextInt(4));
      case 6 -> schema.set("pattern", read("\"" + PATTERNS.get(random.nextInt(PATTERNS.size())) + "\""));
      case 7 -> schema.put(pick("minItems", "maxItems", "minProperties", "maxProperties"), random.nextInt(4));
      case 8 -> schema.put("uniqueItems", random.nextInt(4) > 0);
      case 9 -> schema.set("required", names(1));
      case 10 -> schema.set("properties", members(depth));
      case 11 -> schema.set("additionalProperties", depth == 0 ? JSON.getNodeFactory().booleanNode(random.nextBoolean()) : schema(depth - 1));
      case 12 -> schema.set("items", depth == 0 ? JSON.createObjectNode().put("type", pick("string", "integer")) : schema(depth - 1));
      case 13 -> schema.set(pick("allOf", "anyOf", "oneOf"), schemas(depth));
      case 14 -> schema.set("not", depth == 0 ? JSON.createObjectNode().put("type", pick("string", "integer")) : schema(depth - 1));
      case 15 -> schema.put("format", pick("date", "ipv4", "uuid"));
      case 16, 17 -> {
        if (openApi30) {
          schema.put("type", pick("string", "integer", "object")).put("nullable", random.nextBoolean());
        } else {
          schema.set("const", values(1).get(0));
        }
      }
      case 18 -> schema.set("patternProperties", JSON.createObjectNode().set("^a", depth == 0 ? JSON.createObjectNode().put("type", "string") : schema(depth - 1)));
      case 19 -> schema.set("propertyNames", JSON.createObjectNode().put("maxLength", random.nextInt(3)));
      case 20 -> schema.set("dependentRequired", JSON.createObjectNode().set("a", names(1)));
      case 21 -> schema.set("dependentSchemas", JSON.createObjectNode().set("a", depth == 0 ? JSON.createObjectNode().put("minProperties", 2) : schema(depth - 1)));
      case 22 -> schema.set("prefixItems", schemas(depth));
      case 23 -> contains(schema, depth);
      case 24, 25 -> schema.set("unevaluatedProperties", random.nextBoolean() ? JSON.getNodeFactory().booleanNode(false) : JSON.createObjectNode().put("type", "string"));
      case 26, 27 -> schema.set("unevaluatedItems", random.nextBoolean() ? JSON.getNodeFactory().booleanNode(false) : JSON.createObjectNode().put("type", "string"));
      default -> {
        schema.set("if", depth == 0 ? JSON.createObjectNode().put("type", "object") : schema(depth - 1));
        schema.set(pick("then", "else"), depth == 0 ? JSON.createObjectNode().set("required", names(1)) : schema(depth - 1));
      }
    }
  }

  private void type(ObjectNode schema) {
    List<String> types = openApi30 ? TYPES.subList(1, TYPES.size()) : TYPES;
    if (!openApi30 && random.nextInt(4) == 0) {
      schema.set("type", JSON.createArrayNode().add("null").add(types.get(1 + random.nextInt(types.size() - 1))));
    } else {
      schema.put("type", types.get(random.nextInt(types.size())));
    }
  }

  private void contains(ObjectNode schema, int depth) {
    schema.set("contains", depth == 0 ? JSON.createObjectNode().put("type", "integer") : schema(depth - 1));
    if (random.nextBoolean()) {
      schema.put(pick("minContains", "maxContains"), random.nextInt(3));
    }
  }

  private ObjectNode members(int depth) {
    ObjectNode members = JSON.createObjectNode();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      members.set(NAMES.get(random.nextInt(NAMES.size())), depth == 0 ? JSON.createObjectNode().put("type", pick("string", "integer", "array")) : schema(depth - 1));
    }
    return members;
  }

  private ArrayNode schemas(int depth) {
    ArrayNode schemas = JSON.createArrayNode();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      schemas.add(depth == 0 ? JSON.createObjectNode().put("type", pick("string", "integer", "object", "array")) : schema(depth - 1));
    }
    return schemas;
  }

  private ArrayNode names(int least) {
    ArrayNode names = JSON.createArrayNode();
    NAMES.stream().filter(name -> random.nextInt(3) == 0).forEach(names::add);
    return names.size() < least ? names.add("a") : names;
  }

  private ArrayNode values(int count) {
    ArrayNode values = JSON.createArrayNode();
    for (int i = 0; i < count; i++) {
      values.add(value(1));
    }
    return values;
  }

  private JsonNode number() {
    return read(pick("0", "1", "2", "1.5", "-1", "100"));
  }

  JsonNode value(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    if (kind < 6) {
      String scalar = SCALARS.get(random.nextInt(SCALARS.size()));
      return read(openApi30 && WHOLE_BY_VALUE.contains(scalar) ? "7" : scalar);
    }
    if (kind < 8) {
      ArrayNode array = JSON.createArrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(value(depth - 1));
      }
      return array;
    }
    ObjectNode object = JSON.createObjectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(NAMES.get(random.nextInt(NAMES.size())), value(depth - 1));
    }
    return object;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static JsonNode read(String text) {
    try {
      return JSON.reader().with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
