package dev.tenon.cli;

import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.compare.Finding;
import dev.tenon.contract.compare.Reports;
import dev.tenon.contract.compare.Severity;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract diff`.
@Command(name = "diff", description = "Tell what changed between two versions of a contract, and what that breaks for whom.")
final class ContractDiff implements Callable<Integer> {

  enum Format { TEXT, JSON }

  enum Failing { BREAKING, RISKY }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The contract as it was: a file, a folder with an openapi.yaml, or REVISION:PATH in git.")
  private String old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The contract as it is to be, written likewise.")
  private String now;

  @Option(names = "--format", paramLabel = "FORMAT", description = "How to report: text or json (default: text).")
  private Format format = Format.TEXT;

  @Option(names = "--fail-on", paramLabel = "SEVERITY", description = "Exit with 1 when there is a finding that is breaking, or one that is at least risky.")
  private Failing failOn;

  @Override
  public Integer call() {
    Comparison comparison = Comparison.of(ContractSource.read(old), ContractSource.read(now), LocalDate.now());
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case JSON -> out.println(Reports.json(comparison));
      case TEXT -> comparison.findings().forEach(finding -> out.println(line(finding)));
    }
    out.flush();
    return failOn != null && comparison.has(failOn == Failing.BREAKING ? Severity.BREAKING : Severity.RISKY) ? 1 : 0;
  }

  private static String line(Finding finding) {
    return finding.severity().word() + "  " + finding.message() + "  [" + finding.rule().id() + "]";
  }
}
