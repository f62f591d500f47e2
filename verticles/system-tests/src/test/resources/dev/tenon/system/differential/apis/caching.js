import { each } from './show.js';

const url = 'https://cache.example/x';

export default {
  refused: () => each(
    () => caches.default.put(url, new Response('x', { status: 206 })), () => caches.default.put(new Request(url, { method: 'POST' }), new Response('x')),
    () => caches.default.put(url, new Response('x', { headers: { vary: 'a, *' } })), () => caches.default.put(url, Response.error()), () => caches.default.put('nope', new Response('x')),
    () => caches.default.put(url, {}), () => caches.default.put(url), () => caches.default.match(), () => caches.default.match('nope'), () => caches.default.delete(),
    async () => { const r = new Response('x'); await r.text(); await caches.default.put(url, r); },
    () => caches.open(), () => caches.open('x'.repeat(1024)), () => new Cache(), () => new CacheStorage(), () => caches.default.add(url), () => caches.default.keys(), () => caches.has('x')),
  otherMethods: () => each(() => caches.default.match(new Request(url, { method: 'POST' })), () => caches.default.delete(new Request(url, { method: 'HEAD' }))),
  objects: async () => [String(caches), String(caches.default), caches.default === caches.default, String(await caches.open('a'))],
};
