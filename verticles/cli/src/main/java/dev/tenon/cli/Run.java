package dev.tenon.cli;

import dev.tenon.node.Listen;
import dev.tenon.node.SingleWorker;
import dev.tenon.node.WorkerBindings;
import dev.tenon.worker.Egress;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.WorkerLog;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon run`.
@Command(name = "run", description = "Serve one worker as in production: its own process, no reload, no contract.")
final class Run implements Callable<Integer> {

  private static final Duration STOP_BOUND = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE|DIR", description = "A JavaScript or TypeScript file, or a folder with wrangler.toml, .json or .jsonc (or an entry point such as src/index.ts).")
  private Path source;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8787", description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--var", paramLabel = "K=V", description = "A variable of env; wins over the configuration's and over .dev.vars. May be repeated.")
  private Map<String, String> vars = new LinkedHashMap<>();

  @Option(names = "--env", paramLabel = "NAME", description = "The [env.NAME] section of the configuration.")
  private String environment;

  @Option(names = "--egress", paramLabel = "public|all|none", defaultValue = "public",
      description = "What fetch may reach: public addresses only, every address, or nothing (default: ${DEFAULT-VALUE}).")
  private Egress egress;

  @Option(names = "--compatibility-date", paramLabel = "YYYY-MM-DD", description = "Behave as of this date; wins over the configuration's.")
  private LocalDate compatibilityDate;

  @Option(names = "--json", description = "Print JSON once the worker is served.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    LoadOptions load = LoadOptions.DEFAULT
        .withVars(vars)
        .withProviders(List.of(new WorkerBindings()))
        .withCacheDirectory(Home.find().cache().resolve("esbuild"));
    if (environment != null) {
      load = load.withEnvironment(environment);
    }
    if (compatibilityDate != null) {
      load = load.withCompatibilityDate(compatibilityDate);
    }
    SingleWorker.Options options = new SingleWorker.Options(source, load, listen(), egress, console(out, err));
    new UntilSignalled<SingleWorker>(out, STOP_BOUND).run(() -> SingleWorker.start(options), worker -> {
      worker.loaded().warnings().forEach(warning -> err.println("warning: " + warning));
      err.flush();
      String url = "http://" + new Listen(host, worker.port());
      out.println(json ? new JsonObject().put("url", url).put("worker", worker.loaded().definition().name()).encode() : "listening on " + url);
      out.flush();
    }, SingleWorker::stop);
    return 0;
  }

  private Listen listen() {
    try {
      return new Listen(host, port);
    } catch (IllegalArgumentException wrong) {
      throw new Complaint("--port – " + wrong.getMessage() + " – choose one that is", wrong);
    }
  }

  /// What the worker says goes where the same calls go in other runtimes.
  private static WorkerLog console(PrintWriter out, PrintWriter err) {
    return (level, worker, text) -> {
      PrintWriter writer = switch (level) {
        case DEBUG, LOG, INFO -> out;
        case WARN, ERROR -> err;
      };
      writer.println(text);
      writer.flush();
    };
  }
}
