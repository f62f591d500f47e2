package dev.tenon.contract.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.contract.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

  @TempDir private Path root;

  @BeforeEach
  void write() throws IOException {
    write("contracts/auth/openapi.yaml", """
        openapi: 3.1.0
        info: { title: auth, version: 1.2.0 }
        paths: { /a: { get: { operationId: getPlan, responses: { '200': { $ref: 'parts.yaml#/Ok' } } } } }
        """);
    write("contracts/auth/parts.yaml", "Ok: { description: ok }\n");
    write("contracts/image/openapi.yaml", """
        openapi: 3.1.0
        info: { title: image, version: 1.0.0 }
        x-tenon-component: image-worker
        paths: {}
        """);
    write("verticles/auth/component.yaml", """
        name: auth
        version: 1.2.3
        main: a.B
        contract: contracts/auth/openapi.yaml
        """);
    write("js-workers/pictures/wrangler.toml", "name = \"image-worker\"\nmain = \"a.js\"\n");
    write("js-workers/pictures/package.json", "{ \"name\": \"x\", \"version\": \"2.0.1\" }");
    write("js-workers/pictures/component.yaml", "consumes: { auth: { version: ^1.2, operations: [getPlan] } }\n");
    write("js-workers/pictures/node_modules/other/component.yaml", "- broken\n");
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  @Test
  void componentsAreFoundWithTheirContractsVersionsAndNeeds() {
    Repository repository = Repository.read(SourceTree.of(root));
    assertEquals(List.of("auth 1.2.3", "image-worker 2.0.1"), repository.components().stream().map(ComponentVersion::label).toList());
    assertEquals(Set.of("auth", "image-worker"), repository.contracts().keySet());
    assertEquals("image-worker", repository.component("image").orElseThrow().component());
    assertEquals(Set.of("getPlan"), repository.component("image-worker").orElseThrow().consumes().get("auth").operationNames());
  }

  @Test
  void aComponentThatIsOnlyAContractHasItsVersion() throws IOException {
    Files.delete(root.resolve("verticles/auth/component.yaml"));
    assertEquals(List.of("auth 1.2.0", "image-worker 2.0.1"), Repository.read(SourceTree.of(root)).components().stream().map(ComponentVersion::label).toList());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    write("js-workers/pictures/component.yaml", "consumes: { auth: { version: ^1.2, operations: [getPlans] } }\n");
    write("verticles/auth/component.yaml", "name: auth\nversion: one\n");
    assertEquals(root.resolve("verticles/auth/component.yaml") + ":2:10 version is 'one', not a semantic version such as 1.2.0\n"
        + root.resolve("js-workers/pictures/component.yaml") + ":1:49 consumes the operation \"getPlans\" of auth, which its contract does not have – it has getPlan",
        assertThrows(ContractException.class, () -> Repository.read(SourceTree.of(root))).getMessage());
  }
}
