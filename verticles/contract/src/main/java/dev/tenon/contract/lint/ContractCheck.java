package dev.tenon.contract.lint;

import dev.tenon.contract.Bundle;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Checks a document that is to be a component's contract.
public final class ContractCheck {

  private ContractCheck() {}

  /// Everything that is wrong with a document, by file, line and column; at most 1,000 findings. Nothing is thrown for a document, whatever is in it.
  ///
  /// @param name of the component
  /// @param off rules that are not looked at; those of the specification stay on
  public static List<Finding> check(String name, String file, ContractFiles files, Set<Rule> off) {
    Bundle bundle;
    try {
      bundle = Bundle.read(file, files);
    } catch (ContractException unreadable) {
      return unreadable.problems().stream().map(problem -> new Finding(Rule.UNREADABLE, Rule.UNREADABLE.severity(), problem.at(), "", problem.message())).toList();
    }
    Switches switches = new Switches(off, bundle.source().root());
    Findings findings = new Findings(bundle.places(), switches);
    findings.addUnsaid(bundle.problems(), Rule.REFERENCE);
    findings.addUnsaid(switches.problems(), Rule.FIELD_VALUE);
    rules(bundle, findings);
    try {
      bundle.contract(name);
    } catch (ContractException wrong) {
      findings.addUnsaid(wrong.problems(), Rule.CONTRACT);
    }
    return findings.sorted();
  }

  /// The ids of rules that can be switched off, for messages.
  public static String switchable() {
    return String.join(", ", Arrays.stream(Rule.values()).filter(rule -> rule.kind() == Rule.Kind.LINT).map(Rule::id).toList());
  }

  private static void rules(Bundle bundle, Findings findings) {
    Survey survey = Survey.of(bundle.source().version(), bundle.source().root(), findings);
    boolean straight = References.check(survey, findings);
    ObjectRules.check(survey, findings);
    SchemaRules.check(survey, findings);
    SecurityRules.check(survey, findings);
    OperationRules.check(survey, findings);
    UnusedComponents.check(survey, findings);
    if (straight) {
      ExampleRules.check(survey, findings);
    }
  }
}
