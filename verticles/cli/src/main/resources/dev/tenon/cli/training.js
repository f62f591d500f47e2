// What the AOT cache is trained with: the common request shapes, one a path.
const encoder = new TextEncoder();
const chunk = encoder.encode('0123456789abcdef'.repeat(1024));

class Routes {
  #routes = [];

  on(method, path, handler) {
    const keys = [];
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, (_, key) => (keys.push(key), '([^/]+)'))}$`);
    this.#routes.push({ method, pattern, keys, handler });
    return this;
  }

  async handle(request, env) {
    const url = new URL(request.url);
    for (const { method, pattern, keys, handler } of this.#routes) {
      const match = method === request.method && pattern.exec(url.pathname);
      if (match) {
        return handler({ request, env, url, params: Object.fromEntries(keys.map((key, i) => [key, match[i + 1]])) });
      }
    }
    return new Response('nothing here\n', { status: 404 });
  }
}

const routes = new Routes()
  .on('GET', '/hello/:name', ({ params }) => new Response(`Hello ${params.name}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } }))
  .on('GET', '/users/:id', ({ request, url, params }) =>
    Response.json({ ...params, page: url.searchParams.get('page') ?? '1', agent: request.headers.get('user-agent') }))
  .on('POST', '/orders', async ({ request }) => {
    const order = await request.json();
    const total = order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
    return Response.json({ ...order, total, lines: order.lines.map((line) => ({ ...line })) }, { status: 201 });
  })
  .on('POST', '/text', async ({ request }) => new Response((await request.text()).toUpperCase()))
  .on('GET', '/stream', () => {
    let left = 8;
    const source = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    return new Response(source.pipeThrough(new TransformStream()));
  });

export default {
  async fetch(request, env, ctx) {
    const started = Date.now();
    const response = await routes.handle(request, env);
    const headers = new Headers(response.headers);
    headers.set('x-ms', String(Date.now() - started));
    ctx.waitUntil(Promise.resolve());
    return new Response(response.body, { status: response.status, headers });
  },
};
