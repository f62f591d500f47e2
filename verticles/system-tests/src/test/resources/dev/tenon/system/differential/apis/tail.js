// Told by workerd what each request came to, when all of it is over.
export default {
  fetch: () => new Response('tail'),
  tail(events) {
    for (const { event, outcome, exceptions } of events) {
      const { method, url } = event.request;
      console.log(`\u0000${JSON.stringify({ method, url, outcome, exceptions })}`);
    }
  },
};
