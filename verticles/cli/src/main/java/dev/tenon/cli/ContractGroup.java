package dev.tenon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tenon contract`.
@Command(
    name = "contract",
    description = "Compare contracts, check them, generate code from them, test components by them, and ask what a version would break.",
    subcommands = {ContractCheckCommand.class, ContractDiff.class, ContractGenerateCommand.class, ContractTest.class, ContractCanDeploy.class},
    synopsisSubcommandLabel = "COMMAND")
final class ContractGroup implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
