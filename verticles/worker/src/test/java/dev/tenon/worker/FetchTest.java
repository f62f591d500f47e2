package dev.tenon.worker;

import static dev.tenon.worker.WebApis.checkWith;
import static dev.tenon.worker.WebApis.row;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/// `fetch` over a network that is a table in JavaScript: path → status, headers, chunks. Every call is kept in `calls`.
class FetchTest {

  private static final String NETWORK =
      """
      (() => {
        globalThis.calls = [];
        const pages = {
          '/ok': [200, '', ['hello ', 'world']],
          '/empty': [204, '', []],
          '/moved': [301, 'location\\n/ok', []],
          '/other': [307, 'location\\nhttp://other/ok', []],
          '/see': [303, 'location\\n/ok', []],
          '/bytes': [302, 'location\\n/ok?\\u2603', []],
          '/file': [302, 'location\\nfile:///etc/passwd', []],
          '/loop': [302, 'location\\n/loop', []],
          '/never': [200, '', null],
        };
        const bytes = (text) => new TextEncoder().encode(text).buffer;
        return {
          fetch(target, method, url, headers, bodyKind, body) {
            const call = { target, method, url, headers, bodyKind, body: bodyKind === 1 && typeof body !== 'string' ? new TextDecoder().decode(body) : body, sent: '', ended: false };
            calls.push(call);
            const path = url.slice(url.indexOf('/', 8));
            const page = pages[path.split('?')[0]];
            const chunks = page?.[2] === null ? null : [...(page?.[2] ?? [])];
            return {
              response: () => path === '/never' && bodyKind === 2 ? new Promise(() => {}) : page === undefined ? Promise.reject(new Error('Connection refused.')) : Promise.resolve({
                status: () => page[0], reason: () => '', headers: () => page[1], bodyKind: () => page[0] === 204 ? 0 : 2, bodyLength: () => -1,
                bodyRead: () => chunks === null ? new Promise(() => {}) : Promise.resolve(chunks.length === 0 ? null : bytes(chunks.shift())),
                bodyCancel() { call.bodyCancelled = true; },
              }),
              write(view) { call.sent += new TextDecoder().decode(view); return null; },
              end() { call.ended = true; },
              abort(message) { call.aborted = message; },
              cancel(why) { call.cancelled = why; },
            };
          },
        };
      })()
      """;

  @Test
  void responsesArriveWithTheirBodies() {
    checkWith(
        NETWORK,
        row("fetch('http://h/ok#f').then((r) => r.text())", "hello world"),
        row("fetch('http://h/ok#f').then((r) => r.url + r.status + r.redirected)", "http://h/ok200false"),
        row("fetch('http://h/ok').then((r) => r.type)", "basic"),
        row("fetch('data:,hi').then(async (r) => r.type + await r.text())", "basichi"),
        row("fetch('data:,hi', { method: 'HEAD' }).then((r) => r.body)", "null"),
        row("fetch('http://h/empty').then((r) => r.body)", "null"),
        row("fetch('http://h/ok').then((r) => { r.headers.set('a', 'b'); })", "TypeError: Can't modify immutable headers."),
        row("fetch('http://h/ok').then((r) => new Response(r.body, r).text())", "hello world"),
        row("fetch('http://h/none')", "TypeError: Connection refused."),
        row("fetch('http://h/ok', { method: 'HEAD' }).then((r) => r.body)", "null"));
  }

  @Test
  void redirectsAreFollowedRefusedOrHandedOver() {
    checkWith(
        NETWORK,
        row("fetch('http://h/moved').then((r) => r.url + r.redirected)", "http://h/oktrue"),
        row("fetch('http://h/moved', { redirect: 'manual' }).then((r) => r.status + r.headers.get('location'))", "301/ok"),
        row("fetch('http://h/moved', { redirect: 'error' })", "TypeError: Unexpected redirect to /ok; the request's redirect mode is \"error\"."),
        row("fetch('http://h/bytes').then((r) => r.url)", "http://h/ok?%E2%98%83"),
        row("fetch('http://h/file').catch((e) => e.message)", "Invalid Location header; unable to follow redirect."),
        row("fetch('http://h/loop')", "TypeError: Too many redirects." + String.join(", ", Collections.nCopies(21, "http://h/loop"))),
        row("fetch('http://h/moved', { method: 'POST', body: 'x' }).then(() => calls.slice(-2).map((c) => c.method + c.body).join())", "POSTx,GETnull"),
        row("fetch('http://h/other', { method: 'PUT', body: 'x' }).then(() => calls.slice(-2).map((c) => c.method + c.body).join())", "PUTx,PUTx"),
        row("fetch('http://h/see', { method: 'PUT', body: 'x' }).then(() => calls.at(-1).method + calls.at(-1).headers)", "GET"),
        row("fetch('http://h/other', { headers: { authorization: 'a', cookie: 'c', x: 'y' } }).then(() => calls.at(-1).headers.replaceAll('\\n', ':'))", "x:y"),
        row("fetch('http://h/other', { method: 'PUT', body: new Response('x').body }).catch((e) => e.message.slice(0, 38))", "A request with a one-time-use body (it"));
  }

  @Test
  void bodiesAreSentWholeOrInPieces() {
    checkWith(
        NETWORK,
        row("fetch('http://h/ok', { method: 'POST', body: 'text' }).then(() => calls.at(-1).bodyKind + calls.at(-1).body)", "1text"),
        row("fetch('http://h/never', { method: 'POST', body: new ReadableStream({ pull(c) { c.enqueue(7); } }) })", "TypeError: This ReadableStream did not return bytes."),
        row("fetch('http://h/never', { method: 'POST', body: new ReadableStream({ pull(c) { c.error(new RangeError('mine')); } }) })", "RangeError: mine"),
        row("fetch('http://h/ok', { cache: 'no-store' }).then(() => calls.at(-1).headers.replaceAll('\\n', ':'))", "pragma:no-cache:cache-control:no-cache"),
        row("fetch('http://h/ok', { method: 'POST', body: new Blob(['blob']) }).then(() => calls.at(-1).bodyKind + calls.at(-1).body)", "1blob"),
        row("fetch('http://h/ok', { method: 'POST', body: new Response('whole').body }).then(() => calls.at(-1).bodyKind + calls.at(-1).body)", "1whole"),
        row("fetch('http://h/ok', new Request('http://h/x', { method: 'PUT', body: 'whole' })).then(() => calls.at(-1).bodyKind + calls.at(-1).body)", "1whole"),
        row("fetch('http://h/ok', { method: 'POST', body: new Response('stream').body.pipeThrough(new TransformStream()) }).then((r) => r.text())"
                + ".then(() => [calls.at(-1).bodyKind, calls.at(-1).body, calls.at(-1).sent])", "[2,-1,\"stream\"]"),
        row("(() => { const { readable, writable } = new FixedLengthStream(2); const w = writable.getWriter(); w.write(new Uint8Array([65, 66])); w.close();"
                + " return fetch('http://h/ok', { method: 'POST', body: readable }).then((r) => r.text()).then(() => calls.at(-1).headers.replaceAll('\\n', ':') + calls.at(-1).sent + calls.at(-1).body); })()",
            "content-length:2AB2"));
  }

  @Test
  void abortEndsTheCallAndTheBody() {
    checkWith(
        NETWORK,
        row("(() => { const c = new AbortController(); const p = fetch('http://h/ok', { signal: c.signal }); c.abort('why'); return p.catch((e) => e + calls.at(-1).cancelled); })()",
            "whyThe request was aborted."),
        row("(async () => { const c = new AbortController(); const r = await fetch('http://h/never', { signal: c.signal }); const t = r.text(); c.abort('late'); return t.catch((e) => e); })()",
            "late"),
        row("(async () => { const c = new AbortController(); const r = await fetch('http://h/never', { signal: c.signal }); const t = r.body.getReader().read(); c.abort('late'); return t.catch((e) => e); })()",
            "late"),
        row("(async () => { let why; const c = new AbortController(); const body = new ReadableStream({ cancel(r) { why = r; } });"
                + " const p = fetch('http://h/ok', { method: 'POST', body, signal: c.signal }); c.abort('stop'); await p.catch(() => {}); return why; })()", "stop"));
  }
}
