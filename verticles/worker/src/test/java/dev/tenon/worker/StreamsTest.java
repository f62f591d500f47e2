package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class StreamsTest {

  private static final String NUMBERS = "new ReadableStream({ start(c) { for (let i = 1; i <= 3; i++) c.enqueue(i); c.close(); } })";
  private static final String BYTES = "new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } })";

  private static String collect(String stream) {
    return "(async () => { const all = []; for await (const x of " + stream + ") all.push(x); return all.join(); })()";
  }

  @Test
  void readableStreamsAreReadIteratedTeedAndPiped() {
    check(
        row(collect(NUMBERS), "1,2,3"),
        row(collect(NUMBERS + ".tee()[1]"), "1,2,3"),
        row(collect("ReadableStream.from([1, Promise.resolve(2)])"), "1,2"),
        row(collect(NUMBERS + ".pipeThrough(new TransformStream({ transform(x, c) { c.enqueue(x * 2); } }))"), "2,4,6"),
        row("(async () => { const seen = []; await " + NUMBERS + ".pipeTo(new WritableStream({ write(x) { seen.push(x); } })); return seen; })()", "[1,2,3]"),
        row("(async () => { const s = " + NUMBERS + "; s.getReader(); return s.locked; })()", "true"),
        row("(() => { const s = " + NUMBERS + "; s.getReader(); s.getReader(); })()", "TypeError: This ReadableStream is currently locked to a reader."),
        row("new ReadableStream({ start(c) { c.error(new Error('broken')); } }).getReader().read()", "Error: broken"),
        row("(async () => { let why; const s = new ReadableStream({ cancel(r) { why = r; } }); await s.cancel('enough'); return why; })()", "enough"));
  }

  @Test
  void byteStreamsFillTheReadersBuffer() {
    check(
        row("(async () => { const r = " + BYTES + ".getReader({ mode: 'byob' }); const { value, done } = await r.read(new Uint8Array(2)); return [...value].join() + done; })()",
            "1,2false"),
        row("(async () => { const r = " + BYTES + ".getReader({ mode: 'byob' }); const { value } = await r.read(new Uint8Array(3), { min: 3 }); return value.byteLength; })()", "3"),
        row(NUMBERS + ".getReader({ mode: 'byob' })", "TypeError: This ReadableStream does not support BYOB reads."),
        row("(async () => { const [a, b] = " + BYTES + ".tee(); const x = await a.getReader().read(); const y = await b.getReader().read(); return [...x.value, ...y.value].join(); })()",
            "1,2,3,1,2,3"));
  }

  @Test
  void fixedLengthStreamsCountTheirBytes() {
    String through = "(async (stream, ...chunks) => { const w = stream.writable.getWriter(); const r = new Response(stream.readable).text();"
        + " for (const c of chunks) await w.write(new TextEncoder().encode(c)); await w.close(); return r; })";
    check(
        row(through + "(new IdentityTransformStream(), 'a', 'b')", "ab"),
        row(through + "(new FixedLengthStream(2), 'a', 'b')", "ab"),
        row(through + "(new FixedLengthStream(1), 'a', 'b')", "TypeError: Attempt to write too many bytes through a FixedLengthStream."),
        row(through + "(new FixedLengthStream(3), 'a', 'b')", "TypeError: FixedLengthStream did not see all expected bytes before close()."),
        row("new FixedLengthStream(-1)", "TypeError: The value cannot be converted because it is negative and this API expects a positive bigint."),
        row("new FixedLengthStream(1) instanceof TransformStream", "true"));
  }

  @Test
  void textPassesThroughStreamsWhereverItIsCut() {
    check(
        row("(async () => { let t = ''; for await (const s of ReadableStream.from([new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac])])"
                + ".pipeThrough(new TextDecoderStream())) t += s; return t; })()", "€"),
        row("(async () => { const all = []; for await (const b of ReadableStream.from(['\\ud83d', '\\ude00']).pipeThrough(new TextEncoderStream())) all.push(...b);"
                + " return all.join(); })()", "240,159,152,128"));
  }

  @Test
  void compressedDataIsRestored() {
    for (String format : new String[] {"gzip", "deflate", "deflate-raw"}) {
      check(
          row("new Response(new Response('hello '.repeat(20000)).body.pipeThrough(new CompressionStream('" + format + "')).pipeThrough(new DecompressionStream('" + format
                  + "'))).text().then((t) => t === 'hello '.repeat(20000))", "true"),
          row("new Response(new Response('not compressed at all').body.pipeThrough(new DecompressionStream('" + format + "'))).text().catch((e) => e.name)", "TypeError"));
    }
    check(
        row("new CompressionStream('lzma')", "TypeError: The compression format must be either 'deflate', 'deflate-raw' or 'gzip'."),
        row("new Response(new Response('x').body.pipeThrough(new CompressionStream('gzip'))).bytes().then((b) => new Response(new Response(b.slice(0, -1)).body"
                + ".pipeThrough(new DecompressionStream('gzip'))).text())", "TypeError: Called close() on a decompression stream with incomplete data"));
  }
}
