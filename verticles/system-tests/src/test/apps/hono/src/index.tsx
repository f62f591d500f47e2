/** @jsx jsx */
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { HTTPException } from 'hono/http-exception';
import { jsx } from 'hono/jsx';
import { logger } from 'hono/logger';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { stream, streamSSE, streamText } from 'hono/streaming';
import { timing } from 'hono/timing';

type Bindings = { GREETING: string };

const app = new Hono<{ Bindings: Bindings; Variables: { user: string } }>();

app.use(logger());
app.use(timing());
app.use('/api/*', cors({ origin: 'https://app.example', credentials: true }), secureHeaders(), requestId());
app.use('/admin/*', basicAuth({ username: 'ada', password: 'secret' }));

app.get('/', (c) => c.text(`${c.env.GREETING} ${c.req.header('user-agent') ?? 'stranger'}`));
app.get('/api/books/:id{[0-9]+}', (c) => c.json({ id: Number(c.req.param('id')), query: c.req.queries('tag') ?? [] }));
app.post('/api/books', bodyLimit({ maxSize: 100, onError: (c) => c.text('too large', 413) }), async (c) => c.json({ got: await c.req.json() }, 201, { location: '/api/books/7' }));
app.post('/form', async (c) => {
  const { title, file } = await c.req.parseBody();
  return c.json({ title, file: file instanceof File ? [file.name, file.type, await file.text()] : null });
});
app.get('/page', etag(), (c) => c.html(<html><body><h1>{'<escaped>'}</h1><ul>{[1, 2].map((n) => <li key={n}>{n}</li>)}</ul></body></html>));
app.get('/admin/panel', (c) => c.text('inside'));
app.get('/cookie', (c) => {
  const visits = Number(getCookie(c, 'visits') ?? 0) + 1;
  setCookie(c, 'visits', String(visits), { httpOnly: true, path: '/', maxAge: 60 });
  return c.text(String(visits));
});
app.get('/text', (c) => streamText(c, async (out) => {
  for (const word of ['one', 'two', 'three']) {
    await out.writeln(word);
    await out.sleep(1);
  }
}));
app.get('/events', (c) => streamSSE(c, async (out) => {
  for (let id = 0; id < 3; id++) await out.writeSSE({ id: String(id), event: 'tick', data: `at ${id}` });
}));
app.get('/bytes', (c) => stream(c, async (out) => {
  await out.write(new Uint8Array([1, 2, 3]));
  await out.pipe(new Response('piped').body!);
}));
app.get('/redirect', (c) => c.redirect('/page', 301));
app.get('/background', (c) => {
  c.executionCtx.waitUntil(Promise.resolve().then(() => console.log('in the background')));
  return c.body(null, 204);
});
app.get('/fails', () => { throw new HTTPException(418, { message: 'no coffee' }); });
app.get('/breaks', () => { throw new Error('broken'); });
app.notFound((c) => c.json({ missing: c.req.path }, 404));
app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.json({ error: error.message }, 500)));

export default app;
