package dev.tenon.contract.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  private static Manifest parse(String yaml) {
    return Manifest.parse(yaml, "component.yaml");
  }

  private static void refused(String yaml, String... problems) {
    assertEquals(String.join("\n", problems), assertThrows(ContractException.class, () -> parse(yaml)).getMessage());
  }

  @Test
  void aManifestIsRead() {
    Manifest manifest = parse("""
        name: image-worker
        version: 1.2.0
        contract: contracts/image/openapi.yaml
        consumes:
          auth: { version: ^1.2, operations: [getPlan, getMe], events: [userMade] }
          ai: { version: 1.10 }
          usage: { version: '*', operations: [] }
        """);
    assertEquals(Optional.of(SemanticVersion.of(1, 2, 0)), manifest.version());
    Consumed auth = manifest.consumes().get("auth");
    assertEquals(Set.of("getPlan", "getMe"), auth.operationNames());
    assertEquals(Set.of("userMade"), auth.events().keySet());
    assertTrue(auth.allows("getPlan") && !auth.allows("login") && auth.allows(""));
    assertEquals("1.10", manifest.consumes().get("ai").range().toString());
    assertTrue(manifest.consumes().get("ai").allows("anything"));
    assertTrue(!manifest.consumes().get("usage").allows("count"));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsLine() {
    refused("""
        name: Image
        version: 1.2
        colour: red
        consumes:
          auth: { operations: [getPlan, getPlan, { a: b }] }
          Ai: { version: 1 }
          usage: ^1
        """,
        "component.yaml:3:9 \"colour\" is not known – a manifest has name, version, contract and consumes",
        "component.yaml:1:7 name is 'Image', not 1 to 48 of a-z, 0-9 and -, starting with a letter",
        "component.yaml:2:10 version is '1.2', not a semantic version such as 1.2.0",
        "component.yaml:5:9 consumes.auth.version is missing – write a range such as ^1.2",
        "component.yaml:5:33 consumes.auth.operations names \"getPlan\" twice – remove one",
        "component.yaml:5:42 an item of consumes.auth.operations is an object – write a name",
        "component.yaml:6:7 consumes \"Ai\", which is no component's name – a name is 1 to 48 of a-z, 0-9 and -, starting with a letter",
        "component.yaml:7:10 what is consumed of \"usage\" is a string – write { version: ^1.2, operations: [getPlan] }");
    refused("consumes: [auth]", "component.yaml:1:11 \"consumes\" is an array – write consumes: { auth: { version: ^1.2, operations: [getPlan] } }");
    assertEquals(Map.of(), parse("# nothing yet\n\n").consumes());
    refused("- a", "component.yaml:1:1 is an array – a manifest is a mapping");
    refused("consumes: { auth: { version: >=1.2 } }", "component.yaml:1:30 is not YAML: found character '>' that cannot start any token. (Do not use > for indentation)");
  }

  @Test
  void aWorkersFileHasNothingOfAService(@TempDir Path folder) throws IOException {
    assertEquals(Map.of(), Manifest.ofWorker(folder).consumes());
    Files.writeString(folder.resolve("component.yaml"), "main: a.B\n");
    assertEquals(folder.resolve("component.yaml") + ":1:7 \"main\" is not known – a manifest has name, version, contract and consumes",
        assertThrows(ContractException.class, () -> Manifest.ofWorker(folder)).getMessage());
    assertEquals(Map.of(), Manifest.read(folder.resolve("component.yaml")).consumes());
  }

  @Test
  void whatAContractDoesNotHaveIsNamedWithItsPlace() {
    Contract auth = Contract.parse("auth", """
        openapi: 3.1.0
        info: { title: auth, version: 1.0.0 }
        paths: { /a: { get: { operationId: getPlan, responses: { '200': { description: ok } } } } }
        webhooks: { userMade: { post: { responses: { '200': { description: ok } } } } }
        """);
    Manifest manifest = parse("""
        consumes:
          auth: { version: ^1.2, operations: [getPlan, getPlans], events: [userMade, userGone] }
          elsewhere: { version: '*', operations: [any] }
        """);
    assertEquals("""
        component.yaml:2:48 consumes the operation "getPlans" of auth, which its contract does not have – it has getPlan
        component.yaml:2:78 consumes the event "userGone" of auth, which its contract does not have under "webhooks" – correct it""",
        String.join("\n", manifest.misfits(Map.of("auth", auth)).stream().map(ContractProblem::toString).toList()));
  }
}
