package dev.tenon.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractFiles;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.Response;
import dev.tenon.contract.lint.ContractCheck;
import dev.tenon.contract.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each contract, as it is in the jar, is valid, and its examples are what its schemas say.
class ContractsTest {

  private static Contract contract(String name) {
    return Contract.load(name, "openapi.yaml", ContractFiles.resources(ContractsTest.class.getClassLoader(), "contracts/" + name));
  }

  private static Stream<MediaType> bodies(Operation operation) {
    return Stream.concat(
        operation.requestBody().stream().flatMap(body -> body.content().types().stream()),
        operation.responses().stream().flatMap(response -> response.content().types().stream()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "image", "ai"})
  void theCheckFindsNothing(String name) {
    assertEquals(List.of(), ContractCheck.check(name, "openapi.yaml", ContractFiles.resources(ContractsTest.class.getClassLoader(), "contracts/" + name), Set.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "image", "ai"})
  void everyBodyHasAnExampleThatIsValid(String name) {
    for (Operation operation : contract(name).operations()) {
      bodies(operation).forEach(type -> {
        if (type.schema().isPresent()) {
          assertTrue(!type.examples().isEmpty(), operation.id() + " has no example at " + type.at());
        }
        type.examples().forEach((key, example) ->
            assertEquals(List.of(), type.schema().orElseThrow().violations(example.plain()), operation.id() + " " + key + " at " + example.at()));
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "image", "ai"})
  void everyParameterHasAnExampleThatIsValid(String name) {
    Contract contract = contract(name);
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        Node.Obj node = parameterNode(contract, operation, parameter);
        List<Node> examples = Stream.concat(
            node.get("example").stream(),
            node.object("examples").stream().flatMap(all -> all.members().values().stream()).flatMap(example -> example.find("/value").stream())).toList();
        assertTrue(!examples.isEmpty(), parameter.label() + " of " + operation.id() + " has no example");
        Schema schema = parameter.schema().orElseThrow();
        examples.forEach(example -> assertEquals(List.of(), schema.violations(example.plain()), parameter.label() + " of " + operation.id()));
      }
    }
  }

  private static Node.Obj parameterNode(Contract contract, Operation operation, Parameter parameter) {
    String method = operation.method().toLowerCase(Locale.ROOT);
    Node.Obj paths = contract.document().object("paths").orElseThrow();
    return paths.object(operation.path()).orElseThrow().object(method).orElseThrow().items("parameters").stream()
        .map(node -> node instanceof Node.Obj object && object.text("$ref").isPresent()
            ? (Node.Obj) contract.document().find(object.text("$ref").get().substring(1)).orElseThrow()
            : (Node.Obj) node)
        .filter(node -> node.text("name").orElse("").equals(parameter.name()))
        .findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "image", "ai"})
  void everyFailureIsAProblemDocumentAndEveryOtherStatusIsCoveredByOne(String name) {
    for (Operation operation : contract(name).operations()) {
      assertEquals("default", operation.response(599).map(Response::status).orElse(""), operation.id());
      operation.responses().stream().filter(response -> !response.status().startsWith("2")).forEach(response ->
          assertEquals(List.of("application/problem+json"), response.content().types().stream().map(MediaType::range).toList(), operation.id() + " " + response.status()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "image", "ai"})
  void whatClientsSendIsBounded(String name) {
    Contract contract = contract(name);
    for (Operation operation : contract.operations()) {
      operation.requestBody().ifPresent(body -> {
        assertTrue(body.required(), operation.id());
        assertTrue(operation.bodyBytesMax() <= 32 * 1024 * 1024, operation.id());
        body.content().types().forEach(type -> type.schemaNode().ifPresent(schema -> bounded(contract, schema, operation.id())));
      });
    }
  }

  private static void bounded(Contract contract, Node node, String where) {
    Node.Obj schema = (Node.Obj) node;
    if (schema.text("$ref").isPresent()) {
      bounded(contract, contract.document().find(schema.text("$ref").get().substring(1)).orElseThrow(), where);
      return;
    }
    switch (schema.text("type").orElse("")) {
      case "object" -> {
        assertTrue(schema.get("additionalProperties").map(Node::plain).equals(Optional.of(false)), where + ": open at " + schema.at());
        schema.object("properties").orElseThrow().members().values().forEach(member -> bounded(contract, member, where));
      }
      case "array" -> {
        assertTrue(schema.has("maxItems"), where + ": unbounded at " + schema.at());
        bounded(contract, schema.get("items").orElseThrow(), where);
      }
      case "string" -> assertTrue(schema.has("maxLength") || schema.has("enum") || schema.has("const"), where + ": unbounded at " + schema.at());
      default -> assertTrue(schema.has("maximum") || schema.has("type") && schema.text("type").orElseThrow().equals("boolean"), where + ": unbounded at " + schema.at());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient.jpg", "gradient.png", "dot.webp"})
  void binaryExamplesAreInTheJar(String file) throws IOException {
    try (var stream = ContractsTest.class.getClassLoader().getResourceAsStream("contracts/image/examples/" + file)) {
      assertNotNull(stream);
      assertTrue(stream.readAllBytes().length > 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "auth: getJwks getMe getPlan login logout refresh register",
      "image: convert info resize",
      "ai: classify embed summarize summarizeStream"})
  void theOperationsAreThese(String line) {
    String[] parts = line.split(": ");
    assertEquals(parts[1], String.join(" ", new TreeSet<>(contract(parts[0]).operations().stream().map(Operation::id).toList())));
  }
}
