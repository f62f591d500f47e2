package dev.tenon.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final String HEAD = """
      openapi: 3.1.0
      info: { title: t, version: 1.0.0 }
      """;

  private static void refused(String text, String... problems) {
    ContractException e = assertThrows(ContractException.class, () -> Contract.parse("t", text));
    assertEquals(String.join("\n", problems), e.getMessage());
  }

  @Test
  void operationsAreReadWithAllThatTheEdgeNeeds() {
    Contract contract = Contract.parse("users", HEAD + """
        security: [ { key: [] } ]
        x-tenon-body-bytes-max: 100
        paths:
          /users/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: integer } }
            get:
              operationId: read
              security: []
              responses: { '200': { description: ok } }
            post:
              operationId: change
              x-tenon-idempotent: true
              x-tenon-body-bytes-max: 5
              requestBody: { required: true, content: { 'Application/JSON; charset=utf-8': { schema: { type: object } } } }
              responses: { 2XX: { description: ok }, default: { description: no } }
        components:
          securitySchemes: { key: { type: http, scheme: Bearer } }
        """);
    assertEquals("1.0.0", contract.documentVersion());
    Operation read = contract.operations().get(0);
    assertEquals("read GET /users/{id} true 100 []", read.id() + " " + read.method() + " " + read.path() + " " + read.idempotent() + " " + read.bodyBytesMax() + " " + read.security());
    assertEquals("path id", read.parameters().getFirst().label());
    assertEquals("users.yaml:10:7", read.at().toString());
    Operation change = contract.operations().get(1);
    assertEquals("change true 5 [{key=[]}]", change.id() + " " + change.idempotent() + " " + change.bodyBytesMax() + " " + change.security());
    assertEquals("application/json", change.requestBody().orElseThrow().content().find("application/json").orElseThrow().range());
    assertTrue(change.requestBody().orElseThrow().content().find("text/plain").isEmpty());
    assertEquals("2XX", change.response(204).orElseThrow().status());
    assertEquals("default", change.response(404).orElseThrow().status());
    assertTrue(read.response(404).isEmpty());
    assertEquals("bearer", contract.securitySchemes().get("key").scheme());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
    refused(HEAD + """
        paths:
          users: {}
          /a/{id}:
            get:
              operationId: same
              responses: {}
          /a/{other}:
            post:
              operationId: same
              security: [ { nobody: [] } ]
              parameters:
                - { name: q, in: body, schema: {} }
                - { name: id, in: path, required: true, schema: {} }
              responses: { '20': { description: x }, '200': { } }
        """,
        "t.yaml:4:10 the path \"users\" is not a path template – it starts with / and a variable fills a whole segment: /users/{id}",
        "t.yaml:7:7 {id} in the path of GET /a/{id} has no parameter – describe it under \"parameters\"",
        "t.yaml:7:7 GET /a/{id} has no \"responses\" – describe at least one",
        "t.yaml:10:5 the path \"/a/{other}\" matches the same requests as the one at t.yaml:6:5 – make one path of them",
        "t.yaml:11:20 the operationId \"same\" is used already at t.yaml:7:7 – each is used once",
        "t.yaml:14:11 a parameter of POST /a/{other} needs a \"name\", and an \"in\" that is path, query, header or cookie",
        "t.yaml:15:11 the path parameter \"id\" of POST /a/{other} is not in the path – add {id} to it",
        "t.yaml:11:7 {other} in the path of POST /a/{other} has no parameter – describe it under \"parameters\"",
        "t.yaml:16:26 \"20\" in the responses of POST /a/{other} is not a status – use 200, 4XX or default",
        "t.yaml:16:53 the response 200 of POST /a/{other} has no \"description\" – say when it is given",
        "t.yaml:12:29 POST /a/{other} needs the security scheme \"nobody\", which is not among components/securitySchemes – add it there");
  }

  @Test
  void whatIsNotAContractIsRefusedWithItsPlace() {
    refused("", "t.yaml:1:1 the file is empty – write an OpenAPI document into it");
    refused("- a", "t.yaml:1:1 is an array – an OpenAPI document is an object");
    refused("a: b: c", "t.yaml:1:5 is not YAML: mapping values are not allowed here");
    refused("a: 1\na: 2", "t.yaml:2:1 the key \"a\" is there twice – remove one");
    refused("a: &x [ *x ]", "t.yaml:1:9 an alias refers to a value that contains it – use $ref for recursion");
    refused("a: *x", "t.yaml:1:4 is not YAML: found undefined alias x");
    refused("a: 1\n---\nb: 2", "t.yaml:2:1 is not YAML: but found another document");
    refused("[a]: 1", "t.yaml:1:1 a key is not a scalar – JSON knows strings only");
    refused("<<: {}", "t.yaml:1:1 merge keys (\"<<\") are not read – write the members out, or use $ref");
    refused("{ \"openapi\": }", "t.yaml:1:14 is not JSON: Unexpected character ('}' (code 125)): expected a value");
    refused("openapi: 2.0", "t.yaml:1:10 has no \"openapi\" – the first line says which version it is, as in openapi: 3.1.0");
    refused("openapi: 3.2.0", "t.yaml:1:10 is OpenAPI 3.2.0 – versions 3.0 and 3.1 are understood");
    refused(HEAD + "paths: {}\ncomponents: { schemas: { A: { type: strin }, B: { pattern: '(' }, C: { $ref: '#/nowhere' } } }",
        "t.yaml:4:78 refers to \"#/nowhere\", and there is nothing – correct it");
    refused(HEAD + "paths: {}\ncomponents: { schemas: { A: { type: strin }, B: { pattern: '(' } } }",
        "t.yaml:4:37 is not a type – use string, number, integer, boolean, object, array or null",
        "t.yaml:4:60 is not a regular expression (ECMA-262): a parenthesis is not closed, near index 1");
  }

  @Test
  void plainYamlScalarsMeanWhatJsonMeans() {
    Contract contract = Contract.parse("t", HEAD + "paths: {}\nx-values: [no, on, 2026-01-01, 012, 1_000, 0.50, ~, True, '1', 1e3]\n");
    assertEquals("[no, on, 2026-01-01, 12, 1_000, 0.50, null, true, 1, 1E+3]", contract.document().get("x-values").orElseThrow().plain().toString());
  }

  @Test
  void aliasesAreTheValuesTheyStandFor() {
    Contract contract = Contract.parse("t", HEAD + "paths: {}\nx-a: &a { b: &b [1, &c two], *c : *b }\nx-d: [*a, *c, &a 3, *a]\n");
    assertEquals("[{b=[1, two], two=[1, two]}, two, 3, 3]", contract.document().get("x-d").orElseThrow().plain().toString());
  }

  @Test
  void aliasesCountAsWhatTheyStandFor() {
    StringBuilder many = new StringBuilder("a0: &a0 [" + "x,".repeat(9) + "x]\n");
    for (int i = 1; i < 7; i++) {
      many.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    refused(many.toString(), "t.yaml:7:10 the file has more than 2000000 values – split it, or use fewer aliases");
    refused("a: &a " + "[".repeat(150) + "]".repeat(150) + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60), "t.yaml:2:64 values are nested deeper than 200 – flatten them");
  }

  @Test
  void otherFilesBecomeComponents() {
    Contract contract = Contract.load("t", "openapi.yaml", ContractFiles.of(Map.of(
        "openapi.yaml", HEAD + """
            paths:
              /users: { $ref: 'paths/users.yaml' }
            components:
              schemas:
                User: { type: string }
            """,
        "paths/users.yaml", """
            get:
              operationId: list
              responses:
                '200':
                  description: ok
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: '../schemas.json#/User' } }
                '404': { $ref: '../openapi-parts.yaml#/responses/Missing' }
            """,
        "schemas.json", """
            {"User": {"type": "object", "properties": {"friend": {"$ref": "#/User"}, "name": {"$ref": "openapi.yaml#/components/schemas/User"}}}}
            """,
        "openapi-parts.yaml", """
            responses:
              Missing: { description: nobody }
            """)));
    assertEquals("""
        {"openapi":"3.1.0","info":{"title":"t","version":"1.0.0"},"paths":{"/users":{"get":{"operationId":"list","responses":{\
        "200":{"description":"ok","content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/User_2"}}}}},\
        "404":{"$ref":"#/components/responses/Missing"}}}}},"components":{"schemas":{"User":{"type":"string"},\
        "User_2":{"type":"object","properties":{"friend":{"$ref":"#/components/schemas/User_2"},"name":{"$ref":"#/components/schemas/User"}}}},\
        "responses":{"Missing":{"description":"nobody"}}}}""", contract.json());
    assertEquals("paths/users.yaml:2:3", contract.operations().getFirst().at().toString());
    assertEquals(List.of("200", "404"), contract.operations().getFirst().responses().stream().map(Response::status).toList());
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamedWithItsPlace() {
    refused(HEAD + """
        paths:
          /a: { $ref: 'gone.yaml' }
          /b:
            get:
              operationId: b
              responses: { '200': { $ref: 'https://example.org/x.yaml' }, '404': { $ref: '#/components/responses/None' } }
        """,
        "t.yaml:4:15 refers to the file \"gone.yaml\", which is not there",
        "t.yaml:8:35 refers to \"https://example.org/x.yaml\" – only files beside the contract are read, so copy it there",
        "t.yaml:8:82 refers to \"#/components/responses/None\", and there is nothing – correct it");
  }

  @Test
  void schemasAreFoundByTheirIdentifiers() {
    Contract contract = Contract.parse("ids", HEAD + """
        paths: {}
        components:
          schemas:
            Order:
              $id: https://shop.example/order
              type: object
              properties:
                items: { type: array, items: { $ref: item } }
                first: { $ref: '#/$defs/price' }
                other: { $ref: '#/components/schemas/Plain' }
              $defs: { price: { $anchor: price, type: integer } }
            Item: { $id: https://shop.example/item, type: object, properties: { price: { $ref: 'order#price' } } }
            Plain: { type: string }
            Entry: { $ref: https://shop.example/order }
        """);
    Schema entry = contract.schemas().compile(contract.document().find("/components/schemas/Entry").orElseThrow());
    assertTrue(entry.accepts(Map.of("items", List.of(Map.of("price", 1L)), "first", 2L, "other", "x")));
    assertEquals("/items/0/price /first /other", String.join(" ", entry.violations(new java.util.LinkedHashMap<>(Map.of("items", List.of(Map.of("price", "1")), "first", "2", "other", 3L)))
        .stream().map(Violation::pointer).sorted(java.util.Comparator.comparing("/items/0/price /first /other"::indexOf)).toList()));
    refused(HEAD + "paths: {}\ncomponents: { schemas: { A: { $ref: 'https://elsewhere.example/a' } } }\n",
        "t.yaml:4:37 refers to \"https://elsewhere.example/a\" – only files beside the contract are read, so copy it there");
    refused(HEAD + "paths: {}\ncomponents: { schemas: { A: { $schema: 'http://json-schema.org/draft-07/schema#' } } }\n",
        "t.yaml:4:40 is a dialect that is not understood – use https://json-schema.org/draft/2020-12/schema, or leave \"$schema\" out");
  }
}
