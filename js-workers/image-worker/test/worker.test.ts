import assert from "node:assert/strict";
import { test } from "node:test";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import jpegEncoderWasm from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import { defaultOptions as jpegDefaults } from "@jsquash/jpeg/meta.js";
import { readHeader } from "../src/header";
import worker from "../src/index";
import { decodeJpeg, decodeWebp, encodeWebp, type Pixels } from "../src/jsquash";
import { decodePng, encodePng } from "../src/png";
import { encodeBaseline } from "./baseline";
import { averaged, flat, picture, psnr } from "./pictures";

interface Encoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array;
}

const photo = picture(300, 200);
const jpeg = encodeBaseline(photo);
const png = encodePng(photo);
const webp = await encodeWebp(photo, 90);

interface Call {
  method?: string;
  type?: string;
  headers?: Record<string, string>;
  plan?: (request: Request) => Response | Promise<Response>;
}

const free = () => Response.json({ name: "free", imagePixelsMax: 12_000_000 });

function send(path: string, body: Uint8Array | string | ReadableStream | undefined, { method = "POST", type = "image/jpeg", headers = {}, plan = free }: Call = {}) {
  const AUTH = { fetch: async (url: string, init: RequestInit) => plan(new Request(url, init)) };
  const request = new Request(`http://localhost${path}`, { method, body, duplex: "half", headers: { authorization: "Bearer token", "content-type": type, ...headers } });
  return worker.fetch(request, { AUTH } as never, {} as never);
}

async function imageOf(response: Response): Promise<Pixels> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  assert.equal(response.status, 200, new TextDecoder().decode(bytes));
  const { format } = readHeader(bytes);
  assert.equal(response.headers.get("content-type"), `image/${format}`);
  const pixels = format === "jpeg" ? await decodeJpeg(bytes) : format === "png" ? decodePng(bytes) : await decodeWebp(bytes);
  return pixels ?? assert.fail("the answer cannot be decoded");
}

async function problemOf(response: Response | Promise<Response>, status: number, detail: string, errors?: object[]) {
  const answer = await response;
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = (await answer.json()) as Record<string, unknown>;
  assert.equal(answer.status, status, JSON.stringify(problem));
  assert.equal(problem.status, status);
  assert.equal(problem.detail, detail);
  assert.deepEqual(problem.errors, errors);
  assert.match(String(problem.type), /^urn:tenon:/);
}

test("info describes each format", async () => {
  for (const [format, bytes] of Object.entries({ jpeg, png, webp })) {
    const response = await send("/image/info", bytes, { type: `image/${format}` });
    assert.deepEqual(await response.json(), { format, width: 300, height: 200, bytes: bytes.length });
  }
});

test("each format is resized to each format", async () => {
  for (const [from, bytes] of Object.entries({ jpeg, png, webp })) {
    for (const to of ["jpeg", "png", "webp"]) {
      const answer = await imageOf(await send(`/image/resize?width=60&height=40&format=${to}&quality=95`, bytes, { type: `image/${from}` }));
      const similarity = psnr(answer, averaged(photo, 60, 40));
      assert.ok(similarity > 28, `${from} to ${to}: ${similarity} dB`);
    }
  }
});

test("each format is converted to each format", async () => {
  for (const [from, bytes] of Object.entries({ jpeg, png, webp })) {
    for (const to of ["jpeg", "png", "webp"]) {
      const answer = await imageOf(await send(`/image/convert?format=${to}&quality=95`, bytes, { type: `image/${from}` }));
      const similarity = psnr(answer, photo);
      assert.ok(similarity > 30, `${from} to ${to}: ${similarity} dB`);
    }
  }
});

test("the answer has the format that was sent, and the size that follows", async () => {
  const rows: [string, number, number][] = [
    ["width=60", 60, 40], ["height=40", 60, 40], ["width=50&height=50", 50, 50], ["width=50&height=50&fit=cover", 50, 50],
    ["width=50&height=50&fit=contain", 50, 33], ["width=90&height=20&fit=contain", 30, 20], ["width=50&height=50&fit=fill", 50, 50],
    ["width=600", 600, 400], ["width=1&height=1", 1, 1], ["height=1", 2, 1], ["width=1", 1, 1],
  ];
  for (const [query, width, height] of rows) {
    const answer = await imageOf(await send(`/image/resize?${query}`, webp, { type: "image/webp" }));
    assert.deepEqual([answer.width, answer.height], [width, height], query);
  }
});

test("cover cuts off the same on both sides, contain and fill cut nothing", async () => {
  const bands = flat(300, 100, [0, 0, 0]);
  for (let y = 0; y < 100; y++) for (let x = 0; x < 300; x++) bands.data.set(x < 100 ? [255, 0, 0] : x < 200 ? [0, 255, 0] : [0, 0, 255], (y * 300 + x) * 4);
  const seen = async (fit: string) => {
    const { data, width, height } = await imageOf(await send(`/image/resize?width=30&height=30&fit=${fit}`, encodePng(bands), { type: "image/png" }));
    const at = Math.floor(height / 2) * width * 4;
    return [0, Math.floor(width / 2), width - 1].map((x) => "rgb"[[...data.subarray(at + x * 4, at + x * 4 + 3)].findIndex((value) => value > 200)]).join("");
  };
  assert.equal(await seen("cover"), "ggg");
  assert.equal(await seen("contain"), "rgb");
  assert.equal(await seen("fill"), "rgb");
});

test("photos are turned as Exif says", async () => {
  // For each orientation, how the stored pixels are made from the upright ones.
  const store: ((x: number, y: number, w: number, h: number) => [number, number])[] = [
    (x, y) => [x, y], (x, y, w) => [w - 1 - x, y], (x, y, w, h) => [w - 1 - x, h - 1 - y], (x, y, _, h) => [x, h - 1 - y],
    (x, y) => [y, x], (x, y, _, h) => [y, h - 1 - x], (x, y, w, h) => [w - 1 - y, h - 1 - x], (x, y, w) => [w - 1 - y, x],
  ];
  for (let orientation = 1; orientation <= 8; orientation++) {
    const [w, h] = orientation >= 5 ? [200, 300] : [300, 200];
    const stored = flat(w, h, [0, 0, 0]);
    for (let y = 0; y < 200; y++) {
      for (let x = 0; x < 300; x++) {
        const [sx, sy] = store[orientation - 1]!(x, y, w, h);
        stored.data.set(photo.data.subarray((y * 300 + x) * 4, (y * 300 + x) * 4 + 4), (sy * w + sx) * 4);
      }
    }
    const bytes = encodeBaseline(stored, { orientation, bigEndianExif: orientation % 2 === 0 });
    const info = (await (await send("/image/info", bytes)).json()) as object;
    assert.deepEqual(info, { format: "jpeg", width: 300, height: 200, bytes: bytes.length });
    const similarity = psnr(await imageOf(await send("/image/resize?width=60&format=png", bytes)), averaged(photo, 60, 40));
    assert.ok(similarity > 30, `orientation ${orientation}: ${similarity} dB`);
    const left = await imageOf(await send("/image/resize?width=20&height=40&format=png", bytes));
    assert.deepEqual([left.width, left.height], [20, 40]);
  }
});

test("a JPEG of a kind that the own decoder does not read is read", async () => {
  const encoder = await (jpegEncoder as unknown as (options: object) => Promise<Encoder>)({
    locateFile: (file: string) => file,
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => done(new WebAssembly.Instance(jpegEncoderWasm, imports)),
  });
  const progressive = encoder.encode(photo.data, 300, 200, { ...jpegDefaults, quality: 90, progressive: true });
  assert.ok(psnr(await imageOf(await send("/image/resize?width=60", progressive)), averaged(photo, 60, 40)) > 28);
});

test("what can be seen through becomes white in a JPEG and stays in the others", async () => {
  const glass = encodePng(picture(90, 60, (u) => (u < 0.5 ? 0 : 255)));
  const asJpeg = await imageOf(await send("/image/convert?format=jpeg", glass, { type: "image/png" }));
  assert.ok(asJpeg.data.subarray(0, 3).every((value) => value > 250));
  for (const format of ["png", "webp"]) {
    const { data } = await imageOf(await send(`/image/resize?width=45&format=${format}`, glass, { type: "image/png" }));
    assert.deepEqual([data[3], data[44 * 4 + 3]], [0, 255]);
  }
});

test("a wrong parameter is named", async () => {
  const bad = "One parameter of the request is not as the contract says.";
  const rows: [string, string, string][] = [
    ["/image/resize", "query width", "is needed where there is no height"],
    ["/image/resize?width=0", "query width", "has to be a whole number from 1 to 10000"],
    ["/image/resize?width=10001", "query width", "has to be a whole number from 1 to 10000"],
    ["/image/resize?height=1.5", "query height", "has to be a whole number from 1 to 10000"],
    ["/image/resize?width=5&width=6", "query width", "is given more than once"],
    ["/image/resize?width=5&fit=round", "query fit", "has to be one of cover, contain, fill"],
    ["/image/resize?width=5&format=gif", "query format", "has to be one of jpeg, png, webp"],
    ["/image/resize?width=5&quality=101", "query quality", "has to be a whole number from 1 to 100"],
    ["/image/resize?width=5&colour=red", "query colour", "is not a parameter of this operation"],
    ["/image/convert", "query format", "is required"],
    ["/image/info?x=1", "query x", "is not a parameter of this operation"],
  ];
  for (const [path, parameter, detail] of rows) await problemOf(send(path, jpeg), 400, bad, [{ parameter, detail }]);
  await problemOf(send("/image/resize?width=x&height=y", jpeg), 400, "2 parameters of the request are not as the contract says.", [
    { parameter: "query width", detail: "has to be a whole number from 1 to 10000" },
    { parameter: "query height", detail: "has to be a whole number from 1 to 10000" },
  ]);
});

test("a body that is no image, or another, or only a part, is refused", async () => {
  const half = (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2);
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >> 3);
  await problemOf(send("/image/info", "hello"), 422, "The body is not a JPEG, PNG or WebP image – send the bytes of the image itself.");
  await problemOf(send("/image/info", undefined), 422, "The body is not a JPEG, PNG or WebP image – send the bytes of the image itself.");
  await problemOf(send("/image/info", noise), 422, "The body is not a JPEG, PNG or WebP image – send the bytes of the image itself.");
  await problemOf(send("/image/info", png), 422, "The body is a png image and its Content-Type says image/jpeg – send it as image/png.");
  await problemOf(send("/image/info", jpeg.slice(0, 60)), 422, "The JPEG ends before its size is known – send the whole image.");
  await problemOf(send("/image/info", png.slice(0, 20), { type: "image/png" }), 422, "The PNG ends before its size is known – send the whole image.");
  await problemOf(send("/image/info", webp.slice(0, 20), { type: "image/webp" }), 422, "The WebP ends before its size is known – send the whole image.");
  await problemOf(send("/image/resize?width=5", half(jpeg)), 422, "The JPEG ends before the image does – send the whole image.");
  await problemOf(send("/image/resize?width=5", half(png), { type: "image/png" }), 422, "The PNG is damaged and could not be decoded – send another image.");
  await problemOf(send("/image/resize?width=5", half(webp), { type: "image/webp" }), 422, "The WebP is damaged and could not be decoded – send another image.");
  assert.equal((await imageOf(await send("/image/resize?width=5", png, { type: "image/png" }))).width, 5);
  assert.equal((await imageOf(await send("/image/resize?width=5", webp, { type: "image/webp" }))).width, 5);
});

test("an image, or an answer, of more pixels than the plan allows is refused undecoded", async () => {
  const bomb = png.slice(0, 60);
  new DataView(bomb.buffer).setUint32(16, 50_000);
  new DataView(bomb.buffer).setUint32(20, 40_000);
  const plan = 'pixels and the plan "free" allows 12000000 – send a smaller image, or change the plan.';
  for (const path of ["/image/info", "/image/resize?width=5", "/image/convert?format=jpeg"]) {
    await problemOf(send(path, bomb, { type: "image/png" }), 403, `The image has 2000000000 ${plan}`);
  }
  await problemOf(send("/image/resize?width=6000&height=6000", jpeg), 403, `The answer would have 36000000 ${plan}`);
  const small = () => Response.json({ name: "tiny", imagePixelsMax: 59_999 });
  await problemOf(send("/image/info", jpeg, { plan: small }), 403, 'The image has 60000 pixels and the plan "tiny" allows 59999 – send a smaller image, or change the plan.');
});

test("the plan is asked for with the caller's token", async () => {
  let asked: Request | undefined;
  await send("/image/info", jpeg, {
    plan: (request) => {
      asked = request;
      return free();
    },
  });
  assert.equal(asked?.url, "https://auth/auth/users/me/plan");
  assert.equal(asked?.headers.get("authorization"), "Bearer token");
});

test("without a token, or with one that auth refuses, nothing is done", async () => {
  const AUTH = { fetch: () => assert.fail("auth was asked") };
  const request = new Request("http://localhost/image/info", { method: "POST", body: jpeg, headers: { "content-type": "image/jpeg" } });
  const missing = await worker.fetch(request, { AUTH } as never, {} as never);
  assert.equal(missing.headers.get("www-authenticate"), 'Bearer realm="tenon"');
  await problemOf(missing, 401, 'This operation needs an access token – send it as "Authorization: Bearer <token>".');
  const refused = await send("/image/info", jpeg, { plan: () => new Response(null, { status: 401, headers: { "www-authenticate": "Bearer x" } }) });
  assert.equal(refused.headers.get("www-authenticate"), "Bearer x");
  await problemOf(refused, 401, "The access token was refused – log in again.");
});

test("when auth does not answer as agreed, it can be tried again", async () => {
  const detail = "The caller's plan could not be read – try again in a moment.";
  const plans = [() => new Response("no", { status: 500 }), () => new Response("{"), () => Response.json({}), () => Promise.reject(new Error("away"))];
  for (const plan of plans) await problemOf(send("/image/info", jpeg, { plan }), 503, detail);
});

test("media types, methods and paths that are not the contract's are refused", async () => {
  const types = "send image/jpeg, image/png or image/webp.";
  await problemOf(send("/image/info", jpeg, { type: "image/gif" }), 415, `The media type "image/gif" is not taken here – ${types}`);
  await problemOf(send("/image/info", jpeg, { type: "" }), 415, `The request names no media type – ${types}`);
  assert.equal((await send("/image/info", jpeg, { type: "Image/JPEG; x=y" })).status, 200);
  const get = await send("/image/resize", undefined, { method: "GET" });
  assert.equal(get.headers.get("allow"), "POST");
  await problemOf(get, 405, "The method GET is not taken here – use POST.");
  await problemOf(send("/image/other", jpeg), 404, "There is nothing at /image/other – see the contract for what there is.");
});

test("a body that is too large is refused before it is read, or while", async () => {
  const detail = "The body of this operation may have 33554432 bytes, and more were sent.";
  await problemOf(send("/image/info", jpeg, { headers: { "content-length": "33554433" } }), 413, detail);
  const chunk = new Uint8Array(1 << 20);
  let sent = 0;
  const endless = new ReadableStream({ pull: (controller) => (sent++, controller.enqueue(chunk)) });
  await problemOf(send("/image/info", endless), 413, detail);
  assert.ok(sent < 40, `${sent} chunks were taken`);
});
