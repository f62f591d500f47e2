package dev.tenon.cli;

import dev.tenon.node.Progress;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// Shows on the terminal what a node is doing: one line a part, with the time since the JVM began.
final class Terminal implements Progress {

  private final PrintWriter out;
  private final long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();

  Terminal(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void ready(String part, String detail) {
    out.printf(Locale.ROOT, "  %5.1f s  %-14s %s%n", seconds(), part, detail);
    out.flush();
  }

  @Override
  public synchronized void notice(String sentence) {
    out.println("  note: " + sentence);
    out.flush();
  }

  double seconds() {
    return (System.currentTimeMillis() - startMillis) / 1000.0;
  }
}
