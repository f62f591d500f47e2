package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.node.StartFailure;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TenonTest {

  @BeforeAll
  static void useTheCheckout() {
    System.setProperty("tenon.home", "../..");
  }

  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void everyCommandHasHelpAndADescription() {
    for (String name : Tenon.commandLine().getSubcommands().keySet()) {
      Outcome outcome = run(name, "--help");
      assertEquals(0, outcome.exitCode(), name);
      assertTrue(outcome.out().startsWith("Usage: tenon " + name), outcome.out());
      assertFalse(Tenon.commandLine().getSubcommands().get(name).getCommandSpec().usageMessage().description().length == 0, name);
    }
    assertEquals(0, run("--help").exitCode());
  }

  @Test
  void everyOptionIsDescribed() {
    List<String> bare = new ArrayList<>();
    Tenon.commandLine().getSubcommands().forEach((name, command) -> command.getCommandSpec().options().stream()
        .filter(option -> option.description().length == 0)
        .forEach(option -> bare.add(name + " " + option.longestName())));
    assertEquals(List.of(), bare);
  }

  @Test
  void misuseIsOneSentenceAndExitCode2() {
    checkMisuse("tenon: Unknown option: '--colour'\nTry 'tenon version --help'.\n", "version", "--colour");
    checkMisuse("tenon: Invalid value for option '--edge-port': 'x' is not an int\nTry 'tenon up --help'.\n", "up", "--edge-port", "x");
    checkMisuse("tenon: Invalid value for option '--egress': expected one of [public, all, none] (case-insensitive) but was 'some'\nTry 'tenon run --help'.\n",
        "run", "a.js", "--egress", "some");
    checkMisuse("tenon: Unmatched argument at index 0: 'fly'\nTry 'tenon --help'.\n", "fly");
    assertEquals(2, run().exitCode(), "no command at all");
  }

  @Test
  void argumentsThatCannotBeUsedAreRefusedBeforeAnythingStarts() {
    checkRefused("--edge-port – port 70000 is not between 0 and 65535 – choose one that is", "up", "--edge-port", "70000");
    checkRefused("--edge-port and --control-port – both are 22861 – choose two ports", "up", "--edge-port", "22861", "--control-port", "22861");
    checkRefused("--edge-port and --control-port – both are 22861 – choose two ports", "node", "--edge-port", "22861", "--control-port", "22861", "--edge-host", "0.0.0.0");
    checkRefused("--cluster-port – 0 is not between 1 and 65535 – choose one that is", "node", "--cluster-port", "0");
    checkRefused("--worker-threads – 0 is not between 1 and 1000 – choose one that is", "up", "--worker-threads", "0");
    checkRefused("--data-dir – " + java.nio.file.Path.of("pom.xml").toAbsolutePath() + " is a file – choose a directory", "up", "--data-dir", "pom.xml");
  }

  @Test
  void databaseUrlsAreCheckedBeforeAnythingStartsAndTheirPasswordIsNotShown() {
    String form = " – write it as postgresql://user:password@host:5432/database";
    checkRefused("database URL – its port is 99999, not between 1 and 65535" + form, "up", "--database", "postgresql://u:sekret123@127.0.0.1:99999/x");
    checkRefused("database URL – it does not start with postgresql://" + form, "up", "--database", "mysql://u:sekret123@127.0.0.1/x");
    checkRefused("database URL – it does not start with postgresql://" + form, "node", "--database", "garbage");
    checkRefused("database URL – it is empty" + form, "up", "--database", "");
  }

  @Test
  void helpAndVersionMayBeAskedForEitherWay() {
    assertEquals(0, run("help").exitCode());
    assertEquals(run("--help").out(), run("help").out());
    assertEquals(run("up", "--help").out(), run("help", "up").out());
    assertEquals(0, run("--version").exitCode());
    assertEquals(run("version").out(), run("--version").out());
  }

  @Test
  void helpSaysWhatHoldsWithoutAFlag() {
    String help = run("up", "--help").out().replaceAll("\\s+", " ");
    for (String key : List.of("(default: 8080)", "(default: 8090)", "(default: 5701)", "(default: 20)", "(default: 10)")) {
      assertTrue(help.contains(key), key);
    }
  }

  @Test
  void aFailureIsItsSentenceAndAStackTraceOnlyWithDebug() {
    CommandLine.IExecutionExceptionHandler handler = Tenon.commandLine().getExecutionExceptionHandler();
    StringWriter err = new StringWriter();
    CommandLine command = Tenon.commandLine().setErr(new PrintWriter(err, true));
    int exitCode = execute(handler, new StartFailure("edge – it is taken – choose another"), command);
    assertEquals(1, exitCode);
    assertEquals("tenon: edge – it is taken – choose another\n", err.toString());
  }

  @Test
  void aBugIsCalledOne() {
    StringWriter err = new StringWriter();
    CommandLine command = Tenon.commandLine().setErr(new PrintWriter(err, true));
    execute(command.getExecutionExceptionHandler(), new IllegalStateException("odd"), command);
    assertEquals("tenon: a bug in Tenon stopped this command: java.lang.IllegalStateException: odd"
        + " (run it again with --debug for the whole story)\n", err.toString());
  }

  @Test
  void versionIsJsonWhenAsked() {
    assertEquals("development", new JsonObject(run("version", "--json").out()).getString("tenon"));
  }

  private static int execute(CommandLine.IExecutionExceptionHandler handler, Exception thrown, CommandLine command) {
    try {
      return handler.handleExecutionException(thrown, command, null);
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static void checkMisuse(String expected, String... arguments) {
    Outcome outcome = run(arguments);
    assertEquals(expected, outcome.err());
    assertEquals(2, outcome.exitCode());
  }

  private static void checkRefused(String expected, String... arguments) {
    Outcome outcome = run(arguments);
    assertEquals("tenon: " + expected + "\n", outcome.err());
    assertEquals(2, outcome.exitCode());
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Tenon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
