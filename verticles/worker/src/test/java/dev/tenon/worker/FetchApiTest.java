package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class FetchApiTest {

  @Test
  void requestsAreMadeOfUrlsAndOfRequests() {
    check(
        row("new Request('http://a/b').method", "GET"),
        row("new Request('HTTP://A/../b c').url", "http://a/b%20c"),
        row("new Request('/relative')", "TypeError: Invalid URL: /relative"),
        row("new Request('http://a/', { method: 'post' }).method", "POST"),
        row("new Request('http://a/', { method: 'patch' }).method", "patch"),
        row("new Request('http://a/', { method: 'a b' })", "TypeError: Invalid HTTP method string: a b"),
        row("new Request('http://a/', { method: 'TRACE' })", "TypeError: 'TRACE' HTTP method is unsupported."),
        row("new Request('http://a/', { body: 'x' })", "TypeError: Request with a GET or HEAD method cannot have a body."),
        row("new Request('http://a/', { method: 'POST', body: 'x' }).headers.get('content-type')", "text/plain;charset=UTF-8"),
        row("new Request(new Request('http://a/', { method: 'PUT', body: 'x', headers: { b: 'c' } })).headers.get('b')", "c"),
        row("new Request(new Request('http://a/', { method: 'PUT', body: 'x' }), { body: 'y' }).text()", "y"),
        row("(async () => { const r = new Request('http://a/', { method: 'PUT', body: 'x' }); const s = new Request(r); return r.bodyUsed + await s.text(); })()", "truex"),
        row("(async () => { const r = new Request('http://a/', { method: 'PUT', body: 'x' }); await r.text(); return new Request(r); })()",
            "TypeError: Cannot reconstruct a Request with a used body."),
        row("new Request('http://a/').redirect", "follow"),
        row("new Request('http://a/', { redirect: 'no' })", "TypeError: Invalid redirect value, must be one of \"follow\" or \"manual\" (\"error\" won't be implemented since it does not make sense at the edge; use \"manual\" and check the response status code)."),
        row("new Request('http://a/', { cf: { x: 1 } }).cf", "{\"x\":1}"),
        row("new Request('http://u:p@a/').url", "http://u:p@a/"),
        row("new Request('http://a/', { signal: {} })",
            "TypeError: Incorrect type for the 'signal' field on 'RequestInitializerDict': the provided value is not of type 'AbortSignal'."),
        row("new Request('http://a/').signal.aborted", "false"),
        row("(() => { const c = new AbortController(); const r = new Request('http://a/', { signal: c.signal }); c.abort(); return r.signal.aborted; })()", "true"));
  }

  @Test
  void responsesHaveStatusHeadersAndBody() {
    check(
        row("new Response('x').status", "200"),
        row("new Response('x').headers.get('content-type')", "text/plain;charset=UTF-8"),
        row("new Response('x', { headers: { 'Content-Type': 'a/b' } }).headers.get('content-type')", "a/b"),
        row("new Response(null).body", "null"),
        row("new Response('x', { status: 199 })", "RangeError: Responses may only be constructed with status codes in the range 200 to 599, inclusive."),
        row("(() => { const r = new Response('', { status: 204 }); return [r.status, r.body]; })()", "[204,null]"),
        row("new Response('x', { status: 204 })", "TypeError: Response with null body status (101, 204, 205, or 304) cannot have a body."),
        row("new Response(null, { status: 204, statusText: 'Gone Fishing' }).statusText", "Gone Fishing"),
        row("Response.json({ a: [1] }).text()", "{\"a\":[1]}"),
        row("Response.json({}).headers.get('content-type')", "application/json"),
        row("Response.json(undefined)", "TypeError: Failed to execute 'json' on 'Response': The data is not JSON serializable"),
        row("Response.redirect('http://a/b').headers.get('location')", "http://a/b"),
        row("Response.redirect('http://a/b', 200)", "RangeError: 200 is not a redirect status code. It must be one of: 301, 302, 303, 307, or 308."),
        row("Response.redirect('http://a/').headers.set('a', 'b')", "TypeError: Can't modify immutable headers."),
        row("Response.redirect('/b')", "TypeError: Unable to parse URL: /b"),
        row("new Response('x', { statusText: 'a\\nb' })", "TypeError: Invalid statusText"),
        row("new Response('x', { encodeBody: 'never' })", "TypeError: encodeBody: unexpected value: never"),
        row("new Response('x').type + Response.error().type", "defaulterror"));
  }

  @Test
  void bodiesAreReadOnceInEveryForm() {
    check(
        row("new Response('{\"a\":1}').json()", "{\"a\":1}"),
        row("new Response('nope').json().catch((e) => e.name)", "SyntaxError"),
        row("new Response(new Uint8Array([104, 105])).text()", "hi"),
        row("new Response('\\ufeffhi').text()", "hi"),
        row("new Response(new TextEncoder().encode('\\ufeffhi')).text()", "hi"),
        row("new Response('hü').bytes().then((b) => b.join())", "104,195,188"),
        row("new Response('hi').arrayBuffer().then((b) => b.byteLength)", "2"),
        row("new Response('hi', { headers: { 'content-type': 'text/x' } }).blob().then((b) => b.type + b.size)", "text/x2"),
        row("new Response(new Blob(['a', 'b'], { type: 'T/x' })).headers.get('content-type')", "t/x"),
        row("new Response(new URLSearchParams('a=1')).headers.get('content-type')", "application/x-www-form-urlencoded;charset=UTF-8"),
        row("new Response(new URLSearchParams('a=1&b=2')).formData().then((f) => f.get('b'))", "2"),
        row("new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([97])); c.close(); } })).text()", "a"),
        row("new Response(new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } })).text()", "TypeError: This ReadableStream did not return bytes."),
        row("(async () => { const r = new Response('x'); await r.text(); return r.text(); })()",
            "TypeError: Body has already been used. It can only be used once. Use tee() first if you need to read it twice."),
        row("(async () => { const r = new Response('x'); await r.text(); return r.bodyUsed; })()", "true"),
        row("(async () => { const r = new Response('x'); const c = r.clone(); return await r.text() + await c.text(); })()", "xx"),
        row("(async () => { const r = new Response('xy'); r.body; const c = r.clone(); return await r.text() + await c.text(); })()", "xyxy"),
        row("(async () => { const r = new Response('x'); await r.text(); r.clone(); })()",
            "TypeError: This ReadableStream is currently locked to a reader,"),
        row("(async () => { let t = ''; for await (const c of new Response('stream').body) t += new TextDecoder().decode(c); return t; })()", "stream"));
  }

  @Test
  void formsTravelAsMultipart() {
    String form = "(() => { const f = new FormData(); f.append('a', 'x\\ny'); f.append('f', new File(['file'], 'n\"ame.txt', { type: 'text/x' })); return f; })()";
    check(
        row("new Response(" + form + ").headers.get('content-type').startsWith('multipart/form-data; boundary=')", "true"),
        row("new Response(" + form + ").formData().then((f) => f.get('a'))", "x\r\ny"),
        row("new Response(" + form + ").formData().then(async (f) => f.get('f').name + f.get('f').type + await f.get('f').text())", "n\"ame.txttext/xfile"),
        row("new Response('x').formData()",
            "TypeError: Unrecognized Content-Type header value. FormData can only parse the following MIME types: multipart/form-data, application/x-www-form-urlencoded"),
        row("new Response('--b\\r\\nContent-Disposition: form-data; name=\"k\"\\r\\n\\r\\nv\\r\\n--b--', { headers: { 'content-type': 'multipart/form-data; boundary=b' } })"
                + ".formData().then((f) => [...f].join())", "k,v"),
        row("new Response('--b\\r\\nContent-Disposition: form-data; name=\"k\"\\r\\n\\r\\nv', { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData()",
            "TypeError: No subsequent boundary string after multipart message."));
  }

  @Test
  void dataUrlsAreFetchedWithoutNetwork() {
    check(
        row("fetch('data:text/plain;base64,aGk=').then((r) => r.text())", "hi"),
        row("fetch('data:,a%20b').then((r) => r.headers.get('content-type'))", "text/plain;charset=US-ASCII"),
        row("fetch('ftp://a/')", "TypeError: Fetch API cannot load: ftp://a/"),
        row("fetch('http://a/', { signal: AbortSignal.abort('why') }).catch((e) => e)", "why"));
  }
}
