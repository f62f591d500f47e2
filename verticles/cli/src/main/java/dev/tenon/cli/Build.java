package dev.tenon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tenon build`. The `tenon` script does the work before any JVM runs; this is its entry in the help.
@Command(name = "build", description = "Build everything that the other commands need, and start nothing. The first start does the same by itself.")
final class Build implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("built: " + Home.find().runtime());
    return 0;
  }
}
