package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tenon.system.PlainHttp.Request;
import dev.tenon.worker.Binding;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLimits;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Small workers, one an area of web APIs, on our runtime and on workerd: the same request gets the same status, headers and body, says the same on the console
/// and throws the same. Where it does not and should not, `kept-differences.txt` says why. How that file would be with all that differs now is left in
/// `target/differential/differences.txt`.
class WebApisDifferentialIT {

  private static final Path FOLDER = Path.of("target", "differential").toAbsolutePath();
  private static final String TAIL = "tail";
  private static final Duration SAID_MAX = Duration.ofSeconds(20);

  private static final List<WorkerArea> AREAS = new ArrayList<>();
  private static final List<WorkerCase> CASES = new ArrayList<>();
  private static final Map<String, List<String>> DIFFERENCES = new LinkedHashMap<>();
  private static final List<String> SAID_HERE = new ArrayList<>();

  private static Origin origin;
  private static Workerd workerd;
  private static LocalWorker here;
  private static KeptDifferences kept;

  @BeforeAll
  static void startBoth() throws IOException {
    Path apis = Checkout.root().resolve("verticles/system-tests/src/test/resources/dev/tenon/system/differential/apis");
    origin = Origin.start();
    kept = KeptDifferences.read(Files.readString(apis.resolve("kept-differences.txt")));
    AREAS.addAll(WorkerArea.all(apis, Map.of(
        "ORIGIN", new Binding.Text(origin.url()), "TEXT", new Binding.Text("a text"), "VALUE", new Binding.Json("{\"a\":[1,null,{\"b\":true}]}"),
        "SERVICE", new Binding.Service("service"))));
    List<WorkerDefinition> definitions = AREAS.stream().map(WorkerArea::definition).toList();
    here = LocalWorker.start(definitions, (level, _, text) -> {
      synchronized (SAID_HERE) {
        SAID_HERE.add(level.name().toLowerCase(Locale.ROOT) + " " + text);
        SAID_HERE.notifyAll();
      }
    });
    List<Workerd.Service> services = new ArrayList<>(definitions.stream().map(WebApisDifferentialIT::onWorkerd).toList());
    services.add(new Workerd.Service(TAIL, new WorkerDefinition(TAIL, "tail.js", List.of(WorkerArea.module(apis.resolve("tail.js"), "tail.js")),
        LocalDate.of(2026, 8, 1), Set.of(), Map.of(), WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT), Map.of()));
    workerd = Workerd.start(FOLDER, services);
    for (WorkerArea area : AREAS) {
      CASES.addAll(requests(area));
    }
  }

  private static Workerd.Service onWorkerd(WorkerDefinition definition) {
    Map<String, String> bindings = new LinkedHashMap<>();
    definition.bindings().forEach((name, binding) -> bindings.put(name, switch (binding) {
      case Binding.Text(String value) -> "text = " + Json.encode(value);
      case Binding.Json(String json) -> "json = " + Json.encode(json);
      case Binding.Service(String component, String entrypoint, String props) -> "service = (name = \"" + component + "\""
          + (entrypoint.isEmpty() ? "" : ", entrypoint = \"" + entrypoint + "\"") + (props.isEmpty() ? "" : ", props = (json = " + Json.encode(props) + ")") + ")";
      default -> throw new IllegalArgumentException("no " + binding + " on workerd");
    }));
    return new Workerd.Service(definition.name(), definition, bindings, definition.name().equals("service") ? "" : TAIL);
  }

  /// A GET of every route, and what the area's own list has.
  private static List<WorkerCase> requests(WorkerArea area) throws IOException {
    List<WorkerCase> cases = new ArrayList<>();
    if (area.asksForRoutes()) {
      Request ask = new Request("GET", "/", List.of(), new byte[0]);
      byte[] routes = PlainHttp.send(workerd.port(area.name()), ask).body();
      new String(routes, StandardCharsets.UTF_8).lines()
          .filter(route -> area.requests().stream().noneMatch(one -> one.request().target().split("\\?")[0].equals("/" + route)))
          .forEach(route -> cases.add(WorkerCase.get(area.name(), "/" + route)));
    }
    cases.addAll(area.requests());
    return cases;
  }

  @AfterAll
  static void stopBoth() throws IOException {
    if (kept != null) {
      Files.writeString(FOLDER.resolve("differences.txt"), kept.with(DIFFERENCES));
    }
    for (AutoCloseable open : Arrays.asList(workerd, here, origin)) {
      try {
        if (open != null) {
          open.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> answersTheSame() {
    assertEquals(List.of(), kept.unknown(CASES), "kept differences of cases that do not exist");
    return CASES.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> {
      List<String> difference = KeptDifferences.between(onWorkerd(one), here(one));
      List<String> listed = kept.of(one);
      if (!difference.isEmpty()) {
        DIFFERENCES.put(one.name(), difference);
      }
      if (!difference.equals(listed)) {
        fail(one.name() + (listed.isEmpty() ? "" : "\n  listed as\n    " + String.join("\n    ", listed) + "\n  and is")
            + (difference.isEmpty() ? " no longer differs – remove it from kept-differences.txt" : "\n    " + String.join("\n    ", difference)));
      }
    }));
  }

  private static List<String> onWorkerd(WorkerCase one) throws IOException {
    PlainHttp.Response response = PlainHttp.send(workerd.port(one.area()), one.request());
    return plain(WorkerAnswer.lines(response, saidByWorkerd(one)));
  }

  /// Without what differs from run to run.
  private static List<String> plain(List<String> lines) {
    return lines.stream().map(line -> line.replace(origin.url(), "ORIGIN").replaceAll("reference = \\w+", "reference = …")).toList();
  }

  /// All that it has said until the request's trace.
  private static List<String> saidByWorkerd(WorkerCase one) {
    List<String> console = new ArrayList<>();
    while (true) {
      JsonObject line = workerd.read(SAID_MAX).orElseThrow(() -> new AssertionError("workerd sent no trace of " + one.name()));
      String message = line.getString("message", "");
      if (!message.startsWith("\0")) {
        if (!line.containsKey("source")) {
          console.add(line.getString("level") + " " + message);
        }
      } else if (WorkerAnswer.isOf(new JsonObject(message.substring(1)), one)) {
        console.addAll(WorkerAnswer.uncaught(new JsonObject(message.substring(1))));
        return console;
      }
    }
  }

  private static List<String> here(WorkerCase one) throws IOException, InterruptedException {
    synchronized (SAID_HERE) {
      SAID_HERE.clear();
    }
    PlainHttp.Response response = PlainHttp.send(here.port(one.area()), one.request());
    long end = System.currentTimeMillis() + SAID_MAX.toMillis();
    synchronized (SAID_HERE) {
      while (!one.until().isEmpty() && SAID_HERE.stream().noneMatch(line -> line.startsWith(one.until())) && System.currentTimeMillis() < end) {
        SAID_HERE.wait(end - System.currentTimeMillis());
      }
      return plain(WorkerAnswer.lines(response, SAID_HERE));
    }
  }
}
