package dev.tenon.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.tenon.contract.schema.Dialect;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ours beside networknt's json-schema-validator, which shares nothing with it but the specification.
class IndependentValidatorTest {

  private static final String NOTHING = "";
  private static final int SCHEMAS = 400;
  private static final int VALUES_OF_EACH = 10;

  private static final SchemaRegistry DRAFT_2020_12 = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
  private static final SchemaRegistry OPENAPI_3_0 = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30());

  private static boolean theirs(com.networknt.schema.Schema schema, String value) {
    return schema.validate(value, InputFormat.JSON, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))).isEmpty();
  }

  /// Where it is networknt that is not as the specification says.
  private static boolean isTheirs(Dialect dialect, String schema, String value) {
    // OpenAPI 3.0: null has to be among the values of an enum, nullable or not (3.0.3, "nullable"; proposal "Clarify nullable").
    return dialect == Dialect.OPENAPI_3_0 && value.contains("null") && schema.contains("\"nullable\":true") && schema.contains("\"enum\"");
  }

  private static boolean ours(Schema schema, String value) {
    try {
      Object read = JsonValue.read(value.getBytes(StandardCharsets.UTF_8));
      boolean accepted = schema.accepts(read);
      assertEquals(accepted, schema.violations(read).isEmpty());
      return accepted;
    } catch (NotJsonException e) {
      throw new AssertionError(value, e);
    }
  }

  private static void compare(long seed, Dialect dialect) {
    RandomSchemas random = new RandomSchemas(seed, dialect == Dialect.OPENAPI_3_0);
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < SCHEMAS; i++) {
      JsonNode schema = random.schema();
      Schema compiled;
      try {
        compiled = JsonSchemaTestSuiteTest.compiled(schema.toString(), dialect);
      } catch (ContractException circle) {
        assertTrue(circle.getMessage().contains("refers to itself"), () -> schema + ": " + circle.getMessage());
        continue;
      }
      String text = schema.toString();
      com.networknt.schema.Schema other = (dialect == Dialect.DRAFT_2020_12 ? DRAFT_2020_12 : OPENAPI_3_0).getSchema(text, InputFormat.JSON);
      for (int j = 0; j < VALUES_OF_EACH; j++) {
        String value = random.value(2).toString();
        boolean ours = ours(compiled, value);
        accepted += ours ? 1 : 0;
        if (ours != theirs(other, value) && !isTheirs(dialect, text, value)) {
          differences.add(schema + "\n  " + value + " is " + (ours ? "valid" : "not valid") + " for us");
        }
      }
    }
    assertEquals("", String.join("\n", differences));
    assertTrue(accepted > SCHEMAS * VALUES_OF_EACH / 5 && accepted < SCHEMAS * VALUES_OF_EACH * 4 / 5, "a fair share is accepted: " + accepted);
  }

  /// One row: a schema, and values that it accepts and refuses, separated by bars.
  private static void check(Dialect dialect, String schema, String valid, String invalid) {
    Schema compiled = JsonSchemaTestSuiteTest.compiled(schema, dialect);
    com.networknt.schema.Schema other = (dialect == Dialect.DRAFT_2020_12 ? DRAFT_2020_12 : OPENAPI_3_0).getSchema(schema, InputFormat.JSON);
    for (boolean expected : List.of(true, false)) {
      for (String value : (expected ? valid : invalid).split(" \\| ")) {
        if (value.isEmpty()) {
          continue;
        }
        assertEquals(value + " is " + expected + " " + expected, value + " is " + ours(compiled, value) + " " + theirs(other, value), schema);
      }
    }
  }

  private static void check(String schema, String valid, String invalid) {
    check(Dialect.DRAFT_2020_12, schema, valid, invalid);
  }

  @Test
  void everyKeywordOfDraft202012HasTheSameEdges() {
    check("{\"type\": \"integer\"}", "1 | -0 | 1.0 | 1e3 | 123456789012345678901234567890", "1.5 | 1e-1 | \"1\" | null | [] | {} | true");
    check("{\"type\": [\"null\", \"array\"]}", "null | []", "{} | false | 0 | \"\"");
    check("{\"const\": 1}", "1 | 1.0 | 1e0", "true | \"1\" | [1] | 1.0000000000000000001");
    check("{\"const\": {\"a\": [1, {\"b\": null}]}}", "{\"a\": [1.0, {\"b\": null}]}", "{\"a\": [1, {}]} | {\"a\": [{\"b\": null}, 1]} | {\"a\": [1, {\"b\": null}], \"c\": 1}");
    check("{\"enum\": [false, 0, \"\", null, [], {}]}", "false | 0 | 0.0 | \"\" | null | [] | {}", "true | 1 | \"0\" | [[]] | {\"\": 1} | [false]");
    check("{\"minimum\": 0.1}", "0.1 | 0.10 | 1e1 | \"x\"", "0.0999999999999999999 | 0 | -1e300");
    check("{\"exclusiveMaximum\": 9007199254740993}", "9007199254740992", "9007199254740993 | 9007199254740994");
    check("{\"multipleOf\": 0.01}", "19.99 | 0 | 4.35 | 1e5", "19.999 | 0.001");
    check("{\"multipleOf\": 1e-8}", "12391239123 | 0.00000001", "0.000000001");
    check("{\"minLength\": 2, \"maxLength\": 2}", "\"ab\" | \"😀😀\" | \"a\u0301\" | 5", "\"😀\" | \"abc\" | \"\"");
    check("{\"pattern\": \"^[\\\\w-]+\\\\.(?:com|org)$\"}", "\"a-b.org\" | 1", "\"a b.org\" | \"a.org\\n\" | \"é.org\"");
    check("{\"items\": {\"type\": \"integer\"}, \"prefixItems\": [{\"type\": \"string\"}]}", "[] | [\"a\"] | [\"a\", 1, 2] | {\"0\": 1}", "[1] | [\"a\", \"b\"]");
    check("{\"contains\": {\"const\": 1}, \"minContains\": 2, \"maxContains\": 3}", "[1, 1] | [1, 2, 1, 1.0] | 1", "[] | [1] | [1, 1, 1, 1]");
    check("{\"contains\": {\"const\": 1}, \"minContains\": 0}", "[] | [2]", NOTHING);
    check("{\"uniqueItems\": true}", "[1, true, \"1\", [1], {\"a\": 1}, null] | [[\"a\", \"b\"], [\"b\", \"a\"]] | [\"a,\", \"a\"]",
        "[1, 1.0] | [{\"a\": 1, \"b\": [2]}, {\"b\": [2.0], \"a\": 1}] | [null, null] | [1,2,3,4,5,6,7,8,9,[{\"a\":1}],[{\"a\":1.0}]]");
    check("{\"required\": [\"toString\", \"__proto__\"]}", "{\"toString\": 1, \"__proto__\": 2} | []", "{} | {\"toString\": 1}");
    check("{\"properties\": {\"a\": false, \"b\": {\"type\": \"null\"}}, \"patternProperties\": {\"^b\": true, \"c$\": {\"minimum\": 3}}, \"additionalProperties\": {\"type\": \"string\"}}",
        "{} | {\"b\": null} | {\"bx\": 1, \"c\": 3, \"d\": \"e\"}", "{\"a\": 1} | {\"b\": 1} | {\"bc\": 2} | {\"d\": 1}");
    check("{\"propertyNames\": {\"pattern\": \"^a\", \"maxLength\": 2}}", "{} | {\"ab\": 1} | [\"b\"]", "{\"b\": 1} | {\"abc\": 1}");
    check("{\"minProperties\": 1, \"maxProperties\": 1}", "{\"a\": 1} | [] | \"abc\"", "{} | {\"a\": 1, \"b\": 1}");
    check("{\"dependentRequired\": {\"a\": [\"b\", \"c\"]}, \"dependentSchemas\": {\"d\": {\"minProperties\": 3}}}", "{} | {\"b\": 1} | {\"a\": 1, \"b\": 1, \"c\": 1} | {\"d\": 1, \"b\": 1, \"c\": 1}", "{\"a\": 1, \"b\": 1} | {\"d\": 1}");
    check("{\"if\": {\"type\": \"string\"}, \"then\": {\"minLength\": 2}, \"else\": {\"type\": \"integer\"}}", "\"ab\" | 3", "\"a\" | 1.5 | null");
    check("{\"then\": false, \"else\": false}", "1 | {}", NOTHING);
    check("{\"oneOf\": [{\"multipleOf\": 2}, {\"multipleOf\": 3}], \"not\": {\"const\": 4}}", "2 | 3 | 8", "6 | 5 | 4 | \"x\"");
    check("{\"anyOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}], \"allOf\": [{\"maxProperties\": 2}, true]}", "{\"a\": 1} | {\"a\": 1, \"b\": 1} | []", "{} | {\"a\": 1, \"b\": 1, \"c\": 1}");
    check("{\"$defs\": {\"x\": {\"$anchor\": \"x\", \"type\": \"string\"}}, \"$ref\": \"#x\", \"maxLength\": 1}", "\"a\"", "1 | \"ab\"");
    check("{\"$id\": \"https://example.test/root\", \"$defs\": {\"a\": {\"$id\": \"nested/a\", \"$defs\": {\"b\": {\"type\": \"integer\"}}, \"items\": {\"$ref\": \"#/$defs/b\"}}}, \"$ref\": \"nested/a\"}", "[1] | {}", "[\"a\"]");
    check("{\"properties\": {\"a\": true}, \"anyOf\": [{\"properties\": {\"b\": {\"type\": \"string\"}}, \"required\": [\"b\"]}, {\"patternProperties\": {\"^c\": true}}], \"unevaluatedProperties\": false}",
        "{\"a\": 1} | {\"a\": 1, \"b\": \"x\"} | {\"cc\": 1, \"b\": \"x\"}", "{\"b\": 1} | {\"d\": 1}");
    check("{\"prefixItems\": [true], \"if\": {\"prefixItems\": [true, {\"const\": 1}]}, \"contains\": {\"type\": \"string\"}, \"minContains\": 0, \"unevaluatedItems\": {\"type\": \"null\"}}",
        "[] | [0, 1, null] | [0, null, \"a\", null]", "[0, 2] | [0, 1, 2]");
    check("{\"$id\": \"https://example.test/tree\", \"$dynamicAnchor\": \"node\", \"properties\": {\"children\": {\"items\": {\"$dynamicRef\": \"#node\"}}}, \"$defs\": {\"strict\": {\"$id\": \"strict\", \"$dynamicAnchor\": \"node\", \"$ref\": \"tree\", \"unevaluatedProperties\": false}}}",
        "{\"children\": [{\"other\": 1}]}", NOTHING);
    check("{\"$ref\": \"strict\", \"$id\": \"https://example.test/entry\", \"$defs\": {\"tree\": {\"$id\": \"tree\", \"$dynamicAnchor\": \"node\", \"properties\": {\"children\": {\"items\": {\"$dynamicRef\": \"#node\"}}}}, "
        + "\"strict\": {\"$id\": \"strict\", \"$dynamicAnchor\": \"node\", \"$ref\": \"tree\", \"unevaluatedProperties\": false}}}",
        "{\"children\": [{\"children\": []}]}", "{\"children\": [{\"childs\": []}]} | {\"x\": 1}");
    check("{\"contentMediaType\": \"application/json\", \"contentEncoding\": \"base64\", \"contentSchema\": false}", "\"%\" | \"e30=\"", NOTHING);
    check("{\"format\": \"date-time\"}", "\"2024-02-29T23:59:59.5+02:00\" | \"1998-12-31T23:59:60Z\" | 1", "\"2023-02-29T00:00:00Z\" | \"2024-01-01T00:00:00\" | \"2024-01-01 00:00:00Z\" | \"2024-01-01T24:00:00Z\"");
    check("{\"format\": \"ipv6\"}", "\"::1\" | \"1:2:3:4:5:6:1.2.3.4\"", "\"1::2::3\" | \"::1%eth0\" | \"1:2:3:4:5:6:7\" | \"12345::\"");
    check("{\"format\": \"uri\"}", "\"http://a/b?c#d\" | \"urn:a:b\" | \"http://[::1]/\"", "\"/a\" | \"http://a b\" | \"\\\\\\\\a\"");
    check("{\"format\": \"json-pointer\"}", "\"\" | \"/a~0b/~1\"", "\"a\" | \"/~2\"");
  }

  @Test
  void everyKeywordOfOpenApi30HasTheSameEdges() {
    Dialect dialect = Dialect.OPENAPI_3_0;
    check(dialect, "{\"type\": \"string\", \"nullable\": true, \"minLength\": 2}", "null | \"ab\"", "\"a\" | 1");
    check(dialect, "{\"minimum\": 1, \"exclusiveMinimum\": true, \"maximum\": 2, \"exclusiveMaximum\": false}", "1.5 | 2", "1 | 1.0 | 2.1");
    check(dialect, "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}, \"additionalProperties\": false, \"required\": [\"a\"]}", "{\"a\": 1}", "{} | {\"a\": \"1\"} | {\"a\": 1, \"b\": 2} | null");
    check(dialect, "{\"allOf\": [{\"type\": \"array\", \"items\": {\"enum\": [\"a\", 1]}}, {\"uniqueItems\": true, \"maxItems\": 2}]}", "[] | [\"a\", 1]", "[1, 1.0] | [\"b\"] | {}");
    check(dialect, "{\"oneOf\": [{\"type\": \"integer\"}, {\"type\": \"number\"}], \"not\": {\"multipleOf\": 1.5}}", "1.25", "2 | 4.5 | \"a\"");
  }

  @Test
  void randomSchemasOfDraft202012MeanTheSame() {
    compare(20261130, Dialect.DRAFT_2020_12);
  }

  @Test
  void randomSchemasOfOpenApi30MeanTheSame() {
    compare(30, Dialect.OPENAPI_3_0);
  }
}
