import type { Plan } from "@tenon/contracts/auth";
import { type Context, Hono } from "hono";
import { declaredFormat, readBody } from "./body";
import { planResize, type Size, whole } from "./geometry";
import { type Format, type Header, readHeader, sideways } from "./header";
import { convertParameters, noParameters, resizeParameters } from "./parameters";
import { fetchPlan } from "./plan";
import { notAnImage, Problem } from "./problem";
import { transform } from "./transform";

export interface Env {
  AUTH: Fetcher;
}

type Call = Context<{ Bindings: Env }>;

const app = new Hono<{ Bindings: Env }>();

app.post("/image/info", async (call) => {
  noParameters(query(call));
  const { bytes, header } = await receive(call);
  return call.json({ format: header.format, ...seenSize(header), bytes: bytes.length });
});

app.post("/image/resize", async (call) => {
  const { width, height, fit, format, quality } = resizeParameters(query(call));
  const { bytes, header, plan } = await receive(call);
  const resize = planResize(seenSize(header), { width, height }, fit);
  checkPixels(plan, resize.size, "answer would have");
  return image(await transform(bytes, header, resize, format ?? header.format, quality), format ?? header.format);
});

app.post("/image/convert", async (call) => {
  const { format, quality } = convertParameters(query(call));
  const { bytes, header } = await receive(call);
  return image(await transform(bytes, header, { part: whole, size: seenSize(header) }, format, quality), format);
});

for (const path of ["/image/info", "/image/resize", "/image/convert"]) {
  app.all(path, (call) => {
    const detail = `The method ${call.req.method} is not taken here – use POST.`;
    throw new Problem("urn:tenon:problem:method-not-allowed", "Method not allowed", 405, detail, [], { allow: "POST" });
  });
}

app.notFound((call) => {
  const detail = `There is nothing at ${call.req.path} – see the contract for what there is.`;
  return new Problem("urn:tenon:problem:not-found", "Not found", 404, detail).toResponse();
});

app.onError((error) => {
  if (error instanceof Problem) return error.toResponse();
  console.error(error);
  return new Problem("urn:tenon:problem:internal", "Internal error", 500, "The image could not be processed because of a fault here.").toResponse();
});

export default app;

function query(call: Call): URLSearchParams {
  return new URL(call.req.url).searchParams;
}

/** The image of a request whose caller may send it: nothing of it is decoded before its size is known and allowed. */
async function receive(call: Call): Promise<{ bytes: Uint8Array; header: Header; plan: Plan }> {
  const request = call.req.raw;
  const declared = declaredFormat(request);
  const authorization = request.headers.get("authorization");
  if (authorization === null) {
    throw new Problem(
      "urn:tenon:problem:token-missing", "Access token missing", 401,
      'This operation needs an access token – send it as "Authorization: Bearer <token>".', [], { "www-authenticate": 'Bearer realm="tenon"' },
    );
  }
  const [bytes, plan] = await Promise.all([readBody(request), fetchPlan(call.env.AUTH, authorization)]);
  const header = readHeader(bytes);
  if (header.format !== declared) {
    throw notAnImage(`The body is a ${header.format} image and its Content-Type says image/${declared} – send it as image/${header.format}.`);
  }
  checkPixels(plan, header, "image has");
  return { bytes, header, plan };
}

function checkPixels(plan: Plan, { width, height }: Size, what: string): void {
  const pixels = width * height;
  if (pixels > plan.imagePixelsMax) {
    const detail = `The ${what} ${pixels} pixels and the plan "${plan.name}" allows ${plan.imagePixelsMax} – send a smaller image, or change the plan.`;
    throw new Problem("urn:tenon:image:too-many-pixels", "Too many pixels", 403, detail);
  }
}

/** The size of the image as it is seen. */
function seenSize(header: Header): Size {
  const { width, height } = header;
  return sideways(header) ? { width: height, height: width } : { width, height };
}

function image(bytes: Uint8Array, format: Format): Response {
  return new Response(bytes, { headers: { "content-type": `image/${format}` } });
}
