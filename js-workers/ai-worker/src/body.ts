import { Problem, type Violation } from "./problem";

const BODY_BYTES_MAX = 1_048_576;

/** Reads a request's body, which has to be JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/json") {
    const sent = type === "" ? "The request names no media type" : `The media type "${type}" is not taken here`;
    throw new Problem("urn:tenon:problem:media-type", "Unsupported media type", 415, `${sent} – send application/json.`);
  }
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("urn:tenon:problem:body-not-json", "Body is not JSON", 400, "The body of the request is not JSON.");
  }
}

/** Reads the body, but never more than BODY_BYTES_MAX of it. */
async function readText(request: Request): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > BODY_BYTES_MAX) throw tooLarge();
    return request.text();
  }
  const decoder = new TextDecoder();
  let text = "", length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): Problem {
  return new Problem("urn:tenon:problem:body-too-large", "Body too large", 413, `The body of this operation may have ${BODY_BYTES_MAX} bytes, and more were sent.`);
}

/** Checks the members of a JSON object one by one and gathers what is wrong with them. */
export class Members {
  readonly #object: Record<string, unknown>;
  readonly #violations: Violation[] = [];

  constructor(body: unknown, known: string[]) {
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw invalid([{ pointer: "", detail: "has to be an object" }]);
    this.#object = body as Record<string, unknown>;
    for (const name of Object.keys(this.#object)) {
      if (!known.includes(name)) this.wrong(`/${escape(name)}`, "is not a member of this object");
    }
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  text(name: string, max: number): string {
    return this.#require(name) ? this.#checkText(`/${name}`, this.#object[name], max) : "";
  }

  texts(name: string, itemsMax: number, max: number): string[] {
    if (!this.#require(name)) return [];
    const value = this.#object[name];
    if (!Array.isArray(value) || value.length < 1 || value.length > itemsMax) {
      this.wrong(`/${name}`, `has to be an array of 1 to ${itemsMax} items`);
      return [];
    }
    return value.map((item, index) => this.#checkText(`/${name}/${index}`, item, max));
  }

  integer(name: string, min: number, max: number): number | undefined {
    if (!this.has(name)) return undefined;
    const value = this.#object[name];
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    this.wrong(`/${name}`, `has to be a whole number from ${min} to ${max}`);
    return undefined;
  }

  wrong(pointer: string, detail: string): void {
    this.#violations.push({ pointer, detail });
  }

  done(): void {
    if (this.#violations.length > 0) throw invalid(this.#violations);
  }

  #require(name: string): boolean {
    if (!this.has(name)) this.wrong(`/${name}`, "is required and missing");
    return this.has(name);
  }

  #checkText(pointer: string, value: unknown, max: number): string {
    if (typeof value === "string" && value.length > 0 && (value.length <= max || [...value].length <= max)) return value;
    this.wrong(pointer, `has to be a string of 1 to ${max} characters`);
    return "";
  }
}

function escape(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function invalid(errors: Violation[]): Problem {
  return new Problem("urn:tenon:problem:body-invalid", "Invalid body", 422, "The body of the request is not as the contract says.", errors);
}
