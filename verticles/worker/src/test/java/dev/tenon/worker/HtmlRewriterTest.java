package dev.tenon.worker;

import static dev.tenon.worker.WebApis.row;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is asserted here is what workerd does, but for the places marked as ours.
class HtmlRewriterTest {

  /// `on(html, selector, handlers)` → the rewritten text; `texts(chunks, setup)` → the result over a stream of chunks.
  private static final String TOOLS = """
      const encoder = new TextEncoder();
      function streamOf(chunks) {
        let i = 0;
        return new ReadableStream({ type: 'bytes', pull(c) {
          if (i < chunks.length) c.enqueue(typeof chunks[i] === 'string' ? encoder.encode(chunks[i++]) : new Uint8Array(chunks[i++]));
          else { c.close(); c.byobRequest?.respond(0); }
        } });
      }
      const on = (html, selector, handlers) => new HTMLRewriter().on(selector, handlers).transform(new Response(html)).text();
      const element = (html, selector, f) => on(html, selector, { element: f });
      const texts = (chunks, setup, init) => new HTMLRewriter().on('p', setup).transform(new Response(streamOf(chunks), init)).text();
      const seen = async (html, selector) => {
        const log = [];
        await on(html, selector, { element: (e) => { log.push(e.tagName); } });
        return log.join();
      };
      const html = { html: true };
      """;

  private static void check(String[]... rows) {
    try (WebApis apis = new WebApis()) {
      apis.eval(TOOLS);
      assertAll(Stream.of(rows).map(row -> () -> assertEquals(row[1], apis.settle(row[0]), row[0])));
    }
  }

  @Test
  void contentGoesAroundAndIntoElements() {
    check(
        row("element('<a>x</a>y', 'a', (e) => e.before('<1>').before('2').after('3').after('4').prepend('5').prepend('6').append('7').append('8'))",
            "&lt;1&gt;2<a>65x78</a>43y"),
        row("element('<a>x<b>y</b></a>z', 'a', (e) => e.setInnerContent('<i>', html))", "<a><i></a>z"),
        row("element('<a>x<b>y</b></a>z', 'a', (e) => e.replace('<i>', html).after('!'))", "<i>!z"),
        row("element('<a>x<b>y</b></a>z', 'a', (e) => { e.remove(); })", "z"),
        row("element('<a>x<b>y</b></a>z', 'a', (e) => { e.removeAndKeepContent(); })", "x<b>y</b>z"),
        row("element('<br>z', 'br', (e) => e.append('a').after('b'))", "<br>bz"),
        row("element('<a>x</A>', 'a', (e) => { e.tagName = 'section'; })", "<section>x</section>"),
        row("element('<a>x</a>', 'a', (e) => { e.onEndTag((end) => { end.before(end.name).after('!'); end.name = 'b'; }); })", "<a>xa</b>!"),
        row("element('<a><p>x</a>', 'p', (e) => e.append('!'))", "<a><p>x!</a>"),
        row("element('<a>x', 'a', (e) => e.append('!'))", "<a>x"));
  }

  @Test
  void attributesAreReadAndChanged() {
    check(
        row("element('<a B=1 c d=\"x&amp;y\" b=2>', 'a', (e) => e.replace(JSON.stringify([...e.attributes]), html))",
            "[[\"b\",\"1\"],[\"c\",\"\"],[\"d\",\"x&amp;y\"],[\"b\",\"2\"]]"),
        row("element('<a  B = 1 c>', 'a', (e) => { e.setAttribute('b', 'q\"&'); e.setAttribute('New', ''); })", "<a B=\"q&quot;&\" c new=\"\">"),
        row("element('<a B = 1 c>', 'a', (e) => { e.removeAttribute('b'); })", "<a c>"),
        row("element('<a B=1>', 'a', (e) => { e.removeAttribute('x'); })", "<a B=1>"),
        row("element('<br a=b/>', 'br', (e) => { e.setAttribute('c', 'd'); })", "<br a=b/ c=\"d\">"),
        row("element('<a b>', 'a', (e) => e.replace(`${e.getAttribute('B')}|${e.getAttribute('c')}|${e.hasAttribute('b')}`))", "|null|true"),
        row("element('<a b>', 'a', (e) => { const i = e.attributes; e.setAttribute('c', ''); i.next(); })",
            "Error: The attributes of this element have been modified during iteration. You must create a new iterator after modifying attributes."),
        row("element('<a>', 'a', (e) => { e.setAttribute('a b', ''); })", "TypeError: Parser error: ` ` character is forbidden in the attribute name"));
  }

  @Test
  void selectorsMatch() {
    String document = "'<div class=\"a b\"><p>1<p id=x>2</div><section><div><p lang=en-US href=AB></div></section>'";
    check(
        row("seen(" + document + ", '*')", "div,p,p,section,div,p"),
        row("seen(" + document + ", 'DIV > p')", "p,p"),
        row("seen(" + document + ", 'section p, #x')", "p,p"),
        row("seen(" + document + ", '.b.a > :not(#x)')", "p"),
        row("seen(" + document + ", 'p:nth-of-type(2)')", ""),
        row("seen('<ul><li><li><li></ul>', 'li li:nth-child(1)')", "li,li"),
        row("seen('<i></i><b></b><i></i>', 'i:nth-of-type(2), b:nth-child(even)')", "b,i"),
        row("seen(" + document + ", '[lang|=en][href=ab i]:first-child')", "p"),
        row("seen(" + document + ", '[href^=A][href$=B][href*=AB][class]')", ""),
        row("new HTMLRewriter().on('a + b', {})", "TypeError: Parser error: Unsupported combinator `+` in selector."),
        row("new HTMLRewriter().on('a:hover', {})", "TypeError: Parser error: Unsupported pseudo-class or pseudo-element in selector."),
        row("new HTMLRewriter().on('', {})", "TypeError: Parser error: The selector is empty."),
        row("new HTMLRewriter().on('a >', {})", "TypeError: Parser error: Dangling combinator in selector."),
        row("new HTMLRewriter().on('a', { text: 1 })",
            "TypeError: Incorrect type for the 'text' field on 'ElementContentHandlers': the provided value is not of type 'function'."));
  }

  @Test
  void textsCommentsDoctypeAndEndAreHandled() {
    check(
        row("on('<p>a<!--c--><b>d</b></p>e', 'p', { text: (t) => { if (!t.lastInTextNode) t.replace(`[${t.text}]`); }, comments: (c) => { c.text += '!'; } })",
            "<p>[a]<!--c!--><b>[d]</b></p>e"),
        row("on('<p>1 < 2</p>', 'p', { text: (t) => { t.after('|'); } })", "<p>1 |<| 2||</p>"),
        row("on('<p><!--c--></p>', 'p', { comments: (c) => { c.text = '-->'; } })",
            "TypeError: Parser error: Comment text shouldn't contain a comment-closing sequence."),
        row("""
            (async () => {
              const log = [];
              const text = await new HTMLRewriter().onDocument({
                doctype: (d) => { log.push(d.name, d.publicId, d.systemId); }, comments: (c) => { c.remove(); }, end: (e) => { e.append('<!>', html); },
              }).transform(new Response('<!DOCTYPE HTML PUBLIC "p" "s"><!--x-->y')).text();
              return `${log}|${text}`;
            })()
            """, "html,p,s|<!DOCTYPE HTML PUBLIC \"p\" \"s\">y<!>"),
        row("on('<script>if (a < b) \"</p>\" <!-- <script> </script> --> </script><p>', 'p', { element: (e) => { e.setAttribute('x', ''); } })",
            "<script>if (a < b) \"</p>\" <!-- <script> </script> --> </script><p x=\"\">"),
        row("seen('<textarea><p></textarea><title><p></title><svg><style><p></svg><plaintext><p>', 'p')", "p"),
        row("element('<select><xmp>', 'p', () => {}).catch((e) => /^Parser error: .*`<xmp>`/.test(e.message))", "true"));
  }

  @Test
  void handlersAreAwaitedInOrder() {
    check(
        row("""
            (async () => {
              const log = [];
              await new HTMLRewriter()
                .on('p', { async element(e) { log.push('a'); await null; await null; log.push('b'); e.setAttribute('x', ''); }, text(t) { log.push(t.text); } })
                .on('*', { element(e) { log.push('c' + e.hasAttribute('x')); } })
                .transform(new Response('<p>t</p>')).text();
              return log.join();
            })()
            """, "a,b,ctrue,t,"),
        row("element('<p>', 'p', async () => { await null; throw new RangeError('no'); })", "RangeError: no"),
        row("element('<p>', 'p', () => { throw new RangeError('no'); })", "RangeError: no"),
        row("(async () => { let kept; await element('<p>', 'p', (e) => { kept = e; }); return kept.tagName; })()",
            "TypeError: This content token is no longer valid. Content tokens are only valid during the execution of the relevant content handler."),
        row("new HTMLRewriter().on('p', { n: 5, element(e) { e.append(`${this.n}`); } }).transform(new Response('<p></p>')).text()", "<p>5</p>"));
  }

  @Test
  void inputMayBeCutAnywhere() {
    check(
        row("texts(['<', 'p', ' a', '=\"x', '\">', 't', '</', 'p', '>'], { element: (e) => { e.setAttribute('b', e.getAttribute('a')); } })", "<p a=\"x\" b=\"x\">t</p>"),
        row("(async () => { const log = []; await texts(['<p>', [0xc3], [0xa9, 0x61, 0xf0, 0x9f], [0x98, 0x80], '</p>'], { text: (t) => { log.push(t.text); } }); return log.join('|'); })()",
            "éa|😀|"),
        row("texts(['<!', '-', '- <p> -', '-', '><!DOC', 'TYPE x><p', '>'], { element: (e) => { e.tagName = 'q'; } })", "<!-- <p> --><!DOCTYPE x><q>"),
        // Ours: bytes that nobody changes stay as they are, even where they are wrong.
        row("new HTMLRewriter().on('p', { text() {} }).transform(new Response(streamOf(['<p>', [0x61, 0xff], [0xc3], '</p>', [0xfe]]))).bytes().then((b) => [...b].join())",
            "60,112,62,97,255,195,60,47,112,62,254"));
  }

  @Test
  void contentMayBeStreams() {
    check(
        row("element('<a>x</a>', 'a', (e) => { e.before(streamOf(['<i>', '&']), html); e.append(new Response('<b>')); e.after(streamOf([[0xc3], [0xa9]])); })",
            "<i>&<a>x&lt;b&gt;</a>é"),
        row("element('<a>x</a>', 'a', (e) => { e.replace(new Response(null)); })", "<a>x</a>"),
        row("element('<a>', 'a', (e) => { e.before(streamOf([[0xff]])); })", "TypeError: Parser error: Invalid UTF-8"),
        row("on('<p><!--x-->', 'p', { comments: (c) => { c.before(new ReadableStream()); } })",
            "TypeError: Replacing content in HTML comments using a ReadableStream or Response object is not implemented. You must provide a string."));
  }

  @Test
  void charsetOfTheResponseCounts() {
    String setup = "{ element: (e) => { e.setAttribute('u', e.getAttribute('t') + '€☃'); } }";
    check(
        row("(async () => [...await new HTMLRewriter().on('[t=é]', " + setup + ").transform(new Response(new Uint8Array([0x3c, 0x70, 0x20, 0x74, 0x3d, 0xe9, 0x3e]), "
                + "{ headers: { 'content-type': 'text/html; charset=windows-1252' } })).bytes()].slice(7).map((b) => String.fromCharCode(b)).join(''))()",
            "u=\"é\u0080&#9731;\">"),
        row("new HTMLRewriter().transform(new Response('x', { headers: { 'content-type': 'text/html; charset=utf-16' } }))",
            "TypeError: Parser error: Expected ASCII-compatible encoding."),
        row("new HTMLRewriter().transform(new Response('x', { headers: { 'content-type': 'text/html; charset=nope' } }))",
            "TypeError: Parser error: Unknown character encoding has been provided."));
  }

  @Test
  void responseKeepsItsHead() {
    check(
        row("(() => { const r = new HTMLRewriter().transform(new Response('x', { status: 201, statusText: 'S', headers: { 'x-a': '1', 'content-length': '1' } }));"
                + " r.headers.set('x-b', '2'); return [r.status, r.statusText, [...r.headers]]; })()",
            "[201,\"S\",[[\"content-length\",\"1\"],[\"content-type\",\"text/plain;charset=UTF-8\"],[\"x-a\",\"1\"],[\"x-b\",\"2\"]]]"),
        row("(() => { const r = new Response(null); return new HTMLRewriter().transform(r) === r; })()", "true"),
        row("(() => { const r = new Response('x'); new HTMLRewriter().transform(r); return r.bodyUsed; })()", "true"),
        row("new HTMLRewriter().transform(Response.error())", "TypeError: HTMLRewriter cannot transform an error response"),
        row("new HTMLRewriter().transform({})", "TypeError: Failed to execute 'transform' on 'HTMLRewriter': parameter 1 is not of type 'Response'."));
  }

  @Test
  void lexemesAreBounded() {
    check(
        row("texts(['<p ' + 'a'.repeat(2 << 20), 'b'.repeat(2 << 20)], {})", "TypeError: Parser error: The memory limit has been exceeded."),
        row("texts(['<!--' + 'a'.repeat(2 << 20), 'b'.repeat(2 << 20), '-->'], {}).then((t) => t.length)", "4194311"),
        row("texts(['<p>' + 'a'.repeat(2 << 20), 'b'.repeat(2 << 20)], { text() {} }).then((t) => t.length)", "4194307"));
  }

  @Test
  void tagsOfEdgeSideIncludesMayBeVoid() {
    try (WebApis apis = new WebApis("({ hasFlag: (name) => name === 'html_rewriter_treats_esi_include_as_void_tag' })")) {
      apis.eval(TOOLS);
      assertEquals("<p><esi:include src=a>!x</p>", apis.settle("element('<p><esi:include src=a>x</p>', 'esi\\\\:include', (e) => e.append('?').after('!'))"));
    }
  }

  @Test
  void documentStreamsThroughAWorker() {
    try (TestWorker worker = TestWorker.of("""
        export default {
          fetch(request) {
            return new HTMLRewriter().on('b', { async element(e) { await scheduler.wait(0); e.setAttribute('n', '1'); } }).transform(new Response(request.body));
          },
        };
        """)) {
      TestWorker.Answer answer = worker.send(TestWorker.request("POST", "/", HttpHeaders.headers(), Body.of(Buffer.buffer("<b>x</b>".repeat(3)))));
      assertEquals("<b n=\"1\">x</b>".repeat(3), answer.body());
      assertEquals(null, answer.headers().get("content-length"));
    }
  }
}
