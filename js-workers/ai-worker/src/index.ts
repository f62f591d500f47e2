import { type Context, Hono } from "hono";
import { Members, readJson } from "./body";
import { classify } from "./classify";
import { embed, type EmbeddingModel, MODEL } from "./embeddings";
import { type Event, eventStream, prefersEvents } from "./events";
import { Problem, problemOf } from "./problem";
import { summarize } from "./summarize";

export interface Env {
  AI: EmbeddingModel;
}

type Call = Context<{ Bindings: Env }>;

const TEXT_MAX = 20_000;
const LABEL_MAX = 100;
const ARTICLE_MAX = 200_000;

const app = new Hono<{ Bindings: Env }>();

app.post("/ai/embed", async (call) => {
  const texts = await embedRequest(call);
  const embeddings = await embed(call.env.AI, texts);
  return call.json({ model: MODEL, dimensions: embeddings[0]!.length, embeddings });
});

app.post("/ai/classify", async (call) => {
  const { text, labels } = await classifyRequest(call);
  const scores = await classify(call.env.AI, text, labels);
  return call.json({ label: scores[0]!.label, scores });
});

app.post("/ai/summarize", async (call) => {
  const request = await summarizeRequest(call);
  if (prefersEvents(call.req.header("accept") ?? null)) return streamed(call, request);
  const sentences = await summarize(call.env.AI, request.text, request.sentences);
  return call.json({ summary: sentences.join(" "), sentences });
});

app.post("/ai/summarize/stream", async (call) => streamed(call, await summarizeRequest(call)));

for (const path of ["/ai/embed", "/ai/classify", "/ai/summarize", "/ai/summarize/stream"]) {
  app.all(path, (call) => {
    const detail = `The method ${call.req.method} is not taken here – use POST.`;
    throw new Problem("urn:tenon:problem:method-not-allowed", "Method not allowed", 405, detail, [], { allow: "POST" });
  });
}

app.notFound((call) => {
  const detail = `There is nothing at ${call.req.path} – see the contract for what there is.`;
  return new Problem("urn:tenon:problem:not-found", "Not found", 404, detail).toResponse();
});

app.onError((error) => problemOf(error).toResponse());

export default app;

async function embedRequest(call: Call): Promise<string[]> {
  const body = await bodyOf(call, ["text", "texts"]);
  if (body.has("text") && body.has("texts")) body.wrong("", "has to have either text or texts");
  const texts = body.has("texts") ? body.texts("texts", 64, TEXT_MAX) : [body.text("text", TEXT_MAX)];
  body.done();
  return texts;
}

async function classifyRequest(call: Call): Promise<{ text: string; labels: string[] }> {
  const body = await bodyOf(call, ["text", "labels"]);
  const text = body.text("text", TEXT_MAX);
  const labels = body.texts("labels", 32, LABEL_MAX);
  if (new Set(labels).size < labels.length) body.wrong("/labels", "has a label more than once");
  body.done();
  return { text, labels };
}

async function summarizeRequest(call: Call): Promise<{ text: string; sentences: number }> {
  const body = await bodyOf(call, ["text", "sentences"]);
  const text = body.text("text", ARTICLE_MAX);
  const sentences = body.integer("sentences", 1, 20) ?? 3;
  body.done();
  return { text, sentences };
}

async function bodyOf(call: Call, known: string[]): Promise<Members> {
  const parameters = [...new Set(new URL(call.req.url).searchParams.keys())];
  if (parameters.length > 0) {
    const errors = parameters.map((name) => ({ parameter: `query ${name}`, detail: "is not a parameter of this operation" }));
    const count = errors.length === 1 ? "One parameter of the request is" : `${errors.length} parameters of the request are`;
    throw new Problem("urn:tenon:problem:parameters-invalid", "Invalid parameters", 400, `${count} not as the contract says.`, errors);
  }
  return new Members(await readJson(call.req.raw), known);
}

function streamed(call: Call, { text, sentences }: { text: string; sentences: number }): Response {
  let wanted = true;
  async function* events(): AsyncGenerator<Event> {
    const summary = await summarize(call.env.AI, text, sentences, () => wanted);
    for (const [index, sentence] of summary.entries()) yield ["sentence", { index, sentence }];
    yield ["done", { sentences: summary.length }];
  }
  return eventStream(events(), () => {
    wanted = false;
  });
}
