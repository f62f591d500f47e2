package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.worker.config.WorkerConfigException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flags that change what a worker sees.
class CompatibilityFlagsTest {

  @TempDir private Path temporary;

  private static final String WORKER = """
      export default {
        async fetch() {
          const form = new FormData();
          form.append('f', new File(['x'], 'f.txt'));
          const parsed = await new Response(form).formData();
          return Response.json([
            typeof navigator, typeof navigator === 'object' ? typeof navigator.language : '', typeof WeakRef, typeof MessageChannel, typeof Headers.prototype.getSetCookie, typeof parsed.get('f'),
          ]);
        },
      };
      """;

  private void check(String expected, String date, String flags) {
    Folder folder = new Folder(temporary).put("index.js", WORKER).put("wrangler.toml",
        "name = \"flags\"\nmain = \"index.js\"\ncompatibility_date = \"" + date + "\"\ncompatibility_flags = [" + flags + "]\n");
    WorkerDefinition definition = WorkerLoader.load(folder.path(), LoadOptions.DEFAULT).definition();
    WorkerVerticle verticle = new WorkerVerticle(definition, WorkerOptions.of(_ -> Future.failedFuture("no network")).withIsolates(1));
    Vertx vertx = TestWorker.vertx();
    String deployment = TestWorker.await(vertx.deployVerticle(verticle));
    try {
      Future<String> seen = Future.future(promise -> vertx.runOnContext(
          _ -> verticle.worker().handle(TestWorker.get("/")).compose(TestWorker::whole).map(TestWorker.Answer::body).onComplete(promise)));
      assertEquals(expected, TestWorker.await(seen), date + " " + flags);
    } finally {
      TestWorker.await(vertx.undeploy(deployment));
    }
  }

  @Test
  void oldFormsHaveTextForFiles() {
    check("[\"object\",\"string\",\"function\",\"function\",\"function\",\"string\"]", "2026-08-01", "\"formdata_parser_converts_files_to_strings\"");
  }

  @Test
  void theOldestDateLacksNothingThatIsThere() {
    try (TestWorker oldest = TestWorker.with("""
        import { WorkerEntrypoint, RpcTarget } from 'cloudflare:workers';
        import * as util from 'node:util';
        import * as stream from 'node:stream';
        export class Other extends WorkerEntrypoint {}
        export default {
          async fetch() {
            const missing = [];
            for (const name of Object.getOwnPropertyNames(globalThis)) {
              try { globalThis[name]; } catch (error) { missing.push(`${name}: ${error}`); }
            }
            const copy = structuredClone(new Map([[1, { date: new Date(0), list: [1n] }]]));
            return Response.json([missing, typeof WeakRef, copy.get(1).date, util.types.isDate(new Date()), new RpcTarget() instanceof Object,
              typeof stream.Readable.from(['x']).pipe]);
          },
        };""").compatibility(LocalDate.of(2021, 11, 2), "nodejs_compat").start()) {
      assertEquals("[[],\"undefined\",\"1970-01-01T00:00:00.000Z\",true,true,\"function\"]", oldest.get().body());
    }
  }

  @Test
  void contradictionsAreRefused() {
    Folder folder = new Folder(temporary).put("index.js", WORKER).put("wrangler.toml",
        "name = \"flags\"\nmain = \"index.js\"\ncompatibility_date = \"2026-08-01\"\ncompatibility_flags = [\"no_global_navigator\", \"global_navigator\"]\n");
    assertEquals("""
        wrangler.toml:4:47: compatibility flags "no_global_navigator" and "global_navigator" contradict each other – remove one of them
            compatibility_flags = ["no_global_navigator", "global_navigator"]
                                                          ^""",
        assertThrows(WorkerConfigException.class, () -> WorkerLoader.load(folder.path(), LoadOptions.DEFAULT)).getMessage());
  }

  @Test
  void datesAndFlagsDecideWhatIsThere() {
    check("[\"object\",\"string\",\"function\",\"function\",\"function\",\"object\"]", "2026-08-01", "");
    check("[\"object\",\"undefined\",\"undefined\",\"undefined\",\"function\",\"object\"]", "2024-01-01", "");
    check("[\"undefined\",\"\",\"undefined\",\"undefined\",\"undefined\",\"object\"]", "2022-01-01", "");
    check("[\"undefined\",\"\",\"function\",\"function\",\"undefined\",\"object\"]", "2026-08-01", "\"no_global_navigator\", \"no_http_headers_getsetcookie\"");
    check("[\"object\",\"string\",\"function\",\"undefined\",\"function\",\"object\"]", "2024-01-01", "\"enable_navigator_language\", \"enable_weak_ref\"");
  }
}
