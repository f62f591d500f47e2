package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CacheTest {

  private static final String TOOLS = """
      const URL_ = 'https://cache.test/x';
      const text = (v) => typeof v === 'string' ? v : v === undefined ? 'undefined' : JSON.stringify(v);
      const kept = (body, headers = { 'cache-control': 'max-age=60' }, status = 200) => caches.default.put(URL_, new Response(body, { status, headers }));
      const asked = async (headers) => {
        const r = await caches.default.match(new Request(URL_, { headers }));
        return r && [r.status, await r.text(), r.headers.get('content-range'), r.headers.get('content-length')];
      };
      """;

  /// Each row: an expression, and the text it must settle to in a worker with an empty cache.
  private static void check(String[]... rows) {
    StringBuilder code = new StringBuilder(TOOLS).append("const rows = [\n");
    for (String[] row : rows) {
      code.append("async () => ").append(row[0]).append(",\n");
    }
    code.append("""
        ];
        export default {
          async fetch(request) {
            try { return new Response(text(await rows[new URL(request.url).searchParams.get('row')]())); } catch (e) { return new Response(`${e.name}: ${e.message}`); }
          },
        };
        """);
    try (TestWorker worker = TestWorker.with(code.toString()).cache(ResponseCache.of(1 << 20)).start()) {
      assertAll(IntStream.range(0, rows.length).mapToObj(i -> () -> assertEquals(rows[i][1], worker.send(TestWorker.get("/?row=" + i)).body(), rows[i][0])));
    }
  }

  private static String[] row(String expression, String expected) {
    return new String[] {expression, expected};
  }

  @Test
  void whatIsPutIsMatchedAndDeleted() {
    check(
        row("caches.default.match(URL_)", "undefined"),
        row("kept('x', { 'cache-control': 'max-age=60', 'x-a': '1' }, 203).then(async () => { const r = await caches.default.match(URL_ + '#hash');"
                + " return [r.status, await r.text(), r.headers.get('x-a'), r.headers.get('cf-cache-status'), r.headers.get('age'), r.url]; })",
            "[203,\"x\",\"1\",\"HIT\",\"0\",\"https://cache.test/x#hash\"]"),
        row("caches.open('other').then((c) => c.match(URL_))", "undefined"),
        row("caches.open('a').then(async (c) => { await c.put(URL_, new Response('named')); return (await (await caches.open('a')).match(URL_)).text(); })", "named"),
        row("caches.default.match(new Request(URL_, { method: 'POST' }))", "undefined"),
        row("caches.default.match(new Request(URL_, { method: 'HEAD' }), { ignoreMethod: true }).then((r) => r.text())", "x"),
        row("caches.default.delete(new Request(URL_, { method: 'POST' }))", "false"),
        row("caches.default.delete(URL_)", "true"),
        row("caches.default.delete(URL_)", "false"),
        row("caches.default.put(URL_, new Response(new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2])); c.close(); } })))"
                + ".then(() => caches.default.match(URL_)).then((r) => r.bytes()).then((b) => [...b])", "[1,2]"),
        row("kept(null).then(() => caches.default.match(URL_)).then((r) => r.text())", ""),
        row("(async () => { const r = new Response('x'); const p = caches.default.put(URL_, r); const used = r.bodyUsed; await p; return used; })()", "true"),
        row("(async () => { for (const k of ['1', '2']) await caches.default.put(new Request(URL_, { cf: { cacheKey: k } }), new Response('k' + k));"
                + " return (await caches.default.match(new Request(URL_, { cf: { cacheKey: '1' } }))).text(); })()", "k1"));
  }

  @Test
  void partsAndConditionsAreAnswered() {
    String put = "kept('0123456789', { 'cache-control': 'max-age=60', etag: '\"t\"', 'last-modified': 'Tue, 13 Sep 2022 12:00:00 GMT' }).then(() => asked(";
    check(
        row(put + "{ range: 'bytes=2-4' }))", "[206,\"234\",\"bytes 2-4/10\",\"3\"]"),
        row(put + "{ range: 'bytes=-3' }))", "[206,\"789\",\"bytes 7-9/10\",\"3\"]"),
        row(put + "{ range: 'bytes=8-' }))", "[206,\"89\",\"bytes 8-9/10\",\"2\"]"),
        row(put + "{ range: 'bytes=8-99' }))", "[206,\"89\",\"bytes 8-9/10\",\"2\"]"),
        row(put + "{ range: 'bytes=10-' }))", "[416,\"\",\"bytes */10\",null]"),
        row(put + "{ range: 'bytes=1-2,4-5' }))", "[200,\"0123456789\",null,\"10\"]"),
        row(put + "{ range: 'bytes=2-4', 'if-range': '\"other\"' }))", "[200,\"0123456789\",null,\"10\"]"),
        row(put + "{ 'if-none-match': '\"a\", W/\"t\"' }))", "[304,\"\",null,null]"),
        row(put + "{ 'if-none-match': '*' }))", "[304,\"\",null,null]"),
        row(put + "{ 'if-none-match': '\"a\"', 'if-modified-since': 'Tue, 13 Sep 2022 13:00:00 GMT' }))", "[200,\"0123456789\",null,\"10\"]"),
        row(put + "{ 'if-modified-since': 'Tue, 13 Sep 2022 12:00:00 GMT' }))", "[304,\"\",null,null]"),
        row(put + "{ 'if-modified-since': 'Tue, 13 Sep 2022 11:00:00 GMT' }))", "[200,\"0123456789\",null,\"10\"]"));
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    check(
        row("kept('x', {}, 206)", "TypeError: Cannot cache response to a range request (206 Partial Content)."),
        row("kept('x', { vary: '*' })", "TypeError: Cannot cache response with 'Vary: *' header."),
        row("caches.default.put(new Request(URL_, { method: 'POST' }), new Response('x'))", "TypeError: Cannot cache response to non-GET request."),
        row("caches.default.put(URL_, Response.error())", "TypeError: Cache is unable to store an error response"),
        row("caches.default.put(URL_, {})", "TypeError: Failed to execute 'put' on 'Cache': parameter 2 is not of type 'Response'."),
        row("caches.default.put('nope', new Response('x'))", "TypeError: Invalid URL: nope"),
        row("caches.default.put('ftp://x/', new Response('x'))", "TypeError: Invalid URL. Cache API keys must be fully-qualified, valid URLs."),
        row("kept(null, {}, 304).then(() => caches.default.match(URL_))", "undefined"),
        row("kept('x', { 'set-cookie': 'a=b' }).then(() => caches.default.match(URL_))", "undefined"),
        row("kept('x', { 'set-cookie': 'a=b', 'cache-control': 'private=set-cookie, max-age=9' }).then(() => caches.default.match(URL_)).then((r) => r.headers.has('set-cookie'))",
            "false"),
        row("kept('x', { 'cache-control': 'no-store' }).then(() => caches.default.match(URL_))", "undefined"),
        row("kept('x'.repeat(300000)).then(() => caches.default.match(URL_))", "undefined"),
        row("caches.default.put(URL_, new Response(new ReadableStream({ start(c) { c.error(new RangeError('broke')); } })))", "RangeError: broke"),
        row("caches.open('x'.repeat(1024))", "TypeError: Cache name is too long."),
        row("caches.default.add(URL_)", "Error: Failed to execute 'add' on 'Cache': the method is not implemented."),
        row("new Cache()", "TypeError: Illegal constructor"));
  }

  @Test
  void nothingIsKeptOutsideOfAHandler() {
    try (TestWorker worker = TestWorker.of("""
        const early = caches.default.match('https://x/').catch((e) => e.message);
        export default { async fetch() { return new Response(await early); } };
        """)) {
      assertEquals("Disallowed operation called within global scope.", worker.get().body().split("(?<=\\.) ")[0]);
    }
  }

  @Test
  void encodedBodiesStayEncoded() {
    Buffer gzip = Buffer.buffer(new byte[] {31, -117, 8, 0, 0, 0, 0, 0, 0, 3, 75, -53, -49, 7, 0, 33, 101, 115, -116, 3, 0, 0, 0});
    try (TestWorker worker = TestWorker.with("""
            export default {
              async fetch() {
                await caches.default.put('https://x/', await fetch('https://origin/'));
                const read = await (await caches.default.match('https://x/')).text();
                const sent = await caches.default.match('https://x/');
                return new Response(sent.body, { headers: { ...Object.fromEntries(sent.headers), read } });
              },
            };
            """)
        .cache(ResponseCache.of(1 << 20))
        .egress(_ -> Future.succeededFuture(new ExchangeResponse(200, "OK", HttpHeaders.headers().add("content-encoding", "gzip"), Body.of(gzip))))
        .start()) {
      TestWorker.Answer answer = worker.get();
      assertEquals("foo", answer.headers().get("read"));
      assertEquals("gzip", answer.headers().get("content-encoding"));
      assertEquals(gzip, answer.bytes());
    }
  }

  @Test
  void lifetimesAreWhatHeadersSay() {
    assertEquals(
        List.of(60L, 5L, 0L, 0L, 0L, 30L, 0L, 7200L, 180L, 0L, 60L, 0L, 20L, 0L, 10L, 9L),
        seconds(
            "200;cache-control:max-age=60", "200;cache-control:s-maxage=5, max-age=60", "200;cache-control:private, max-age=60", "200;cache-control:no-store",
            "200;cache-control:no-cache, max-age=60", "200;expires:Sun, 01 Nov 2026 00:00:30 GMT", "200;expires:0", "200", "404", "500",
            "500;cache-control:max-age=60", "200;cache-control:max-age=60;set-cookie:a", "200;cache-control:max-age=60;age:40", "200;cache-control:max-age=60;age:80",
            "200;cache-control:max-age=\"10\"", "200;cache-control:private=\"Set-Cookie\", max-age=9;set-cookie:a"));
    assertEquals(Duration.ZERO, Freshness.of(200, HttpHeaders.headers().add("cache-control", "max-age=5"), true, Instant.EPOCH));
    assertEquals(Duration.ofSeconds(5), Freshness.of(200, HttpHeaders.headers().add("cache-control", "public, max-age=5"), true, Instant.EPOCH));
  }

  private static List<Long> seconds(String... responses) {
    List<Long> lifetimes = new ArrayList<>();
    for (String response : responses) {
      String[] parts = response.split(";");
      MultiMap headers = HttpHeaders.headers();
      for (int i = 1; i < parts.length; i++) {
        headers.add(parts[i].substring(0, parts[i].indexOf(':')), parts[i].substring(parts[i].indexOf(':') + 1));
      }
      lifetimes.add(Freshness.of(Integer.parseInt(parts[0]), headers, false, Instant.parse("2026-11-01T00:00:00Z")).toSeconds());
    }
    return lifetimes;
  }

  @Test
  void bytesAndTimeAreBounded() {
    AtomicLong clock = new AtomicLong();
    ResponseCache cache = ResponseCache.of(20_000, clock::get);
    for (int i = 0; i < 100; i++) {
      cache.put(key("a", i), entry(1_000, Duration.ofSeconds(10)));
    }
    long there = IntStream.range(0, 100).filter(i -> cache.get(key("a", i)).isPresent()).count();
    assertEquals(true, there > 5 && there <= 20, there + " entries");
    cache.put(key("b", 1), entry(6_000, Duration.ofSeconds(10)));
    assertEquals(false, cache.get(key("b", 1)).isPresent());
    cache.put(key("b", 2), entry(10, Duration.ofSeconds(10)));
    clock.addAndGet(Duration.ofSeconds(9).toNanos());
    assertEquals(9 + 3, cache.ageSeconds(cache.get(key("b", 2)).orElseThrow()));
    assertEquals(false, cache.get(key("c", 2)).isPresent());
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    assertEquals(false, cache.get(key("b", 2)).isPresent());
  }

  private static ResponseCache.Key key(String worker, int number) {
    return new ResponseCache.Key(worker, Optional.empty(), "https://x/" + number);
  }

  private static ResponseCache.Entry entry(int bytes, Duration lifetime) {
    return new ResponseCache.Entry(200, "OK", "", Buffer.buffer(new byte[bytes]), false, 0, 3, lifetime);
  }
}
