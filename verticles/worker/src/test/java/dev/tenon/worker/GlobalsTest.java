package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ClientConnection;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What is there beside the web's own interfaces.
class GlobalsTest {

  private static String answer(String expression) {
    try (TestWorker worker = TestWorker.of("export default { async fetch(request) { return Response.json(await (" + expression + ")); } };")) {
      return worker.get().body();
    }
  }

  @Test
  void cloudflareTellsTheFlags() {
    assertEquals(
        "[true,false,\"[object Cloudflare]\",true,null]",
        answer("(() => { const f = Cloudflare.compatibilityFlags;"
            + " return [f.url_standard, f.experimental, Object.prototype.toString.call(Cloudflare), Object.isFrozen(f), f.toString]; })()"));
  }

  @Test
  void requestsSayHowTheyCame() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request) {
            const copy = new Request(request, { headers: {} });
            return Response.json([request.cf, request.cf === request.cf, copy.cf, new Request(request, { cf: { a: 1 } }).cf, request.clone().cf.httpProtocol]);
          },
        };
        """)) {
      assertEquals(
          "[{\"clientAcceptEncoding\":\"gzip\",\"requestPriority\":\"\",\"httpProtocol\":\"HTTP/2\",\"tlsVersion\":\"TLSv1.3\",\"tlsCipher\":\"C\"},true,"
              + "{\"clientAcceptEncoding\":\"gzip\",\"requestPriority\":\"\",\"httpProtocol\":\"HTTP/2\",\"tlsVersion\":\"TLSv1.3\",\"tlsCipher\":\"C\"},{\"a\":1},\"HTTP/2\"]",
          worker.send(TestWorker.request("GET", "/", HttpHeaders.headers().add("accept-encoding", "gzip"), Body.EMPTY)
              .withClient(new ClientConnection("HTTP/2", "TLSv1.3", "C"))).body());
      assertEquals("[{\"clientAcceptEncoding\":\"\",\"requestPriority\":\"\"},true", worker.get().body().substring(0, 54));
    }
  }

  @Test
  void marksAndMeasuresAreKept() {
    assertEquals(
        "[\"a,m,b\",7,\"m\",5,\"a\",1,{\"x\":1},\"SyntaxError\",\"b\"]",
        answer("""
            (async () => {
              const seen = [];
              new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.push(e.name); }).observe({ entryTypes: ['mark', 'measure'] });
              performance.mark('a', { startTime: 3, detail: { x: 1 } });
              performance.mark('b', { startTime: 10 });
              const m = performance.measure('m', 'a', 'b');
              await null;
              let error;
              try { performance.measure('n', 'missing'); } catch (e) { error = e.name; }
              const second = performance.measure('o', { start: 'a', duration: 5 }).duration;
              const first = performance.getEntriesByType('mark')[0];
              performance.clearMarks('a');
              return [seen.join(), m.duration, m.name, second, first.name, performance.getEntriesByName('m').length, first.detail, error, performance.getEntriesByType('mark')[0].name];
            })()
            """));
  }

  @Test
  void globalObjectIsAWorkersScope() {
    assertEquals(
        "[true,true,false,\"null\",\"TypeError: Illegal constructor\"]",
        answer("[self instanceof ServiceWorkerGlobalScope, self instanceof WorkerGlobalScope, ({}) instanceof WorkerGlobalScope, origin,"
            + " (() => { try { new WorkerGlobalScope(); } catch (e) { return String(e); } })()]"));
  }

  @Test
  void beaconsAreSent() throws InterruptedException {
    BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    try (TestWorker worker = TestWorker.with("export default { fetch() { return new Response(String(navigator.sendBeacon('https://beacon.test/x', 'hello'))); } };")
        .egress(request -> {
          sent.add(request.method() + " " + request.url());
          return Future.succeededFuture(new ExchangeResponse(204, "No Content", HttpHeaders.headers(), Body.EMPTY));
        })
        .start()) {
      assertEquals("true", worker.get().body());
      assertEquals("POST https://beacon.test/x", sent.poll(TestWorker.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    assertEquals("\"Failed to execute 'sendBeacon' on 'Navigator': Beacons are only supported over HTTP(S).\"",
        answer("(() => { try { navigator.sendBeacon('data:x'); } catch (e) { return e.message; } })()"));
  }
}
