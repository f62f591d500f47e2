package dev.tenon.cli;

import dev.tenon.node.StartFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command that all others are part of.
@Command(
    name = "tenon",
    description = "Runs JavaScript workers and Java services as one cluster that you own.",
    subcommands = {Up.class, Run.class, Dev.class, NodeCommand.class, Doctor.class, Build.class, ContractGroup.class, CouplingCommand.class, Version.class, Help.class},
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:refused or failed", "2:misuse"})
public final class Tenon implements Callable<Integer> {

  private static final Pattern CHOICES = Pattern.compile("expected one of \\[[A-Z_, ]+]");

  @Spec private CommandSpec spec;

  @Option(names = {"-V", "--version"}, description = "Print the version, as the command of this name does.")
  private boolean version;

  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
  private boolean help;

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log what happens inside, and show stack traces.")
  private boolean debug;

  /// Runs the command and ends the JVM with its exit code.
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    boolean debug = List.of(arguments).contains("--debug");
    // Nothing that a comparison of contracts uses logs, and setting logging up costs a tenth of its time.
    if (debug || arguments.length == 0 || !arguments[0].equals("contract")) {
      Logging.start(debug);
    }
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    Tenon tenon = new Tenon();
    return new CommandLine(tenon)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((thrown, command, parsed) -> tenon.complain(thrown, command.getErr()))
        .setParameterExceptionHandler((thrown, arguments) -> misuse(thrown));
  }

  @Override
  public Integer call() {
    if (version) {
      return spec.commandLine().execute("version");
    }
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  private int complain(Throwable thrown, PrintWriter err) {
    err.println("tenon: " + sentence(thrown));
    if (debug) {
      thrown.printStackTrace(err);
    }
    return thrown instanceof Complaint complaint ? complaint.exitCode() : 1;
  }

  private static String sentence(Throwable thrown) {
    return switch (thrown) {
      case Complaint complaint -> complaint.getMessage();
      case StartFailure failure -> failure.getMessage();
      default -> "a bug in Tenon stopped this command: " + thrown + " (run it again with --debug for the whole story)";
    };
  }

  private static int misuse(ParameterException thrown) {
    PrintWriter err = thrown.getCommandLine().getErr();
    err.println("tenon: " + plain(thrown.getMessage()));
    err.println("Try '" + thrown.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return 2;
  }

  /// Picocli's sentence without its slips: a word twice, and the names of Java's constants.
  private static String plain(String message) {
    String once = message.replace("option option", "option");
    Matcher choices = CHOICES.matcher(once);
    return choices.find() ? choices.replaceFirst(Matcher.quoteReplacement(choices.group().toLowerCase(Locale.ROOT))) : once;
  }
}
