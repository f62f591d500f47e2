package dev.tenon.prove;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The contract tests of a component as JUnit's dynamic tests, one for each case. Needs `junit-jupiter-api`, which the tests that use it have.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> auth() {
///   return DynamicContractTests.of(Path.of("contracts/auth"), edge);
/// }
/// ```
///
/// `-Dtenon.contract.case=ID` runs one case, and those whose ids begin with ID when it ends with `/`; `-Dtenon.contract.seed=N` takes another seed.
public final class DynamicContractTests {

  private static final String CASE = "tenon.contract.case";
  private static final String SEED = "tenon.contract.seed";

  private DynamicContractTests() {}

  /// @param folder the contract's, with its `openapi.yaml` and `test.yaml`
  /// @param url where the component is reached
  public static Stream<DynamicTest> of(Path folder, URI url) {
    ContractTests tests = ContractTests.of(folder, ContractTests.Options.at(url).withSeed(Long.getLong(SEED, 1)));
    String only = System.getProperty(CASE, "");
    List<ContractCase> chosen = tests.cases().stream().filter(each -> only.isEmpty() || each.id().equals(only) || only.endsWith("/") && each.id().startsWith(only)).toList();
    Stream<DynamicTest> cases = chosen.stream().map(each -> DynamicTest.dynamicTest(each.id(), () -> check(tests, tests.run(each))));
    return chosen.size() == tests.cases().size() ? Stream.concat(cases, Stream.of(DynamicTest.dynamicTest("every operation was reached", () -> reached(tests)))) : cases;
  }

  private static void check(ContractTests tests, Verdict verdict) {
    if (!verdict.passed()) {
      throw new AssertionError(verdict.message() + "\nthe seed is " + tests.seed() + "; before the curl line:\n" + String.join("\n", tests.preparation()));
    }
  }

  private static void reached(ContractTests tests) {
    if (!tests.unreached().isEmpty()) {
      throw new AssertionError(String.join("\n", tests.unreached()));
    }
  }
}
