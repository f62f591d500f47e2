import { Problem } from "./problem";

export const MODEL = "@cf/baai/bge-small-en-v1.5";

/** Texts that the model takes at a time. */
const BATCH_MAX = 100;

export type Vector = number[];

/** What is used of Cloudflare's `Ai`. */
export interface EmbeddingModel {
  run(model: typeof MODEL, inputs: { text: string[] }): Promise<unknown>;
}

/** A vector of length one for each text. `go` is asked before each batch whether the vectors are still wanted. */
export async function embed(ai: EmbeddingModel, texts: string[], go: () => boolean = () => true): Promise<Vector[]> {
  const vectors: Vector[] = [];
  for (let at = 0; at < texts.length && go(); at += BATCH_MAX) {
    const batch = texts.slice(at, at + BATCH_MAX);
    const { data } = (await run(ai, batch)) as { data?: Vector[] };
    if (!Array.isArray(data) || data.length !== batch.length) throw unavailable();
    vectors.push(...data.map(ofLengthOne));
  }
  return vectors;
}

async function run(ai: EmbeddingModel, text: string[]): Promise<object> {
  try {
    const answer = await ai.run(MODEL, { text });
    return typeof answer === "object" && answer !== null ? answer : {};
  } catch (error) {
    // Workers AI's messages begin with a code; 3040 is "capacity exceeded". They never hold the text.
    if (String((error as Error)?.message).startsWith("3040")) {
      throw new Problem("urn:tenon:ai:busy", "Model busy", 503, "The model has more to do than it can – try again in a moment.", [], { "retry-after": "1" });
    }
    console.error(error);
    throw unavailable();
  }
}

function unavailable(): Problem {
  return new Problem("urn:tenon:ai:model-unavailable", "Model unavailable", 503, "The model did not answer – try again in a moment.");
}

function ofLengthOne(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector));
  return Math.abs(length - 1) < 1e-3 || length === 0 ? vector : vector.map((value) => value / length);
}

/** The cosine of two vectors of length one. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
