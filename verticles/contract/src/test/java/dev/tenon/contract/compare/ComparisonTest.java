package dev.tenon.contract.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.ContractDocument;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
  private static final String HEAD = "openapi: 3.1.0\ninfo: { title: t, version: 1.0.0 }\n";
  private static final String THREE_0 = "openapi: 3.0.3\ninfo: { title: t, version: 1.0.0 }\n";

  private static String told(String old, String now) {
    return told(ContractDocument.parse("old.yaml", old), ContractDocument.parse("new.yaml", now));
  }

  private static String told(ContractDocument old, ContractDocument now) {
    return Comparison.of(old, now, TODAY).findings().stream().map(finding -> finding.severity().word() + " " + finding.rule().id() + " " + finding.side().word()).collect(Collectors.joining("\n"));
  }

  private static String body(String head, String schema) {
    return head + "paths: { /a: { post: { requestBody: { content: { application/json: { schema: " + schema + " } } }, responses: { '200': { description: ok } } } } }\n";
  }

  @Test
  void oneCauseHasAsManyEffectsAsItIsUsed() {
    String paths = "paths:\n" + IntStream.range(0, 40).mapToObj(i -> "  /p" + i + ": { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } },"
        + " responses: { '200': { description: ok } } } }\n").collect(Collectors.joining());
    String schema = "components: { schemas: { A: { type: object, properties: { n: { type: string, maxLength: %d } } } } }\n";
    List<Finding> findings = Comparison.of(ContractDocument.parse("old.yaml", HEAD + paths + schema.formatted(9)), ContractDocument.parse("new.yaml", HEAD + paths + schema.formatted(5)), TODAY).findings();
    assertEquals(1, findings.size());
    assertEquals(40, findings.getFirst().effects().size());
    assertEquals("POST /p0: the request body (application/json) at /n", findings.getFirst().effects().getFirst().toString());
    assertEquals("/components/schemas/A/properties/n/maxLength", findings.getFirst().before().orElseThrow().pointer());
  }

  @Test
  void versionsOfTheSpecificationSayTheSameDifferently() {
    assertEquals("", told(body(THREE_0, "{ type: string, nullable: true, minLength: 1 }"), body(HEAD, "{ type: [string, 'null'], minLength: 1 }")));
    assertEquals("", told(body(THREE_0, "{ type: integer, minimum: 3, exclusiveMinimum: true }"), body(HEAD, "{ type: integer, exclusiveMinimum: 3 }")));
    assertEquals("", told(body(THREE_0, "{ type: integer, minimum: 3, exclusiveMinimum: true }"), body(HEAD, "{ type: integer, minimum: 4 }")));
    assertEquals("", told(body(THREE_0, "{ type: string, enum: [a] }"), body(HEAD, "{ const: a }")));
  }

  @Test
  void recursionIsFollowedOnceAround() {
    String tree = "{ $ref: '#/components/schemas/%s' }";
    String schemas = "components: { schemas: { %1$s: { type: object, properties: { size: { type: integer, maximum: %2$d }, children: { type: array, items: { $ref: '#/components/schemas/%1$s' } } } } } }\n";
    String old = body(HEAD, tree.formatted("Tree")) + schemas.formatted("Tree", 9);
    assertEquals("", told(old, body(HEAD, tree.formatted("Node")) + schemas.formatted("Node", 9)));
    assertEquals("breaking request-maximum-lowered request", told(old, body(HEAD, tree.formatted("Node")) + schemas.formatted("Node", 5)));
  }

  @Test
  void whatIsForOneSideOnlyIsComparedThere() {
    String old = "{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }";
    String now = "{ type: object, required: [id], properties: { id: { type: integer, readOnly: true } } }";
    assertEquals("", told(body(HEAD, old), body(HEAD, now)));
  }

  @Test
  void eventsGoFromTheProviderToConsumers() {
    String event = HEAD + "webhooks: { made: { post: { requestBody: { content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: %s } } } } } },"
        + " responses: { '200': { description: ok } } } } }\n";
    assertEquals("compatible response-type-narrowed event", told(event.formatted("[string, integer]"), event.formatted("string")));
    assertEquals("breaking response-type-widened event", told(event.formatted("string"), event.formatted("[string, integer]")));
  }

  @Test
  void namesOfPathVariablesAndSchemesPlayNoPart() {
    String path = HEAD + "components: { securitySchemes: { %1$s: { type: http, scheme: bearer } } }\npaths: { '/a/{%1$s}': { get: { security: [ { %1$s: [] } ],"
        + " parameters: [ { name: %1$s, in: path, required: true, schema: { type: string } } ], responses: { '200': { description: ok } } } } }\n";
    assertEquals("", told(path.formatted("one"), path.formatted("other")));
  }

  @Test
  void numbersInParametersMayBecomeTexts() {
    String query = HEAD + "paths: { /a: { get: { parameters: [ { name: q, in: query, schema: { type: %s } } ], responses: { '200': { description: ok } } } } }\n";
    assertEquals("compatible request-type-widened request", told(query.formatted("integer"), query.formatted("string")));
    assertEquals("breaking request-type-narrowed request", told(query.formatted("string"), query.formatted("integer")));
  }

  @Test
  void versionsGrowByWhatTheChangesAskFor() {
    assertEquals("2.0.0 false", check("1.2.3", "1.3.0", Bump.MAJOR));
    assertEquals("1.3.0 true", check("1.2.3", "1.3.0", Bump.MINOR));
    assertEquals("1.2.4 true", check("1.2.3", "2.0.0", Bump.PATCH));
    assertEquals("0.3.0 false", check("0.2.3", "0.2.4", Bump.MAJOR));
    assertEquals("0.2.4 true", check("0.2.3", "0.2.4", Bump.MINOR));
    assertEquals("none true", check("2026-01", "2026-02", Bump.MAJOR));
  }

  private static String check(String old, String now, Bump bump) {
    VersionCheck check = VersionCheck.of(old, now, bump);
    return check.least().orElse("none") + " " + check.enough();
  }

  @Test
  void hostileSchemasEndInBoundedWork() {
    Map<String, Object> components = new LinkedHashMap<>();
    for (int i = 0; i < 3_000; i++) {
      components.put("Chain" + i, Map.of("$ref", "#/components/schemas/Chain" + (i + 1)));
    }
    components.put("Chain3000", Map.of("type", "string"));
    List<Object> choices = IntStream.range(0, 12).mapToObj(i -> (Object) Map.of("anyOf", List.of(Map.of("required", List.of("a" + i)), Map.of("required", List.of("b" + i)), Map.of("maxProperties", i)))).toList();
    components.put("Product", Map.of("allOf", choices));
    components.put("Loop", Map.of("anyOf", List.of(Map.of("$ref", "#/components/schemas/Loop"), Map.of("not", Map.of("$ref", "#/components/schemas/Loop")))));
    components.put("Wide", Map.of("oneOf", IntStream.range(0, 300).mapToObj(i -> (Object) Map.of("type", "object", "minProperties", i)).toList()));
    for (String name : List.of("Chain0", "Product", "Loop", "Wide")) {
      Map<String, Object> changed = new LinkedHashMap<>(components);
      changed.put("Chain3000", Map.of("type", "integer"));
      changed.put("Product", Map.of("allOf", choices.subList(0, 11)));
      ContractDocument old = using(name, components);
      assertEquals("", told(old, using(name, components)).lines().filter(line -> line.startsWith("breaking")).collect(Collectors.joining()), name);
      assertTrue(Comparison.of(old, using(name, changed), TODAY).findings().size() < 500, name);
    }
  }

  private static ContractDocument using(String name, Map<String, Object> components) {
    Map<String, Object> body = Map.of("content", Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/" + name))));
    return Catalogue.document(Map.of("components", Map.of("schemas", components), "paths",
        Map.of("/a", Map.of("post", Map.of("requestBody", body, "responses", Map.of("200", Map.of("description", "ok")))))));
  }
}
