import { type Format, formats } from "./header";
import { Problem } from "./problem";

export const BODY_BYTES_MAX = 33_554_432;

/** The image format that the request's Content-Type names. */
export function declaredFormat(request: Request): Format {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  const format = formats.find((candidate) => type === `image/${candidate}`);
  if (format === undefined) {
    const sent = type === "" ? "The request names no media type" : `The media type "${type}" is not taken here`;
    throw new Problem("urn:tenon:problem:media-type", "Unsupported media type", 415, `${sent} – send image/jpeg, image/png or image/webp.`);
  }
  return format;
}

/** Reads the body, but never more than BODY_BYTES_MAX of it. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > BODY_BYTES_MAX) throw tooLarge();
    return new Uint8Array(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(): Problem {
  return new Problem("urn:tenon:problem:body-too-large", "Body too large", 413, `The body of this operation may have ${BODY_BYTES_MAX} bytes, and more were sent.`);
}
