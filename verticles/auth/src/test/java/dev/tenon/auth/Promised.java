package dev.tenon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.auth.AuthFixture.Answer;
import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractFiles;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Response;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import java.util.List;

/// Holds every answer that a test gets against the contract.
final class Promised {

  private static final Contract CONTRACT =
      Contract.load("auth", "openapi.yaml", ContractFiles.resources(Promised.class.getClassLoader(), "contracts/auth"));

  private Promised() {}

  static void check(String method, String target, Answer answer) {
    for (Operation operation : CONTRACT.operations()) {
      if (operation.method().equals(method) && target.matches(operation.path().replaceAll("\\{[^}]+}", "[^/]+"))) {
        check(operation, answer);
        return;
      }
    }
    assertTrue(answer.status() == 404 || answer.status() == 405, method + " " + target + " is not in the contract");
  }

  private static void check(Operation operation, Answer answer) {
    String what = operation.id() + " " + answer.status();
    Response response = operation.response(answer.status()).orElseThrow(() -> new AssertionError(what + " is not in the contract"));
    response.headers().stream().filter(header -> header.required()).forEach(header ->
        assertTrue(answer.headers().contains(header.name()), what + " lacks the header " + header.name()));
    if (response.content().isEmpty()) {
      assertEquals(0, answer.body().length(), what);
      return;
    }
    MediaType type = response.content().find(answer.headers().get("content-type")).orElseThrow();
    try {
      assertEquals(List.of(), type.schema().orElseThrow().violations(JsonValue.read(answer.body().getBytes())), what);
    } catch (NotJsonException notOne) {
      throw new AssertionError(what, notOne);
    }
  }
}
