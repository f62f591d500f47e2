import { AutoRouter, cors, error, html, json, png, StatusError, status, text, withContent, withParams } from 'itty-router';

const { preflight } = cors({ origin: ['https://a.example'], maxAge: 600 });
const todos = new Map([['1', { id: '1', title: 'read' }]]);

const router = AutoRouter({
  base: '/v1',
  before: [preflight, (request) => { request.start = Date.now(); }],
  finally: [(response) => { response.headers.set('x-finally', '1'); return response; }],
  catch: (problem) => error(problem.status ?? 500, { problem: problem.message }),
});

router
  .get('/todos', ({ query }) => [...todos.values()].filter((todo) => !query.title || todo.title.includes(query.title)))
  .get('/todos/:id', ({ id }) => todos.get(id) ?? error(404, 'no such todo'))
  .post('/todos', withContent, ({ content }) => {
    if (!content?.title) throw new StatusError(422, 'a title is missing');
    return json({ id: '2', ...content }, { status: 201 });
  })
  .get('/files/:path+', withParams, ({ path }) => text(path))
  .get('/optional/:name?', ({ params }) => params)
  .get('/page.:ext', ({ ext }) => html(`<p>${ext}</p>`))
  .get('/pixel', () => png(new Uint8Array([137, 80, 78, 71])))
  .delete('/todos/:id', () => status(204))
  .all('/any', ({ method }) => ({ method }))
  .get('/breaks', () => undefinedName);

export default { ...router };
