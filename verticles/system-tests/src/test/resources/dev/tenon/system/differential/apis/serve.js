// Serves the routes of an area: a function that is given the request and returns a Response, or anything else to be shown.
import routes from './routes.js';
import { show } from './show.js';

export default {
  async fetch(request, env, ctx) {
    const name = new URL(request.url).pathname.slice(1);
    if (name === '') return new Response(Object.keys(routes).join('\n'));
    const result = await routes[name](request, env, ctx);
    return result instanceof Response ? result : new Response(`${show(result)}\n`);
  },
};
