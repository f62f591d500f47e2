package dev.tenon.contract.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.ContractFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractCheckTest {

  private static final String HEAD = """
      openapi: 3.1.0
      info: { title: t, version: 1.0.0 }
      security: []
      """;

  private static List<Finding> check(Map<String, String> files, Rule... off) {
    return ContractCheck.check("t", "openapi.yaml", ContractFiles.of(files), Set.of(off));
  }

  private static void found(String text, String... findings) {
    found(Map.of("openapi.yaml", text), findings);
  }

  private static void found(Map<String, String> files, String... findings) {
    assertEquals(String.join("\n", findings), String.join("\n", check(files).stream().map(Finding::toString).toList()));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPlaceAndPointer() {
    found("""
        openapi: 3.1.0
        info: { title: t, version: 1.0 }
        tags: [ { name: a }, { name: a } ]
        servers: [ { url: 'https://{h}/' } ]
        security: [ { nobody: [] } ]
        paths:
          /a/{id}:
            get:
              operationId: get-a
              responces: {}
              tags: [b]
              parameters:
                - { name: q, in: query, style: matrix, schema: { type: integer }, example: x, examples: { e: { value: 1, externalValue: 'https://a' } } }
                - { name: q, in: query, content: { json: {} } }
              responses:
                '200': { $ref: '#/components/schemas/Loop' }
                20X: { description: ok }
                '404': { description: no, content: { application/json: {} } }
          /b:
            post:
              responses:
                '200': { description: ok, links: { l: { operationId: nope } } }
        components:
          schemas:
            Loop: { $ref: '#/components/schemas/Loop2' }
            Loop2: { allOf: [ { $ref: '#/components/schemas/Loop' } ] }
            'Odd name': { type: strin, nullable: true, minLenght: 3, default: 7 }
            Bounds: { type: string, minLength: 5, maxLength: 3, enum: [ab, ab], readOnly: true, writeOnly: true }
            Cat: { type: object, properties: { kind: { type: string } } }
            Pet: { oneOf: [ { $ref: '#/components/schemas/Cat' }, { type: object } ], discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog' } } }
          securitySchemes:
            key: { type: apiKey, name: k }
        """,
        "openapi.yaml:2:28 error \"version\" is a number – it must be a string [field-type] #/info/version",
        "openapi.yaml:3:22 error the tag \"a\" is there twice – remove one [duplicate] #/tags/1",
        "openapi.yaml:4:19 error {h} in the URL of a server is not described – add it to \"variables\" [server-variables] #/servers/0/url",
        "openapi.yaml:5:15 error security names the scheme \"nobody\", which is not among components/securitySchemes – add it there [security] #/security/0/nobody",
        "openapi.yaml:9:7 error {id} in the path of GET /a/{id} has no parameter – describe it under \"parameters\" [contract] #/paths/~1a~1{id}/get",
        "openapi.yaml:9:20 error the operationId \"get-a\" is not an identifier – use letters and digits, as in getPlan [operation-id] #/paths/~1a~1{id}/get/operationId",
        "openapi.yaml:10:7 error an operation has no field \"responces\" – did you mean \"responses\"? [unknown-field] #/paths/~1a~1{id}/get/responces",
        "openapi.yaml:11:14 warning the tag \"b\" of get-a is not among the document's tags – add it there, with a description [tag-declared] #/paths/~1a~1{id}/get/tags/0",
        "openapi.yaml:13:40 error the parameter \"q\" is in query and cannot have the style matrix – use form, spaceDelimited, pipeDelimited or deepObject [field-value] #/paths/~1a~1{id}/get/parameters/0/style",
        "openapi.yaml:13:87 error a parameter has both \"example\" and \"examples\" – keep one [exclusive-fields] #/paths/~1a~1{id}/get/parameters/0/examples",
        "openapi.yaml:13:114 error an example has both \"value\" and \"externalValue\" – keep one [exclusive-fields] #/paths/~1a~1{id}/get/parameters/0/examples/e/externalValue",
        "openapi.yaml:14:11 error the query parameter \"q\" is there twice – remove one [duplicate] #/paths/~1a~1{id}/get/parameters/1",
        "openapi.yaml:14:44 error \"json\" is not a media type – write it as application/json or image/* [field-value] #/paths/~1a~1{id}/get/parameters/1/content/json",
        "openapi.yaml:16:24 error refers to \"#/components/schemas/Loop\", which is a schema – it must be a response [reference] #/paths/~1a~1{id}/get/responses/200/$ref",
        "openapi.yaml:17:9 error \"20X\" is not a status – use 200, 4XX or default [field-value] #/paths/~1a~1{id}/get/responses/20X",
        "openapi.yaml:18:9 warning the response 404 of get-a is not application/problem+json – answer failures with a problem document (RFC 9457) [problem-response] #/paths/~1a~1{id}/get/responses/404",
        "openapi.yaml:21:7 error POST /b has no \"operationId\" – give it a name that no other operation has [operation-id] #/paths/~1b/post",
        "openapi.yaml:21:7 warning POST /b does not say how it fails – add a response 4XX, 5XX or default of application/problem+json [problem-response] #/paths/~1b/post/responses",
        "openapi.yaml:22:62 error a link names the operation \"nope\", which is not there – correct it [reference] #/paths/~1b/post/responses/200/links/l/operationId",
        "openapi.yaml:25:19 error refers to \"#/components/schemas/Loop2\", which leads back here without a step into a value – break the circle [reference] #/components/schemas/Loop/$ref",
        "openapi.yaml:26:12 error the response 200 of GET /a/{id} has no \"description\" – say when it is given [contract] #/components/schemas/Loop2",
        "openapi.yaml:26:23 error refers to itself without going into the value, so that checking it would not end – break the circle [contract] #/components/schemas/Loop2/allOf/0",
        "openapi.yaml:27:5 error the component's name \"Odd name\" has other characters than letters, digits, \".\", \"-\" and \"_\" – rename it [field-value] #/components/schemas/Odd name",
        "openapi.yaml:27:5 warning nothing uses the component \"Odd name\" of schemas – remove it [unused-component] #/components/schemas/Odd name",
        "openapi.yaml:27:25 error \"strin\" is not a type – use string, number, integer, boolean, object, array or null [field-value] #/components/schemas/Odd name/type",
        "openapi.yaml:27:32 warning \"nullable\" is OpenAPI 3.0's and says nothing in 3.1 – add 'null' to \"type\" [schema-keyword] #/components/schemas/Odd name/nullable",
        "openapi.yaml:27:48 warning \"minLenght\" is not a keyword of JSON Schema 2020-12 and says nothing – did you mean \"minLength\"? [schema-keyword] #/components/schemas/Odd name/minLenght",
        "openapi.yaml:28:5 warning nothing uses the component \"Bounds\" of schemas – remove it [unused-component] #/components/schemas/Bounds",
        "openapi.yaml:28:43 warning \"minLength\" is 5 and \"maxLength\" 3, so that no value is valid – swap them [schema-satisfiable] #/components/schemas/Bounds/maxLength",
        "openapi.yaml:28:68 error a value of \"enum\" is there twice – remove one [field-value] #/components/schemas/Bounds/enum/1",
        "openapi.yaml:28:89 error a schema is both \"readOnly\" and \"writeOnly\" – keep one [exclusive-fields] #/components/schemas/Bounds/writeOnly",
        "openapi.yaml:29:5 warning nothing uses the component \"Cat\" of schemas – remove it [unused-component] #/components/schemas/Cat",
        "openapi.yaml:30:5 warning nothing uses the component \"Pet\" of schemas – remove it [unused-component] #/components/schemas/Pet",
        "openapi.yaml:30:21 error \"#/components/schemas/Cat\" does not require the discriminator's property \"kind\" – add it to its \"properties\" and \"required\" [discriminator] #/components/schemas/Pet/oneOf/0",
        "openapi.yaml:30:59 error an alternative beside a discriminator has no name – move it to components/schemas and refer to it [discriminator] #/components/schemas/Pet/oneOf/1",
        "openapi.yaml:30:132 error refers to \"#/components/schemas/Dog\", and there is nothing – correct it [reference] #/components/schemas/Pet/discriminator/mapping/dog",
        "openapi.yaml:30:132 error \"mapping\" leads from \"dog\" to \"#/components/schemas/Dog\", where there is no schema – correct it [discriminator] #/components/schemas/Pet/discriminator/mapping/dog",
        "openapi.yaml:32:5 warning nothing uses the component \"key\" of securitySchemes – remove it [unused-component] #/components/securitySchemes/key",
        "openapi.yaml:32:10 error the security scheme \"key\" is of type apiKey and needs \"in\" – add it [missing-field] #/components/securitySchemes/key");
  }

  @Test
  void whatIsNoDocumentIsSaidWithItsPlace() {
    found("", "openapi.yaml:1:1 error the file is empty – write an OpenAPI document into it [unreadable]");
    found("- a", "openapi.yaml:1:1 error is an array – an OpenAPI document is an object [unreadable]");
    found("{ \"openapi\": }", "openapi.yaml:1:14 error is not JSON: Unexpected character ('}' (code 125)): expected a value [unreadable]");
    found(Map.of(), "openapi.yaml:1:1 error there is no such file [unreadable]");
    found("openapi: 3.2.0", "openapi.yaml:1:10 error is OpenAPI 3.2.0 – versions 3.0 and 3.1 are understood [unreadable]");
    found("openapi: 3.1.0\ninfo: 7\n",
        "openapi.yaml:1:1 error a document needs \"paths\", \"components\" or \"webhooks\" – add one [missing-field]",
        "openapi.yaml:2:7 error is a number – it must be an object: an info object [field-type] #/info");
  }

  @Test
  void versionsDifferInWhatSchemasMayHave() {
    found("""
        openapi: 3.0.3
        info: { title: t, version: 1.0.0 }
        paths: {}
        components:
          schemas:
            A: { type: [string, 'null'], const: 1, exclusiveMinimum: 3, nullable: true }
            B: { type: array, $schema: x }
            C: { $ref: '#/components/schemas/A', description: ignored }
            D: { additionalProperties: { $ref: '#/components/schemas/C' }, properties: { a: true, e: { $ref: '#/components/schemas/D' } } }
        """,
        "openapi.yaml:6:5 warning nothing uses the component \"A\" of schemas – remove it [unused-component] #/components/schemas/A",
        "openapi.yaml:6:16 error \"type\" is an array – it must be a string [field-type] #/components/schemas/A/type",
        "openapi.yaml:6:34 error a schema has no field \"const\" in OpenAPI 3.0 – remove it, or begin its name with x- [unknown-field] #/components/schemas/A/const",
        "openapi.yaml:6:62 error \"exclusiveMinimum\" is a number – it must be true or false [field-type] #/components/schemas/A/exclusiveMinimum",
        "openapi.yaml:7:5 warning nothing uses the component \"B\" of schemas – remove it [unused-component] #/components/schemas/B",
        "openapi.yaml:7:8 error a schema of type array needs \"items\" in OpenAPI 3.0 – add it [missing-field] #/components/schemas/B",
        "openapi.yaml:7:23 error a schema has no field \"$schema\" in OpenAPI 3.0 – remove it, or begin its name with x- [unknown-field] #/components/schemas/B/$schema",
        "openapi.yaml:8:5 warning nothing uses the component \"C\" of schemas – remove it [unused-component] #/components/schemas/C",
        "openapi.yaml:8:42 warning \"description\" stands beside a $ref and is ignored – move it to what the $ref leads to [reference-siblings] #/components/schemas/C/description",
        "openapi.yaml:9:5 warning nothing uses the component \"D\" of schemas – remove it [unused-component] #/components/schemas/D",
        "openapi.yaml:9:85 error is a boolean – it must be an object: a schema [field-type] #/components/schemas/D/properties/a");
  }

  private static final String EXAMPLES = HEAD + """
      paths:
        /a:
          post:
            operationId: a
            parameters:
              - { name: q, in: query, schema: { type: integer, default: no }, example: 1.5 }
            requestBody:
              content:
                application/json:
                  schema: { $ref: '#/components/schemas/User' }
                  examples:
                    good: { value: { name: Ada } }
                    bad: { $ref: '#/components/examples/Bad' }
                application/xml:
                  schema: { $ref: '#/components/schemas/User' }
                  example: <user/>
            responses:
              '204': { description: done, headers: { X-Left: { schema: { type: integer }, example: many } } }
              default: { description: failed, content: { application/problem+json: { schema: { type: object } } } }
      components:
        examples:
          Bad:
            value:
              name: Ada
              friends: [ { name: 7 } ]
        schemas:
          User:
            type: object
            required: [name]
            examples: [ {} ]
            properties:
              name: { type: string, enum: [Ada, Bob, 3] }
              friends: { type: array, items: { $ref: '#/components/schemas/User' } }
      """;

  @Test
  void examplesAndDefaultsAreValidated() {
    found(EXAMPLES,
        "openapi.yaml:9:67 error the default is not valid: it must be a whole number, and is a string – correct it, or the schema [default-valid] #/paths/~1a/post/parameters/0/schema/default",
        "openapi.yaml:9:82 error the example of the parameter \"q\" is not valid: it must be a whole number, and is a number – correct it, or the schema [example-valid] #/paths/~1a/post/parameters/0/example",
        "openapi.yaml:21:94 error the example of the header \"X-Left\" is not valid: it must be a whole number, and is a string – correct it, or the schema [example-valid] #/paths/~1a/post/responses/204/headers/X-Left/example",
        "openapi.yaml:28:28 error the example \"bad\" of application/json is not valid: /friends/0/name must be a string, and is a whole number – correct it, or the schema [example-valid] #/components/examples/Bad/value/friends/0/name",
        "openapi.yaml:33:19 error an example is not valid: /name is required and missing – correct it, or the schema [example-valid] #/components/schemas/User/examples/0",
        "openapi.yaml:35:48 warning a value of \"enum\" is not valid by the rest of its schema – correct one of the two [schema-satisfiable] #/components/schemas/User/properties/name/enum/2");
  }

  @Test
  void rulesAreSwitchedOffByFlagOrBelowAnObject() {
    assertTrue(check(Map.of("openapi.yaml", EXAMPLES)).stream().anyMatch(finding -> finding.rule() == Rule.EXAMPLE_VALID));
    assertEquals(List.of(Rule.DEFAULT_VALID, Rule.SCHEMA_SATISFIABLE),
        check(Map.of("openapi.yaml", EXAMPLES), Rule.EXAMPLE_VALID).stream().map(Finding::rule).toList());
    assertEquals(1, check(Map.of("openapi.yaml", EXAMPLES.replace("      operationId: a", "      operationId: a\n      x-tenon-lint-off: [default-valid, example-valid]")), Rule.SCHEMA_SATISFIABLE).size());
    found(HEAD + "paths: {}\nx-tenon-lint-off: [reference, odd]\n",
        "openapi.yaml:5:20 error \"x-tenon-lint-off\" names \"reference\", which is the specification's and stays on – use one of " + ContractCheck.switchable() + " [field-value] #/x-tenon-lint-off/0",
        "openapi.yaml:5:31 error \"x-tenon-lint-off\" names no rule – use one of " + ContractCheck.switchable() + " [field-value] #/x-tenon-lint-off/1");
  }

  @Test
  void aFindingNamesTheFileThatItIsIn() {
    found(Map.of(
        "openapi.yaml", HEAD + """
            paths:
              /a:
                $ref: paths/a.yaml
            """,
        "paths/a.yaml", """
            get:
              operationId: a
              responses:
                default:
                  description: failed
                  content:
                    application/problem+json:
                      schema: { $ref: '../schemas.json#/Problem' }
            """,
        "schemas.json", """
            { "Problem": { "type": "object", "propertys": {} } }
            """),
        "schemas.json:1:34 warning \"propertys\" is not a keyword of JSON Schema 2020-12 and says nothing – did you mean \"properties\"? [schema-keyword] #/Problem/propertys");
  }

  @Test
  void reportsAreWhatMachinesRead() {
    List<Finding> findings = check(Map.of("openapi.yaml", HEAD + "paths: { a: {} }\n")).stream().map(finding -> finding.below("contracts/t")).toList();
    assertEquals("""
        {
          "findings" : [ {
            "rule" : "field-value",
            "severity" : "error",
            "file" : "contracts/t/openapi.yaml",
            "line" : 4,
            "column" : 10,
            "pointer" : "/paths/a",
            "message" : "the path \\"a\\" does not begin with / – write \\"/a\\""
          } ]
        }
        """, FindingsReport.json(findings));
    String sarif = FindingsReport.sarif(findings);
    assertTrue(sarif.contains("\"ruleId\" : \"field-value\"") && sarif.contains("\"uri\" : \"contracts/t/openapi.yaml\"") && sarif.contains("\"startLine\" : 4"), sarif);
  }
}
