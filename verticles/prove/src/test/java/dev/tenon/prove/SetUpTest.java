package dev.tenon.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetUpTest {

  @Test
  void everyKeyIsRead() {
    SetUp read = SetUp.parse("""
        variables: { EMAIL: '${unique}@example.org' }
        before:
          - request: POST /auth/login
            body: { email: '${EMAIL}' }
            take: { TOKEN: /accessToken }
        token: TOKEN
        operations:
          getPlan:
            parameters: { userId: me }
            accepts: [404]
            examples:
              mine: { parameters: { userId: me }, before: [ { request: GET /auth/me, token: true } ] }
        """, "test.yaml");
    SetUp.Step me = new SetUp.Step("GET", "/auth/me", "", true, Map.of());
    assertEquals(new SetUp(
        Map.of("EMAIL", "${unique}@example.org"),
        List.of(new SetUp.Step("POST", "/auth/login", "{\"email\":\"${EMAIL}\"}", false, Map.of("TOKEN", "/accessToken"))),
        "TOKEN",
        Map.of("getPlan", new SetUp.ForOperation(Map.of("userId", "me"), Set.of(404), Map.of("mine", new SetUp.Given(Map.of("userId", "me"), "", List.of(me)))))), read);
  }

  private static void check(String yaml, String expected) {
    assertEquals(expected, assertThrows(ProveException.class, () -> SetUp.parse(yaml, "test.yaml")).getMessage());
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    check("tokens: T", "test.yaml – the file – 'tokens' is not known; there are before, operations, token, variables");
    check("variables: { a-b: 1 }\nbefore: [ { request: login } ]\noperations: { x: { accepts: [many], body: 1 } }",
        "test.yaml – variables.a-b – a name has letters, digits and _; operations.x – 'body' is not known; there are accepts, examples, parameters;"
            + " operations.x.accepts – 'many' is not a status; before[0].request – it is a method and a path, as in GET /things");
    check("before: 7", "test.yaml – before – it is a list");
  }
}
