package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

  private static final String WORKER = """
      export default {
        async fetch(request, env) {
          const plan = await env.AUTH.fetch('https://auth/plan');
          if (plan.status !== 200) return new Response('no plan', { status: 503 });
          const { name } = await plan.json();
          const network = await fetch('https://example.org/').then(() => 'open', () => 'shut');
          const ok = name === 'warm-up' && network === 'shut' && request.headers.get('x-kind') === 'sample' && (await request.text()) === 'body';
          return new Response(new ReadableStream({ pull(controller) { controller.enqueue(new TextEncoder().encode('x')); controller.close(); } }), { status: ok ? 200 : 500 });
        },
      };""";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void requestsRunUntilTheyGetNoFaster() throws Exception {
    WarmUp.Report report = run(new WarmUpPlan(Map.of("AUTH", "{\"name\":\"warm-up\"}"), List.of(sample())), Duration.ofMinutes(2));
    assertEquals(0, report.failed());
    assertTrue(report.settled() && report.requests() >= 40 && report.requests() % 20 == 0, report.toString());
  }

  @Test
  void theBoundEndsItToo() throws Exception {
    WarmUp.Report report = run(new WarmUpPlan(Map.of("AUTH", "{\"name\":\"warm-up\"}"), List.of(sample())), Duration.ofNanos(1));
    assertEquals(1, report.requests());
    assertFalse(report.settled());
  }

  @Test
  void stoppingEndsItInTheMiddleOfARequest() throws Exception {
    WorkerDefinition spinning = worker("export default { fetch() { for (;;); } };");
    Promise<Void> stop = Promise.promise();
    Future<WarmUp.Report> report = WarmUp.run(vertx, spinning, new WarmUpPlan(Map.of(), List.of(sample())), Duration.ofMinutes(2), stop.future());
    vertx.setTimer(200, _ -> stop.complete());
    assertEquals(1, report.toCompletionStage().toCompletableFuture().get(25, TimeUnit.SECONDS).failed(), "well before the worker's limit of 30 s");
  }

  @Test
  void serviceWithoutAnAnswerIsNotCalled() throws Exception {
    WarmUp.Report report = run(new WarmUpPlan(Map.of(), List.of(sample())), Duration.ofNanos(1));
    assertEquals(1, report.failed());
  }

  @Test
  void planIsReadFromThePackage(@TempDir Path folder) throws IOException {
    assertTrue(WarmUpPlan.read(folder).isEmpty());
    Files.writeString(folder.resolve("package.json"), "{\"name\":\"x\"}");
    assertTrue(WarmUpPlan.read(folder).isEmpty());
    Files.writeString(folder.resolve("photo"), "bytes");
    Files.writeString(folder.resolve("package.json"), """
        {"tenon":{"warmUp":{"answers":{"AUTH":{"name":"w"}},"requests":[
          {"method":"POST","path":"/a?b=1","headers":{"content-type":"image/jpeg"},"body":"photo"}, {"path":"/c","method":"POST","json":{"text":"t"}}, {}]}}}""");
    assertEquals(Optional.of(new WarmUpPlan(Map.of("AUTH", "{\"name\":\"w\"}"), List.of(
        new WarmUpPlan.Sample("POST", "/a?b=1", Map.of("content-type", "image/jpeg"), Buffer.buffer("bytes")),
        new WarmUpPlan.Sample("POST", "/c", Map.of(), Buffer.buffer("{\"text\":\"t\"}")),
        new WarmUpPlan.Sample("GET", "/", Map.of(), Buffer.buffer())))), WarmUpPlan.read(folder));
  }

  @Test
  void whatIsWrongWithAPlanIsSaid(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"tenon\":{\"warmUp\":{\"requests\":[{\"body\":\"nowhere\"}]}}}");
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> WarmUpPlan.read(folder));
    assertTrue(refusal.getMessage().startsWith("warm-up in " + folder.resolve("package.json") + " – cannot be read ("), refusal.getMessage());
  }

  private WarmUp.Report run(WarmUpPlan plan, Duration bound) throws Exception {
    return WarmUp.run(vertx, worker(WORKER), plan, bound, Promise.promise().future()).toCompletionStage().toCompletableFuture().get(180, TimeUnit.SECONDS);
  }

  private static WorkerDefinition worker(String code) {
    Map<String, Binding> bindings = new LinkedHashMap<>(Map.of("AUTH", new Binding.Service("auth")));
    return new WorkerDefinition("warm", "index.js", List.of(new ModuleSource("index.js", ModuleSource.Type.ESM, Buffer.buffer(code))),
        LocalDate.of(2026, 8, 1), Set.of(), bindings, WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
  }

  private static WarmUpPlan.Sample sample() {
    return new WarmUpPlan.Sample("POST", "/", Map.of("x-kind", "sample"), Buffer.buffer("body"));
  }
}
