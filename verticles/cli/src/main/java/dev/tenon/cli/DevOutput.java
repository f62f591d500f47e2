package dev.tenon.cli;

import dev.tenon.node.DevTerminal;
import dev.tenon.node.Trouble;
import dev.tenon.worker.Inspector;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.WorkerLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/// The terminal of `tenon dev`: what the worker's console says as it is, and what the server says with a label before it.
final class DevOutput implements DevTerminal, WorkerLog {

  private static final int NAMES_MAX = 3;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Colours colours;

  DevOutput(PrintWriter out, PrintWriter err, Colours colours) {
    this.out = out;
    this.err = err;
    this.colours = colours;
  }

  void warnings(LoadedWorker loaded) {
    loaded.warnings().forEach(warning -> say(err, colours.yellow("[tenon:warn]") + " " + warning));
  }

  void inspected(Inspector inspector) {
    say(out, info() + "debuggers attach at ws://" + inspector.address() + " – in Chrome: " + inspector.devToolsUrl());
  }

  @Override
  public void write(Level level, String worker, String text) {
    switch (level) {
      case DEBUG, LOG, INFO -> say(out, text);
      case WARN -> say(err, hasColours(text) ? text : colours.yellow(text));
      case ERROR -> say(err, hasColours(text) ? text : colours.red(text));
    }
  }

  private static boolean hasColours(String text) {
    return text.indexOf('\033') >= 0;
  }

  @Override
  public boolean colours() {
    return colours == Colours.ON;
  }

  @Override
  public void answered(String method, String target, int status, long nanos) {
    String shown = status >= 500 ? colours.red(String.valueOf(status)) : status >= 400 ? colours.yellow(String.valueOf(status)) : colours.green(String.valueOf(status));
    say(out, info() + method + " " + target + " " + shown + " (" + nanos / 1_000_000 + "ms)");
  }

  @Override
  public void uncaught(Trouble trouble) {
    trouble.faults().forEach(fault -> fault.excerpt().ifPresent(source -> say(err, colours.faint(source.place()) + "\n" + source.frame())));
  }

  @Override
  public void reloaded(LoadedWorker loaded, Set<Path> changed, long nanos) {
    warnings(loaded);
    say(out, info() + "reloaded in " + nanos / 1_000_000 + " ms: " + names(changed) + " changed");
  }

  @Override
  public void broken(Trouble trouble) {
    say(err, colours.red("[tenon:error]") + " " + trouble.title() + " – the last good version serves on\n" + trouble);
  }

  @Override
  public void mended() {
    say(out, info() + "the files are again as what is served");
  }

  private String info() {
    return colours.green("[tenon:info]") + " ";
  }

  private static String names(Set<Path> changed) {
    String first = changed.stream().sorted(Comparator.comparingInt(path -> path.toString().length())).limit(NAMES_MAX)
        .map(path -> String.valueOf(path.getFileName())).distinct().collect(Collectors.joining(", "));
    return changed.size() <= NAMES_MAX ? first : first + " and " + (changed.size() - NAMES_MAX) + " more";
  }

  private static void say(PrintWriter writer, String text) {
    writer.println(text);
    writer.flush();
  }
}
