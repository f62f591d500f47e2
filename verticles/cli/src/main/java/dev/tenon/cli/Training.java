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
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What the `tenon` script runs once per build, to train the AOT cache: a worker under load, and a whole node with its reference system.
final class Training {

  private static final Duration WORKER_LOAD = Duration.ofSeconds(12);
  private static final Duration SYSTEM_LOAD = Duration.ofSeconds(8);
  private static final int CLIENTS = 8;
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(20);

  /// For a load and the answers to its last requests; a start of Tenon must not wait for ever.
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Buffer ORDER = Buffer.buffer("""
      {"id":"0192f1a4","customer":{"name":"Ada","city":"London"},"lines":[{"item":"bolt","price":3,"quantity":40},{"item":"nut","price":1,"quantity":80}]}""");
  private static final Buffer ACCOUNT = Buffer.buffer("""
      {"email":"training@example.org","password":"correct horse battery"}""");
  private static final Buffer TEXT = Buffer.buffer("""
      {"text":"Rivers carry sand to the sea. Waves bring some of it back. Wind builds dunes of what is dry. Grass holds the dunes in place."}""");

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    Logging.start(false);
    Home home = Home.find();
    Path scratch = Files.createTempDirectory(home.state(), "training-");
    try {
      worker(home, scratch);
      node(home, scratch.resolve("data"));
      contract(home, scratch);
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
      load(WORKER_LOAD, new Client(worker.port(), "")::worker);
    } finally {
      worker.stop();
    }
  }

  private static void node(Home home, Path data) throws IOException {
    NodeFlags flags = new NodeFlags();
    new CommandLine(flags).parseArgs("--edge-port", "0", "--control-port", "0", "--no-warm-up", "--data-dir", data.toString());
    Node node = Node.start(flags.over(NodeSettings.read(home.settings()), home, List.of()), Progress.SILENT);
    try {
      Buffer image = Buffer.buffer(Files.readAllBytes(home.root().resolve("contracts/image/examples/gradient.jpg")));
      int edge = node.edge().port();
      load(SYSTEM_LOAD, new Client(edge, token(edge)).system(image));
    } finally {
      node.stop();
    }
  }

  /// A contract against one that asks for more, so that what looks for witnesses is trained too.
  private static void contract(Home home, Path scratch) throws IOException {
    Path old = home.root().resolve("contracts/auth/openapi.yaml");
    Path stricter = scratch.resolve("openapi.yaml");
    Files.writeString(stricter, Files.readString(old).replace("minLength: ", "minLength: 1").replace("type: integer", "type: string").replace("/auth/login:", "/auth/enter:"));
    for (String format : List.of("text", "json", "sarif")) {
      Tenon.commandLine().setOut(new PrintWriter(Writer.nullWriter())).execute("contract", "diff", "--format", format, old.toString(), stricter.toString());
    }
  }

  private static String token(int edge) {
    Client anybody = new Client(edge, "");
    return with(client -> anybody.json(client, "/auth/register", ACCOUNT).compose(_ -> anybody.json(client, "/auth/login", ACCOUNT)))
        .toJsonObject().getString("accessToken");
  }

  /// Each client sends one request after the other.
  private static void load(Duration duration, Turn turn) {
    long end = System.nanoTime() + duration.toNanos();
    with(client -> Future.join(IntStream.range(0, CLIENTS).mapToObj(first -> {
      Promise<Void> done = Promise.promise();
      goOn(first, turn, client, end, done);
      return done.future();
    }).toList()));
  }

  /// Not a chain of futures, which would be as long as there are requests.
  private static void goOn(int number, Turn turn, HttpClientAgent client, long end, Promise<Void> done) {
    if (System.nanoTime() - end > 0) {
      done.complete();
    } else {
      turn.ask(client, number).onFailure(done::fail).onSuccess(_ -> goOn(number + 1, turn, client, end, done));
    }
  }

  private static <T> T with(Function<HttpClientAgent, Future<T>> work) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      return work.apply(vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CLIENTS))).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException never) {
      throw new IllegalStateException("training: not all requests were answered within " + PATIENCE.toSeconds() + " s", never);
    } finally {
      vertx.close().await();
    }
  }

  /// What a client asks when it is its nth turn.
  @FunctionalInterface
  private interface Turn {
    Future<Buffer> ask(HttpClientAgent client, int number);
  }

  private record Client(int port, String token) {

    Future<Buffer> worker(HttpClientAgent client, int number) {
      return switch (number % 6) {
        case 0 -> get(client, "/hello/ada");
        case 1 -> get(client, "/users/42?page=7");
        case 2 -> json(client, "/orders", ORDER);
        case 3 -> json(client, "/text", ORDER);
        case 4 -> get(client, "/nothing");
        default -> get(client, "/stream");
      };
    }

    /// The reference system, as far as it is there: without npm its workers are not, and the edge says so.
    Turn system(Buffer image) {
      return (client, number) -> switch (number % 5) {
        case 0 -> get(client, "/auth/me");
        case 1 -> send(client, HttpMethod.POST, "/image/info", "image/jpeg", image);
        case 2 -> json(client, "/ai/embed", TEXT);
        case 3 -> json(client, "/ai/summarize/stream", TEXT);
        default -> send(client, HttpMethod.POST, "/image/resize?width=16&format=png", "image/jpeg", image);
      };
    }

    Future<Buffer> get(HttpClientAgent client, String path) {
      return send(client, HttpMethod.GET, path, "text/plain", Buffer.buffer());
    }

    Future<Buffer> json(HttpClientAgent client, String path, Buffer body) {
      return send(client, HttpMethod.POST, path, "application/json", body);
    }

    private Future<Buffer> send(HttpClientAgent client, HttpMethod method, String path, String type, Buffer body) {
      return client.request(method, port, "127.0.0.1", path)
          .compose(request -> request
              .putHeader("content-type", type).putHeader("user-agent", "training").putHeader("authorization", "Bearer " + token)
              .send(body))
          .compose(HttpClientResponse::body)
          .timeout(ANSWER_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
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
