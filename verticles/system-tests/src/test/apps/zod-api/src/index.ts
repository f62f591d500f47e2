import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';

const Order = z.object({
  id: z.uuid(),
  email: z.email().transform((email) => email.toLowerCase()),
  placed: z.coerce.date(),
  status: z.enum(['open', 'paid', 'sent']).default('open'),
  lines: z.array(z.object({ sku: z.string().regex(/^[A-Z]{3}-\d+$/), count: z.int().min(1).max(99), price: z.number().nonnegative() })).nonempty(),
  note: z.string().trim().max(20).optional(),
  payment: z.discriminatedUnion('kind', [z.object({ kind: z.literal('card'), last4: z.string().length(4) }), z.object({ kind: z.literal('cash') })]),
}).strict().refine((order) => order.lines.reduce((sum, line) => sum + line.count * line.price, 0) < 1000, { message: 'too expensive', path: ['lines'] });

const app = new Hono();

app.post('/orders', async (c) => {
  const parsed = Order.safeParse(await c.req.json().catch(() => undefined));
  return parsed.success
    ? c.json({ ...parsed.data, total: parsed.data.lines.reduce((sum, line) => sum + line.count * line.price, 0) }, 201)
    : c.json({ issues: parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })), tree: z.treeifyError(parsed.error).errors }, 422);
});
app.get('/search', zValidator('query', z.object({ q: z.string().min(2), page: z.coerce.number().int().positive().default(1) })), (c) => c.json(c.req.valid('query')));
app.get('/schema', (c) => c.json(z.toJSONSchema(z.object({ name: z.string(), age: z.number().min(0) }))));

export default app;
