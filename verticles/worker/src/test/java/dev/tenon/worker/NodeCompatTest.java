package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// What is particular to a worker about Node.js's modules; how they behave themselves is in [NodeModulesIT].
class NodeCompatTest {

  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);

  private static String answer(TestWorker.Builder builder) {
    try (TestWorker worker = builder.start()) {
      return worker.get().body();
    }
  }

  @Test
  void globalsAreThereWithTheFlagOnly() {
    String script = "export default { fetch: () => Response.json([typeof Buffer, typeof process, typeof global, typeof setImmediate, typeof clearImmediate]) };";
    assertEquals("[\"function\",\"object\",\"object\",\"function\",\"function\"]", answer(TestWorker.with(script)));
    String none = "[\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"undefined\"]";
    assertEquals(none, answer(TestWorker.with(script).compatibility(DATE, "no_nodejs_compat")));
    assertEquals(none, answer(TestWorker.with(script).compatibility(LocalDate.of(2024, 9, 22), "nodejs_compat")));
    assertEquals("[\"function\",\"object\",\"object\",\"function\",\"function\"]",
        answer(TestWorker.with(script).compatibility(LocalDate.of(2024, 9, 23), "nodejs_compat")));
  }

  @Test
  void environmentHasTheVariablesAsText() {
    String script = "export default { fetch: () => Response.json([process.env.NAME, process.env.LIST, Object.keys(process.env)]) };";
    TestWorker.Builder filled = TestWorker.with(script).binding("NAME", new Binding.Text("Ada")).binding("LIST", new Binding.Json("[1, 2]"));
    assertEquals("[\"Ada\",\"[1,2]\",[\"NAME\",\"LIST\"]]", answer(filled));
    TestWorker.Builder empty = TestWorker.with(script).binding("NAME", new Binding.Text("Ada")).compatibility(DATE, "nodejs_compat_do_not_populate_process_env");
    assertEquals("[null,null,[]]", answer(empty));
  }

  @Test
  void oneModuleHasManyNames() {
    assertEquals("[true,true,true,true,\"undefined\"]", answer(TestWorker.with("""
        import prefixed, { Buffer as named } from 'node:buffer';
        import bare from 'buffer';
        import required from './required.cjs';
        export default {
          async fetch() {
            const dynamic = await import('node:buffer');
            return Response.json([prefixed === bare, named === Buffer, dynamic.default === prefixed, required === prefixed, typeof __tenonModule]);
          },
        };""").module("required.cjs", ModuleSource.Type.COMMONJS, "module.exports = require('buffer'); if (require('node:buffer') !== module.exports) throw new Error('two');")));
  }

  @Test
  void oneRequestDoesNotSeeAnothersTemporaryFiles() {
    try (TestWorker worker = TestWorker.of("""
        import fs from 'node:fs';
        export default {
          fetch() {
            const before = fs.readdirSync('/tmp');
            fs.writeFileSync('/tmp/secret', 'x');
            return Response.json([before, fs.readdirSync('/tmp'), fs.readdirSync('/bundle'), fs.readFileSync('/bundle/index.js', 'utf8').length > 100]);
          },
        };""")) {
      String expected = "[[],[\"secret\"],[\"index.js\"],true]";
      assertEquals(expected, worker.get().body());
      assertEquals(expected, worker.get().body());
    }
  }

  @Test
  void httpRequestsAreFetched() {
    TestWorker.Builder builder = TestWorker.with("""
        import http from 'node:http';
        import { text } from 'node:stream/consumers';
        export default {
          async fetch() {
            const response = await new Promise((resolve, reject) => {
              const request = http.request({ hostname: 'api.test', port: 81, path: '/p', method: 'PUT', headers: { 'x-a': 'b' } }, resolve);
              request.on('error', reject);
              request.end('body');
            });
            return Response.json([response.statusCode, response.headers, await text(response)]);
          },
        };""").egress(request -> request.body().collect(1024).map(body -> new ExchangeResponse(202, "Accepted",
            HttpHeaders.headers().add("x-seen", request.headers().get("x-a")), Body.of(Buffer.buffer(request.method() + " " + request.authority() + request.target() + " " + body)))));
    assertEquals("[202,{\"x-seen\":\"b\"},\"PUT api.test:81/p body\"]", answer(builder));
  }

  @Test
  void whatAWorkerCannotHaveSaysSo() {
    assertEquals("node:child_process is not available to workers: exec cannot be used – a worker has no processes, threads, sockets or terminals of its own",
        answer(TestWorker.with("import { exec } from 'node:child_process'; export default { fetch() { try { exec('ls'); } catch (e) { return new Response(e.message); } } };")));
  }
}
