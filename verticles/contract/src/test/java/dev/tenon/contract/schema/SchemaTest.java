package dev.tenon.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private static final String VALID = "";

  /// One row: a schema, a value, and what is wrong with it, one violation a line as `pointer keyword: detail`.
  private static void check(Dialect dialect, String schema, String value, String expected) {
    String version = dialect == Dialect.OPENAPI_3_0 ? "3.0.3" : "3.1.0";
    Contract contract = Contract.parse("test", """
        {"openapi": "%s", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"It": %s,
          "Tree": {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}, "additionalProperties": false}}}}
        """.formatted(version, schema));
    Node node = contract.document().find("/components/schemas/It").orElseThrow();
    Schema compiled = contract.schemas().compile(node);
    Object instance;
    try {
      instance = JsonValue.read(value.getBytes(StandardCharsets.UTF_8));
    } catch (NotJsonException e) {
      throw new AssertionError(value, e);
    }
    String found = compiled.violations(instance).stream().map(v -> v.pointer() + " " + v.keyword() + ": " + v.detail()).collect(Collectors.joining("\n"));
    assertEquals(expected, found, schema + " for " + value);
    assertEquals(expected.isEmpty(), compiled.accepts(instance), schema + " for " + value);
  }

  private static void check(String schema, String value, String expected) {
    check(Dialect.DRAFT_2020_12, schema, value, expected);
  }

  @Test
  void typesAreThoseOfJson() {
    check("{\"type\": \"string\"}", "\"a\"", VALID);
    check("{\"type\": \"string\"}", "1", " type: must be a string, and is a whole number");
    check("{\"type\": \"integer\"}", "1.0", VALID);
    check("{\"type\": \"integer\"}", "1.5", " type: must be a whole number, and is a number");
    check("{\"type\": \"integer\"}", "123456789012345678901234567890", VALID);
    check("{\"type\": \"number\"}", "7", VALID);
    check("{\"type\": [\"string\", \"null\"]}", "null", VALID);
    check("{\"type\": [\"string\", \"null\"]}", "false", " type: must be null or a string, and is a boolean");
    check("true", "[]", VALID);
    check("false", "[]", " false: must not be there");
  }

  @Test
  void numbersAreComparedByValue() {
    check("{\"minimum\": 1}", "1", VALID);
    check("{\"minimum\": 1}", "0.999", " minimum: must be at least 1");
    check("{\"maximum\": 1.5}", "2", " maximum: must be at most 1.5");
    check("{\"exclusiveMinimum\": 0}", "0", " exclusiveMinimum: must be greater than 0");
    check("{\"exclusiveMaximum\": 10}", "10.0", " exclusiveMaximum: must be less than 10");
    check("{\"multipleOf\": 0.01}", "19.99", VALID);
    check("{\"multipleOf\": 3}", "10", " multipleOf: must be a multiple of 3");
    check("{\"enum\": [1, \"a\", null]}", "1.0", VALID);
    check("{\"enum\": [1, \"a\"]}", "\"b\"", " enum: must be one of 1, \"a\"");
    check("{\"const\": {\"a\": [1]}}", "{\"a\": [1.0]}", VALID);
    check("{\"const\": \"x\"}", "\"y\"", " const: must be \"x\"");
    check("{\"format\": \"int32\"}", "2147483648", " maximum: must be at most 2147483647");
  }

  @Test
  void charactersAreCodePoints() {
    check("{\"maxLength\": 2}", "\"😀😀\"", VALID);
    check("{\"maxLength\": 1}", "\"😀😀\"", " maxLength: must have at most 1 character, and has 2");
    check("{\"minLength\": 3}", "\"😀😀\"", " minLength: must have at least 3 characters, and has 2");
    check("{\"pattern\": \"^a+$\"}", "\"aaa\"", VALID);
    check("{\"pattern\": \"^a+$\"}", "\"b\"", " pattern: must match the pattern ^a+$");
    check("{\"minLength\": 1}", "7", VALID);
  }

  @Test
  void aPatternIsFoundWithoutBacktracking() {
    check("{\"pattern\": \"^(a+)+$\"}", "\"" + "a".repeat(100_000) + "!\"", " pattern: must match the pattern ^(a+)+$");
    check("{\"pattern\": \"^(.|a)*$\"}", "\"" + "a".repeat(1_000_000) + "\"", VALID);
    check("{\"pattern\": \"(a|b)*a(a|b){20}c\"}", "\"" + "ab".repeat(50_000) + "\"", " pattern: must match the pattern (a|b)*a(a|b){20}c");
    check("{\"pattern\": \"^([a-z]|[0-9])+@x{2,3}(y|$)\"}", "\"" + "a1".repeat(10_000) + "@xxx\"", VALID);
  }

  @Test
  void aPatternThatHasToBacktrackIsCutOff() {
    check("{\"pattern\": \"^(?!x)(a+)+$\"}", "\"" + "a".repeat(60) + "!\"", " pattern: must match the pattern ^(?!x)(a+)+$");
    check("{\"items\": {\"pattern\": \"^(?!x)(a+)+$\"}}", "[" + ("\"" + "a".repeat(60) + "!\",").repeat(1000) + "1]",
        IntStream.range(0, 50).mapToObj(i -> "/" + i + " pattern: must match the pattern ^(?!x)(a+)+$").collect(Collectors.joining("\n")));
    check("{\"pattern\": \"^(?=[a-z])\\\\w+\\\\b\"}", "\"" + "a".repeat(2_000) + "\"", VALID);
    check("{\"pattern\": \"^(?<q>['`]).*\\\\k<q>$\"}", "\"'it`'\"", VALID);
  }

  @Test
  void patternsAreThoseOfEcmaScript() {
    check("{\"pattern\": \"^\\\\p{Letter}\\\\d\\\\u{1F432}$\"}", "\"ß7🐲\"", VALID);
    check("{\"pattern\": \"^\\\\d$\"}", "\"৪\"", " pattern: must match the pattern ^\\d$");
    check("{\"pattern\": \"^a$\"}", "\"a\\n\"", " pattern: must match the pattern ^a$");
    check("{\"pattern\": \"^[^\\\\s\\\\-]{2}$\"}", "\"🐲x\"", VALID);
    check("{\"pattern\": \"^\\\\cA[\\\\b]\\\\0$\"}", "\"\\u0001\\b\\u0000\"", VALID);
    check("{\"pattern\": \"\"}", "\"\"", VALID);
    check("{\"pattern\": \"^$\"}", "\"x\"", " pattern: must match the pattern ^$");
    check("{\"pattern\": \"a{,2}]}\"}", "\"a{,2}]}\"", VALID);
    for (String wrong : List.of("\\\\a", "\\\\Z", "(?i)a", "a**", "[b-a]", "(", "a{2,1}", "\\\\p{Nonsense}", "(?<n>a)(?<n>b)", "\\\\2(a)", "\\\\u{110000}", "^*")) {
      assertThrows(ContractException.class, () -> check("{\"pattern\": \"" + wrong + "\"}", "1", VALID), wrong);
    }
  }

  @Test
  void knownFormatsAreAsserted() {
    check("{\"format\": \"email\"}", "\"ada@example.org\"", VALID);
    check("{\"format\": \"email\"}", "\"ada@\"", " format: must be in the format email");
    check("{\"format\": \"uuid\"}", "\"0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70\"", VALID);
    check("{\"format\": \"uuid\"}", "\"0192f1a4\"", " format: must be in the format uuid");
    check("{\"format\": \"date-time\"}", "\"2026-02-28T23:59:60Z\"", VALID);
    check("{\"format\": \"date-time\"}", "\"2026-02-30T00:00:00Z\"", " format: must be in the format date-time");
    check("{\"format\": \"ipv6\"}", "\"::ffff:192.0.2.1\"", VALID);
    check("{\"format\": \"ipv6\"}", "\"1::2::3\"", " format: must be in the format ipv6");
    check("{\"format\": \"uri\"}", "\"/relative\"", " format: must be in the format uri");
    check("{\"format\": \"our-own\"}", "\"anything\"", VALID);
  }

  @Test
  void everyMemberOfAnObjectIsNamedByItsPointer() {
    String user = """
        {"type": "object", "required": ["email", "age"], "additionalProperties": false,
         "properties": {"email": {"type": "string", "minLength": 3}, "age": {"type": "integer"}, "a/b": {"type": "string"}}}""";
    check(user, "{\"email\": \"a@b\", \"age\": 3}", VALID);
    check(user, "{\"age\": 3}", "/email required: is required and missing");
    check(user, "{\"email\": \"a\", \"age\": \"x\", \"more\": 1}", """
        /email minLength: must have at least 3 characters, and has 1
        /age type: must be a whole number, and is a string
        /more additionalProperties: is not a property that is known here""");
    check(user, "{\"email\": \"abc\", \"age\": 3, \"a/b\": 1}", "/a~1b type: must be a string, and is a whole number");
    check("{\"patternProperties\": {\"^x-\": {\"type\": \"string\"}}, \"additionalProperties\": {\"type\": \"number\"}}", "{\"x-a\": 1, \"b\": \"c\"}", """
        /x-a type: must be a string, and is a whole number
        /b type: must be a number, and is a string""");
    check("{\"propertyNames\": {\"maxLength\": 1}}", "{\"ab\": 1}", "/ab propertyNames: has a name that is not allowed here");
    check("{\"dependentRequired\": {\"card\": [\"address\"]}}", "{\"card\": 1}", "/address dependentRequired: is required beside \"card\" and missing");
    check("{\"minProperties\": 1}", "{}", " minProperties: must have at least 1 property, and has 0");
  }

  @Test
  void itemsAreNamedByTheirIndex() {
    check("{\"items\": {\"type\": \"string\"}}", "[\"a\", 1, null]", """
        /1 type: must be a string, and is a whole number
        /2 type: must be a string, and is null""");
    check("{\"prefixItems\": [{\"type\": \"string\"}], \"items\": false}", "[\"a\", 1]", "/1 false: must not be there");
    check("{\"uniqueItems\": true}", "[1, {\"a\": 1}, {\"a\": 1.0}]", "/2 uniqueItems: is there twice, and each item may be there once");
    check("{\"maxItems\": 1}", "[1, 2]", " maxItems: must have at most 1 item, and has 2");
    check("{\"contains\": {\"type\": \"string\"}, \"maxContains\": 1}", "[\"a\", \"b\"]", " maxContains: must have at most 1 of the items asked for, and has 2");
    check("{\"contains\": {\"type\": \"string\"}}", "[1]", " contains: must have at least 1 of the items asked for, and has 0");
  }

  @Test
  void alternativesSayWhyEachWasRefused() {
    String either = "{\"oneOf\": [{\"required\": [\"text\"]}, {\"required\": [\"texts\"]}]}";
    check(either, "{\"text\": 1}", VALID);
    check(either, "{}", " oneOf: must be exactly one of 2 alternatives (1: /text is required and missing; 2: /texts is required and missing)");
    check(either, "{\"text\": 1, \"texts\": 2}", " oneOf: must be exactly one of 2 alternatives, and is 2 of them");
    check("{\"anyOf\": [{\"type\": \"string\"}, {\"minimum\": 5}]}", "3",
        " anyOf: must be at least one of 2 alternatives (1: it must be a string, and is a whole number; 2: it must be at least 5)");
    check("{\"not\": {\"type\": \"string\"}}", "\"a\"", " not: is what it must not be");
    check("{\"if\": {\"required\": [\"a\"]}, \"then\": {\"required\": [\"b\"]}, \"else\": {\"required\": [\"c\"]}}", "{\"a\": 1}", "/b required: is required and missing");
  }

  @Test
  void referencesMayBeRecursive() {
    String tree = "{\"$ref\": \"#/components/schemas/Tree\"}";
    check(tree, "{\"children\": [{\"children\": []}]}", VALID);
    check(tree, "{\"children\": [{\"childs\": []}]}", "/children/0/childs additionalProperties: is not a property that is known here");
  }

  @Test
  void whatNobodyLookedAtIsUnevaluated() {
    String schema = "{\"allOf\": [{\"properties\": {\"a\": true}}], \"anyOf\": [{\"properties\": {\"b\": {\"type\": \"string\"}}}, true], \"unevaluatedProperties\": false}";
    check(schema, "{\"a\": 1, \"b\": \"x\"}", VALID);
    check(schema, "{\"a\": 1, \"b\": 2}", "/b unevaluatedProperties: is not a property that is known here");
    check("{\"prefixItems\": [true], \"contains\": {\"type\": \"string\"}, \"unevaluatedItems\": false}", "[1, \"a\", 2]", "/2 unevaluatedItems: is an item that is not known here");
  }

  @Test
  void openApi30HasWordsOfItsOwn() {
    check(Dialect.OPENAPI_3_0, "{\"type\": \"string\", \"nullable\": true}", "null", VALID);
    check(Dialect.OPENAPI_3_0, "{\"type\": \"string\"}", "null", " type: must be a string, and is null");
    check(Dialect.OPENAPI_3_0, "{\"minimum\": 1, \"exclusiveMinimum\": true}", "1", " exclusiveMinimum: must be greater than 1");
    check(Dialect.OPENAPI_3_0, "{\"$ref\": \"#/components/schemas/Tree\", \"maxProperties\": 0}", "{\"children\": []}", VALID);
  }
}
