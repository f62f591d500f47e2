package dev.tenon.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values that are made to cost much. Each of these would take minutes, or the memory there is, if its cost grew faster than the value.
@Timeout(60)
class HostileValueTest {

  private static Schema schema(String schema) {
    Contract contract = Contract.parse("t", """
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"It": %s}}}
        """.formatted(schema));
    return contract.schemas().compile(contract.document().find("/components/schemas/It").orElseThrow());
  }

  private static Object value(String json) {
    try {
      return JsonValue.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (NotJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(String message, String json) {
    assertEquals(message, assertThrows(NotJsonException.class, () -> JsonValue.read(json.getBytes(StandardCharsets.UTF_8))).getMessage());
  }

  @Test
  void alternativesThatLeadIntoTheSameMembersAreDecidedOnce() {
    Schema tree = schema("""
        {"oneOf": [
          {"properties": {"next": {"$ref": "#/components/schemas/It"}, "kind": {"const": "a"}}, "required": ["kind"]},
          {"properties": {"next": {"$ref": "#/components/schemas/It"}, "kind": {"const": "b"}}, "required": ["kind"]},
          {"properties": {"next": {"$ref": "#/components/schemas/It"}, "kind": {"const": "c"}}, "required": ["kind"]}],
         "unevaluatedProperties": false}""");
    String deep = "{\"next\":".repeat(240) + "{\"kind\":\"c\"}" + ",\"kind\":\"b\"}".repeat(240);
    assertTrue(tree.accepts(value(deep)));
    Object wrong = value(deep.replace("{\"kind\":\"c\"}", "{\"kind\":\"d\"}"));
    assertFalse(tree.accepts(wrong));
    assertEquals(List.of("oneOf"), tree.violations(wrong).stream().map(Violation::keyword).toList());
  }

  @Test
  void uniqueItemsAreComparedInATable() {
    Schema unique = schema("{\"uniqueItems\": true}");
    StringBuilder numbers = new StringBuilder("[0");
    StringBuilder arrays = new StringBuilder("[[]");
    for (int i = 1; i < 30_000; i++) {
      numbers.append(',').append(i).append(i % 2 == 0 ? ".50" : "");
      arrays.append(",[").append(sameHash(i)).append(']');
    }
    assertTrue(unique.accepts(value(numbers + "]")));
    assertFalse(unique.accepts(value(numbers + ",2.5]")));
    assertTrue(unique.accepts(value(arrays + "]")));
    assertEquals("/30000", unique.violations(value(arrays + ",[" + sameHash(5) + "]]")).getFirst().pointer());
  }

  @Test
  void namesWithOneHashAreKeptInOrder() {
    StringBuilder object = new StringBuilder("{\"z\":0");
    for (int i = 0; i < 50_000; i++) {
      object.append(',').append(sameHash(i)).append(":1");
    }
    assertTrue(schema("{\"additionalProperties\": {\"type\": \"integer\"}}").accepts(value(object + "}")));
    refused("a name is there twice in one object", object + "," + sameHash(7) + ":2}");
  }

  /// One of 131,072 strings that have the same `hashCode`.
  private static String sameHash(int number) {
    StringBuilder text = new StringBuilder("\"");
    for (int bit = 0; bit < 17; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.append('"').toString();
  }

  @Test
  void longTextsCostInProportion() {
    String million = "\"" + "a".repeat(1_000_000) + "\"";
    assertTrue(schema("{\"pattern\": \"^(a|a)*$\"}").accepts(value(million)));
    assertFalse(schema("{\"pattern\": \"(a*)*b\"}").accepts(value(million)));
    assertFalse(schema("{\"pattern\": \"^(?=(a+)+b)\"}").accepts(value(million)));
    for (String format : List.of("email", "hostname", "uri", "iri", "ipv4", "ipv6", "uuid", "date", "time", "date-time", "duration", "json-pointer", "relative-json-pointer", "uri-template", "idn-email")) {
      assertFalse(schema("{\"format\": \"" + format + "\"}").accepts(value(million)), format);
    }
  }

  @Test
  void numbersStayWithinBounds() {
    refused("a number is too large", "1e999999999");
    refused("a number is too large", "-1e400");
    refused("a number is too close to 0", "1e-999999999");
    Schema multiple = schema("{\"multipleOf\": 0.0000001}");
    assertTrue(multiple.accepts(value("1e308")));
    assertFalse(multiple.accepts(value("1e-390")));
    assertTrue(multiple.accepts(value("0e999999")));
    assertTrue(schema("{\"exclusiveMinimum\": 0}").accepts(value("1e-390")));
    assertFalse(schema("{\"const\": 0.1}").accepts(value("0.10000000000000000555")));
  }

  @Test
  void aSchemaThatWouldNeverEndIsRefused() {
    for (String circle : List.of("{\"$ref\": \"#/components/schemas/It\"}", "{\"allOf\": [{\"anyOf\": [{\"$ref\": \"#/components/schemas/It\"}, true]}]}", "{\"not\": {\"$ref\": \"#/components/schemas/It\"}}")) {
      String message = assertThrows(ContractException.class, () -> schema(circle)).getMessage();
      assertTrue(message.endsWith("refers to itself without going into the value, so that checking it would not end – break the circle"), message);
    }
  }
}
