package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Outside of a worker there is nothing.
class SandboxTest {

  private static TestWorker worker;

  @BeforeAll
  static void start() {
    worker = TestWorker.with("""
        const tries = {
          eval: () => eval('1 + 1'),
          indirect: () => (0, eval)('1 + 1'),
          Function: () => new Function('return 1')(),
          AsyncFunction: () => (async () => {}).constructor('return 1')(),
          GeneratorFunction: () => (function* () {}).constructor('yield 1')(),
          timer: () => setTimeout('globalThis.reached = true', 0),
          Java: () => Java.type('java.lang.System').exit(1),
          Packages: () => Packages.java.lang.System,
          java: () => java.lang.System,
          Polyglot: () => Polyglot.eval('js', '1'),
          Graal: () => Graal.versionGraalVM,
          AsyncContext: () => new AsyncContext.Variable(),
          load: () => load('/etc/passwd'),
          print: () => print('x'),
          read: () => read('/etc/passwd'),
          quit: () => quit(),
          process: () => globalThis.process.env.PATH,
          require: () => require('fs'),
          hook: () => __tenonModule.file,
        };
        const imports = {
          file: () => import('/etc/passwd'),
          url: () => import('file:///etc/passwd'),
          relative: () => import('../../../../etc/passwd'),
          network: () => import('https://example.com/x.js'),
          node: () => import('node:fs'),
          internal: () => import('tenon:bootstrap'),
          data: () => import('data:text/javascript,export default 1'),
        };
        export default {
          async fetch(request) {
            const name = new URL(request.url).pathname.slice(1);
            try {
              if (tries[name]) return new Response('reached: ' + tries[name]());
              return new Response('reached: ' + JSON.stringify(await imports[name]()));
            } catch (error) {
              return new Response(error instanceof Error ? error.name : `threw ${typeof error}`);
            }
          },
        };
        export { tries, imports };""").compatibility(LocalDate.of(2026, 11, 1), "no_nodejs_compat").start();
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static void check(String name, String expected) {
    assertEquals(expected, worker.send(TestWorker.get("/" + name)).body(), name);
  }

  @Test
  void codeFromStringsIsRefused() {
    for (String name : List.of("eval", "indirect", "Function", "AsyncFunction", "GeneratorFunction")) {
      check(name, "EvalError");
    }
    check("timer", "TypeError");
  }

  private static final String AT_START = """
      const made = [];
      const make = (way) => { try { made.push(way()); } catch (error) { made.push(error.name); } };
      const local = 5;
      make(() => new Function('a', 'b', 'return a + b')(1, 2));
      make(() => Function('return typeof globalThis')());
      make(() => eval('local + 1'));
      make(() => (0, eval)('typeof local'));
      class Adder extends Function { constructor() { super('a', 'return a + 1'); } }
      make(() => [new Adder() instanceof Adder, new Adder()(1)].join());
      make(() => (() => {}).constructor === Function && (() => {}) instanceof Function && Function.prototype === Object.getPrototypeOf(Function));
      make(() => [Function.name, Function.length, /native code/.test(Function.toString())].join());
      const later = Function;
      const text = 1;
      export default {
        async fetch() {
          const now = [];
          for (const way of [() => new later('return 1'), () => Reflect.construct(Function, ['1'], Object), () => eval('1'), () => eval(text), () => new Adder()]) {
            try { now.push(way()); } catch (error) { now.push(`${error.name}: ${error.message}`); }
          }
          return Response.json({ made, now });
        },
      };""";

  private static void checkAtStart(LocalDate date, String expected) {
    try (TestWorker other = TestWorker.with(AT_START).compatibility(date).start()) {
      assertEquals(expected, other.get().body().replace("EvalError: Code generation from strings disallowed for this context", "refused"));
    }
  }

  @Test
  void codeFromStringsMayBeMadeWhileAWorkerStarts() {
    checkAtStart(LocalDate.of(2025, 6, 1), "{\"made\":[3,\"object\",6,\"undefined\",\"true,2\",true,\"Function,1,true\"],"
        + "\"now\":[\"refused\",\"refused\",\"refused\",1,\"refused\"]}");
    checkAtStart(LocalDate.of(2025, 5, 31), "{\"made\":[\"EvalError\",\"EvalError\",\"EvalError\",\"EvalError\",\"EvalError\",true,\"Function,1,true\"],"
        + "\"now\":[\"refused\",\"refused\",\"refused\",1,\"refused\"]}");
  }

  @Test
  void nothingOfTheHostIsReachable() {
    for (String name : List.of("Java", "Packages", "java", "Polyglot", "Graal", "AsyncContext", "load", "print", "read", "quit", "require", "hook")) {
      check(name, "ReferenceError");
    }
    check("process", "TypeError");
  }

  @Test
  void onlyTheWorkersModulesCanBeImported() {
    for (String name : List.of("file", "url", "relative", "network", "node", "internal")) {
      check(name, "Error");
    }
  }

  @Test
  void nodeGivesNothingOfTheHostAway() {
    try (TestWorker other = TestWorker.of("""
        import fs from 'node:fs';
        import { createRequire } from 'node:module';
        const tries = [
          () => process.env.PATH, () => process.binding('fs'), () => process.dlopen({}, 'x'), () => createRequire('/')('./secret'), () => globalThis.__tenonModule,
          () => process.mainModule, () => fs.readFileSync('/etc/passwd'),
        ];
        export default {
          fetch() {
            return Response.json(tries.map((work) => { try { return typeof work(); } catch (error) { return error.code ?? error.name; } }));
          },
        };""")) {
      assertEquals("[\"undefined\",\"ERR_METHOD_NOT_IMPLEMENTED\",\"ERR_METHOD_NOT_IMPLEMENTED\",\"MODULE_NOT_FOUND\",\"undefined\",\"undefined\",\"ENOENT\"]",
          other.get().body());
    }
  }

  @Test
  void prototypesOfTheRuntimeLeadNowhere() {
    try (TestWorker other = TestWorker.of("""
        export default {
          async fetch(request, env, ctx) {
            const seen = new Set();
            const names = [];
            const look = (object, depth) => {
              if (object === null || (typeof object !== 'object' && typeof object !== 'function') || seen.has(object) || depth > 6) return;
              seen.add(object);
              for (const key of Reflect.ownKeys(object)) {
                const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
                if (/class|java|getClass/i.test(String(key)) && key !== 'classList') names.push(String(key));
                look(descriptor.value, depth + 1);
                look(descriptor.get, depth + 1);
              }
              look(Object.getPrototypeOf(object), depth + 1);
            };
            for (const root of [globalThis, request, env, ctx, request.headers, console, scheduler]) look(root, 0);
            return Response.json(names);
          },
        };""")) {
      assertEquals("[]", other.get().body());
    }
  }
}
