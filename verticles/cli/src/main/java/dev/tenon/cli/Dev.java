package dev.tenon.cli;

import dev.tenon.node.DevServer;
import dev.tenon.node.Listen;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon dev`.
@Command(name = "dev", description = "Serve one worker and follow its files: a change is served at once, an error is shown here and in the browser.")
final class Dev implements Callable<Integer> {

  private static final Duration STOP_BOUND = Duration.ofSeconds(12);

  private static final String INSPECT = "9229";

  /// The port belongs to `--inspect` only after `=`: what follows it may be the worker.
  static final class OnlyAttached implements IParameterPreprocessor {

    @Override
    public boolean preprocess(Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (info.get("separator") instanceof String) {
        return false;
      }
      option.setValue(INSPECT);
      return true;
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private WorkerFlags flags;

  @Option(names = "--inspect", paramLabel = "[HOST:]PORT", arity = "0..1", fallbackValue = Dev.INSPECT, preprocessor = OnlyAttached.class,
      description = "Let Chrome's DevTools attach, at 127.0.0.1:9229 unless another loopback address or port is named; 0 for any free port.")
  private String inspect;

  @Option(names = "--json", description = "Print JSON once the worker is served.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DevOutput output = new DevOutput(out, spec.commandLine().getErr(), Colours.ofThisTerminal());
    DevServer.Options options = new DevServer.Options(flags.source(), flags.load("development"), flags.listen(), flags.egress(), output, inspect());
    new UntilSignalled<DevServer>(out, STOP_BOUND).run(() -> DevServer.start(options, output), server -> {
      output.warnings(server.loaded());
      String url = flags.url(server.port());
      server.inspector().ifPresent(output::inspected);
      out.println(json ? new JsonObject().put("url", url).put("worker", server.loaded().definition().name()).encode() : "listening on " + url);
      out.flush();
    }, DevServer::stop);
    return 0;
  }

  private Optional<Listen> inspect() {
    if (inspect == null) {
      return Optional.empty();
    }
    int colon = inspect.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : inspect.substring(0, colon).replaceAll("^\\[|]$", "");
    try {
      return Optional.of(new Listen(host, Integer.parseInt(inspect.substring(colon + 1))));
    } catch (NumberFormatException wrong) {
      throw Complaint.misuse("--inspect – \"" + inspect + "\" is no port – write --inspect=9229 or --inspect=127.0.0.1:9229");
    } catch (IllegalArgumentException wrong) {
      throw new Complaint("--inspect – " + wrong.getMessage() + " – choose one that is", wrong);
    }
  }
}
