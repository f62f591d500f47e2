package dev.tenon.cli;

import dev.tenon.worker.JitProbe;

/// What the `tenon` script runs once per build to train the AOT cache: everything a start needs, under load.
final class Training {

  private Training() {}

  public static void main(String[] arguments) {
    Logging.start(false);
    Tenon.commandLine().execute("doctor");
    JitProbe.run();
  }
}
