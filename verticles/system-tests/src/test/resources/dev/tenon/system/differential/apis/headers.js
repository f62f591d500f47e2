import { each, over, show } from './show.js';

const NAMES = ['', ' ', 'a b', 'a:b', 'ä', 'x\n', 'X-Y', '__proto__', 'a\u0000'];
const VALUES = ['', ' padded\t', 'a\nb', 'a\r\nb', '\r\nx', 'ünïcode', '日本', 'a\u0000b', null, undefined, 7, {}, [1, 2], Symbol.iterator];

export default {
  names: () => over(NAMES, (name) => [...new Headers([[name, 'v']])]),
  values: () => over(VALUES.slice(0, -1), (value) => new Headers({ a: value }).get('a')),
  symbol: () => each(() => new Headers({ a: Symbol('s') })),
  getOfInvalidName: () => over(NAMES, (name) => new Headers().get(name)),
  hasAndDelete: () => over(NAMES, (name) => { const h = new Headers({ 'x-y': '1' }); return [h.has(name), h.delete(name), [...h]]; }),
  initialisers: () => over([undefined, null, {}, [], [['a', '1']], [['a']], [['a', '1', '2']], 'ab', 7, new Map([['m', '1']]), new Headers({ h: '1' }), [new Set(['s', '1'])]],
    (init) => [...new Headers(init)]),
  folding: () => {
    const h = new Headers([['b', '1'], ['A', '2'], ['B', '3'], ['set-cookie', 'x=1'], ['Set-Cookie', 'y=2'], ['c', '']]);
    return [[...h], h.get('b'), h.get('set-cookie'), h.getSetCookie(), [...h.keys()], [...h.values()]];
  },
  setReplacesAll: () => {
    const h = new Headers([['a', '1'], ['a', '2'], ['Set-Cookie', 'x=1'], ['set-cookie', 'y=2']]);
    h.set('A', '3');
    h.set('set-cookie', 'z=3');
    return [...h];
  },
  appendDuringIteration: () => {
    const h = new Headers({ b: '1', d: '2' });
    const seen = [];
    for (const [name, value] of h) {
      seen.push(name + value);
      if (name === 'b') h.append('c', '3');
      if (seen.length > 9) break;
    }
    return [seen, [...h]];
  },
  deleteDuringIteration: () => {
    const h = new Headers({ a: '1', b: '2', c: '3' });
    const seen = [];
    for (const [name] of h) {
      seen.push(name);
      h.delete('b');
    }
    return seen;
  },
  forEach: () => {
    const seen = [];
    const it = {};
    const h = new Headers({ b: '2', a: '1' });
    h.forEach(function (value, name, all) { seen.push([value, name, all === h, this === it]); }, it);
    return seen;
  },
  missingArguments: () => each(() => new Headers().get(), () => new Headers().append('a'), () => new Headers().set(), () => new Headers().has(), () => new Headers().delete(), () => new Headers().forEach()),
  withoutNew: () => each(() => Headers({}), () => Headers.prototype.get.call({}, 'a'), () => Headers.prototype.entries.call(null)),
  shape: () => [Object.getOwnPropertyNames(Headers.prototype).sort(), String(new Headers()), Headers.name, Headers.length, typeof new Headers()[Symbol.iterator], Object.keys(new Headers({ a: '1' }))],
  iterator: () => {
    const iterator = new Headers({ a: '1' }).entries();
    return [String(iterator), typeof iterator[Symbol.iterator], iterator.next(), iterator.next(), iterator.next()];
  },
  received: (request) => [...request.headers].filter(([name]) => name.startsWith('x-') || name === 'cookie' || name === 'accept'),
  requestHeadersAreImmutable: (request) => each(() => request.headers.set('a', 'b'), () => request.headers.append('a', 'b'), () => request.headers.delete('x-a')),
  fetchedHeadersAreImmutable: async (_, env) => { const r = await fetch(`${env.ORIGIN}/cookies`); return each(() => r.headers.set('a', 'b'), () => r.headers.delete('set-cookie')); },
  redirectHeadersAreImmutable: () => each(() => Response.redirect('http://a/').headers.set('a', 'b'), () => Response.error().headers.set('a', 'b'), () => Response.json({}).headers.set('a', 'b')),
  sent: () => new Response('x', { headers: [['X-B', '1'], ['x-a', '2'], ['X-B', '3'], ['Set-Cookie', 'a=1; Path=/'], ['set-cookie', 'b=2'], ['x-empty', ''], ['X-Latin', '\xe4\xff']] }),
  contentLengthOfOneself: () => new Response('four', { headers: { 'content-length': '4' } }),
  wrongContentLength: () => new Response('four', { headers: { 'content-length': '3' } }),
  transferEncodingOfOneself: () => new Response('four', { headers: { 'transfer-encoding': 'chunked' } }),
  hopByHop: () => new Response('x', { headers: { 'keep-alive': 'timeout=1', te: 'x', trailer: 'y', upgrade: 'z', 'proxy-connection': 'a' } }),
  dateAndServer: () => new Response('x', { headers: { server: 'me' } }),
  ofClone: () => {
    const r = new Response('x', { headers: { a: '1' } });
    const c = r.clone();
    c.headers.set('a', '2');
    return [r.headers.get('a'), c.headers.get('a')];
  },
  ofRequestFromRequest: (request) => {
    const r = new Request(request, { headers: { only: 'this' } });
    return [[...r.headers], [...new Request(request).headers].filter(([name]) => name.startsWith('x-'))];
  },
  guardOfCopies: (request) => { const h = new Headers(request.headers); h.set('x-new', '1'); return h.get('x-new'); },
  many: () => { const h = new Headers(); for (let i = 0; i < 50; i++) h.append(`x-${i % 7}`, String(i)); return show([...h]); },
};
