import assert from "node:assert/strict";
import { test } from "node:test";
import worker from "../src/index";
import { splitSentences } from "../src/sentences";
import { article } from "./article";
import { WordModel } from "./words";

interface Call {
  method?: string;
  headers?: Record<string, string>;
  ai?: { run(model: string, inputs: { text: string[] }): Promise<unknown> };
}

function send(path: string, body: unknown, { method = "POST", headers = {}, ai = new WordModel() }: Call = {}) {
  const raw = typeof body === "string" || body instanceof ReadableStream || body === undefined ? body : JSON.stringify(body);
  const init = { method, body: raw, duplex: "half", headers: { "content-type": "application/json", ...headers } };
  return worker.fetch(new Request(`http://localhost${path}`, init as RequestInit), { AI: ai } as never, {} as never);
}

async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  const answer = await response;
  assert.equal(answer.status, 200, await answer.clone().text());
  assert.equal(answer.headers.get("content-type"), "application/json");
  return (await answer.json()) as T;
}

async function problemOf(response: Response | Promise<Response>, status: number, detail: string, errors?: object[]) {
  const answer = await response;
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = (await answer.json()) as Record<string, unknown>;
  assert.deepEqual([answer.status, problem.status, problem.detail, problem.errors], [status, status, detail, errors]);
  assert.match(String(problem.type), /^urn:tenon:/);
}

const asTheContractSays = "The body of the request is not as the contract says.";

test("a text or several texts are embedded", async () => {
  type Answer = { model: string; dimensions: number; embeddings: number[][] };
  const one = await jsonOf<Answer>(send("/ai/embed", { text: "hello" }));
  assert.deepEqual([one.model, one.dimensions, one.embeddings.length], ["@cf/baai/bge-small-en-v1.5", 64, 1]);
  const several = await jsonOf<Answer>(send("/ai/embed", { texts: ["bye", "hello"] }));
  assert.deepEqual(several.embeddings[1], one.embeddings[0]);
});

test("vectors have length one, whatever the model gives", async () => {
  const ai = { run: async () => ({ shape: [1, 2], data: [[3, 4]] }) };
  const { embeddings } = await jsonOf<{ embeddings: number[][] }>(send("/ai/embed", { text: "x" }, { ai }));
  assert.deepEqual(embeddings, [[0.6, 0.8]]);
});

test("the label whose words are the text's fits best, and scores add up to one", async () => {
  type Answer = { label: string; scores: { label: string; score: number }[] };
  const answer = await jsonOf<Answer>(send("/ai/classify", { text: "this lamp is a lamp", labels: ["soup", "lamp", "horse"] }));
  assert.equal(answer.label, "lamp");
  assert.equal(answer.scores.length, 3);
  assert.ok(answer.scores[0]!.score >= answer.scores[1]!.score && answer.scores[1]!.score >= answer.scores[2]!.score);
  assert.ok(Math.abs(answer.scores.reduce((sum, { score }) => sum + score, 0) - 1) < 1e-5);
  const single = await jsonOf<Answer>(send("/ai/classify", { text: "x", labels: ["y"] }));
  assert.deepEqual(single, { label: "y", scores: [{ label: "y", score: 1 }] });
});

test("a summary is made of the text's sentences, in its order", async () => {
  const all = splitSentences(article);
  for (const count of [1, 3, 20]) {
    const { summary, sentences } = await jsonOf<{ summary: string; sentences: string[] }>(send("/ai/summarize", { text: article, sentences: count }));
    assert.equal(sentences.length, count);
    assert.equal(summary, sentences.join(" "));
    const places = sentences.map((sentence) => all.indexOf(sentence));
    assert.ok(!places.includes(-1) && !places.includes(0), "no sentence is made up, and the heading is none");
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
  }
  assert.equal((await jsonOf<{ sentences: string[] }>(send("/ai/summarize", { text: article }))).sentences.length, 3);
});

test("a text that is no longer than its summary is its summary", async () => {
  const ai = new WordModel();
  assert.deepEqual(await jsonOf(send("/ai/summarize", { text: "One. Two.", sentences: 2 }, { ai })), { summary: "One. Two.", sentences: ["One.", "Two."] });
  assert.deepEqual(await jsonOf(send("/ai/summarize", { text: "..." }, { ai })), { summary: "", sentences: [] });
  assert.equal(ai.calls.length, 0);
});

test("what is said twice is not in the summary twice", async () => {
  const text = "The lamp of the tower is new and bright. ".repeat(5) + "The keeper of the tower likes it. Soup was served with bread and salt.";
  const { sentences } = await jsonOf<{ sentences: string[] }>(send("/ai/summarize", { text, sentences: 3 }));
  assert.equal(new Set(sentences).size, 3);
});

test("of a long text only so many sentences are embedded, a hundred at a time", async () => {
  const ai = new WordModel();
  const text = Array.from({ length: 3000 }, (_, i) => `Sentence number ${i} is about topic ${i % 17}.`).join(" ");
  await jsonOf(send("/ai/summarize", { text }, { ai }));
  assert.deepEqual(ai.calls.map((texts) => texts.length), [100, 100]);
});

async function eventsOf(response: Response | Promise<Response>): Promise<[string, unknown][]> {
  const answer = await response;
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  const text = await answer.text();
  assert.ok(text.endsWith("\n\n"));
  return text.trimEnd().split("\n\n").map((block) => {
    const [, type, data] = block.match(/^event: (.+)\ndata: (.+)$/) ?? assert.fail(block);
    return [type!, JSON.parse(data!) as unknown];
  });
}

test("the summary comes as events, sentence by sentence", async () => {
  const { sentences } = await jsonOf<{ sentences: string[] }>(send("/ai/summarize", { text: article, sentences: 2 }));
  const expected = [["sentence", { index: 0, sentence: sentences[0] }], ["sentence", { index: 1, sentence: sentences[1] }], ["done", { sentences: 2 }]];
  assert.deepEqual(await eventsOf(send("/ai/summarize/stream", { text: article, sentences: 2 })), expected);
  for (const accept of ["text/event-stream", "text/event-stream, */*", "text/event-stream;q=0.9, application/json;q=0.5"]) {
    assert.deepEqual(await eventsOf(send("/ai/summarize", { text: article, sentences: 2 }, { headers: { accept } })), expected, accept);
  }
  for (const accept of ["*/*", "application/json", "application/json, text/event-stream", "text/event-stream;q=0, */*", "text/html"]) {
    await jsonOf(send("/ai/summarize", { text: article, sentences: 2 }, { headers: { accept } }));
  }
});

test("a failure on the way is the last event", async () => {
  const ai = { run: () => Promise.reject(new Error("3040: Capacity temporarily exceeded, please try again.")) };
  assert.deepEqual(await eventsOf(send("/ai/summarize/stream", { text: article }, { ai })), [
    ["error", { type: "urn:tenon:ai:busy", title: "Model busy", status: 503, detail: "The model has more to do than it can – try again in a moment." }],
  ]);
});

test("when the reader goes, nothing more is asked of the model", async () => {
  let calls = 0;
  let answer = (_: unknown) => {};
  const ai = {
    run: (_: string, { text }: { text: string[] }) => {
      calls++;
      return new Promise((resolve) => (answer = () => resolve({ data: text.map(() => [1, 0]) })));
    },
  };
  const text = Array.from({ length: 250 }, (_, i) => `Sentence number ${i} is this one.`).join(" ");
  const reader = (await send("/ai/summarize/stream", { text }, { ai })).body!.getReader();
  const reading = reader.read();
  while (calls === 0) await new Promise((resolve) => setImmediate(resolve));
  await reader.cancel();
  answer(undefined);
  assert.equal((await reading).done, true);
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(calls, 1);
});

test("when the model fails, it can be tried again", async () => {
  const busy = { run: () => Promise.reject(new Error("3040: Capacity temporarily exceeded, please try again.")) };
  const response = await send("/ai/embed", { text: "x" }, { ai: busy });
  assert.equal(response.headers.get("retry-after"), "1");
  await problemOf(response, 503, "The model has more to do than it can – try again in a moment.");
  for (const run of [() => Promise.reject(new Error("boom")), async () => ({}), async () => null, async () => ({ data: [] })]) {
    await problemOf(send("/ai/embed", { text: "x" }, { ai: { run } }), 503, "The model did not answer – try again in a moment.");
  }
});

test("what is wrong in a body is named", async () => {
  const text = "has to be a string of 1 to 20000 characters";
  const rows: [string, unknown, object][] = [
    ["/ai/embed", [], { pointer: "", detail: "has to be an object" }],
    ["/ai/embed", null, { pointer: "", detail: "has to be an object" }],
    ["/ai/embed", {}, { pointer: "/text", detail: "is required and missing" }],
    ["/ai/embed", { text: "a", texts: ["b"] }, { pointer: "", detail: "has to have either text or texts" }],
    ["/ai/embed", { text: "" }, { pointer: "/text", detail: text }],
    ["/ai/embed", { text: "x".repeat(20_001) }, { pointer: "/text", detail: text }],
    ["/ai/embed", { texts: [] }, { pointer: "/texts", detail: "has to be an array of 1 to 64 items" }],
    ["/ai/embed", { texts: ["a", 5] }, { pointer: "/texts/1", detail: text }],
    ["/ai/embed", { text: "a", "x/~y": 1 }, { pointer: "/x~1~0y", detail: "is not a member of this object" }],
    ["/ai/classify", { text: "a" }, { pointer: "/labels", detail: "is required and missing" }],
    ["/ai/classify", { text: "a", labels: ["b", "b"] }, { pointer: "/labels", detail: "has a label more than once" }],
    ["/ai/classify", { text: "a", labels: ["x".repeat(101)] }, { pointer: "/labels/0", detail: "has to be a string of 1 to 100 characters" }],
    ["/ai/summarize", { text: "a", sentences: 0 }, { pointer: "/sentences", detail: "has to be a whole number from 1 to 20" }],
    ["/ai/summarize", { text: "a", sentences: 2.5 }, { pointer: "/sentences", detail: "has to be a whole number from 1 to 20" }],
    ["/ai/summarize/stream", { text: 7 }, { pointer: "/text", detail: "has to be a string of 1 to 200000 characters" }],
  ];
  for (const [path, body, violation] of rows) await problemOf(send(path, body === null ? "null" : body), 422, asTheContractSays, [violation]);
  await jsonOf(send("/ai/embed", { text: "😀".repeat(20_000) }));
});

test("a body that is not JSON, not said to be, or too large is refused", async () => {
  await problemOf(send("/ai/embed", "{"), 400, "The body of the request is not JSON.");
  await problemOf(send("/ai/embed", undefined), 400, "The body of the request is not JSON.");
  await problemOf(send("/ai/embed", "{}", { headers: { "content-type": "text/plain" } }), 415, 'The media type "text/plain" is not taken here – send application/json.');
  const tooLarge = "The body of this operation may have 1048576 bytes, and more were sent.";
  await problemOf(send("/ai/embed", "{}", { headers: { "content-length": "1048577" } }), 413, tooLarge);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) });
  await problemOf(send("/ai/embed", endless), 413, tooLarge);
});

test("methods, paths and parameters that are not the contract's are refused", async () => {
  const get = await send("/ai/embed", undefined, { method: "GET" });
  assert.equal(get.headers.get("allow"), "POST");
  await problemOf(get, 405, "The method GET is not taken here – use POST.");
  await problemOf(send("/ai/other", {}), 404, "There is nothing at /ai/other – see the contract for what there is.");
  await problemOf(send("/ai/embed?a=1", { text: "x" }), 400, "One parameter of the request is not as the contract says.", [
    { parameter: "query a", detail: "is not a parameter of this operation" },
  ]);
});
