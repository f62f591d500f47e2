import { dot, embed, type EmbeddingModel } from "./embeddings";

export interface Score {
  label: string;
  score: number;
}

/** How much a difference in cosine counts. The model's cosines lie close together; at 25, a difference of 0.1 is twelve to one. */
const SHARPNESS = 25;

/** A label as a sentence: compared with that, the model chooses better than with the label alone. */
const asSentence = (label: string) => `This is a ${label}.`;

/** How well each label fits the text, the best first; the scores add up to one. */
export async function classify(ai: EmbeddingModel, text: string, labels: string[]): Promise<Score[]> {
  const [meaning, ...meanings] = await embed(ai, [text, ...labels.map(asSentence)]);
  const cosines = meanings.map((vector) => dot(meaning!, vector));
  const best = Math.max(...cosines);
  const weights = cosines.map((cosine) => Math.exp((cosine - best) * SHARPNESS));
  const sum = weights.reduce((a, b) => a + b, 0);
  return labels
    .map((label, index) => ({ label, score: rounded(weights[index]! / sum) }))
    .sort((a, b) => b.score - a.score);
}

/** Six decimals: what comes after says nothing about the text. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
