// handlers: what the other areas are bound to as SERVICE
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/throw') throw new RangeError('thrown by the service');
    if (pathname === '/cookies') return new Response('c', { headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2']] });
    if (pathname === '/redirect') return new Response(null, { status: 302, headers: { location: '/to' } });
    if (pathname === '/empty') return new Response(null, { status: 204 });
    return new Response(`${request.method} ${request.url} ${JSON.stringify([...request.headers])} ${await request.text()}`, { headers: { 'x-service': '1' } });
  },
};
