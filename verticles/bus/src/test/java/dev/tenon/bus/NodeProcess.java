package dev.tenon.bus;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node in a process of its own, to be killed or stopped. It serves `echo`, `hang` and `endless`, and ends when its
/// standard input does.
final class NodeProcess implements AutoCloseable {

  private final Process process;

  private NodeProcess(Process process) {
    this.process = process;
  }

  static NodeProcess start(int port, int seed) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1",
        "-cp", System.getProperty("java.class.path"), NodeProcess.class.getName(), "" + port, "" + seed));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.equals("ready")) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return new NodeProcess(process);
      }
    }
    throw new AssertionError("the node did not start:\n" + seen);
  }

  void kill() {
    process.destroyForcibly();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Clusters.node(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    ExchangeBus bus = ExchangeBus.of(vertx);
    Context context = Exchanges.loop(vertx);
    Exchanges.on(context, () -> bus.serve("echo", "1", request -> request.body().collect(1 << 20).map(body -> Exchanges.answer(200, Body.of(body)))));
    Exchanges.on(context, () -> bus.serve("hang", "1", request -> Promise.<ExchangeResponse>promise().future()));
    Exchanges.on(context, () -> bus.serve("endless", "1", request -> Exchanges.ok().map(head -> head.withBody(Body.of(ChunkStream.endless(context, 10_000))))));
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // until the test that started this process is gone
    }
    Runtime.getRuntime().halt(0);
  }
}
