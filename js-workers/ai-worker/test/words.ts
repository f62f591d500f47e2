import { createHash } from "node:crypto";

/** A model that knows nothing but words: texts that share words have vectors that are near. */
export class WordModel {
  /** The texts of each call. */
  readonly calls: string[][] = [];

  async run(_model: string, { text }: { text: string[] }): Promise<unknown> {
    this.calls.push(text);
    const data = text.map(vectorOf);
    return { shape: [data.length, 64], data, pooling: "mean" };
  }
}

function vectorOf(text: string): number[] {
  const vector = Array<number>(64).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash("sha256").update(word).digest();
    for (let i = 0; i < 64; i++) vector[i]! += (hash[i % 32]! - 127.5) * (i < 32 ? 1 : -1) ** hash[i >> 5]!;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
