package dev.tenon.cli;

import dev.tenon.node.NodeSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon doctor`.
@Command(name = "doctor", description = "Look for what could keep Tenon from working on this machine, and say what to do about it.")
final class Doctor implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--database", paramLabel = "URL", description = "Check this PostgreSQL instead of the embedded one.")
  private String database;

  @Override
  public Integer call() {
    Home home = Home.find();
    NodeSettings settings = NodeSettings.read(home.settings());
    List<Check> checks = List.of(
        JavaChecks.jdk(),
        JavaChecks.jit(),
        JavaChecks.aotCache(home),
        MachineChecks.port("port " + settings.edge().port(), settings.edge(), "--edge-port"),
        MachineChecks.port("port " + settings.control().port(), settings.control(), "--control-port"),
        DatabaseCheck.run(home, Optional.ofNullable(database)),
        MachineChecks.memory(),
        MachineChecks.disk(home),
        MachineChecks.node(home));
    PrintWriter out = spec.commandLine().getOut();
    boolean failed = checks.stream().anyMatch(check -> check.status() == Check.Status.FAIL);
    if (json) {
      JsonArray list = new JsonArray();
      checks.forEach(check -> list.add(check.toJson()));
      out.println(new JsonObject().put("status", failed ? "fail" : "ok").put("checks", list).encodePrettily());
    } else {
      checks.forEach(check -> print(check, out));
    }
    return failed ? 1 : 0;
  }

  private static void print(Check check, PrintWriter out) {
    out.printf("%-5s %-12s %s%n", check.status().word(), check.name(), check.finding());
    if (!check.advice().isEmpty()) {
      out.printf("%-5s %-12s → %s%n", "", "", check.advice());
    }
  }
}
