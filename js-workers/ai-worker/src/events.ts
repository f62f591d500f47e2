import { problemOf } from "./problem";

/** One server-sent event: its type, and what its data says as JSON. */
export type Event = [type: string, data: unknown];

/** A response whose events are made as its reader takes them. When `events` throws, the last event is `error` with a problem document. */
export function eventStream(events: AsyncGenerator<Event>, stop: () => void): Response {
  const encoder = new TextEncoder();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await events.next();
        if (cancelled) return;
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(format(next.value)));
      } catch (error) {
        if (cancelled) return;
        controller.enqueue(encoder.encode(format(["error", problemOf(error)])));
        controller.close();
      }
    },
    cancel() {
      cancelled = true;
      stop();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
}

function format([type, data]: Event): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Whether an Accept header would rather have server-sent events than JSON. */
export function prefersEvents(accept: string | null): boolean {
  if (accept === null) return false;
  const events = weigh(accept, ["text/event-stream"]), json = weigh(accept, ["application/json"]);
  if (events === undefined || events === 0) return false;
  return json === undefined ? events >= (weigh(accept, ["application/*", "*/*"]) ?? 0) : events > json;
}

/** The weight (`q`) of the first of these ranges that the header names. */
function weigh(accept: string, ranges: string[]): number | undefined {
  const entries = accept.split(",").map((entry) => entry.split(";").map((part) => part.trim().toLowerCase()));
  for (const range of ranges) {
    const entry = entries.find(([name]) => name === range);
    if (entry) {
      const q = entry.find((part) => part.startsWith("q="));
      return q === undefined ? 1 : Number(q.slice(2)) || 0;
    }
  }
  return undefined;
}
