package dev.tenon.cli;

import dev.tenon.node.Listen;
import dev.tenon.node.Node;
import dev.tenon.node.NodeSettings;
import dev.tenon.node.Progress;
import dev.tenon.node.SingleWorker;
import dev.tenon.node.WorkerBindings;
import dev.tenon.worker.Egress;
import dev.tenon.worker.LoadOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What the `tenon` script runs once per build, to train the AOT cache: a worker under load, and a node's start and stop.
final class Training {

  private static final Duration LOAD = Duration.ofSeconds(12);
  private static final int CLIENTS = 8;
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(20);
  private static final Buffer ORDER = Buffer.buffer("""
      {"id":"0192f1a4","customer":{"name":"Ada","city":"London"},"lines":[{"item":"bolt","price":3,"quantity":40},{"item":"nut","price":1,"quantity":80}]}""");

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    Logging.start(false);
    Home home = Home.find();
    Path scratch = Files.createTempDirectory(home.state(), "training-");
    try {
      worker(home, scratch);
      node(home, scratch.resolve("data"));
    } finally {
      delete(scratch);
    }
    System.exit(0);
  }

  private static void worker(Home home, Path scratch) throws IOException {
    Path source = scratch.resolve("training.js");
    try (InputStream script = Training.class.getResourceAsStream("training.js")) {
      Files.copy(script, source);
    }
    LoadOptions load = LoadOptions.DEFAULT.withProviders(List.of(new WorkerBindings())).withCacheDirectory(home.cache().resolve("esbuild"));
    SingleWorker worker = SingleWorker.start(new SingleWorker.Options(
        source, load, new Listen("127.0.0.1", 0), Egress.NONE, (level, name, text) -> { }));
    try {
      load(worker.port());
    } finally {
      worker.stop();
    }
  }

  /// Each client sends one request after the other.
  private static void load(int port) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CLIENTS));
    long end = System.nanoTime() + LOAD.toNanos();
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(client(client, port, i, end));
    }
    await(Future.join(clients));
    await(vertx.close());
  }

  private static Future<?> client(HttpClientAgent client, int port, int turn, long end) {
    if (System.nanoTime() - end > 0) {
      return Future.succeededFuture();
    }
    Future<Buffer> answer = switch (turn % 6) {
      case 0 -> send(client, port, HttpMethod.GET, "/hello/ada", Buffer.buffer());
      case 1 -> send(client, port, HttpMethod.GET, "/users/42?page=7", Buffer.buffer());
      case 2 -> send(client, port, HttpMethod.POST, "/orders", ORDER);
      case 3 -> send(client, port, HttpMethod.POST, "/text", ORDER);
      case 4 -> send(client, port, HttpMethod.GET, "/nothing", Buffer.buffer());
      default -> send(client, port, HttpMethod.GET, "/stream", Buffer.buffer());
    };
    return answer.compose(_ -> client(client, port, turn + 1, end));
  }

  private static Future<Buffer> send(HttpClientAgent client, int port, HttpMethod method, String path, Buffer body) {
    return client.request(method, port, "127.0.0.1", path)
        .compose(request -> request.putHeader("content-type", "application/json").putHeader("user-agent", "training").send(body))
        .compose(response -> response.body())
        .timeout(ANSWER_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void node(Home home, Path data) {
    NodeFlags flags = new NodeFlags();
    new CommandLine(flags).parseArgs("--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", data.toString());
    Node.start(flags.over(NodeSettings.read(home.settings()), home, List.of()), Progress.SILENT).stop();
  }

  private static void await(Future<?> future) {
    future.await();
  }

  private static void delete(Path tree) {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
