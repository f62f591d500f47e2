package dev.tenon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private final Routes routes = new Routes(Contract.parse("shop", """
      openapi: 3.1.0
      info: { title: shop, version: 1.0.0 }
      paths:
        /things: { get: { operationId: list, responses: { '200': { description: ok } } }, post: { operationId: add, responses: { '200': { description: ok } } } }
        /things/{id}: { get: { operationId: one, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: ok } } } }
        /things/newest: { get: { operationId: newest, responses: { '200': { description: ok } } } }
        /things/{id}/parts/{part}: { get: { operationId: part, parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: part, in: path, required: true, schema: { type: string } }], responses: { '200': { description: ok } } } }
      """).operations());

  @Test
  void aPathFindsItsOperation() {
    check("GET", "/things", "list", Map.of());
    check("POST", "/things", "add", Map.of());
    check("GET", "/things/7", "one", Map.of("id", "7"));
    check("GET", "/things/newest", "newest", Map.of());
    check("GET", "/things/7/parts/a%2Fb+c%C3%A4", "part", Map.of("id", "7", "part", "a/b+cä"));
    check("GET", "/things/100%", "one", Map.of("id", "100%"));
  }

  @Test
  void anythingElseFindsNothing() {
    for (String path : new String[] {"/", "/thing", "/things/", "/things/7/", "/things/7/parts", "/things/7/parts/", "/Things", "things"}) {
      assertEquals(true, routes.find("GET", path).isEmpty(), path);
    }
    assertEquals(true, routes.find("DELETE", "/things").isEmpty());
  }

  @Test
  void theMethodsOfAPathAreKnown() {
    assertEquals(Set.of("GET", "POST"), routes.methods("/things"));
    assertEquals(Set.of("GET"), routes.methods("/things/newest"));
    assertEquals(Set.of(), routes.methods("/nothing"));
  }

  private void check(String method, String path, String operationId, Map<String, String> parameters) {
    Routes.Match match = routes.find(method, path).orElseThrow(() -> new AssertionError(method + " " + path + " finds nothing"));
    assertEquals(operationId, match.operation().id());
    assertEquals(parameters, match.parameters());
  }
}
