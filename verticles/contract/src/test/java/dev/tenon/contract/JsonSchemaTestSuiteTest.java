package dev.tenon.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.schema.Dialect;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official JSON-Schema-Test-Suite, optional tests and formats included: draft 2020-12, and draft 4 read as OpenAPI 3.0. What differs is listed with its reason in
/// `json-schema-test-suite.txt`; anything else that differs fails, and so does what is listed and does not differ.
class JsonSchemaTestSuiteTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What differs, by `suite :: group :: test`, or `suite :: group` where the schema is refused; and why.
  private static Map<String, String> ledger(String draft) throws IOException {
    Map<String, String> ledger = new LinkedHashMap<>();
    String reason = "";
    try (InputStream in = JsonSchemaTestSuiteTest.class.getResourceAsStream("json-schema-test-suite.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("# ")) {
          reason = line.substring(2);
        } else if (line.startsWith(draft + "/")) {
          assertTrue(!reason.isEmpty() && ledger.put(line, reason) == null, line);
        }
      }
    }
    return ledger;
  }

  @ParameterizedTest
  @CsvSource({"draft2020-12, DRAFT_2020_12, 1413", "draft4, OPENAPI_3_0, 722"})
  void whatDiffersFromTheOfficialSuiteIsWrittenDown(String draft, Dialect dialect, int testsExpected) throws IOException {
    List<String> differing = new ArrayList<>();
    int tests = 0;
    JsonNode suites;
    try (InputStream in = JsonSchemaTestSuiteTest.class.getResourceAsStream("/test-suite-tck.json")) {
      suites = JSON.readTree(in).get("suites");
    }
    for (JsonNode suite : suites) {
      String name = suite.get("name").asText();
      if (!name.startsWith(draft + "/")) {
        continue;
      }
      for (JsonNode group : suite.get("value")) {
        String place = name + " :: " + group.get("description").asText();
        Optional<Schema> schema = compile(group.get("schema"), dialect);
        if (schema.isEmpty()) {
          differing.add(place);
        }
        for (JsonNode test : group.get("tests")) {
          tests++;
          if (schema.isPresent() && valid(schema.get(), test.get("data")) != test.get("valid").asBoolean()) {
            differing.add(place + " :: " + test.get("description").asText());
          }
        }
      }
    }
    assertEquals(testsExpected, tests);
    Map<String, String> ledger = ledger(draft);
    List<String> unknown = differing.stream().distinct().filter(each -> !ledger.containsKey(each)).toList();
    List<String> stale = ledger.keySet().stream().filter(each -> !differing.contains(each)).toList();
    assertEquals("differ:\n\nlisted and do not differ:\n", "differ:\n" + String.join("\n", unknown) + "\nlisted and do not differ:\n" + String.join("\n", stale));
  }

  private static Optional<Schema> compile(JsonNode schema, Dialect dialect) {
    try {
      return Optional.of(compiled(schema.toString(), dialect));
    } catch (ContractException refused) {
      return Optional.empty();
    }
  }

  static Schema compiled(String schema, Dialect dialect) {
    Node node = SourceReader.read("schema", schema);
    return node instanceof Node.Obj object
        ? SchemaCompiler.ofSchema(object, dialect).compile(object)
        : SchemaCompiler.ofSchema(new Node.Obj(Map.of(), node.at()), dialect).compile(node);
  }

  private static boolean valid(Schema schema, JsonNode data) {
    try {
      Object value = JsonValue.read(JSON.writeValueAsBytes(data));
      boolean accepted = schema.accepts(value);
      assertEquals(accepted, schema.violations(value).isEmpty());
      return accepted;
    } catch (NotJsonException | IOException e) {
      return false;
    }
  }

  @Test
  void everyEntryOfTheLedgerBelongsToADraft() throws IOException {
    try (InputStream in = JsonSchemaTestSuiteTest.class.getResourceAsStream("json-schema-test-suite.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        assertTrue(line.isEmpty() || line.startsWith("# ") || line.startsWith("draft2020-12/") || line.startsWith("draft4/"), line);
      }
    }
  }
}
