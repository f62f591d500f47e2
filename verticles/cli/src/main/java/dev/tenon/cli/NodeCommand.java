package dev.tenon.cli;

import dev.tenon.node.NodeSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon node`.
@Command(name = "node", description = "Run one node of a cluster until SIGTERM. It joins the nodes that are named, or is the first.")
final class NodeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NodeFlags flags;

  @Option(names = "--join", paramLabel = "HOST[:PORT]", description = "A node to join. May be repeated.")
  private List<String> join = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Home home = Home.find();
    return new NodeSession(spec.commandLine().getOut(), home, flags.over(NodeSettings.read(home.settings()), home, join)).run();
  }
}
