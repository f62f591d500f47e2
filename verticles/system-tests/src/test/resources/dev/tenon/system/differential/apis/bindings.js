import { each, show } from './show.js';

export default {
  members: (_, env) => [Object.keys(env), env.TEXT, env.VALUE, typeof env.SERVICE, env.MISSING],
  valueCanBeChanged: (_, env) => { const before = show(env.VALUE); env.VALUE.a.push('changed'); const after = show(env.VALUE); env.VALUE.a.pop(); return [before, after]; },
  call: async (_, env) => { const r = await env.SERVICE.fetch('http://service/path?q=1', { headers: { b: '2', A: '1' } }); return [r.status, r.url, r.redirected, [...r.headers], await r.text()]; },
  callWithBody: async (_, env) => (await env.SERVICE.fetch('http://service/', { method: 'POST', body: 'body', headers: { 'content-type': 'a/b' } })).text(),
  callWithRequest: async (request, env) => (await env.SERVICE.fetch(new Request('https://other.example/x', { method: 'PUT', body: 'b' }))).text(),
  forward: (request, env) => env.SERVICE.fetch(request),
  throwing: (_, env) => each(() => env.SERVICE.fetch('http://service/throw')),
  cookies: async (_, env) => (await env.SERVICE.fetch('http://service/cookies')).headers.getSetCookie(),
  redirect: async (_, env) => { const r = await env.SERVICE.fetch('http://service/redirect'); return [r.status, r.url, r.redirected]; },
  redirectByHand: async (_, env) => { const r = await env.SERVICE.fetch('http://service/redirect', { redirect: 'manual' }); return [r.status, r.headers.get('location')]; },
  empty: async (_, env) => { const r = await env.SERVICE.fetch('http://service/empty'); return [r.status, r.body]; },
  relative: (_, env) => each(() => env.SERVICE.fetch('/relative'), () => env.SERVICE.fetch('')),
};
