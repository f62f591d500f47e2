package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.bus.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Servers of `node:http` behind `cloudflare:node`.
class NodeHttpServerTest {

  private static TestWorker worker;

  @BeforeAll
  static void start() {
    worker = TestWorker.of("""
        import { createServer } from 'node:http';
        import { httpServerHandler, handleAsNodeRequest } from 'cloudflare:node';
        const seen = [];
        const tried = (work) => { try { return work(); } catch (error) { return `${error.code}: ${error.message}`; } };
        const answers = {
          '/whole': (req, res) => { res.setHeader('X-Many', ['1', '2']); res.setHeader('Set-Cookie', ['a=1', 'b=2']); res.end('hello'); },
          '/pieces': async (req, res) => {
            res.write('one ');
            await new Promise((resolve) => setTimeout(resolve, 5));
            res.write(Buffer.from('two '));
            res.end('three');
          },
          '/echo?q=1': async (req, res) => {
            const pieces = [];
            for await (const piece of req) pieces.push(piece);
            res.writeHead(201, 'Made', { 'content-type': 'text/plain' });
            res.end([req.method, req.url, req.headers['x-a'], req.headers.cookie, req.socket.remoteAddress, Buffer.concat(pieces), req.complete].join('|'));
          },
          '/big': (req, res) => {
            let left = 64;
            const more = () => { while (left > 0 && res.write(Buffer.alloc(16384, left--))); if (left === 0) res.end(); };
            res.on('drain', more);
            more();
          },
          '/short': (req, res) => res.writeHead(200, { 'content-length': 3 }).end('abcdef'),
          '/nothing': (req, res) => { res.statusCode = 204; res.end('dropped'); },
          '/wrong': (req, res) => {
            const results = [
              tried(() => res.writeHead(1000)), tried(() => res.setHeader('a b', '1')), tried(() => res.write(5)), tried(() => res.write(null)), tried(() => res.writeContinue()),
              tried(() => server.listen(1)), tried(() => server.listen(70000)), tried(() => res.appendHeader('z', '1').appendHeader('z', '2').getHeader('z').join()),
            ];
            res.writeHead(200, ['x-flat', '1', 'x-flat', '2']);
            results.push(tried(() => res.setHeader('b', '1')), tried(() => res.writeHead(200)), res.headersSent);
            res.end(results.join('\\n'));
          },
          '/thrown': () => { throw new Error('on purpose'); },
        };
        const server = createServer((req, res) => (answers[req.url] ?? ((_, it) => it.writeHead(404).end()))(req, res));
        server.once('listening', () => seen.push('event'));
        server.listen(8080, () => seen.push('callback'));
        seen.push(server.listening, server.address().port);
        const { fetch } = httpServerHandler(server);
        export default {
          async fetch(request) {
            const { pathname } = new URL(request.url);
            if (pathname === '/seen') return Response.json(seen);
            if (pathname === '/nobody') return new Response(await handleAsNodeRequest(9, request).catch((error) => `${error.code}: ${error.message}`));
            return fetch(request);
          },
        };""");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static String get(String target) {
    return worker.send(TestWorker.get(target)).body();
  }

  @Test
  void whatIsGivenAtOnceIsOneBody() {
    TestWorker.Answer answer = worker.send(TestWorker.get("/whole"));
    assertEquals("200 OK hello [1, 2] [a=1, b=2]",
        answer.status() + " " + answer.reason() + " " + answer.body() + " " + answer.headers().getAll("x-many") + " " + answer.headers().getAll("set-cookie"));
  }

  @Test
  void piecesAreStreamed() {
    assertEquals("one two three", get("/pieces"));
    assertEquals(64 * 16384, worker.send(TestWorker.get("/big")).bytes().length());
  }

  @Test
  void requestsHaveTheirHeadAndBody() {
    TestWorker.Answer answer = worker.send(TestWorker.request("POST", "/echo?q=1",
        HttpHeaders.headers().add("X-A", "b").add("Cookie", "c=1").add("CF-Connecting-IP", "::1"), Body.of(Buffer.buffer("the body"))));
    assertEquals("201 Made POST|/echo?q=1|b|c=1|::1|the body|true", answer.status() + " " + answer.reason() + " " + answer.body());
  }

  @Test
  void someResponsesHaveNoBody() {
    assertEquals("204 ", worker.send(TestWorker.get("/nothing")).status() + " " + get("/nothing"));
    TestWorker.Answer head = worker.send(TestWorker.request("HEAD", "/short", HttpHeaders.headers(), Body.EMPTY));
    assertEquals("abc", get("/short"));
    assertEquals("200 3 ", head.status() + " " + head.headers().get("content-length") + " " + head.body());
    assertEquals(404, worker.send(TestWorker.get("/else")).status());
  }

  @Test
  void mistakesHaveNodesCodes() {
    assertEquals("""
        ERR_HTTP_INVALID_STATUS_CODE: Invalid status code: 1000
        ERR_INVALID_HTTP_TOKEN: Header name must be a valid HTTP token ["a b"]
        ERR_INVALID_ARG_TYPE: The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. Received type number (5)
        ERR_STREAM_NULL_VALUES: May not write null values to stream
        ERR_METHOD_NOT_IMPLEMENTED: The writeContinue method is not implemented
        ERR_SERVER_ALREADY_LISTEN: Listen method has been called more than once without closing.
        ERR_SOCKET_BAD_PORT: options.port should be >= 0 and < 65536. Received type number (70000).
        1,2
        ERR_HTTP_HEADERS_SENT: Cannot set headers after they are sent to the client
        ERR_HTTP_HEADERS_SENT: Cannot write headers after they are sent to the client
        true""", get("/wrong"));
    assertThrows(RuntimeException.class, () -> get("/thrown"));
  }

  @Test
  void serversListenInTheirIsolate() {
    assertEquals("[true,8080,\"event\",\"callback\"]", get("/seen"));
    assertEquals("ERR_INVALID_ARG_VALUE: Http server with port 9 not found. This is likely a bug with your code. You should check if server.listen() was called with the same port (9)",
        get("/nobody"));
  }

  @Test
  void olderDatesHaveNoServers() {
    try (TestWorker older = TestWorker.with("""
        import http from 'node:http';
        export default { fetch() { try { http.createServer(); } catch (error) { return new Response(error.code); } } };""")
        .compatibility(LocalDate.of(2025, 8, 31), "nodejs_compat").start()) {
      assertEquals("ERR_METHOD_NOT_IMPLEMENTED", older.get().body());
    }
  }

  @Test
  void messagesForEmailCanBeMade() {
    try (TestWorker mail = TestWorker.of("""
        import { EmailMessage } from 'cloudflare:email';
        export default { fetch() { const { from, to } = new EmailMessage('a@example.org', 'b@example.org', 'raw'); return Response.json([from, to]); } };""")) {
      assertEquals("[\"a@example.org\",\"b@example.org\"]", mail.get().body());
    }
  }
}
