package dev.tenon.cli;

import dev.tenon.node.DevServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenon dev`.
@Command(name = "dev", description = "Serve one worker and follow its files: a change is served at once, an error is shown here and in the browser.")
final class Dev implements Callable<Integer> {

  private static final Duration STOP_BOUND = Duration.ofSeconds(12);

  @Spec private CommandSpec spec;

  @Mixin private WorkerFlags flags;

  @Option(names = "--json", description = "Print JSON once the worker is served.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DevOutput output = new DevOutput(out, spec.commandLine().getErr(), Colours.ofThisTerminal());
    DevServer.Options options = new DevServer.Options(flags.source(), flags.load(), flags.listen(), flags.egress(), output);
    new UntilSignalled<DevServer>(out, STOP_BOUND).run(() -> DevServer.start(options, output), server -> {
      output.warnings(server.loaded());
      String url = flags.url(server.port());
      out.println(json ? new JsonObject().put("url", url).put("worker", server.loaded().definition().name()).encode() : "listening on " + url);
      out.flush();
    }, DevServer::stop);
    return 0;
  }
}
