package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.Failure;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.WorkerConfigException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker's assets from its configuration to its code.
class WorkerAssetsTest {

  private static final String CODE = """
      export default { async fetch(request, env) {
        const url = new URL(request.url);
        if (url.pathname === '/read') return new Response('read ' + (await (await env.ASSETS.fetch('http://assets.test/page')).text()));
        if (url.pathname.startsWith('/via/')) return env.ASSETS.fetch(new Request(new URL(url.pathname.slice(4), url), request));
        return new Response('worker ' + url.pathname);
      } };
      """;

  @TempDir
  Path temporary;

  private final Vertx vertx = Vertx.vertx();
  private Folder folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = new Folder(Files.createDirectories(temporary.resolve("site")).toRealPath())
        .put("src/index.js", CODE)
        .put("public/index.html", "home")
        .put("public/page.html", "page")
        .put("public/app.js", "app")
        .put("public/app.js.br", "compressed");
  }

  @AfterEach
  void close() {
    TestWorker.await(vertx.close());
  }

  private LoadedWorker load(String assets) {
    folder.put("wrangler.toml", "name = \"site\"\ncompatibility_date = \"2025-06-01\"\n" + assets);
    return WorkerLoader.load(folder.path(), LoadOptions.DEFAULT);
  }

  private DeployedWorker deploy(LoadedWorker loaded) {
    WorkerOptions options = WorkerOptions.of(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test"))).withIsolates(1);
    return TestWorker.await(DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), loaded.definition(), options));
  }

  private String ask(DeployedWorker worker, String method, String target) {
    TestWorker.Answer answer = TestWorker.await(Future.future(done -> vertx.getOrCreateContext().runOnContext(_ -> worker
        .handle(TestWorker.request(method, target, HttpHeaders.headers().set("accept-encoding", "br"), Body.EMPTY))
        .compose(TestWorker::whole).onComplete(done))));
    String location = answer.headers().get("location");
    return answer.status() + " " + (location == null ? answer.body() : location);
  }

  @Test
  void filesComeBeforeCodeWhichCanFetchThem() {
    DeployedWorker worker = deploy(load("main = \"src/index.js\"\nassets = { directory = \"public\", binding = \"ASSETS\" }\n"));
    assertEquals("200 page", ask(worker, "GET", "/page"));
    assertEquals("200 compressed", ask(worker, "GET", "/app.js"));
    assertEquals("200 worker /other", ask(worker, "GET", "/other"));
    assertEquals("405 ", ask(worker, "POST", "/page"));
    assertEquals("200 read page", ask(worker, "GET", "/read"));
    assertEquals("307 /page", ask(worker, "GET", "/via/page.html"));
    assertEquals("200 compressed", ask(worker, "GET", "/via/app.js"));
    assertEquals("404 ", ask(worker, "GET", "/via/nothing"));
  }

  @Test
  void aWorkerMayBeAssetsAlone() {
    LoadedWorker loaded = load("[assets]\ndirectory = \"./public/\"\nnot_found_handling = \"single-page-application\"\n");
    assertFalse(loaded.definition().hasCode());
    DeployedWorker worker = deploy(loaded);
    assertEquals("200 home", ask(worker, "GET", "/"));
    assertEquals("200 home", ask(worker, "GET", "/some/where"));
    assertEquals("405 ", ask(worker, "POST", "/some/where"));
    Throwable failure = TestWorker.awaitFailure(worker.scheduled("* * * * *", 0));
    assertEquals("worker site has assets alone, and no code to call", failure.getMessage());
  }

  @Test
  void codeOnThreadsOfItsOwnHearsOfNoAsset() {
    LoadedWorker loaded = load("main = \"src/index.js\"\nassets = { directory = \"public\", binding = \"ASSETS\" }\n");
    WorkerOptions options = WorkerOptions.of(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test")))
        .withIsolates(1).withPlacement(Placement.OWN_THREADS);
    DeployedWorker worker = TestWorker.await(DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), loaded.definition(), options));
    assertEquals("200 page", ask(worker, "GET", "/page"));
    assertEquals("200 worker /other", ask(worker, "GET", "/other"));
    assertEquals("200 read page", ask(worker, "GET", "/read"));
  }

  private void checkErrors(String assets, String... expected) {
    WorkerConfigException failure = assertThrows(WorkerConfigException.class, () -> load(assets));
    assertEquals(List.of(expected), failure.problems().stream().map(Problem::toString).map(text -> text.lines().findFirst().orElseThrow()).toList());
  }

  @Test
  void wrongSettingsAreNamed() {
    checkErrors("", "the configuration names neither an entry point nor assets – add main = \"src/index.js\", or assets.directory = \"./public\"");
    checkErrors("assets = \"public\"\n", "wrangler.toml:3:1: \"assets\" must be a table, not the text \"public\"",
        "the configuration names neither an entry point nor assets – add main = \"src/index.js\", or assets.directory = \"./public\"");
    checkErrors("main = \"src/index.js\"\n[assets]\nhtml_handling = \"auto\"\nnot_found_handling = 3\nrun_worker_first = \"x\"\n",
        "wrangler.toml:5:1: \"assets.html_handling\" must be one of auto-trailing-slash, drop-trailing-slash, force-trailing-slash, none, not \"auto\"",
        "wrangler.toml:6:1: \"assets.not_found_handling\" must be one of 404-page, none, single-page-application, not 3",
        "wrangler.toml:7:1: \"assets.run_worker_first\" must be true, false or a list of globs, not the text \"x\"",
        "wrangler.toml:4:1: \"assets\" names no \"directory\" – add the folder whose files are served, e.g. directory = \"./public\"");
    checkErrors("[assets]\ndirectory = \"nowhere\"\nbinding = \"ASSETS\"\nrun_worker_first = [\"/api/*\"]\n",
        "wrangler.toml:6:1: \"assets.run_worker_first\" needs a worker, and the configuration names no \"main\" – add \"main\", or remove it",
        "wrangler.toml:5:1: \"assets.binding\" needs a worker to bind to, and the configuration names no \"main\" – add \"main\", or remove it",
        "wrangler.toml:4:1: \"assets.directory\" names \"nowhere\", which is no folder – create it, or run what builds it");
    checkErrors("main = \"src/index.js\"\n[assets]\ndirectory = \"public\"\nrun_worker_first = [\"api\", \"!x\", \"/a/*\", \"/a/b\", \"/a/*\"]\n",
        "wrangler.toml:6:21: \"api\" must begin with \"/\" or \"!/\"", "wrangler.toml:6:28: \"!x\" must begin with \"/\" or \"!/\"",
        "wrangler.toml:6:50: \"/a/*\" stands there twice – remove one", "wrangler.toml:6:1: \"/a/b\" has no effect beside \"/a/*\" – remove it");
  }
}
