package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.prove.DynamicContractTests;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every component of the reference system keeps its contract, seen through the edge of a real `tenon up`; and what that edge says about its contracts.
///
/// One case again: `./mvnw verify -Dtest=ContractsIT -Dsurefire.failIfNoSpecifiedTests=false -Dtenon.contract.case=ID`.
class ContractsIT {

  @TempDir private static Path scratch;
  private static TenonProcess tenon;
  private static URI edge;

  @BeforeAll
  static void startTheSystem() {
    tenon = TenonProcess.start("up", "--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", scratch.resolve("data").toString()).awaitReady();
    edge = URI.create(tenon.url("edge"));
  }

  @AfterAll
  static void stopTheSystem() {
    tenon.close();
  }

  private static Stream<DynamicTest> of(String contract) {
    return DynamicContractTests.of(Checkout.root().resolve("contracts").resolve(contract), edge);
  }

  @TestFactory
  Stream<DynamicTest> auth() {
    return of("auth");
  }

  @TestFactory
  Stream<DynamicTest> ai() {
    return of("ai");
  }

  @TestFactory
  Stream<DynamicTest> image() {
    return of("image");
  }

  @Test
  void theCommandTestsAComponentByItsName() {
    Command.Outcome one = TenonProcess.run("contract", "test", "ai-worker", "--url", edge.toString(), "--case", "embed/example/");
    assertEquals(0, one.exitCode(), one.out() + one.err());
    assertTrue(one.out().endsWith("2 of 2 cases passed, seed 1\n"), one.out());
  }

  @Test
  void theEdgeServesAllContractsAsOne() {
    HttpResponse<String> answer = TenonProcess.get(edge + "/openapi.json");
    assertEquals(200, answer.statusCode());
    Contract all = Contract.parse("all", answer.body());
    Stream.of("register", "embed", "resize").forEach(id -> assertTrue(all.operations().stream().anyMatch(operation -> operation.id().equals(id)), id));
  }

  @Test
  void thePageShowsThemInABrowserThatReachesNobodyElse() {
    Browser browser = Browser.find();
    Browser.Visit visit = browser.visit(edge + "/docs", scratch.resolve("browser"));
    assertTrue(visit.page().contains("/auth/users/{userId}/plan") && visit.page().contains("/image/resize"), visit.page());
    assertEquals(List.of(), visit.complaints());
    assertEquals(Set.of(edge.getAuthority()), visit.asked());
  }
}
