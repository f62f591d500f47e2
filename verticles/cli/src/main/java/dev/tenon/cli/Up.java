package dev.tenon.cli;

import dev.tenon.control.ComponentStatus;
import dev.tenon.node.Node;
import dev.tenon.node.NodeOptions;
import dev.tenon.node.NodeSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
    PrintWriter out = spec.commandLine().getOut();
    NodeOptions options = flags.over(NodeSettings.read(home.settings()), home, List.of());
    Terminal terminal = new Terminal(out);
    out.println("tenon " + Version.tenon() + " is starting");
    out.flush();
    new RunningNode(options, terminal, out).runUntilSignalled(node -> {
      out.printf(Locale.ROOT, "ready after %.1f s%n%n", terminal.seconds());
      table(node, out);
      out.flush();
    });
    return 0;
  }

  private static void table(Node node, PrintWriter out) {
    for (ComponentStatus component : node.components()) {
      out.printf("  %-14s %-8s %s%n", component.component(), component.kind(), component.version());
    }
    out.printf("  %-14s %-8s http://%s%n", "control", "", node.control());
  }
}
