package dev.tenon.cli;

import dev.tenon.node.Node;
import dev.tenon.node.NodeSettings;
import dev.tenon.node.Progress;
import dev.tenon.worker.JitProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What the `tenon` script runs once per build, to train the AOT cache: a node's start and stop, and a worker under load.
final class Training {

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    Logging.start(false);
    Home home = Home.find();
    Path scratch = Files.createTempDirectory(home.state(), "training-");
    try {
      node(home, scratch);
      JitProbe.run();
    } finally {
      delete(scratch);
    }
    System.exit(0);
  }

  private static void node(Home home, Path scratch) {
    NodeFlags flags = new NodeFlags();
    new CommandLine(flags).parseArgs("--edge-port", "0", "--control-port", "0", "--data-dir", scratch.toString());
    Node.start(flags.over(NodeSettings.read(home.settings()), home, List.of()), Progress.SILENT).stop();
  }

  private static void delete(Path tree) {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
