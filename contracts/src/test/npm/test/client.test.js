import assert from "node:assert/strict";
import { test } from "node:test";
import { AuthProblemType, createAuthClient } from "../../../../npm/auth.js";
import { AnswerError, CallsProblemType, createCallsClient, ProblemError } from "../../../../target/corpus-npm/calls.js";

/** A service that answers with what it was sent. */
const echo = {
  async fetch(url, init) {
    const request = new Request(url, init);
    const { pathname, search, host } = new URL(request.url);
    const body = await request.text();
    return Response.json({ method: request.method, target: pathname + search, headers: { ...Object.fromEntries(request.headers), host }, ...(body && { body }) });
  },
};

const answering = (body, init) => createCallsClient({ fetch: async () => new Response(body, init) });
const json = { "content-type": "application/json" };

test("parameters stand where and how the contract says", async () => {
  const sent = await createCallsClient(echo).parameters({
    simple: "a/b ü'", label: ["x", "y,z"], matrix: { a: "1", b: 2 }, kind: "large", form: ["a b", "c&d"], joined: [1, 2], spaced: ["x", "y"], piped: ["x", "y"],
    deep: { from: 1, to: { x: ["p", "q"] } }, exploded: { one: "1" }, filter: { q: "ü" }, at: "2026-01-01T10:00:00+02:00", on: true, "X-Numbers": [7, 8], session: "s;1",
  });
  assert.equal(sent.target, "/parameters/a%2Fb%20%C3%BC%27/.x,y%2Cz/;a=1;b=2?form=a%20b&form=c%26d&joined=1%2C2&spaced=x%20y&piped=x%7Cy&deep%5Bfrom%5D=1"
    + "&deep%5Bto%5D%5Bx%5D=p&deep%5Bto%5D%5Bx%5D=q&one=1&filter=%7B%22q%22%3A%22%C3%BC%22%7D&kind=large&at=2026-01-01T10%3A00%3A00%2B02%3A00&on=true");
  assert.deepEqual([sent.headers["x-numbers"], sent.headers.accept, sent.headers.host], ["7,8", "application/json", "called"]);
});

test("a path that would mean another is not sent", async () => {
  for (const simple of ["", ".", "..", undefined]) {
    await assert.rejects(createCallsClient(echo).parameters({ simple, label: ["x"], matrix: {}, kind: "small" }), TypeError);
  }
});

test("bodies are written in every form", async () => {
  const calls = createCallsClient(echo), filled = { name: "a&b", tags: ["x", "y z"], kind: undefined };
  assert.equal((await calls.form({ body: filled })).body, '{"name":"a&b","tags":["x","y z"]}');
  assert.equal((await calls.formWithForm({ body: filled })).body, "name=a%26b&tags=x&tags=y+z");
  assert.equal((await calls.formWithText({ body: "hällo" })).body, "hällo");
  const { body, headers } = await calls.formWithMultipart({ body: { title: "t", file: new Uint8Array([65, 66]), meta: filled } });
  assert.match(headers["content-type"], /^multipart\/form-data; boundary=/);
  assert.match(body, /name="title"\r\n\r\nt\r\n[^]*name="file"; filename="file"[^]*\r\n\r\nAB\r\n[^]*name="meta"\r\n\r\n\{"name"/);
  assert.equal((await calls.optionalBody()).body, undefined);
  const stream = new ReadableStream({ start: (controller) => (controller.enqueue(new TextEncoder().encode("abc")), controller.close()) });
  const answered = await createCallsClient({ fetch: async (url, init) => new Response(new Request(url, init).body, { headers: { "content-type": "application/octet-stream" } }) }).bytes({ body: stream });
  assert.equal(await answered.text(), "abc");
});

test("answers of several statuses are told apart", async () => {
  const status = async (body, init) => answering(body, init).statuses({ status: 1 });
  const ok = await status('{"method":"GET","target":"/"}', { headers: json });
  assert.deepEqual([ok.status, ok.body], [200, { method: "GET", target: "/" }]);
  const accepted = await status(null, { status: 202, headers: { location: "/later" } });
  assert.deepEqual([accepted.status, accepted.headers.get("location")], [202, "/later"]);
  assert.equal((await status(null, { status: 204 })).status, 204);
  assert.equal((await status("hello", { status: 201, headers: { "content-type": "text/plain" } })).body, "hello");
  await assert.rejects(status(null, { status: 304 }), AnswerError);
});

test("failures are problems of the contract", async () => {
  const document = { type: "urn:calls:full", title: "Full", status: 409, detail: "No room.", left: 0 };
  const failing = answering(JSON.stringify(document), { status: 409, headers: { "content-type": "application/problem+json" } });
  await assert.rejects(failing.nothing(), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.equal(error.message, "called nothing answered 409: No room.");
    assert.deepEqual([error.status, error.type, error.title, error.detail, error.document], [409, CallsProblemType.FULL, "Full", "No room.", document]);
    return true;
  });
  await assert.rejects(answering("<h1>", { status: 500 }).nothing(), { name: "ProblemError", status: 500, type: "about:blank", body: "<h1>" });
  assert.equal(AuthProblemType.NOT_YOURS, "urn:tenon:auth:not-yours");
});

test("what the contract does not say is not taken", async () => {
  const rows = [
    ['{"method":7,"target":""}', json, '"/method" is a number, not a string'],
    ['{"target":""}', json, '"/method" is required and missing'],
    ["[]", json, "the JSON value is an array, not an object"],
    ['{"method":"","target":"","headers":{"a/b":1}}', json, '"/headers/a~1b" is a number, not a string'],
  ];
  for (const [body, headers, wrong] of rows) {
    await assert.rejects(answering(body, { headers }).optionalBody(), { name: "AnswerError", message: `called optionalBody answered 200 with a body that is not as its contract says: ${wrong}` });
  }
  await assert.rejects(answering("{", { headers: json }).optionalBody(), { name: "AnswerError" });
  await assert.rejects(answering("x", { headers: { "content-type": "text/html" } }).optionalBody(), { message: "called optionalBody answered 200 with text/html, which its contract does not have" });
  const plan = createAuthClient({ fetch: async () => Response.json({ name: "free" }) }).getPlan({ userId: "me" });
  await assert.rejects(plan, { name: "AnswerError", message: /"\/imagePixelsMax" is required and missing/ });
});

test("events are read as they come, and reading less ends the stream", async () => {
  const chunks = ["data: a\r", "\ndata: b\n\n: comment\nevent: x\nid: 1\n", "data:c\r\r", "data: lost"];
  let cancelled = false;
  const body = () => new ReadableStream({
    pull: (controller) => (chunks.length > 0 ? controller.enqueue(new TextEncoder().encode(chunks.shift())) : controller.close()),
    cancel: () => (cancelled = true),
  });
  const events = [];
  for await (const event of await answering(body(), { headers: { "content-type": "text/event-stream" } }).eitherAsEvents()) events.push(event);
  assert.deepEqual(events, [{ event: "message", data: "a\nb", id: "" }, { event: "x", data: "c", id: "1" }]);
  chunks.push("data: 1\n\n", "data: 2\n\n");
  for await (const { data } of await answering(body(), { headers: { "content-type": "text/event-stream" } }).eitherAsEvents()) {
    assert.equal(data, "1");
    break;
  }
  assert.ok(cancelled);
});

test("headers and signals are the caller's", async () => {
  const seen = [];
  const service = { fetch: async (url, init) => (seen.push(init), Response.json({ name: "free", imagePixelsMax: 1 })) };
  const auth = createAuthClient(service, { headers: { authorization: "Bearer a", "x-a": "1" } });
  const { signal } = new AbortController();
  await auth.getPlan({ userId: "me" }, { headers: { authorization: "Bearer b" }, signal });
  assert.deepEqual([seen[0].headers.get("authorization"), seen[0].headers.get("x-a"), seen[0].signal], ["Bearer b", "1", signal]);
});
