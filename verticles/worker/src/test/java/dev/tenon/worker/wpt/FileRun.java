package dev.tenon.worker.wpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.worker.Binding;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Fetcher;
import dev.tenon.worker.ModuleSource;
import dev.tenon.worker.Placement;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLimits;
import dev.tenon.worker.WorkerOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Runs a file in an isolate of its own. The calling thread waits.
final class FileRun {

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final ExchangeBus bus;
  private final Fetcher network;
  private final Scripts scripts;
  private final WptServer server;
  private final AtomicLong count = new AtomicLong();

  FileRun(Vertx vertx, Fetcher network, Scripts scripts, WptServer server) {
    this.vertx = vertx;
    this.bus = ExchangeBus.of(vertx);
    this.network = network;
    this.scripts = scripts;
    this.server = server;
  }

  Outcome run(TestFile file, String variant) {
    long start = System.nanoTime();
    return answer(file, variant).took((System.nanoTime() - start) / 1_000_000);
  }

  private Outcome answer(TestFile file, String variant) {
    String path = file.path() + variant;
    Duration bound = file.takesLong() ? LONG : SHORT;
    try {
      DeployedWorker worker = await(DeployedWorker.deploy(vertx, bus, definition(bound), options()), LONG);
      try {
        return outcome(path, await(ask(worker, plan(file, variant, bound), bound.plus(GRACE)), bound.plus(GRACE).plus(GRACE)));
      } finally {
        await(worker.undeploy(), LONG);
      }
    } catch (TimeoutException late) {
      return Outcome.failed(path, "no answer in time");
    } catch (Exception failure) {
      return Outcome.failed(path, "no answer: " + failure.getMessage());
    }
  }

  private static <T> T await(Future<T> future, Duration bound) throws TimeoutException {
    return future.await(bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  private WorkerDefinition definition(Duration bound) throws IOException {
    String main = Scripts.own("main.js");
    WorkerLimits limits = new WorkerLimits(LONG, bound, 1_000_000, 256, 1L << 30);
    Binding wpt = new Binding.Custom("(host) => ({ run: (path) => { host.call('script', path); }, evaluate: (text) => { host.call('expression', text); } })", scripts);
    return new WorkerDefinition(
        "wpt", "main.js", List.of(new ModuleSource("main.js", ModuleSource.Type.ESM, Buffer.buffer(main))), LocalDate.of(2026, 11, 1),
        Set.of("pedantic_wpt"), Map.of("WPT", wpt), WorkerDefinition.Format.MODULES, limits);
  }

  private WorkerOptions options() {
    return WorkerOptions.of(network)
        .withComponent("wpt-" + count.incrementAndGet(), "0.0.0")
        .withIsolates(1)
        .withPlacement(Placement.OWN_THREADS)
        .withDrain(Duration.ZERO)
        .withLog((level, _, text) -> {
          if (Boolean.getBoolean("wpt.log")) {
            System.out.println(level + " " + text);
          }
        });
  }

  private String plan(TestFile file, String variant, Duration bound) {
    List<String> paths = new ArrayList<>(file.scripts());
    paths.add("/" + file.path());
    return JSON.createObjectNode()
        .put("url", server.origin(file.path()) + "/" + file.path().replaceFirst("\\.(any|window)\\.js$", ".$1.html") + variant)
        .put("title", file.title())
        .put("milliseconds", bound.toMillis())
        .set("scripts", JSON.valueToTree(paths))
        .toString();
  }

  private Future<String> ask(DeployedWorker worker, String plan, Duration bound) {
    ExchangeRequest request = new ExchangeRequest(
        "POST", "http", "wpt", "/", HttpHeaders.headers(), Body.of(Buffer.buffer(plan)), ExchangeContext.start(Deadline.after(bound)));
    Promise<String> answer = Promise.promise();
    vertx.runOnContext(_ -> worker.handle(request)
        .compose(response -> response.body().collect(256 << 20))
        .map(Buffer::toString)
        .onComplete(answer));
    return answer.future();
  }

  private static Outcome outcome(String path, String json) throws IOException {
    JsonNode report = JSON.readTree(json);
    List<Outcome.Subtest> subtests = new ArrayList<>();
    if (!report.path("failure").asText().isEmpty()) {
      subtests.add(new Outcome.Subtest(Outcome.HARNESS, false, report.path("failure").asText()));
    }
    report.path("subtests").forEach(each -> subtests.add(
        new Outcome.Subtest(each.get("name").asText(), each.get("passed").asBoolean(), each.get("message").asText())));
    return new Outcome(path, 0, subtests);
  }
}
