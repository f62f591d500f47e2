// Stands in for auth: the token says which plan its bearer has.

const plans = {
  'Bearer free': { name: 'free', imagePixelsMax: 12_000_000 },
  'Bearer tiny': { name: 'tiny', imagePixelsMax: 1_000 },
};

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const authorization = request.headers.get('authorization');
    if (request.method !== 'GET' || pathname !== '/auth/users/me/plan') return new Response('not here', { status: 404 });
    if (authorization === 'Bearer broken') return new Response('{', { headers: { 'content-type': 'application/json' } });
    if (authorization === 'Bearer down') return new Response('down', { status: 503 });
    const plan = plans[authorization];
    if (plan) return Response.json(plan);
    return new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer realm="tenon", error="invalid_token"' } });
  },
};
