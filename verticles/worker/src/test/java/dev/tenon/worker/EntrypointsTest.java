package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Entrypoints of one worker, called by another.
class EntrypointsTest {

  private static final String SERVICE = """
      import { WorkerEntrypoint, RpcTarget, RpcStub } from 'cloudflare:workers';
      class Counter extends RpcTarget {
        #value;
        constructor(value) { super(); this.#value = value; }
        increment(by) { return this.#value += by; }
        get value() { return this.#value; }
        fetch(a, b) { return `not special ${a} ${b}`; }
        [Symbol.dispose]() { console.log('disposed at ' + this.#value); }
      }
      class Plain { method() {} }
      export default class extends WorkerEntrypoint {
        fetch(request) { return new Response(`default ${new URL(request.url).pathname}`); }
        add(a, b) { return a + b; }
        props() { return this.ctx.props; }
      }
      export class Admin extends WorkerEntrypoint {
        own = () => 'never';
        constructor(ctx, env) { super(ctx, env); this.also = 1; }
        async fetch(request) { return new Response(`admin ${request.method} ${JSON.stringify(this.ctx.props)} ${this.env.NAME} ${request.headers.get('x-a')} ${[...request.headers.keys()].join()}`); }
        who() { return `${this.ctx.props.user} of ${this.env.NAME}`; }
        echo(value) { return value; }
        get list() { return { first: [1, 2], inner: { twice: (x) => x * 2 } }; }
        get later() { return Promise.resolve('later'); }
        counter(from) { return new Counter(from); }
        counters() { return { a: new Counter(1), b: new Counter(10) }; }
        adder(a) { return (b) => a + b; }
        async callBack(callback, n) { return `called back: ${await callback(n)}`; }
        async useCounter(counter) { return [await counter.increment(5), await counter.value]; }
        fails() { const error = new RangeError('too much'); error.extra = 1; throw error; }
        async rejects() { throw 'a text'; }
        keep(counter) { const kept = counter.dup(); return { original: () => counter.increment(1), kept: (by) => kept.increment(by) }; }
        box() { class Box extends RpcTarget { get inner() { return new RpcStub(new Counter(7)); } } return new Box(); }
        plain() { return new Plain(); }
        hangs() { return new Promise(() => {}); }
        stream() { return new Response('streamed body').body; }
        async slowStream() {
          const { readable, writable } = new IdentityTransformStream();
          const writer = writable.getWriter();
          this.ctx.waitUntil((async () => { for (const part of ['one ', 'two ', 'three']) { await scheduler.wait(1); await writer.write(new TextEncoder().encode(part)); } await writer.close(); })());
          return readable;
        }
        response() { return new Response('made', { status: 201, headers: { 'x-made': 'yes' } }); }
        read(request) { return request.text().then((text) => `${request.method} ${request.url} ${text}`); }
      }
      export const handlers = { one(x, env, ctx) { return `${x} ${env.NAME} ${typeof ctx.waitUntil}`; }, four(a, b, env, ctx) { return 1; } };
      """;

  private static final Vertx VERTX = Vertx.vertx();
  private static final Map<String, DeployedWorker> WORKERS = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    deploy("service", SERVICE, Map.of("NAME", new Binding.Text("the service")));
  }

  @AfterAll
  static void stop() {
    TestWorker.await(VERTX.close());
  }

  private static DeployedWorker deploy(String name, String code, Map<String, Binding> bindings) {
    WorkerDefinition definition = new WorkerDefinition(name, "index.js", List.of(new ModuleSource("index.js", ModuleSource.Type.ESM, Buffer.buffer(code))),
        LocalDate.of(2026, 11, 1), Set.of(), bindings, WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
    WorkerOptions options = WorkerOptions.of(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "no network in this test"))).withIsolates(1);
    DeployedWorker worker = TestWorker.await(DeployedWorker.deploy(VERTX, ExchangeBus.of(VERTX), definition, options));
    WORKERS.put(name, worker);
    return worker;
  }

  /// What a caller's handler, of which `body` is the last part, answers.
  private static String call(String body) {
    String name = "caller-" + WORKERS.size();
    DeployedWorker caller = deploy(name, """
        import { RpcTarget, RpcStub, RpcPromise, RpcProperty, ServiceStub } from 'cloudflare:workers';
        const thrown = async (work) => { try { return `no error: ${await work()}`; } catch (error) { return `${error?.name ?? typeof error}: ${error?.message ?? error}`; } };
        export default { async fetch(request, env, ctx) {
          const { SERVICE, ADMIN, HANDLERS } = env;
        """ + body + "\n} };\n", Map.of(
        "SERVICE", new Binding.Service("service"), "ADMIN", new Binding.Service("service", "Admin", "{\"user\":\"Ada \u00e9\"}"),
        "HANDLERS", new Binding.Service("service", "handlers", ""), "NOBODY", new Binding.Service("service", "Nobody", "")));
    TestWorker.Answer answer = TestWorker.await(Future.future(done -> VERTX.getOrCreateContext().runOnContext(_ ->
        caller.handle(TestWorker.get("/path")).compose(TestWorker::whole).onComplete(done))));
    TestWorker.await(caller.undeploy());
    return answer.body();
  }

  /// One worker's answers to all of a test's questions: making a worker takes longer than asking it.
  private static void check(String... expressionsAndAnswers) {
    List<String> expressions = new ArrayList<>();
    JsonArray expected = new JsonArray();
    for (int i = 0; i < expressionsAndAnswers.length; i += 2) {
      expressions.add(expressionsAndAnswers[i]);
      expected.add(expressionsAndAnswers[i + 1]);
    }
    JsonArray answers = new JsonArray(call("return Response.json([" + String.join(", ", expressions.stream().map(each -> "String(await (" + each + "))").toList()) + "]);"));
    for (int i = 0; i < expressions.size(); i++) {
      assertEquals(expected.getString(i), answers.getString(i), expressions.get(i));
    }
  }

  @Test
  void requestsReachEntrypointsWithTheirProps() {
    check(
        "(await SERVICE.fetch(request)).text()", "default /path",
        "(await ADMIN.fetch('http://x/y', { method: 'PUT', headers: { 'x-a': '1' } })).text()", "admin PUT {\"user\":\"Ada \u00e9\"} the service 1 x-a",
        "thrown(() => env.NOBODY.fetch('http://x/'))", "Error: The worker has no entrypoint \"Nobody\" – export class Nobody extends WorkerEntrypoint { … }",
        "thrown(() => env.NOBODY.method())", "Error: The worker has no entrypoint \"Nobody\" – export class Nobody extends WorkerEntrypoint { … }");
  }

  @Test
  void methodsAreCalled() {
    check(
        "SERVICE.add(1, 2)", "3",
        "ADMIN.who()", "Ada \u00e9 of the service",
        "JSON.stringify(await SERVICE.props())", "{}",
        "[typeof ADMIN.who, typeof ADMIN, ADMIN instanceof ServiceStub, ADMIN.who instanceof RpcProperty, ADMIN.who() instanceof RpcPromise]", "function,object,true,true,true",
        "ADMIN.list.first", "1,2",
        "ADMIN.list.inner.twice(4)", "8",
        "ADMIN.later", "later",
        "ADMIN.fails().catch(() => 'caught')", "caught",
        "ADMIN.list.then((list) => list.inner.twice(3))", "6",
        "HANDLERS.one('x')", "x the service function",
        "thrown(() => HANDLERS.one())", "TypeError: Attempted to call RPC function \"one\" with the wrong number of arguments. When calling a top-level handler function that is not"
            + " declared as part of a class, you must always send exactly one argument. In order to support variable numbers of arguments, the server must use class-based syntax"
            + " (extending WorkerEntrypoint) instead.",
        "(await thrown(() => HANDLERS.four(1))).startsWith('TypeError: Cannot call handler function \"four\" over RPC')", "true",
        "thrown(() => ADMIN.hangs())", "Error: worker service would never have answered");
  }

  @Test
  void valuesArriveAsTheyWere() {
    check(
        "ADMIN.echo(undefined)", "undefined",
        "Object.is(await ADMIN.echo(-0), -0)", "true",
        "ADMIN.echo(12345678901234567890n)", "12345678901234567890",
        "ADMIN.echo(NaN)", "NaN",
        "(await ADMIN.echo(new Date('2024-01-02T03:04:05Z'))).toISOString()", "2024-01-02T03:04:05.000Z",
        "ADMIN.echo(/a+/gi)", "/a+/gi",
        "(await ADMIN.echo(new Map([['k', 1]]))).get('k')", "1",
        "(await ADMIN.echo(new Set([7]))).has(7)", "true",
        "new Uint8Array(await ADMIN.echo(new Uint8Array([1, 2, 3]).buffer))", "1,2,3",
        "(async () => { const e = await ADMIN.echo(new RangeError('no', { cause: 'cause' })); return `${e.name} ${e.message} ${e.cause}`; })()", "RangeError no cause",
        "(async () => { const o = { list: [] }; o.self = o; o.list.push(o); const r = await ADMIN.echo(o); return r.self === r && r.list[0] === r; })()", "true",
        "(async () => { const v = await ADMIN.echo(new Uint16Array([9, 8, 7]).subarray(1)); return `${v.constructor.name} ${v}`; })()", "Uint16Array 8,7",
        "1 in await ADMIN.echo([1, , 3])", "false",
        "(await ADMIN.echo(new Headers({ a: 'h' }))).get('a')", "h",
        "thrown(() => ADMIN.plain())", "DataCloneError: Could not serialize object of type \"Plain\". This type does not support serialization.",
        "thrown(() => ADMIN.echo(new WeakMap()))", "DataCloneError: #<WeakMap> could not be cloned.",
        "thrown(() => ADMIN.echo(ADMIN.who()))", "DataCloneError: Could not serialize object of type \"RpcPromise\". This type does not support serialization.",
        "new Response(await ADMIN.stream()).text()", "streamed body",
        "new Response(await ADMIN.slowStream()).text()", "one two three",
        "(async () => { const r = await ADMIN.response(); return `${await r.text()} ${r.status} ${r.headers.get('x-made')}`; })()", "made 201 yes",
        "ADMIN.read(new Request('http://x/', { method: 'POST', body: 'sent' }))", "POST http://x/ sent");
  }

  @Test
  void onlyMethodsOfTheClassAreReachable() {
    String missing = "TypeError: The RPC receiver does not implement the method \"%s\".";
    check(
        "thrown(() => ADMIN.own())", missing.formatted("own"),
        "thrown(() => ADMIN.also)", missing.formatted("also"),
        "thrown(() => ADMIN.env.NAME)", missing.formatted("env"),
        "thrown(() => ADMIN.nothing())", missing.formatted("nothing"),
        "thrown(() => ADMIN.list.inner.first)", missing.formatted("first"),
        "thrown(() => ADMIN.dup())", "TypeError: 'dup' is a reserved method and cannot be called over RPC.",
        "thrown(() => ADMIN.list())", "TypeError: \"list\" is not a function.",
        "ADMIN.fails().catch((e) => `${e.name}: ${e.message} ${e.remote} ${e.extra}`)", "RangeError: too much true undefined",
        "thrown(() => ADMIN.rejects())", "Error: a text");
  }

  @Test
  void functionsAndTargetsGoBothWays() {
    check(
        "(async () => { const c = await ADMIN.counter(5); return [await c.increment(1), await c.increment(2), await c.value, await c.fetch(1, 2), c instanceof RpcStub]; })()",
        "6,8,8,not special 1 2,true",
        "ADMIN.counter(1).increment(10)", "11",
        "ADMIN.adder(1)(2)", "3",
        "ADMIN.counters().b.increment(2)", "12",
        "(await ADMIN.adder(3))(4)", "7",
        "ADMIN.callBack(async (n) => n * 2, 21)", "called back: 42",
        "(async () => { class Mine extends RpcTarget { v = 1; increment(by) { return this.v += by; } get value() { return this.v; } } return ADMIN.useCounter(new Mine()); })()", "6,6",
        "(async () => { const c = await ADMIN.counter(1); const [a] = await ADMIN.useCounter(c); return [a, await c.value]; })()", "6,6",
        "(async () => { const c = await ADMIN.counter(1); c[Symbol.dispose](); return thrown(() => c.increment(1)); })()", "Error: RPC stub used after being disposed.",
        "(async () => { const c = await ADMIN.counter(1); const d = c.dup(); c[Symbol.dispose](); return d.increment(2); })()", "3",
        "new RpcStub((a) => a + 1)(1)", "2",
        "ADMIN.box().inner.increment(3)", "10",
        "(async () => { const box = await ADMIN.box(); const inner = await box.inner; return [await inner.increment(1), await box.inner.increment(2)]; })()", "8,9",
        "ADMIN.keep(new (class extends RpcTarget { n = 0; increment(by) { return this.n += by; } })()).kept(5)", "5",
        "(async () => { const o = await ADMIN.keep(new (class extends RpcTarget { n = 0; increment(by) { return this.n += by; } })()); return [await o.kept(1), await o.original(), await o.kept(2)]; })()",
        "1,2,4",
        "new Promise((done) => ADMIN.useCounter(new (class extends RpcTarget { increment() { return 1; } get value() { return 2; } [Symbol.dispose]() { done('disposed'); } })()))", "disposed",
        "thrown(() => ADMIN.echo(1).foo())", "TypeError: The RPC receiver does not implement the method \"foo\".");
  }

  @Test
  void aWorkerCallsItself() {
    DeployedWorker self = deploy("self", """
        import { WorkerEntrypoint, exports, env, withEnv } from 'cloudflare:workers';
        export class Inner extends WorkerEntrypoint { who() { return `inner ${JSON.stringify(this.ctx.props)}`; } }
        export default { async fetch(request, own, ctx) {
          return Response.json([await ctx.exports.Inner.who(), await ctx.exports.Inner({ props: { a: [1, 'é'] } }).who(), Object.keys(exports), await exports.Inner.who(),
            env.NAME, withEnv({ NAME: 'other' }, () => env.NAME), await withEnv({ NAME: 'later' }, async () => { await null; return env.NAME; }), 'NAME' in env, Object.keys(env)]);
        } };
        """, Map.of("NAME", new Binding.Text("self")));
    TestWorker.Answer answer = TestWorker.await(Future.future(done -> VERTX.getOrCreateContext().runOnContext(_ ->
        self.handle(TestWorker.get("/")).compose(TestWorker::whole).onComplete(done))));
    assertEquals("[\"inner {}\",\"inner {\\\"a\\\":[1,\\\"é\\\"]}\",[\"Inner\",\"default\"],\"inner {}\",\"self\",\"other\",\"later\",true,[\"NAME\"]]", answer.body());
  }
}
