package dev.tenon.worker.wpt;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.worker.Egress;
import dev.tenon.worker.EgressClient;
import dev.tenon.worker.EgressLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every file of web-platform-tests that a server can run, against the ledgers in `src/test/wpt`. Run by `./mvnw -Pwpt verify -Dwpt.root=FOLDER[,FOLDER]`, with
///
/// - `-Dwpt.only=TEXT[,TEXT]`: only files with one of these in their path
/// - `-Dwpt.update`: rewrites the ledgers and `docs/conformance.md`, keeping reasons
/// - `-Dwpt.last`: runs nothing, and takes the outcomes of the last run, which are kept in `target/wpt`
/// - `-Dwpt.log`: prints what tests log
class WebPlatformTests {

  private static final List<String> DIRECTORIES = List.of(
      "url", "urlpattern", "encoding", "fetch/api", "streams", "FileAPI", "WebCryptoAPI", "compression", "dom/abort", "dom/events",
      "html/webappapis/atob", "html/webappapis/timers", "html/webappapis/microtask-queuing", "html/webappapis/structured-clone",
      "xhr/formdata", "eventsource", "websockets", "hr-time", "console", "webmessaging", "wasm");

  private static final int PARALLEL = 2;
  private static final Path LEDGERS = Path.of("src/test/wpt");
  private static final Path OUTCOMES = Path.of("target/wpt");
  private static final Path DOCUMENT = Path.of("../../docs/conformance.md");
  private static final List<String> ONLY = Stream.of(System.getProperty("wpt.only", "").split(",")).filter(each -> !each.isBlank()).toList();
  private static final boolean UPDATE = System.getProperty("wpt.update") != null && !System.getProperty("wpt.update").equals("false");

  private static final boolean LAST = System.getProperty("wpt.last") != null && !System.getProperty("wpt.last").equals("false");

  private record Ran(List<Outcome> outcomes, Ledger ledger) {}

  private static final Map<String, Ran> RAN = new LinkedHashMap<>();
  private static Vertx vertx;
  private static Checkout checkout;
  private static WptServer server;
  private static FileRun run;
  private static ExecutorService threads;

  @BeforeAll
  static void start() throws Exception {
    // An isolate's thread is stopped with the file's last task queued: nobody wants to read that.
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
      if (!(thrown instanceof RejectedExecutionException)) {
        new IllegalStateException("in thread " + thread.getName(), thrown).printStackTrace();
      }
    });
    checkout = Checkout.of(System.getProperty("wpt.root", ""));
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer(hosts()))));
    server = WptServer.start(vertx, checkout);
    run = new FileRun(vertx, EgressClient.create(vertx, Egress.ALL, EgressLimits.DEFAULT), new Scripts(checkout, server.substitutions()), server);
    threads = Executors.newFixedThreadPool(PARALLEL);
  }

  private static String hosts() {
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    for (String host : List.of(Substitutions.HOST, Substitutions.OTHER_HOST)) {
      for (String label : List.of("", "www.", "www1.", "www2.")) {
        hosts.append("127.0.0.1 ").append(label).append(host).append('\n');
      }
    }
    return hosts.toString();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server == null) {
      return;
    }
    threads.shutdownNow();
    server.close();
    vertx.close().await(30, TimeUnit.SECONDS);
    RAN.forEach((directory, ran) -> System.out.printf(
        "%-40s %4d files %6d subtests %6d passed%n", directory, ran.outcomes().size(), ran.outcomes().stream().mapToLong(Outcome::ran).sum(),
        ran.outcomes().stream().mapToLong(Outcome::passed).sum()));
  }

  @TestFactory
  Stream<DynamicTest> directories() {
    return Stream.concat(
        DIRECTORIES.stream().map(directory -> DynamicTest.dynamicTest(directory, () -> check(directory))),
        ONLY.isEmpty() ? Stream.of(DynamicTest.dynamicTest("docs/conformance.md", WebPlatformTests::checkDocument)) : Stream.of());
  }

  private static void check(String directory) throws Exception {
    Ledger ledger = Ledger.read(LEDGERS, directory);
    Map<String, Work> work = work(directory);
    List<Outcome> outcomes = LAST ? last(directory, ledger) : run(work, ledger);
    RAN.put(directory, new Ran(outcomes, ledger));
    if (!outcomes.isEmpty()) {
      keep(directory, outcomes);
    }
    List<String> pages = checkout.below(directory).stream().filter(TestFile::isPage).toList();
    if (UPDATE) {
      outcomes.forEach(ledger::update);
      if (ONLY.isEmpty()) {
        ledger.update(work.keySet(), pages);
      }
      ledger.write();
    } else {
      List<String> complaints = new ArrayList<>();
      outcomes.forEach(each -> complaints.addAll(ledger.complaints(each)));
      if (ONLY.isEmpty()) {
        complaints.addAll(ledger.complaints(work.keySet(), pages));
      }
      if (!complaints.isEmpty()) {
        fail(complaints.size() + " differences from the ledger\n" + String.join("\n", complaints));
      }
    }
  }

  private static void checkDocument() throws IOException {
    ConformanceDocument document = ConformanceDocument.beside(LEDGERS.resolve("workerd.json"));
    RAN.forEach((directory, ran) -> document.add(directory, ran.outcomes(), ran.ledger()));
    if (UPDATE) {
      Files.writeString(DOCUMENT, document.text());
    } else if (!Files.readString(DOCUMENT).equals(document.text())) {
      fail("docs/conformance.md is not what this run gives – write it anew with -Dwpt.update");
    }
  }

  private static List<Outcome> run(Map<String, Work> work, Ledger ledger) throws Exception {
    List<java.util.concurrent.Future<Outcome>> running = new ArrayList<>();
    work.forEach((path, what) -> {
      if (chosen(path) && ledger.skip(path).isEmpty()) {
        running.add(threads.submit(() -> run.run(what.file(), what.variant())));
      }
    });
    List<Outcome> outcomes = new ArrayList<>();
    for (var each : running) {
      outcomes.add(each.get());
    }
    return outcomes;
  }

  private static List<Outcome> last(String directory, Ledger ledger) throws IOException {
    Path file = OUTCOMES.resolve(directory.replace('/', '-') + ".json");
    return Files.exists(file)
        ? Stream.of(new ObjectMapper().readValue(file.toFile(), Outcome[].class)).filter(each -> ledger.skip(each.path()).isEmpty()).toList()
        : List.of();
  }

  /// Everything that happened, with the messages of what failed, for whoever looks into it.
  private static void keep(String directory, List<Outcome> outcomes) throws IOException {
    Files.createDirectories(OUTCOMES);
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(OUTCOMES.resolve(directory.replace('/', '-') + ".json").toFile(), outcomes);
  }

  private record Work(TestFile file, String variant) {}

  /// What there is to run, by path with variant.
  private static Map<String, Work> work(String directory) throws IOException {
    Map<String, Work> work = new LinkedHashMap<>();
    for (String path : checkout.below(directory)) {
      if (TestFile.isScript(path)) {
        TestFile file = TestFile.parse(path, checkout.text(path));
        file.variants().forEach(variant -> work.put(path + variant, new Work(file, variant)));
      }
    }
    return work;
  }

  private static boolean chosen(String path) {
    return ONLY.isEmpty() || ONLY.stream().anyMatch(path::contains);
  }
}
