package dev.tenon.cli;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon version`.
@Command(name = "version", description = "Print the version of Tenon and of what it runs on.")
final class Version implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    String tenon = tenon();
    String java = Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    spec.commandLine().getOut().println(json
        ? new JsonObject().put("tenon", tenon).put("java", java).encodePrettily()
        : "tenon " + tenon + " on Java " + java);
    return 0;
  }

  static String tenon() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
