package dev.tenon.cli;

import dev.tenon.node.NodeSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tenon up`.
@Command(name = "up", description = "Run the whole reference system on this machine, in this process, until Ctrl-C.")
final class Up implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NodeFlags flags;

  @Override
  public Integer call() throws InterruptedException {
    Home home = Home.find();
    return new NodeSession(spec.commandLine().getOut(), home, flags.over(NodeSettings.read(home.settings()), home, List.of())).run();
  }
}
