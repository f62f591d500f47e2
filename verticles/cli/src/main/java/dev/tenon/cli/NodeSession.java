package dev.tenon.cli;

import dev.tenon.control.ComponentStatus;
import dev.tenon.node.Node;
import dev.tenon.node.NodeOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A node on a terminal: progress while it starts, then what runs where and how to try it, until it is told to stop.
final class NodeSession {

  private final PrintWriter out;
  private final Home home;
  private final NodeOptions options;
  private final Terminal terminal;

  NodeSession(PrintWriter out, Home home, NodeOptions options) {
    this.out = out;
    this.home = home;
    this.options = options;
    this.terminal = new Terminal(out);
  }

  int run() throws InterruptedException {
    say("tenon " + Version.tenon() + " is starting");
    Duration bound = options.deadlines().drain().plus(options.deadlines().stop());
    new UntilSignalled<Node>(out, bound).run(() -> Node.start(options, terminal), this::ready, this::stop);
    return 0;
  }

  private void ready(Node node) {
    say(String.format(Locale.ROOT, "ready after %.1f s%n", terminal.seconds()));
    List<ComponentStatus> components = node.components();
    out.printf("  %-14s %-8s %-10s %s%n", "component", "kind", "version", "where");
    for (ComponentStatus component : components) {
      out.printf("  %-14s %-8s %-10s %s%n", component.component(), component.kind(), component.version(), component.node());
    }
    String edge = "http://" + node.edge();
    out.printf("  %-14s %-8s %-10s %s%n", "edge", "", "", edge);
    out.printf("  %-14s %-8s %-10s %s%n", "control", "", "", "http://" + node.control());
    List<String> steps = FirstSteps.lines(edge, components.stream().map(ComponentStatus::component).collect(Collectors.toSet()), home.root());
    if (!steps.isEmpty()) {
      say("\nTry it:\n\n" + String.join("\n", steps));
    }
    say("\nCtrl-C stops it.");
  }

  private void stop(Node node) {
    say("stopping: requests under way have " + options.deadlines().drain().toSeconds() + " s to finish");
    node.stop();
    say("stopped");
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}
