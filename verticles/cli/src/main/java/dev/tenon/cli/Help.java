package dev.tenon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tenon help`.
@Command(name = "help", description = "Show what a command does, or which commands there are.")
final class Help implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain (default: all of them).")
  private String name = "";

  @Override
  public Integer call() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine asked = name.isEmpty() ? all : all.getSubcommands().get(name);
    if (asked == null) {
      throw new ParameterException(spec.commandLine(), "there is no command '" + name + "'");
    }
    asked.usage(all.getOut());
    return 0;
  }
}
