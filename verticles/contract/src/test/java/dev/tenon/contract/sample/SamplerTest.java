package dev.tenon.contract.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.Contract;
import dev.tenon.contract.Node;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Contract contract(String version, String schema) {
    return Contract.parse("test", """
        {"openapi": "%s", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"It": %s,
          "Tree": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
          "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer", "minimum": 1}}},
          "Dog": {"type": "object", "required": ["kind", "bark"], "properties": {"kind": {"type": "string"}, "bark": {"type": "string", "minLength": 1}}}}}}
        """.formatted(version, schema));
  }

  private static Samples samples(String version, String schema, SampleOptions options) {
    Contract contract = contract(version, schema);
    Node node = contract.document().find("/components/schemas/It").orElseThrow();
    Samples samples = Sampler.of(contract, options).samples(node);
    Schema compiled = contract.schemas().compile(node);
    for (ValidSample each : samples.valid()) {
      assertTrue(compiled.accepts(reread(each.value())), schema + " allows " + each);
    }
    for (InvalidSample each : samples.invalid()) {
      assertFalse(compiled.accepts(reread(each.value())), schema + " forbids " + each);
    }
    return samples;
  }

  /// What is left of a value when it goes over the wire.
  private static Object reread(Object value) {
    try {
      return JsonValue.read(text(value).getBytes(StandardCharsets.UTF_8));
    } catch (NotJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /// One row: a schema and every value made for it, a line each: `+ name value` for valid ones, `- name value` for invalid ones, `? pointer keyword reason` for gaps.
  private static void check(String version, String schema, String expected) {
    Samples samples = samples(version, schema, SampleOptions.USUAL);
    StringBuilder found = new StringBuilder();
    samples.valid().forEach(each -> found.append("+ ").append(each.name()).append(' ').append(text(each.value())).append('\n'));
    samples.invalid().forEach(each -> found.append("- ").append(each.name()).append(' ').append(text(each.value())).append(each.isAlone() ? "" : " not alone").append('\n'));
    samples.gaps().forEach(each -> found.append("? ").append(each.pointer()).append(' ').append(each.keyword()).append(' ').append(each.reason()).append('\n'));
    assertEquals(expected, found.toString(), schema);
  }

  private static void check(String schema, String expected) {
    check("3.1.0", schema, expected);
  }

  /// One row: a schema, the keywords that a valid sample is named after, and those that an invalid one violates alone. No gaps.
  private static void covers(String version, String schema, Set<String> valid, Set<String> invalid) {
    Samples samples = samples(version, schema, SampleOptions.USUAL);
    assertEquals(List.of(), samples.gaps(), schema);
    Set<String> names = samples.valid().stream().map(ValidSample::name).collect(Collectors.toSet());
    assertTrue(names.containsAll(valid), () -> schema + " lacks " + valid + " in " + names);
    Set<String> keywords = samples.invalid().stream().filter(InvalidSample::isAlone).map(each -> each.pointer() + " " + each.keyword()).collect(Collectors.toSet());
    assertTrue(keywords.containsAll(invalid), () -> schema + " lacks " + invalid + " in " + keywords);
  }

  private static void covers(String schema, Set<String> valid, Set<String> invalid) {
    covers("3.1.0", schema, valid, invalid);
  }

  @Test
  void numbersAreMadeAtTheirBoundsAndJustBeyond() {
    check("{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 10}", """
        + typical 4
        + minimum 1
        + maximum 10
        - type: null null
        - type: a number 1.5
        - type: a string "1"
        - minimum 0
        - maximum 11
        """);
    check("{\"type\": \"number\", \"minimum\": 0.1, \"exclusiveMaximum\": 2}", """
        + typical 0.73
        + minimum 0.1
        + exclusiveMaximum 1.999
        + 1 1
        + 0.5 0.5
        - type: null null
        - type: a string "1"
        - type: an object {}
        - minimum 0.099
        - exclusiveMaximum 2
        """);
    check("{\"type\": \"integer\", \"multipleOf\": 7, \"exclusiveMinimum\": 0}", """
        + typical 35
        + exclusiveMinimum 7
        - type: null null
        - type: a number 1.5
        - type: a string "1"
        - exclusiveMinimum 0
        - multipleOf 36
        """);
    check("3.0.3", "{\"type\": \"integer\", \"minimum\": 1, \"exclusiveMinimum\": true, \"format\": \"int32\", \"nullable\": true}", """
        + typical 35
        + exclusiveMinimum 2
        + maximum 2147483647
        + null null
        - type: a number 1.5
        - type: a string "1"
        - type: a boolean true
        - exclusiveMinimum 1
        - maximum 2147483648
        """);
  }

  @Test
  void textsHaveTheLengthsThatCount() {
    check("{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 4}", """
        + typical "A jo"
        + minLength "As"
        + maxLength in wide characters "😀😀😀😀"
        + unusual characters "\\"'\\\\/"
        - type: null null
        - type: a whole number 1
        - type: an array []
        - minLength "A"
        - maxLength "A joi"
        """);
    covers("{\"type\": \"string\", \"format\": \"email\", \"maxLength\": 254}",
        Set.of("typical", "maxLength", "format email 1", "format email 3"), Set.of(" format", " maxLength", " type"));
    covers("{\"type\": \"string\", \"format\": \"date-time\", \"maxLength\": 40}", Set.of("maxLength", "format date-time 3"), Set.of(" format", " maxLength"));
    for (String format : List.of("date", "time", "duration", "uuid", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "json-pointer", "byte")) {
      covers("{\"type\": \"string\", \"format\": \"" + format + "\"}", Set.of("typical", "format " + format + " 3"), Set.of(" format", " type"));
    }
  }

  @Test
  void textsMatchThePatternsOfTheirSchema() {
    for (String pattern : List.of("^[A-Z]{2}-\\\\d{4}$", "abc", "^(me|[0-9a-f]{8}-[0-9a-f]{4})$", "^(?=.*[A-Z])(?=.*\\\\d).{8,20}$", "^(\\\\w)\\\\1(foo|bar)*[^a-z]?$",
        "^[^\\\\s@]+@[^\\\\s@]+$", "^\\\\p{Lu}\\\\p{L}*$", "^(?:a|b(?<n>c))+?$", "^\\\\u00e9\\\\x41\\\\.$", "(^a$|^b$)", "^[\\\\[\\\\]-]{1,3}$")) {
      covers("{\"type\": \"string\", \"pattern\": \"" + pattern + "\"}", Set.of("typical"), Set.of(" pattern", " type"));
    }
    covers("{\"type\": \"string\", \"pattern\": \"^[a-z]+$\", \"minLength\": 3, \"maxLength\": 50}", Set.of("minLength", "maxLength"), Set.of(" pattern", " minLength", " maxLength"));
  }

  @Test
  void everyValueOfAnEnumIsMade() {
    check("{\"enum\": [\"a\", \"b\", 3, null]}", """
        + typical "a"
        + enum 2 "b"
        + a whole number 3
        + null null
        - enum "ax"
        - enum #2 4
        - enum #3 "null"
        """);
    check("{\"const\": {\"a\": [1]}}", """
        + typical {"a":[1]}
        - const {"a":[1],"x":"x"}
        """);
  }

  @Test
  void membersComeAndGoOneByOne() {
    check("{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": {\"enum\": [\"x\"]}, \"b\": {\"type\": \"boolean\"}}, \"additionalProperties\": false}", """
        + typical {"a":"x","b":true}
        + minimal {"a":"x"}
        + /b false {"a":"x","b":false}
        - type: null null
        - type: an array []
        - type: a string "1"
        - /a required {"b":true}
        - /unexpected additionalProperties {"a":"x","b":true,"unexpected":"x"}
        - /a enum {"a":"xx","b":true}
        - /b type: null {"a":"x","b":null}
        - /b type: a string {"a":"x","b":"1"}
        - /b type: an object {"a":"x","b":{}}
        """);
    covers("{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\", \"minimum\": 0}}",
        Set.of("typical", "additional property", "/additional minimum"), Set.of("/additional minimum", "/additional type"));
    covers("{\"type\": \"object\", \"patternProperties\": {\"^x-\": {\"type\": \"string\"}}, \"additionalProperties\": false}",
        Set.of("additional property"), Set.of("/unexpected additionalProperties"));
    covers("{\"type\": \"object\", \"propertyNames\": {\"pattern\": \"^[a-z]{3}$\"}, \"minProperties\": 2}", Set.of("typical"), Set.of(" minProperties", "/unexpected propertyNames"));
    covers("{\"type\": \"object\", \"properties\": {\"card\": {\"type\": \"string\"}, \"address\": {\"type\": \"string\"}}, \"dependentRequired\": {\"card\": [\"address\"]}}",
        Set.of("without card"), Set.of("/address dependentRequired"));
    covers("{\"allOf\": [{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}, {\"properties\": {\"b\": {\"type\": \"string\"}}, \"required\": [\"b\"]}], \"unevaluatedProperties\": false}",
        Set.of("typical", "without a"), Set.of("/b required", "/unexpected unevaluatedProperties"));
  }

  @Test
  void arraysHaveTheSizesThatCount() {
    covers("{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"uniqueItems\": true, \"minItems\": 1, \"maxItems\": 5}",
        Set.of("typical", "maxItems", "/0 -1"), Set.of(" minItems", " maxItems", "/1 uniqueItems", "/0 type"));
    covers("{\"type\": \"array\", \"prefixItems\": [{\"type\": \"string\"}, {\"type\": \"integer\"}], \"items\": false}",
        Set.of("no items", "/1 0"), Set.of("/2 false", "/0 type", "/1 type"));
    covers("{\"type\": \"array\", \"contains\": {\"type\": \"integer\"}, \"minContains\": 2, \"maxContains\": 3}", Set.of("typical"), Set.of(" contains", " maxContains"));
    Samples large = samples("3.1.0", "{\"type\": \"array\", \"maxItems\": 100000, \"items\": {\"type\": \"string\", \"maxLength\": 5000000}}", SampleOptions.USUAL);
    assertEquals("""
        [Gap[pointer=, keyword=maxItems, reason=allows 100000 items, and at most 2000 are made], \
        Gap[pointer=/0, keyword=maxLength, reason=allows 5000000 characters, and at most 300000 are made]]""", large.gaps().toString());
  }

  @Test
  void everyBranchIsTaken() {
    covers("{\"oneOf\": [{\"$ref\": \"#/components/schemas/Cat\"}, {\"$ref\": \"#/components/schemas/Dog\"}], \"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {\"dog\": \"#/components/schemas/Dog\"}}}",
        Set.of("typical (oneOf/0)", "typical (oneOf/1)"), Set.of(" oneOf"));
    covers("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}, \"b\": {\"type\": \"string\"}}, \"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}]}",
        Set.of("typical (oneOf/0)", "typical (oneOf/1)", "minimal (oneOf/0)", "/b long (oneOf/1)"), Set.of(" oneOf", "/a type", "/b type"));
    covers("{\"type\": \"object\", \"properties\": {\"country\": {\"enum\": [\"US\", \"DE\"]}, \"zip\": {\"type\": \"string\"}}, \"required\": [\"country\"], \"if\": {\"properties\": {\"country\": {\"const\": \"US\"}}}, \"then\": {\"properties\": {\"zip\": {\"pattern\": \"^[0-9]{5}$\"}}, \"required\": [\"zip\"]}, \"else\": {\"properties\": {\"zip\": {\"pattern\": \"^D-\"}}}}",
        Set.of("typical (if)", "/zip pattern 1 (if)", "maximal (else)"), Set.of("/zip required", "/zip pattern"));
    covers("{\"type\": \"string\", \"not\": {\"enum\": [\"a\", \"b\"]}}", Set.of("typical", "empty"), Set.of(" not"));
    Samples anything = samples("3.1.0", "{}", SampleOptions.USUAL);
    assertEquals(Set.of(Kind.values()), anything.valid().stream().map(each -> Kind.of(each.value())).collect(Collectors.toSet()));
  }

  @Test
  void whatContainsItselfEnds() {
    covers("{\"$ref\": \"#/components/schemas/Tree\"}", Set.of("typical", "maximal", "without children", "/children/0/name long"), Set.of("/children/0/name required"));
    covers("{\"oneOf\": [{\"type\": \"integer\"}, {\"type\": \"object\", \"required\": [\"left\", \"right\"], \"properties\": {\"left\": {\"$ref\": \"#/components/schemas/It\"}, \"right\": {\"$ref\": \"#/components/schemas/It\"}}}]}",
        Set.of("typical (oneOf/0)", "typical (oneOf/1)"), Set.of());
    Samples endless = samples("3.1.0", "{\"type\": \"object\", \"required\": [\"self\"], \"properties\": {\"self\": {\"$ref\": \"#/components/schemas/It\"}}}", SampleOptions.USUAL);
    assertEquals(List.of(), endless.valid());
    assertTrue(endless.gaps().contains(new Gap("", "schema", "no value was found that fits")));
    assertEquals("[Gap[pointer=, keyword=false, reason=allows nothing]]", samples("3.1.0", "false", SampleOptions.USUAL).gaps().toString());
  }

  @Test
  void theSameSeedGivesTheSameValues() {
    String schema = "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"^[a-z]+-[0-9]+$\"}, \"minItems\": 3}";
    Samples first = samples("3.1.0", schema, SampleOptions.USUAL.withSeed(7));
    assertEquals(first, samples("3.1.0", schema, SampleOptions.USUAL.withSeed(7)));
    assertFalse(first.valid().equals(samples("3.1.0", schema, SampleOptions.USUAL.withSeed(8)).valid()));
  }

  @Test
  void everySchemaOfTheReferenceSystemIsCovered() {
    for (String name : List.of("auth", "ai", "image")) {
      Contract contract = Contract.load(name, Path.of("../../contracts/" + name + "/openapi.yaml"));
      Node.Obj schemas = (Node.Obj) contract.document().find("/components/schemas").orElseThrow();
      for (Map.Entry<String, Node> each : schemas.members().entrySet()) {
        Samples samples = Sampler.of(contract, SampleOptions.USUAL).samples(each.getValue());
        Schema compiled = contract.schemas().compile(each.getValue());
        assertTrue(samples.valid().stream().allMatch(sample -> compiled.accepts(reread(sample.value()))), each.getKey());
        assertTrue(samples.invalid().stream().noneMatch(sample -> compiled.accepts(reread(sample.value()))), each.getKey());
        assertEquals(List.of(), samples.gaps().stream().filter(gap -> !gap.reason().endsWith("are made")).toList(), each.getKey());
      }
    }
  }

  /// One row: two schemas, and whether a value that the first allows and the second forbids is found.
  private static void witness(String schema, String other, boolean expected) {
    Contract one = contract("3.1.0", schema);
    Contract two = contract("3.1.0", other);
    Node first = one.document().find("/components/schemas/It").orElseThrow();
    Node second = two.document().find("/components/schemas/It").orElseThrow();
    Schema allows = one.schemas().compile(first);
    Schema forbids = two.schemas().compile(second);
    Hints hints = Sampler.of(two, SampleOptions.USUAL).hints(second);
    boolean found = Sampler.of(one, SampleOptions.USUAL).candidates(first, hints).peek(value -> assertTrue(allows.accepts(value), schema)).anyMatch(value -> !forbids.accepts(value));
    assertEquals(expected, found, schema + " against " + other);
  }

  @Test
  void hintsOfAnotherSchemaFindWhatItForbids() {
    witness("{\"type\": \"string\"}", "{\"type\": \"string\", \"maxLength\": 50}", true);
    witness("{\"type\": \"string\", \"maxLength\": 100}", "{\"type\": \"string\", \"maxLength\": 99}", true);
    witness("{\"type\": \"string\", \"maxLength\": 99}", "{\"type\": \"string\", \"maxLength\": 100}", false);
    witness("{\"type\": \"integer\"}", "{\"type\": \"integer\", \"not\": {\"const\": 4711}}", true);
    witness("{\"type\": \"integer\", \"minimum\": 0}", "{\"type\": \"integer\", \"minimum\": 1}", true);
    witness("{\"type\": \"object\"}", "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}", true);
    witness("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}", "{\"type\": \"object\", \"required\": [\"a\"]}", true);
    witness("{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}", "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"maxItems\": 17}", true);
    witness("{\"enum\": [1, 2, 3]}", "{\"enum\": [3, 1]}", true);
    witness("{\"enum\": [1, 3]}", "{\"enum\": [3, 2, 1]}", false);
  }
}
