package dev.tenon.contract.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.contract.compare.Bump;
import dev.tenon.contract.component.Manifest;
import dev.tenon.contract.component.SemanticVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final String BOTH = "getPlan login";

  /// A contract with an operation for each name.
  private static Contract contract(String version, String operations) {
    StringBuilder text = new StringBuilder("openapi: 3.1.0\ninfo: { title: auth, version: " + version + " }\npaths:\n");
    for (String operation : operations.split(" ")) {
      text.append("  /" + operation + "/{id}: { get: { operationId: " + operation
          + ", parameters: [ { name: id, in: path, required: true, schema: { type: string } } ], responses: { '200': { description: ok } } } }\n");
    }
    return Contract.parse("auth", text.toString());
  }

  private static ComponentVersion auth(String version, String operations) {
    return new ComponentVersion("auth", SemanticVersion.parse(version).orElseThrow(), Optional.of(contract(version, operations)), Map.of(), Set.of());
  }

  private static ComponentVersion image(String version, String consumes, ComponentVersion.Called... calls) {
    return new ComponentVersion("image", SemanticVersion.parse(version).orElseThrow(), Optional.empty(), Manifest.parse("consumes: " + consumes, "component.yaml").consumes(), Set.of(calls));
  }

  private static List<String> said(Verdict verdict) {
    return verdict.breakages().stream().map(breakage -> breakage.direction().word() + " " + breakage.consumer() + " → " + breakage.provider() + " " + breakage.operation() + " " + breakage.rule()).toList();
  }

  @Test
  void whatALiveConsumerNeedsMayNotGo() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH), image("1.0.0", "{ auth: { version: '>=1.2', operations: [getPlan] } }"));
    Verdict verdict = Gate.judge(auth("2.0.0", "login"), live, Map.of());
    assertFalse(verdict.allowed());
    assertEquals(Bump.MAJOR, verdict.required());
    assertEquals(List.of(), verdict.numbers());
    assertEquals(1, verdict.breakages().size());
    assertTrue(said(verdict).getFirst().startsWith("old-consumer-new-provider image 1.0.0 → auth 2.0.0 getPlan "), said(verdict).toString());
    assertTrue(verdict.breakages().getFirst().message().startsWith("image 1.0.0 uses getPlan of auth: "), verdict.breakages().getFirst().message());
  }

  @Test
  void whatWentAfterItsSunsetIsKeptForWhoStillNeedsIt() {
    ComponentVersion before = new ComponentVersion("auth", SemanticVersion.of(1, 2, 0), Optional.of(Contract.parse("auth", """
        openapi: 3.1.0
        info: { title: auth, version: 1.2.0 }
        paths:
          /old: { get: { operationId: old, deprecated: true, x-sunset: 2020-01-01, responses: { '200': { description: ok } } } }
          /login/{id}: { get: { operationId: login, parameters: [ { name: id, in: path, required: true, schema: { type: string } } ], responses: { '200': { description: ok } } } }
        """)), Map.of(), Set.of());
    ComponentVersion user = image("1.0.0", "{ auth: { version: '*', operations: [old] } }");
    Verdict verdict = Gate.judge(auth("2.0.0", "login"), List.of(before, user), Map.of());
    assertFalse(verdict.allowed());
    assertEquals("old", verdict.breakages().getFirst().operation());
  }

  @Test
  void whatNobodyNeedsMayGo() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH), image("1.0.0", "{ auth: { version: '>=1.2', operations: [login] } }"));
    assertTrue(Gate.judge(auth("2.0.0", "login"), live, Map.of()).allowed());
  }

  @Test
  void whatIsCalledCountsEvenWhereItIsNotDeclared() {
    ComponentVersion careless = image("1.0.0", "{ auth: { version: '>=1.2', operations: [login] } }", new ComponentVersion.Called("auth", "getPlan"));
    assertFalse(Gate.judge(auth("2.0.0", "login"), List.of(auth("1.2.0", BOTH), careless), Map.of()).allowed());
    ComponentVersion secret = image("1.0.0", "{}", new ComponentVersion.Called("auth", "getPlan"));
    assertFalse(Gate.judge(auth("2.0.0", "login"), List.of(auth("1.2.0", BOTH), secret), Map.of()).allowed());
    assertTrue(Gate.judge(auth("2.0.0", "getPlan"), List.of(auth("1.2.0", BOTH), secret), Map.of()).allowed());
  }

  @Test
  void aComponentConsumedAsAWholeMayLoseNothing() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH), image("1.0.0", "{ auth: { version: '*' } }"));
    assertFalse(Gate.judge(auth("2.0.0", "login"), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("1.3.0", BOTH + " refresh"), live, Map.of()).allowed());
  }

  @Test
  void theNumberHasToGrowAsTheContractChanges() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH));
    Verdict same = Gate.judge(auth("1.2.0", BOTH + " refresh"), live, Map.of());
    assertEquals(Bump.MINOR, same.required());
    assertEquals(List.of(
        "auth 1.2.0 – its contract has changed since 1.2.0 in a way that needs a minor version – call it 1.3.0 or more",
        "contract of auth – its info.version is 1.2.0 and was 1.2.0 before changes that need a minor version – write 1.3.0 or more"), same.numbers());
    assertFalse(same.allowed());
    assertFalse(Gate.judge(auth("1.3.0", "login"), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("1.3.0", BOTH + " refresh"), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("1.2.0", BOTH), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("2.0.0-rc.1", "login"), live, Map.of()).allowed());
  }

  @Test
  void beforeTheFirstMajorTheSecondNumberSaysWhatBreaks() {
    List<ComponentVersion> live = List.of(auth("0.2.3", BOTH));
    assertFalse(Gate.judge(auth("0.2.4", "login"), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("0.3.0", "login"), live, Map.of()).allowed());
    assertTrue(Gate.judge(auth("0.2.4", BOTH + " refresh"), live, Map.of()).allowed());
  }

  @Test
  void aStepBackIsJudgedByItsConsumersAlone() {
    ComponentVersion newer = auth("1.3.0", BOTH + " refresh");
    assertTrue(Gate.judge(auth("1.2.0", BOTH), List.of(newer), Map.of()).allowed());
    assertFalse(Gate.judge(auth("1.2.0", BOTH), List.of(newer, image("1.0.0", "{ auth: { version: ^1.2, operations: [refresh] } }")), Map.of()).allowed());
  }

  @Test
  void twoMajorsLiveSideBySide() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH), image("1.0.0", "{ auth: { version: ^1.2, operations: [getPlan] } }"));
    Verdict alone = Gate.judge(auth("2.0.0", "login"), live, Map.of());
    assertEquals(List.of("old-consumer-new-provider image 1.0.0 → auth 2.0.0  version"), said(alone));
    assertEquals("image 1.0.0 takes auth ^1.2, and 2.0.0 is not among those – keep a version that is beside it, or first deploy a version of image that takes 2.0.0", alone.breakages().getFirst().message());
    Verdict beside = Gate.judge(auth("2.0.0", "login"), live, Map.of(), version -> version.version().major() != 2);
    assertTrue(beside.allowed());
    assertEquals(List.of(SemanticVersion.of(1, 2, 0)), beside.staying());
  }

  @Test
  void aNewConsumerFindsWhatItNeeds() {
    List<ComponentVersion> live = List.of(auth("1.2.0", BOTH));
    assertTrue(Gate.judge(image("1.0.0", "{ auth: { version: ^1.2, operations: [getPlan] } }"), live, Map.of()).allowed());
    assertEquals(List.of("new-consumer-old-provider image 1.0.0 → auth 1.2.0 refresh operation"),
        said(Gate.judge(image("1.0.0", "{ auth: { version: ^1.2, operations: [getPlan, refresh] } }"), live, Map.of())));
    assertEquals(List.of("new-consumer-old-provider image 1.0.0 → auth 1.2.0  version"),
        said(Gate.judge(image("1.0.0", "{ auth: { version: ^1.3, operations: [getPlan] } }"), live, Map.of())));
    assertEquals(List.of("new-consumer-old-provider image 1.0.0 → usage  absent"),
        said(Gate.judge(image("1.0.0", "{ usage: { version: '*' } }"), live, Map.of())));
    assertEquals(List.of("new-consumer-old-provider image 1.0.0 → auth 1.2.0 userMade operation"),
        said(Gate.judge(image("1.0.0", "{ auth: { version: ^1.2, operations: [], events: [userMade] } }"), live, Map.of())));
  }

  @Test
  void aNewConsumerIsHeldToWhatItWasBuiltAgainst() {
    Contract built = contract("1.3.0", BOTH + " refresh");
    ComponentVersion whole = image("1.0.0", "{ auth: { version: ^1.2 } }");
    assertFalse(Gate.judge(whole, List.of(auth("1.2.0", BOTH)), Map.of("auth", built)).allowed());
    assertTrue(Gate.judge(whole, List.of(auth("1.3.0", BOTH + " refresh")), Map.of("auth", built)).allowed());
    assertTrue(Gate.judge(image("1.0.0", "{ auth: { version: ^1.2, operations: [login] } }"), List.of(auth("1.2.0", BOTH)), Map.of("auth", built)).allowed());
  }

  @Test
  void aContractThatIsTakenAwayBreaksItsConsumers() {
    ComponentVersion bare = new ComponentVersion("auth", SemanticVersion.of(2, 0, 0), Optional.empty(), Map.of(), Set.of());
    Verdict verdict = Gate.judge(bare, List.of(auth("1.2.0", BOTH), image("1.0.0", "{ auth: { version: '*', operations: [login] } }")), Map.of());
    assertEquals(Bump.MAJOR, verdict.required());
    assertEquals(List.of("old-consumer-new-provider image 1.0.0 → auth 2.0.0  absent"), said(verdict));
  }
}
