package dev.tenon.cli;

import dev.tenon.contract.ContractFiles;
import dev.tenon.contract.lint.ContractCheck;
import dev.tenon.contract.lint.Finding;
import dev.tenon.contract.lint.FindingsReport;
import dev.tenon.contract.lint.Rule;
import dev.tenon.contract.lint.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract check`.
@Command(
    name = "check",
    description = "Check contracts against the specification of OpenAPI 3.0 and 3.1, and against Tenon's rules for them.",
    footer = {"", "A rule is switched off for a part of a document by `x-tenon-lint-off: [RULE]` in it. Rules: docs/contracts.md."})
final class ContractCheckCommand implements Callable<Integer> {

  /// How findings are printed.
  enum Format { TEXT, JSON, SARIF }

  /// What fails the command.
  enum FailOn { ERROR, WARNING, NEVER }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "Documents, folders with an openapi.yaml, or folders of such folders (default: contracts).")
  private List<Path> paths = List.of();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text, json or sarif (default: text).")
  private Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(names = "--fail-on", paramLabel = "SEVERITY", description = "Exit with 1 on an error, also on a warning, or never (default: error).")
  private FailOn failOn = FailOn.ERROR;

  @Option(names = "--off", paramLabel = "RULE", split = ",", description = "Rules to leave out, by their ids.")
  private List<String> off = List.of();

  @Override
  public Integer call() {
    Set<Rule> without = rules();
    List<ContractFolders.Found> documents = ContractFolders.at(paths.isEmpty() ? List.of(ContractFolders.standard()) : paths);
    List<Finding> findings = new ArrayList<>();
    for (ContractFolders.Found found : documents) {
      Path absolute = found.file().toAbsolutePath().normalize();
      ContractCheck.check(found.name(), absolute.getFileName().toString(), ContractFiles.in(absolute.getParent()), without)
          .forEach(finding -> findings.add(finding.below(found.folder())));
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (json ? Format.JSON : format) {
      case TEXT -> {
        out.print(FindingsReport.text(findings));
        out.println(summary(documents.size(), findings));
      }
      case JSON -> out.print(FindingsReport.json(findings));
      case SARIF -> out.print(FindingsReport.sarif(findings));
    }
    out.flush();
    return fails(findings) ? 1 : 0;
  }

  private boolean fails(List<Finding> findings) {
    return switch (failOn) {
      case ERROR -> findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
      case WARNING -> !findings.isEmpty();
      case NEVER -> false;
    };
  }

  private Set<Rule> rules() {
    EnumSet<Rule> rules = EnumSet.noneOf(Rule.class);
    for (String id : off) {
      Rule rule = Rule.of(id).orElseThrow(() -> Complaint.misuse("--off – there is no rule '" + id + "' – use one of " + ContractCheck.switchable()));
      if (rule.kind() == Rule.Kind.SPECIFICATION) {
        throw Complaint.misuse("--off – '" + id + "' is the specification's and stays on – use one of " + ContractCheck.switchable());
      }
      rules.add(rule);
    }
    return rules;
  }

  private static String summary(int documents, List<Finding> findings) {
    long errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
    return count(documents, "contract") + ", " + count(errors, "error") + ", " + count(findings.size() - errors, "warning");
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
