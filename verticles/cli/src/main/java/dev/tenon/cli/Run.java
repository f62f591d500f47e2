package dev.tenon.cli;

import dev.tenon.node.SingleWorker;
import dev.tenon.worker.WorkerLog;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon run`.
@Command(name = "run", description = "Serve one worker as in production: its own process, no reload.")
final class Run implements Callable<Integer> {

  private static final Duration STOP_BOUND = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

  @Mixin private WorkerFlags flags;

  @Option(names = "--contract", paramLabel = "FILE", description = "Hold requests and answers to this OpenAPI document, as the edge of a system does.")
  private Path contract;

  @Option(names = "--json", description = "Print JSON once the worker is served.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SingleWorker.Options options = new SingleWorker.Options(flags.source(), flags.load("production"), flags.listen(), flags.egress(), console(out, err), Optional.ofNullable(contract));
    new UntilSignalled<SingleWorker>(out, STOP_BOUND).run(() -> SingleWorker.start(options), worker -> {
      worker.loaded().warnings().forEach(warning -> err.println("warning: " + warning));
      err.flush();
      String url = flags.url(worker.port());
      out.println(json ? new JsonObject().put("url", url).put("worker", worker.loaded().definition().name()).encode() : "listening on " + url);
      out.flush();
    }, SingleWorker::stop);
    return 0;
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
