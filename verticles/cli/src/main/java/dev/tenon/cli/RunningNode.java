package dev.tenon.cli;

import dev.tenon.node.Node;
import dev.tenon.node.NodeOptions;
import dev.tenon.node.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Starts a node, keeps it until a signal comes, and stops it then, with a bound on how long that may take.
final class RunningNode {

  private static final int HALTED = 1;

  private final NodeOptions options;
  private final Progress progress;
  private final PrintWriter out;
  private final CountDownLatch signalled = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  RunningNode(NodeOptions options, Progress progress, PrintWriter out) {
    this.options = options;
    this.progress = progress;
    this.out = out;
  }

  /// Returns when the node has stopped.
  ///
  /// @param ready called once it runs
  void runUntilSignalled(Consumer<Node> ready) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "tenon-stop"));
    try {
      Node node = Node.start(options, progress);
      ready.accept(node);
      signalled.await();
      node.stop();
    } finally {
      stopped.countDown();
    }
  }

  /// The JVM ends when this returns, so it waits for the thread that started the node to stop it.
  private void onSignal() {
    signalled.countDown();
    if (stopped.getCount() == 0) {
      return;
    }
    out.println();
    out.println("stopping: requests under way have " + options.deadlines().drain().toSeconds() + " s to finish");
    out.flush();
    Duration bound = options.deadlines().stop().plus(options.deadlines().drain());
    try {
      if (stopped.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        out.println("stopped");
        out.flush();
        Runtime.getRuntime().halt(0); // asked to stop and stopped: that is success, not death by a signal
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    out.println("not everything stopped within " + bound.toSeconds() + " s: ending the process");
    out.flush();
    Runtime.getRuntime().halt(HALTED);
  }
}
