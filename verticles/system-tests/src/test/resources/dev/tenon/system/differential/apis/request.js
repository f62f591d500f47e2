import { each, over, text } from './show.js';

export default {
  seen: async (r) => [r.method, r.url, [...r.headers].map(([name]) => name).filter((name) => name !== 'host'), r.redirect, r.body !== null, r.bodyUsed, r.signal instanceof AbortSignal, r.keepalive, r.integrity, r.fetcher],
  body: async (r) => [r.headers.get('content-length'), await r.text(), r.bodyUsed],
  bytes: async (r) => new Uint8Array(await r.arrayBuffer()),
  echo: (r) => new Response(r.body, { headers: { 'content-type': r.headers.get('content-type') ?? 'none' } }),
  json: (r) => each(() => r.json()),
  form: (r) => each(() => r.formData()),
  blob: async (r) => { const b = await r.blob(); return [b, await b.text()]; },
  twice: async (r) => [await r.text(), await each(() => r.text())],
  unread: () => new Response('never read'),
  chunks: async (r) => { let n = 0; for await (const chunk of r.body) n += chunk.length; return n; },
  clone: async (r) => { const c = r.clone(); return [await c.text(), await r.text()]; },
  constructed: () => { const r = new Request('http://a/b?c#d', { method: 'post', headers: { x: 'y' }, body: 'body' }); return [r.method, r.url, [...r.headers], r.redirect, r.bodyUsed]; },
  defaults: () => { const r = new Request('http://a'); return [r.method, r.url, [...r.headers], r.redirect, r.body, r.bodyUsed, r.cf, r.keepalive, r.integrity, r.signal?.aborted, r.cache]; },
  methods: () => over(['get', 'Get', 'post', 'patch', 'PATCH', 'put', 'x', 'delete', 'head', 'options', 'CONNECT', 'connect', 'TRACE', 'track', '', 'a b', 'G\u00cbT', null, undefined, 7], (method) => new Request('http://a', { method }).method),
  urls: () => over(['', '/a', 'a', 'http://', 'http://a b', '//a', 'ftp://a/b', 'data:,x', 'http://u:p@a/', 'http://a:99999', 'HTTP://A:80/%7e', 'about:blank', 'x', null, undefined, new URL('http://u/')], (url) => new Request(url).url),
  bodyWithGet: () => each(() => new Request('http://a', { body: 'x' }), () => new Request('http://a', { body: '', method: 'HEAD' }), () => new Request('http://a', { body: null, method: 'GET' }).method),
  redirects: () => over(['follow', 'manual', 'error', 'x', '', null, undefined], (redirect) => new Request('http://a', { redirect }).redirect),
  caches: () => over(['no-store', 'no-cache', 'reload', 'default', 'force-cache', 'only-if-cached', 'x', null, undefined], (cache) => new Request('http://a', { cache }).cache),
  otherMembers: () => over([{ mode: 'cors' }, { credentials: 'include' }, { referrer: 'x' }, { window: null }, { priority: 'high' }, { duplex: 'half' }, { keepalive: true }, { integrity: 'x' }, { signal: null }, { signal: 7 }, { cf: { a: 1 } }, { headers: 7 }, { method: {} }],
    (init) => { const r = new Request('http://a', init); return [r.method, r.cf, r.signal === null]; }),
  inits: () => over([null, undefined, 7, 'x', [], new Request('http://b', { method: 'PUT' })], (init) => new Request('http://a', init).method),
  fromRequest: async () => {
    const a = new Request('http://a', { method: 'POST', body: 'x', headers: { h: '1' } });
    const b = new Request(a, { method: 'PUT' });
    return [b.method, b.url, b.headers.get('h'), b.headers.get('content-type'), a.bodyUsed, await b.text(), await each(() => new Request(a))];
  },
  fromRequestAsInit: async () => {
    const a = new Request('http://a', { method: 'POST', body: 'x', headers: { h: '1' } });
    const b = new Request('http://b', a);
    return [b.method, b.url, b.headers.get('h'), a.bodyUsed, await b.text()];
  },
  streamNeedsDuplex: () => each(() => new Request('http://a', { method: 'POST', body: new ReadableStream() }).method),
  cloneUsed: async () => { const r = new Request('http://a', { method: 'POST', body: 'x' }); await r.text(); return each(() => r.clone(), () => new Request(r)); },
  signal: () => { const c = new AbortController(); const r = new Request('http://a', { signal: c.signal }); const before = r.signal.aborted; c.abort(new Error('why')); return [before, r.signal.aborted, r.signal.reason, r.signal === c.signal]; },
  keys: () => [Object.keys(new Request('http://a')), Object.getOwnPropertyNames(Request.prototype).sort(), String(new Request('http://a')), Request.length],
  withoutNew: () => each(() => Request('http://a'), () => new Request()),
  contentTypes: () => over(['x', new URLSearchParams('a=1'), new Blob(['x'], { type: 'a/b' }), new Uint8Array(1)], (body) => new Request('http://a', { method: 'POST', body }).headers.get('content-type')),
  bodies: () => over(['x', 7, null, undefined, text('b'), {}, [1], new Date(0)], (body) => new Request('http://a', { method: 'POST', body }).text()),
  forbiddenHeaders: () => [...new Request('http://a', { headers: { host: 'b', cookie: 'c', 'content-length': '7', origin: 'o', 'accept-encoding': 'gzip' } }).headers],
  badHeaders: () => each(() => new Request('http://a', { headers: { 'a b': 'c' } }), () => new Request('http://a', { headers: [['a']] }), () => new Request('http://a', { headers: { a: '\n' } }).headers.get('a')),
};
