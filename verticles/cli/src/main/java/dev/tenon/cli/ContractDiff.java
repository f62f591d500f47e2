package dev.tenon.cli;

import dev.tenon.contract.compare.Comparison;
import dev.tenon.contract.compare.Effect;
import dev.tenon.contract.compare.Finding;
import dev.tenon.contract.compare.Report;
import dev.tenon.contract.compare.Severity;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract diff`.
@Command(
    name = "diff",
    description = "Tell what changed between two versions of a contract, and what that breaks for whom.",
    footer = {"", "docs/contract-rules.md lists the rules. OLD and NEW are each a file, a folder with an openapi.yaml,",
        "REVISION:PATH in git (main:contracts/auth), or live:COMPONENT for what a running system serves."})
final class ContractDiff implements Callable<Integer> {

  private static final int WITNESS_MAX = 400;
  private static final int EFFECTS_MAX = 5;

  enum Format { TEXT, JSON, MARKDOWN, JUNIT, SARIF }

  enum Failing { BREAKING, RISKY }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The contract as it was.")
  private String old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The contract as it is to be.")
  private String now;

  @Option(names = "--format", paramLabel = "FORMAT", description = "How to report: text, json, markdown, junit or sarif (default: text).")
  private Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Option(names = "--fail-on", paramLabel = "SEVERITY", description = "Exit with 1 when there is a finding that is breaking, or one that is at least risky.")
  private Failing failOn;

  @Mixin private LiveFlags live;

  @Override
  public Integer call() {
    ContractSource before = ContractSource.read(old, live);
    ContractSource after = ContractSource.read(now, live);
    Report report = new Report(Comparison.of(before.document(), after.document(), LocalDate.now()), before::shown, after::shown);
    PrintWriter out = spec.commandLine().getOut();
    Severity failing = failOn == Failing.RISKY ? Severity.RISKY : Severity.BREAKING;
    switch (json ? Format.JSON : format) {
      case TEXT -> text(report, out);
      case JSON -> out.println(report.json());
      case MARKDOWN -> out.print(report.markdown());
      case JUNIT -> out.print(report.junit(failing));
      case SARIF -> out.println(report.sarif(Version.tenon()));
    }
    out.flush();
    return failOn != null && report.comparison().has(failing) ? 1 : 0;
  }

  private static void text(Report report, PrintWriter out) {
    Colours colours = Colours.ofThisTerminal();
    for (Finding finding : report.comparison().findings()) {
      String word = "%-10s".formatted(finding.severity().word());
      String coloured = switch (finding.severity()) {
        case BREAKING -> colours.red(word);
        case RISKY -> colours.yellow(word);
        case COMPATIBLE -> colours.green(word);
      };
      out.println(coloured + " " + finding.message() + " " + colours.faint("[" + finding.rule().id() + "]"));
      finding.before().ifPresent(spot -> out.println("           " + colours.faint("old " + Report.at(finding.before(), report.oldFile()) + " " + spot.pointer())));
      finding.after().ifPresent(spot -> out.println("           " + colours.faint("new " + Report.at(finding.after(), report.newFile()) + " " + spot.pointer())));
      finding.witness().map(Object::toString).ifPresent(witness -> out.println("           for example " + (witness.length() > WITNESS_MAX ? witness.substring(0, WITNESS_MAX) + "…" : witness)));
      if (finding.effects().size() > 1) {
        String some = finding.effects().stream().skip(1).limit(EFFECTS_MAX).map(Effect::toString).collect(Collectors.joining("; "));
        int more = finding.effects().size() - 1 - EFFECTS_MAX;
        out.println("           " + colours.faint("also " + some + (more > 0 ? "; and in " + more + " more places" : "")));
      }
    }
    out.println(report.summary());
  }
}
