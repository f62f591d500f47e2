package dev.tenon.contract.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.compare.Catalogue.Example;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RulesTest {

  @Test
  void everyRuleHasAnIdOfItsOwnAndAnExample() {
    List<String> ids = Rules.all().stream().map(Rule::id).toList();
    assertEquals(ids.size(), Set.copyOf(ids).size());
    Set<String> missing = new HashSet<>(ids);
    Catalogue.examples().forEach(example -> missing.remove(example.rule().id()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyExampleGivesItsRuleAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (Example example : Catalogue.examples()) {
      List<Finding> findings = Comparison.of(example.old(), example.now(), LocalDate.parse(Catalogue.TODAY)).findings();
      Set<String> expected = new HashSet<>(example.others());
      expected.add(example.rule().id());
      Set<String> got = findings.stream().map(finding -> finding.rule().id()).collect(Collectors.toSet());
      List<Severity> severities = findings.stream().filter(finding -> finding.rule().equals(example.rule())).map(Finding::severity).toList();
      if (!got.equals(expected) || !severities.equals(List.of(example.rule().severity()))) {
        wrong.add(example.rule().id() + " " + example.rule().severity() + ": " + findings.stream()
            .map(finding -> finding.rule().id() + " " + finding.severity() + " (" + finding.message() + ")").toList());
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void whatIsBreakingHasAWitness() {
    for (Example example : Catalogue.examples()) {
      Comparison.of(example.old(), example.now(), LocalDate.parse(Catalogue.TODAY)).findings().stream()
          .filter(finding -> finding.severity() == Severity.BREAKING)
          .forEach(finding -> assertEquals(true, finding.witness().isPresent(), finding.message()));
    }
  }

  @Test
  void aDocumentComparedWithItselfGivesNothing() {
    for (Example example : Catalogue.examples()) {
      assertEquals(List.of(), Comparison.of(example.old(), example.old(), LocalDate.parse(Catalogue.TODAY)).findings());
    }
  }
}
