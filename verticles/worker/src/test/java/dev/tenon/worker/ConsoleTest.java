package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is expected here is what Node 20 prints.
class ConsoleTest {

  private static TestWorker worker;

  @BeforeAll
  static void start() {
    worker = TestWorker.of("""
        const circular = { name: 'c' };
        circular.self = circular;
        const cases = {
          plain: ['a', 1, null, undefined, true, 10n, Symbol('s')],
          objects: [{ a: 1, b: 'x', c: [1, 2, { d: 3 }] }, {}, []],
          deep: [{ a: { b: { c: { d: 1 } } } }],
          holes: [[undefined, , null]],
          maps: [new Map([['a', 1], [{ b: 2 }, [3]]]), new Set([1, 'b'])],
          functions: [() => {}, function named() {}, class A {}, class B extends Map {}],
          classes: [new (class Foo { x = 1; })(), Object.create(null), Object.assign(Object.create(null), { a: 1 })],
          values: [new Date(0), /a+/gi, new Uint8Array([1, 2, 3]), -0, [-0], new Number(3), new String('x')],
          buffer: [new ArrayBuffer(2)],
          format: ['%s is %d years and %i, %f, %j %O %%', 'Ada', 36.5, 36.9, '1.5', { a: 1 }, { b: 2 }, 'extra', 1],
          noFormat: ['100%', 5], unknownFormat: ['%x', 1], shallow: ['%s', { a: { b: 1 } }],
          quotes: [{ s: "it's", q: 'say "hi"', n: 'a\\nb', both: `'"` }],
          accessors: [{ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} }],
          keys: [{ [Symbol('k')]: 1, 'a-b': 2, 3: 4 }],
          long: [{ aaaaaaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', cccccccccccccccccc: 'dddddddddddddddddddddddddd', e: 1 }],
          columns: [['a', 'b', 'c', 'd', 'e', 'f', 'g'], [1.5, 2.25, 100, 3, 4, 5, 6, 7]],
          records: [{ users: [{ id: 1, name: 'Ada Lovelace', email: 'ada@example.com' }, { id: 2, name: 'Grace Hopper', email: 'grace@example.com' }], total: 2 }],
          extra: [Object.assign([1, 2], { extra: true }), Object.assign(() => {}, { p: 1 })],
          circular: [circular],
          nothing: [],
        };
        export default {
          fetch(request) {
            const name = new URL(request.url).pathname.slice(1);
            if (cases[name]) console.log(...cases[name]);
            else others[name]();
            return new Response();
          },
        };
        const others = {
          levels() { console.debug('d'); console.log('l'); console.info('i'); console.warn('w'); console.error('e'); },
          group() { console.group('outer'); console.log('a\\nb'); console.group(); console.log('c'); console.groupEnd(); console.groupEnd(); console.log('d'); },
          assert() { console.assert(true, 'no'); console.assert(false, 'yes', 1); console.assert(false); },
          count() { console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.countReset('never'); },
          table() { console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table([1, 'two']); console.table(7); },
          dir() { console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); },
          error() { console.error(new TypeError('bad', { cause: new Error('worse') })); },
          hundred() { console.log([...Array(101).keys()].length, Array.from({ length: 101 }, () => 'x').slice(99)); },
          time() { console.time('t'); console.timeEnd('t'); console.timeEnd('t'); },
          detached() { const { log } = console; [1, 2].forEach((n) => log(n)); },
        };""");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static void check(String name, String... lines) {
    worker.send(TestWorker.get("/" + name));
    for (String line : lines) {
      assertEquals(line, worker.logged(), name);
    }
  }

  @Test
  void valuesAreShownAsNodeShowsThem() {
    check("plain", "LOG a 1 null undefined true 10n Symbol(s)");
    check("objects", "LOG { a: 1, b: 'x', c: [ 1, 2, { d: 3 } ] } {} []");
    check("deep", "LOG { a: { b: { c: [Object] } } }");
    check("holes", "LOG [ undefined, <1 empty item>, null ]");
    check("maps", "LOG Map(2) { 'a' => 1, { b: 2 } => [ 3 ] } Set(2) { 1, 'b' }");
    check("functions", "LOG [Function (anonymous)] [Function: named] [class A] [class B extends Map]");
    check("classes", "LOG Foo { x: 1 } [Object: null prototype] {} [Object: null prototype] { a: 1 }");
    check("values", "LOG 1970-01-01T00:00:00.000Z /a+/gi Uint8Array(3) [ 1, 2, 3 ] -0 [ -0 ] [Number: 3] [String: 'x']");
    check("buffer", "LOG ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }");
    check("quotes", "LOG { s: \"it's\", q: 'say \"hi\"', n: 'a\\nb', both: `'\"` }");
    check("accessors", "LOG { a: [Getter], b: [Setter], c: [Getter/Setter] }");
    check("keys", "LOG { '3': 4, 'a-b': 2, Symbol(k): 1 }");
    check("long", """
        LOG {
          aaaaaaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
          cccccccccccccccccc: 'dddddddddddddddddddddddddd',
          e: 1
        }""");
    check("columns", """
        LOG [
          'a', 'b', 'c',
          'd', 'e', 'f',
          'g'
        ] [
          1.5, 2.25, 100, 3,
            4,    5,   6, 7
        ]""");
    check("records", """
        LOG {
          users: [
            { id: 1, name: 'Ada Lovelace', email: 'ada@example.com' },
            { id: 2, name: 'Grace Hopper', email: 'grace@example.com' }
          ],
          total: 2
        }""");
    check("extra", "LOG [ 1, 2, extra: true ] [Function (anonymous)] { p: 1 }");
    check("circular", "LOG <ref *1> { name: 'c', self: [Circular *1] }");
    check("nothing", "LOG ");
  }

  @Test
  void formatSpecifiersAreFilledIn() {
    check("format", "LOG Ada is 36.5 years and 36, 1.5, {\"a\":1} { b: 2 } % extra 1");
    check("noFormat", "LOG 100% 5");
    check("unknownFormat", "LOG %x 1");
    check("shallow", "LOG { a: [Object] }");
  }

  @Test
  void everyMethodWritesAtItsLevel() {
    check("levels", "DEBUG d", "LOG l", "INFO i", "WARN w", "ERROR e");
    check("group", "LOG outer", "LOG   a\n  b", "LOG     c", "LOG d");
    check("assert", "ERROR Assertion failed: yes 1", "ERROR Assertion failed");
    check("count", "INFO default: 1", "INFO x: 1", "INFO default: 2", "INFO default: 1", "WARN Count for 'never' does not exist");
    check("dir", "LOG { a: [Object] }");
    check("detached", "LOG 1", "LOG 2");
  }

  @Test
  void tablesAreDrawn() {
    check("table", """
        LOG ┌─────────┬───┬─────┬──────┐
        │ (index) │ a │ b   │ c    │
        ├─────────┼───┼─────┼──────┤
        │ 0       │ 1 │ 'x' │      │
        │ 1       │ 2 │     │ true │
        └─────────┴───┴─────┴──────┘""", """
        LOG ┌─────────┬────────┐
        │ (index) │ Values │
        ├─────────┼────────┤
        │ 0       │ 1      │
        │ 1       │ 'two'  │
        └─────────┴────────┘""", "LOG 7");
  }

  @Test
  void errorsAreShownWithTheirStackAndCause() {
    worker.send(TestWorker.get("/error"));
    String shown = worker.logged();
    assertTrue(shown.startsWith("ERROR TypeError: bad\n    at Object.error (index.js:"), shown);
    assertTrue(shown.contains("[cause]: Error: worse\n      at Object.error (index.js:"), shown);
  }

  @Test
  void timersAreMeasured() {
    worker.send(TestWorker.get("/time"));
    String shown = worker.logged();
    assertTrue(shown.matches("INFO t: \\d+\\.\\d{3}ms"), shown);
    assertEquals("WARN Timer 't' does not exist", worker.logged());
  }
}
