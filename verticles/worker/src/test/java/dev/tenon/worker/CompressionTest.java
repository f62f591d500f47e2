package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class CompressionTest {

  private static final String HELPERS =
      """
      var collect = async (stream) => { const all = []; for await (const part of stream) all.push(...part); return new Uint8Array(all); };
      var through = (pair, ...chunks) => {
        const writer = pair.writable.getWriter();
        Promise.all([...chunks.map((chunk) => writer.write(chunk)), writer.close()]).catch(() => {});
        return collect(pair.readable);
      };
      var bytes = (...list) => new Uint8Array(list);
      var text = (s) => new Uint8Array([...s].map((c) => c.charCodeAt(0)));
      var string = (b) => String.fromCharCode(...b);
      """;

  private static void settle(String[]... rows) {
    String[][] prepared = new String[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      prepared[i] = row(HELPERS + "(async () => " + rows[i][0] + ")()", rows[i][1]);
    }
    check(prepared);
  }

  @Test
  void whatWasCompressedComesBackInEveryFormat() {
    for (String format : new String[] {"gzip", "deflate", "deflate-raw", "brotli"}) {
      settle(
          row("string(await through(new DecompressionStream('%1$s'), await through(new CompressionStream('%1$s'), text('one '), text('two'))))".formatted(format), "one two"),
          row("(await through(new DecompressionStream('%1$s'), await through(new CompressionStream('%1$s')))).length".formatted(format), "0"),
          row("await (async () => { const packed = await through(new CompressionStream('%1$s'), new Uint8Array(50000));".formatted(format)
                  + " return [packed.length < 200, (await through(new DecompressionStream('%1$s'), ...[...packed].map((b) => bytes(b)))).length].join(); })()".formatted(format),
              "true,50000"));
    }
  }

  @Test
  void damageIsATypeError() {
    String gzip = "await through(new CompressionStream('gzip'), text('hello'))";
    settle(
        row("through(new DecompressionStream('gzip'), (" + gzip + ").slice(0, -3))", "TypeError: Called close() on a decompression stream with incomplete data"),
        row("through(new DecompressionStream('gzip'), " + gzip + ", bytes(1))", "TypeError: Trailing bytes after the end of the compressed data."),
        row("await (async () => { const b = " + gzip + "; b[b.length - 5] ^= 1; return through(new DecompressionStream('gzip'), b); })()",
            "TypeError: The compressed data does not match its checksum."),
        row("through(new DecompressionStream('gzip'), text('plain text'))", "TypeError: Decompression failed."),
        row("through(new DecompressionStream('brotli'), bytes(1, 2, 3, 4))", "TypeError: Brotli compressed stream ended prematurely."),
        row("through(new CompressionStream('gzip'), 5).catch((e) => e.name)", "TypeError"),
        row("new CompressionStream('br')", "TypeError: The compression format must be either 'deflate', 'deflate-raw' or 'gzip'."));
  }

  @Test
  void digestStreamDigestsWhatIsWritten() {
    settle(
        row("await (async () => { const d = new crypto.DigestStream('SHA-256'); const w = d.getWriter(); await w.write(text('a')); await w.write('bc'); await w.close();"
                + " return [...new Uint8Array(await d.digest)].slice(0, 4).join() + ' ' + d.bytesWritten; })()", "186,120,22,191 3"),
        row("new crypto.DigestStream('x')", "NotSupportedError: Unrecognized or unimplemented digest algorithm requested."));
  }
}
