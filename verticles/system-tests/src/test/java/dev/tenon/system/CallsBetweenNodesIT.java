package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Method calls and requests of a worker to one that runs in another process.
class CallsBetweenNodesIT {

  private static final String CALLEE = """
      import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers';
      class Counter extends RpcTarget { increment() { return 1; } }
      export class Desk extends WorkerEntrypoint {
        echo(value) { return value; }
        who() { return this.ctx.props.user; }
        get version() { return Promise.resolve('1.2'); }
        get list() { return { first: [{ name: 'ada' }], greet: (name) => `hello ${name}` }; }
        fails() { throw new RangeError('too much'); }
        rejects() { return Promise.reject('a text'); }
        async read(request) { return `${request.method} ${request.url} ${request.headers.get('x-a')} ${await request.text()}`; }
        made() { return new Response('made there', { status: 201, headers: { 'x-made': 'yes' } }); }
        async fetch(request) { return new Response(request.body?.pipeThrough(new TransformStream()), { headers: { 'x-method': request.method } }); }
        adder() { return (a) => a + 1; }
        counter() { return new Counter(); }
        stream() { return new Response('streamed').body; }
        streamed() { return new Response(new Response('streamed').body); }
        use(callback) { return callback(1); }
        hangs() { return new Promise(() => setTimeout(() => {}, 600_000)); }
      }
      export default { fetch: () => new Response('unused') };
      """;

  private static final String CALLER = """
      import { RpcTarget } from 'cloudflare:workers';
      const thrown = async (work) => { try { return `no error: ${await work()}`; } catch (error) { return `${error.name}: ${error.message}${error.remote ? ' (remote)' : ''}`; } };
      const values = async (S) => {
        const v = await S.echo({ a: [1, -0, NaN], b: 10n, d: new Date(0), m: new Map([[1, new Set(['é'])]]), u: new Uint8Array([1, 2, 255]), r: /a+/gi, un: undefined });
        return [Object.is(v.a[1], -0), v.a[2] !== v.a[2], typeof v.b, v.d.toISOString(), [...v.m.get(1)][0], v.u.join(), String(v.r), 'un' in v].join(' ');
      };
      const large = async (S) => { const sent = new Uint8Array(5_000_000).fill(7); const back = await S.echo(sent); return `${back.length} ${back.every((byte) => byte === 7)}`; };
      const made = async (S) => { const response = await S.made(); return `${response.status} ${response.headers.get('x-made')} ${await response.text()}`; };
      const piped = async (S) => {
        const { readable, writable } = new TransformStream();
        const writer = writable.getWriter();
        const answer = S.fetch('http://desk/', { method: 'PUT', body: readable });
        for (let i = 0; i < 100; i++) await writer.write(new Uint8Array(10_000).fill(i));
        await writer.close();
        const response = await answer;
        return `${response.headers.get('x-method')} ${(await response.arrayBuffer()).byteLength}`;
      };
      const questions = (S) => ({
        values: () => values(S), large: () => large(S), props: () => S.who(), property: () => S.version, nested: () => S.list.first[0].name, called: () => S.list.greet('you'),
        error: () => thrown(() => S.fails()), text: () => thrown(() => S.rejects()), missing: () => thrown(() => S.nothing()),
        request: () => S.read(new Request('http://x/y', { method: 'PUT', body: 'a body', headers: { 'x-a': '1' } })), response: () => made(S), piped: () => piped(S),
        many: async () => (await Promise.all(Array.from({ length: 50 }, (_, i) => S.echo(i)))).reduce((a, b) => a + b),
        takesFunction: () => thrown(() => S.use((x) => x)), takesTarget: () => thrown(() => S.use(new (class extends RpcTarget {})())),
        takesStream: () => thrown(() => S.echo(new Response('x').body)), givesFunction: () => thrown(() => S.adder()), givesTarget: () => thrown(() => S.counter()),
        givesStream: () => thrown(() => S.stream()), givesStreamed: () => thrown(() => S.streamed()), pipelined: () => thrown(() => S.counter().increment()),
        hangs: () => thrown(() => S.hangs()),
      });
      export default { async fetch(request, { DESK }) {
        const asked = new URL(request.url).searchParams.get('q').split(',');
        return Response.json(await Promise.all(asked.map(async (name) => String(await questions(DESK)[name]()))));
      } };
      """;

  private static final String REFUSED =
      "TypeError: A function, RpcTarget or stream cannot be passed to or from a worker on another node; pass a value that can be cloned. (remote)";

  @TempDir private Path scratch;

  @Test
  void valuesErrorsRequestsAndBodiesCrossAndWhatCannotIsRefused() throws IOException {
    Installation system = new Installation(scratch)
        .with("contracts/caller/openapi.yaml", """
            openapi: 3.1.0
            info: { title: caller, version: 1.0.0 }
            paths:
              /ask:
                get:
                  operationId: ask
                  security: []
                  parameters: [{ name: q, in: query, required: true, schema: { type: string } }]
                  responses:
                    '200': { description: Answers., content: { application/json: { schema: { type: array, items: { type: string } } } } }
            """)
        .with("js-workers/caller/wrangler.toml", """
            name = "caller"
            main = "src/index.js"
            compatibility_date = "2026-01-01"
            [[services]]
            binding = "DESK"
            service = "callee"
            entrypoint = "Desk"
            props = { user = "ada" }
            """)
        .with("js-workers/caller/src/index.js", CALLER)
        .with("js-workers/callee/wrangler.toml", "name = \"callee\"\nmain = \"src/index.js\"\ncompatibility_date = \"2026-01-01\"\n")
        .with("js-workers/callee/src/index.js", CALLEE);
    try (TenonProcess first = system.start("node", "first", "--only", "caller").awaitReady();
        TenonProcess second = system.start("node", "second", system.joining(first, "first", "--only", "callee")).awaitReady()) {
      String edge = first.url("edge");
      check(edge,
          "values", "true true bigint 1970-01-01T00:00:00.000Z é 1,2,255 /a+/gi true",
          "large", "5000000 true",
          "props", "ada",
          "property", "1.2",
          "nested", "ada",
          "called", "hello you",
          "error", "RangeError: too much (remote)",
          "text", "Error: a text (remote)",
          "missing", "TypeError: The RPC receiver does not implement the method \"nothing\". (remote)",
          "request", "PUT http://x/y 1 a body",
          "response", "201 yes made there",
          "piped", "PUT 1000000",
          "many", "1225");
      check(edge,
          "takesFunction", REFUSED,
          "takesTarget", REFUSED,
          "takesStream", REFUSED,
          "givesFunction", REFUSED,
          "givesTarget", REFUSED,
          "givesStream", REFUSED,
          "givesStreamed", REFUSED,
          "pipelined", REFUSED);
      check(edge, "values", "true true bigint 1970-01-01T00:00:00.000Z é 1,2,255 /a+/gi true");

      HttpResponse<?>[] hanging = new HttpResponse<?>[1];
      Thread asking = Thread.ofVirtual().start(() -> hanging[0] = TenonProcess.get(edge + "/ask?q=hangs"));
      second.signal("KILL");
      second.exitCode();
      join(asking);
      assertTrue(String.valueOf(hanging[0].body()).startsWith("[\"Error: "), () -> hanging[0].statusCode() + " " + hanging[0].body());
    }
  }

  private static void join(Thread asking) {
    try {
      asking.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static void check(String edge, String... questionsAndAnswers) {
    JsonArray expected = new JsonArray();
    StringBuilder questions = new StringBuilder();
    for (int i = 0; i < questionsAndAnswers.length; i += 2) {
      questions.append(i == 0 ? "" : ",").append(questionsAndAnswers[i]);
      expected.add(questionsAndAnswers[i + 1]);
    }
    HttpResponse<String> answer = TenonProcess.get(edge + "/ask?q=" + questions);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonArray answers = new JsonArray(answer.body());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.getString(i), answers.getString(i), questionsAndAnswers[2 * i]);
    }
  }
}
