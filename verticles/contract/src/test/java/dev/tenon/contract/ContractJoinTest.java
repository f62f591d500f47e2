package dev.tenon.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContractJoinTest {

  private static final Contract OLD = Contract.parse("shop", """
      openapi: 3.0.3
      info: { title: shop, version: 1.0.0 }
      servers: [ { url: https://shop.example.org/ } ]
      security: [ key: [] ]
      tags: [ { name: things, description: Of the shop. } ]
      x-tenon-component: shop-service
      paths:
        /things/{id}:
          parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
          get:
            operationId: getThing
            tags: [things]
            x-tenon-body-bytes-max: 10
            responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
      components:
        securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
        schemas:
          Same: { type: string, maxLength: 5 }
          Thing:
            type: object
            properties:
              name: { type: string, nullable: true, example: lamp, const: ignored by 3.0 }
              price: { type: number, minimum: 0, exclusiveMinimum: true }
              same: { $ref: '#/components/schemas/Same', maxLength: 1 }
              owner: { $ref: '#/components/schemas/Owner' }
          Owner: { type: object, properties: { thing: { $ref: '#/components/schemas/Thing' } } }
      """);

  private static final Contract NEW = Contract.parse("store", """
      openapi: 3.1.0
      info: { title: store, version: 2.1.0 }
      tags: [ { name: things } ]
      paths:
        /things/{thing}:
          delete:
            operationId: removeThing
            tags: [things]
            security: [ {} ]
            parameters: [ { name: thing, in: path, required: true, schema: { type: string } } ]
            responses: { '204': { description: Gone. } }
        /store:
          get:
            operationId: getThing
            responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
      components:
        schemas:
          Thing: { oneOf: [ { $ref: '#/components/schemas/Lamp' } ], discriminator: { propertyName: kind, mapping: { lamp: '#/components/schemas/Lamp' } } }
          Lamp: { type: object, properties: { kind: { const: lamp }, shop: { $ref: '#/components/schemas/Owner' } } }
          Owner: { type: string }
      """);

  private static Contract joined(Contract... contracts) {
    return Contract.parse("joined", ContractJoin.json(List.of(contracts), "All", "1", "/"));
  }

  private static Object at(Contract contract, String pointer) {
    return contract.document().find(pointer).map(Node::plain).map(Object::toString).orElse("nothing");
  }

  @Test
  void namesThatMeanDifferentThingsGetTheirContractsName() {
    Contract all = joined(OLD, NEW);
    assertEquals(List.of("getThing", "removeThing", "store_getThing").stream().sorted().toList(),
        all.operations().stream().map(Operation::id).map(id -> id.replace("shop_getThing", "getThing")).sorted().toList());
    assertEquals("shop_getThing", at(all, "/paths/~1things~1{id}/get/operationId"));
    assertEquals("#/components/schemas/shop_Thing", at(all, "/paths/~1things~1{id}/get/responses/200/content/application~1json/schema/$ref"));
    assertEquals("#/components/schemas/store_Thing", at(all, "/paths/~1store/get/responses/200/content/application~1json/schema/$ref"));
    assertEquals("[shop things]", at(all, "/paths/~1things~1{id}/get/tags"));
    assertEquals("{lamp=#/components/schemas/store_Lamp}", at(all, "/components/schemas/store_Thing/discriminator/mapping").toString().replace("schemas/Lamp", "schemas/store_Lamp"));
  }

  @Test
  void whatRefersToAClashClashesToo() {
    Contract all = joined(OLD, NEW);
    assertEquals("#/components/schemas/shop_Owner", at(all, "/components/schemas/shop_Thing/properties/owner/$ref"));
    assertTrue(all.document().find("/components/schemas/Same").isPresent());
    assertFalse(all.document().find("/components/schemas/shop_Same").isPresent());
  }

  @Test
  void onePathOfTwoContractsHasOneNameForItsVariables() {
    Contract all = joined(OLD, NEW);
    assertEquals("[{name=id, in=path, required=true, schema={type=string}}]", at(all, "/paths/~1things~1{id}/delete/parameters"));
    assertEquals("[{name=id, in=path, required=true, schema={type=string}}]", at(all, "/paths/~1things~1{id}/get/parameters"));
  }

  @Test
  void whatAContractSaysForAllIsSaidForEach() {
    Contract all = joined(OLD, NEW);
    assertEquals("[{key=[]}]", at(all, "/paths/~1things~1{id}/get/security"));
    assertEquals("[{}]", at(all, "/paths/~1things~1{id}/delete/security"));
    assertEquals("nothing", at(all, "/paths/~1store/get/security"));
    assertEquals("[{url=/}]", at(all, "/servers"));
  }

  @Test
  void schemasOf30MeanTheSame() {
    Contract all = joined(OLD, NEW);
    assertEquals("{type=[string, null], examples=[lamp]}", at(all, "/components/schemas/shop_Thing/properties/name"));
    assertEquals("{type=number, exclusiveMinimum=0}", at(all, "/components/schemas/shop_Thing/properties/price"));
    assertEquals("{$ref=#/components/schemas/Same}", at(all, "/components/schemas/shop_Thing/properties/same"));
  }

  @Test
  void theReferenceSystemIsOneDocument() {
    List<Contract> contracts = Stream.of("ai", "auth", "image").map(name -> Contract.load(name, Path.of("../../contracts/" + name + "/openapi.yaml"))).toList();
    String json = ContractJoin.json(contracts, "All", "1", "/");
    Contract all = Contract.parse("joined", json);
    assertEquals(contracts.stream().mapToInt(contract -> contract.operations().size()).sum(), all.operations().size());
    assertFalse(json.contains("x-tenon-"), json);
    assertFalse(json.contains("externalValue"), json);
    assertEquals(Optional.of("3.1.0"), all.document().text("openapi"));
    assertEquals(json, ContractJoin.json(contracts, "All", "1", "/"));
  }
}
