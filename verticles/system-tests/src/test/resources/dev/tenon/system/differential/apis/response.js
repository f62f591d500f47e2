import { each, over, text } from './show.js';

export default {
  empty: () => new Response(),
  nullBody: () => new Response(null),
  undefinedBody: () => new Response(undefined),
  emptyString: () => new Response(''),
  emptyBytes: () => new Response(new Uint8Array()),
  emptyStream: () => new Response(new ReadableStream({ start(c) { c.close(); } })),
  number: () => new Response(42),
  object: () => new Response({ a: 1 }),
  array: () => new Response([1, 'b']),
  bytes: () => new Response(text('bytes')),
  buffer: () => new Response(text('buffer').buffer),
  dataView: () => new Response(new DataView(text('a view').buffer, 2)),
  floats: () => new Response(new Float32Array([1, 2])),
  blob: () => new Response(new Blob(['blob'], { type: 'text/x-blob' })),
  blobWithoutType: () => new Response(new Blob(['blob'])),
  searchParams: () => new Response(new URLSearchParams({ a: '1 2', b: 'ä' })),
  boundaryOfForm: () => { const f = new FormData(); f.set('a', '1'); return new Response(f).headers.get('content-type').replace(/boundary=.*/, 'boundary='); },
  stream: () => new Response(new ReadableStream({ start(c) { c.enqueue(text('one')); c.enqueue(text('two')); c.close(); } })),
  streamWithLength: () => {
    const { readable, writable } = new FixedLengthStream(6);
    const writer = writable.getWriter();
    writer.write(text('onetwo'));
    writer.close();
    return new Response(readable);
  },
  streamOfStrings: () => new Response(new ReadableStream({ start(c) { c.enqueue('a string'); c.close(); } })),
  streamThatFailsFirst: () => new Response(new ReadableStream({ start(c) { c.error(new Error('at once')); } })),
  streamThatFailsLater: () => {
    let n = 0;
    return new Response(new ReadableStream({ async pull(c) { await scheduler.wait(1); if (n++ < 2) c.enqueue(text('part')); else c.error(new RangeError('in the middle')); } }));
  },
  streamThatThrows: () => {
    let n = 0;
    return new Response(new ReadableStream({ pull(c) { if (n++ < 2) c.enqueue(text('part')); else throw new RangeError('thrown in pull'); } }));
  },
  json: () => Response.json({ a: [1, null], b: undefined, c: 'ä' }),
  jsonWithInit: () => Response.json(7, { status: 201, headers: { 'x-a': '1', 'content-type': 'application/vnd.a+json' } }),
  jsonOfUndefined: () => each(() => Response.json(), () => Response.json(undefined), () => Response.json(() => 1), () => Response.json(1n), () => Response.json(Symbol('s'))),
  jsonWithNullStatus: () => each(() => Response.json({}, { status: 204 })),
  created: () => new Response('made', { status: 201, statusText: 'Made It' }),
  noContent: () => new Response(null, { status: 204 }),
  notModified: () => new Response(null, { status: 304, headers: { etag: '"a"' } }),
  resetContent: () => new Response(null, { status: 205 }),
  noContentWithBody: () => each(() => new Response('x', { status: 204 }), () => new Response('', { status: 205 }), () => new Response('x', { status: 304 }), () => new Response('', { status: 101 })),
  teapot: () => new Response('tea', { status: 418 }),
  unknownStatus: () => new Response('odd', { status: 599 }),
  statuses: () => over([0, 99, 100, 101, 199, 200, 599, 600, 999, 1000, -1, 200.9, '204', 'x', NaN, null, undefined, {}], (status) => new Response(null, { status }).status),
  statusTexts: () => over(['', 'OK', 'Very Fine', 'ü', 'a\nb', 'a\tb', '日', 7, null, undefined], (statusText) => new Response(null, { statusText }).statusText),
  inits: () => over([null, undefined, 7, 'x', [], {}, new Response(null, { status: 202 }), new Map()], (init) => new Response('', init).status),
  redirects: () => over([undefined, 301, 302, 303, 307, 308, 300, 200, 304, 0, '302', 'x', null], (status) => { const r = Response.redirect('http://a/ä b?x#y', status); return [r.status, r.headers.get('location'), r.body]; }),
  redirectUrls: () => over(['http://a', '/relative', '', 'http://', 'x:y', '//a', 'HTTP://A/../b'], (url) => Response.redirect(url).headers.get('location')),
  redirect: () => Response.redirect('http://localhost/there', 307),
  error: () => { const r = Response.error(); return [r.type, r.status, r.ok, r.statusText, r.body, [...r.headers]]; },
  returnsError: () => Response.error(),
  defaults: () => { const r = new Response('x'); return [r.type, r.status, r.ok, r.statusText, r.url, r.redirected, r.bodyUsed, r.body !== null, [...r.headers], r.webSocket, r.cf, r.encodeBody]; },
  defaultsWithoutBody: () => { const r = new Response(); return [r.body, r.bodyUsed, [...r.headers]]; },
  keys: () => [Object.keys(new Response()), Object.getOwnPropertyNames(Response.prototype).sort(), Object.getOwnPropertyNames(Response).sort(), String(new Response())],
  contentTypes: () => over(['x', new URLSearchParams('a=1'), new Blob(['x'], { type: 'a/b' }), new Uint8Array(1), new ReadableStream(), null, 7], (body) => new Response(body).headers.get('content-type')),
  contentTypeOfOneself: () => new Response('x', { headers: { 'Content-Type': 'text/HTML' } }),
  emptyContentType: () => new Response('x', { headers: { 'Content-Type': '' } }),
  withoutNew: () => each(() => Response('x')),
  clone: async () => { const r = new Response('text', { status: 201, headers: { a: 'b' } }); const c = r.clone(); return [c.status, c.headers.get('a'), await c.text(), await r.text(), r.bodyUsed, c.bodyUsed]; },
  cloneUsed: async () => { const r = new Response('text'); await r.text(); return each(() => r.clone()); },
  cloneLocked: () => { const r = new Response('text'); r.body.getReader(); return each(() => r.clone()); },
  cloneWithoutBody: () => { const c = new Response(null, { status: 204 }).clone(); return [c.status, c.body]; },
  cloneOfClone: async () => { const a = new Response('abc'); const b = a.clone(); const c = b.clone(); return [await c.text(), await a.text(), await b.text()]; },
  cloneIsSent: () => { const r = new Response('sent', { headers: { a: 'b' } }); const c = r.clone(); r.text(); return c; },
  cloneOfStream: async () => {
    const r = new Response(new ReadableStream({ start(c) { c.enqueue(text('one')); c.enqueue(text('two')); c.close(); } }));
    const c = r.clone();
    return [await r.text(), await c.text()];
  },
  usedIsReturned: async () => { const r = new Response('x'); await r.text(); return r; },
  lockedIsReturned: () => { const r = new Response('x'); r.body.getReader(); return r; },
  readTwice: async () => { const r = new Response('x'); return [await r.text(), await each(() => r.text(), () => r.json(), () => r.arrayBuffer(), () => r.blob(), () => r.formData(), () => r.bytes())]; },
  readAtOnce: async () => { const r = new Response('x'); const one = r.text(); return [await each(() => r.text()), await one]; },
  readWithoutBody: async () => { const r = new Response(null); return [await r.text(), r.bodyUsed, await r.text(), await r.arrayBuffer(), await r.bytes(), await each(() => r.json(), () => r.formData(), () => r.blob())]; },
  fromFetched: async (_, env) => new Response((await fetch(`${env.ORIGIN}/cookies`)).body, { status: 203 }),
  fetchedIsReturned: (_, env) => fetch(`${env.ORIGIN}/cookies`),
  fetchedWithChanges: async (_, env) => { const r = await fetch(`${env.ORIGIN}/cookies`); const c = new Response(r.body, r); c.headers.append('x-a', '1'); c.headers.delete('x-many'); return c; },
  responseAsInit: () => new Response('x', new Response('y', { status: 202, statusText: 'Taken', headers: { a: '1' } })),
  gzipEncoded: () => new Response('not zipped here', { headers: { 'content-encoding': 'gzip' } }),
  manuallyEncoded: () => new Response('as it is', { headers: { 'content-encoding': 'gzip' }, encodeBody: 'manual' }),
  unknownEncoding: () => new Response('as it is', { headers: { 'content-encoding': 'x-mine' } }),
  encodeBodies: () => over(['automatic', 'manual', 'x', undefined, null], (encodeBody) => new Response('', { encodeBody }).encodeBody),
};
