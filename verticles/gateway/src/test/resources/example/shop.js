export default {
  async fetch(request, env) {
    const article = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const count = await env.STOCK.count(article);
    return count === null
      ? Response.json({ error: `we never had ${article}` }, { status: 404 })
      : Response.json({ article, count });
  },
};
