package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of `content-encoding`, as seen with the same worker on workerd: decoded for whoever reads, handed on as it is, applied to what is made.
class ContentCodingTest {

  private static final byte[] TEXT = "hello ".repeat(200).getBytes();

  private static final String WORKER =
      """
      export default {
        async fetch(request) {
          const url = new URL(request.url), coding = url.search.slice(1);
          const get = () => fetch(`http://origin/${coding}`);
          switch (url.pathname) {
            case '/read': { const r = await get(); const t = await r.text().catch(String); return Response.json([r.headers.get('content-encoding'), r.headers.get('content-length'), t.length < 99 ? t : t.length]); }
            case '/pass': return get();
            case '/rewrap': { const r = await get(); return new Response(r.body, r); }
            case '/bare': return new Response((await get()).body);
            case '/buffer': { const r = await get(); return new Response(await r.text(), r); }
            case '/plain': { const r = await get(); const n = new Response(r.body, r); n.headers.delete('content-encoding'); return n; }
            case '/piped': { const r = await get(); return new Response(r.body.pipeThrough(new TransformStream()), r); }
            case '/tee': { const r = await get(); const [one, two] = r.body.tee(); await new Response(two).text(); return new Response(one, r); }
            case '/clone': { const r = await get(); const c = r.clone(); return new Response(`${(await c.text()).length} ${(await r.text()).length}`); }
            case '/made': return new Response('hello '.repeat(200), { headers: { 'content-encoding': coding, 'content-length': '1200' } });
            case '/blob': return new Response(new Blob(['hello '.repeat(200)]), { headers: { 'content-encoding': coding } });
            case '/hand': return new Response(await get().then((r) => r.body), { encodeBody: 'manual', headers: { 'content-encoding': coding } });
          }
        },
      };
      """;

  private static Future<ExchangeResponse> origin(ExchangeRequest request) {
    String coding = request.target().substring(1);
    Buffer bytes = switch (coding) {
      case "gzip", "stream" -> Buffer.buffer(encoded("gzip", TEXT));
      case "br" -> Buffer.buffer(encoded("br", TEXT));
      case "cut" -> Buffer.buffer(Arrays.copyOf(encoded("gzip", TEXT), 20));
      default -> Buffer.buffer(TEXT);
    };
    MultiMap headers = HttpHeaders.headers()
        .add("content-encoding", coding.equals("cut") || coding.equals("stream") || coding.equals("wrong") ? "gzip" : coding)
        .add("content-length", Integer.toString(bytes.length()));
    Body body = coding.equals("stream")
        ? new Body.Stream(inTwo(bytes), OptionalLong.of(bytes.length()))
        : Body.of(bytes);
    return Future.succeededFuture(new ExchangeResponse(200, "OK", headers, body));
  }

  private static BodyWriter inTwo(Buffer bytes) {
    BodyWriter body = new BodyWriter(() -> { });
    body.write(bytes.getBuffer(0, 7));
    body.write(bytes.getBuffer(7, bytes.length()));
    body.end();
    return body;
  }

  @Test
  void whoReadsABodySeesItDecodedAndItsHeadersAsTheyWere() {
    try (TestWorker worker = TestWorker.with(WORKER).egress(ContentCodingTest::origin).start()) {
      assertAll(Stream.of(
          List.of("/read?gzip", "[\"gzip\",\"" + encoded("gzip", TEXT).length + "\",1200]"),
          List.of("/read?stream", "[\"gzip\",\"" + encoded("gzip", TEXT).length + "\",1200]"),
          List.of("/read?br", "[\"br\",\"" + encoded("br", TEXT).length + "\",1200]"),
          List.of("/read?deflate", "[\"deflate\",\"1200\",1200]"),
          List.of("/read?GZIP", "[\"GZIP\",\"1200\",1200]"),
          List.of("/read?wrong", "[\"gzip\",\"1200\",\"TypeError: Gzip decompression failed.\"]"),
          List.of("/read?cut", "[\"gzip\",\"20\",\"TypeError: Gzip compressed stream ended prematurely.\"]"),
          List.of("/clone?gzip", "1200 1200"),
          List.of("/clone?stream", "1200 1200")
      ).map(row -> () -> assertEquals(row.get(1), worker.send(TestWorker.get(row.get(0))).body(), row.get(0))));
    }
  }

  @Test
  void whatGoesOutIsEncodedAsItsHeadersSay() {
    int gzip = encoded("gzip", TEXT).length;
    try (TestWorker worker = TestWorker.with(WORKER).egress(ContentCodingTest::origin).start()) {
      assertAll(Stream.of(
          // path, content-encoding, content-length
          List.of("/pass?gzip", "gzip", "" + gzip), List.of("/pass?stream", "gzip", "" + gzip), List.of("/rewrap?gzip", "gzip", "" + gzip),
          List.of("/rewrap?stream", "gzip", "" + gzip), List.of("/bare?gzip", "", ""), List.of("/buffer?gzip", "gzip", ""), List.of("/plain?gzip", "", ""),
          List.of("/piped?gzip", "gzip", ""), List.of("/tee?stream", "gzip", ""), List.of("/made?gzip", "gzip", ""), List.of("/made?br", "br", ""),
          List.of("/blob?br", "br", ""), List.of("/pass?br", "br", "" + encoded("br", TEXT).length), List.of("/made?deflate", "deflate", "1200"),
          List.of("/made?identity", "identity", "1200"))
          .map(row -> () -> {
            TestWorker.Answer answer = worker.send(TestWorker.get(row.get(0)));
            assertEquals(row.get(1), String.valueOf(answer.headers().get("content-encoding")).replace("null", ""), row.get(0));
            assertEquals(row.get(2), String.valueOf(answer.headers().get("content-length")).replace("null", ""), row.get(0));
            assertArrayEquals(TEXT, decoded(row.get(1), answer.bytes().getBytes()), row.get(0));
          }));
      TestWorker.Answer byHand = worker.send(TestWorker.get("/hand?gzip"));
      assertEquals("gzip", byHand.headers().get("content-encoding"));
      assertArrayEquals(TEXT, byHand.bytes().getBytes());
    }
  }

  @Test
  void everyCodingSurvivesEveryCut() throws IOException {
    byte[] data = new byte[300_000];
    new Random(7).nextBytes(data);
    Arrays.fill(data, 1_000, 250_000, (byte) 7);
    for (String coding : List.of("gzip", "br")) {
      byte[] packed = encoded(coding, data);
      for (int step : new int[] {1, 13, 1000, packed.length}) {
        assertArrayEquals(data, decoded(coding, packed, step), coding + " in pieces of " + step);
      }
    }
    byte[] twice = Buffer.buffer(encoded("gzip", TEXT)).appendBytes(encoded("gzip", TEXT)).getBytes();
    assertEquals(2 * TEXT.length, decoded("gzip", twice, 5).length, "members one behind the other");
    assertEquals("Gzip decompression failed.", assertThrows(IOException.class, () -> decoded("gzip", Buffer.buffer(twice).appendString("x").getBytes(), 9)).getMessage());
    assertEquals("Brotli compressed stream ended prematurely.",
        assertThrows(IOException.class, () -> decoded("br", Arrays.copyOf(encoded("br", data), 50), 9)).getMessage());
    assertEquals("Gzip compressed stream ended prematurely.", assertThrows(IOException.class, () -> decoded("gzip", new byte[0], 1)).getMessage());
  }

  private static byte[] encoded(String coding, byte[] bytes) {
    ContentEncoder encoder = ContentEncoder.of(coding);
    return Buffer.buffer().appendBuffer(encoder.encode(bytes)).appendBuffer(encoder.finish()).getBytes();
  }

  private static byte[] decoded(String coding, byte[] bytes) throws IOException {
    return coding.equals("gzip") || coding.equals("br") ? decoded(coding, bytes, bytes.length) : bytes;
  }

  private static byte[] decoded(String coding, byte[] bytes, int step) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ContentDecoder decoder = ContentDecoder.of(coding)) {
      for (int at = 0; at < bytes.length; at += step) {
        decoder.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step)));
        for (byte[] piece = decoder.next(); piece != null; piece = decoder.next()) {
          out.writeBytes(piece);
        }
        assertNull(decoder.next());
      }
      decoder.finish();
    }
    return out.toByteArray();
  }
}
