import { dot, embed, type EmbeddingModel, type Vector } from "./embeddings";
import { splitSentences } from "./sentences";

/** Sentences whose meaning is compared. Of a longer text, those are taken whose words are the text's most used. */
const CANDIDATES_MAX = 200;

/** Sentences of fewer words say little by themselves, and headings only name; both are taken only where there is nothing else. */
const WORDS_MIN = 4;
const HEADING_WORDS_MAX = 8;

/** How much a sentence's being about what the text is about counts, against its not repeating what is said already. */
const CENTRALITY = 0.8;

/** The sentences of a text that say most about it, in the text's order. */
export async function summarize(ai: EmbeddingModel, text: string, count: number, go?: () => boolean): Promise<string[]> {
  const sentences = splitSentences(text);
  if (sentences.length <= count) return sentences;
  const candidates = choose(sentences, count);
  const vectors = await embed(ai, candidates.map((index) => sentences[index]!), go);
  if (vectors.length < candidates.length) return [];
  return mostCentral(vectors, count)
    .map((place) => candidates[place]!)
    .sort((a, b) => a - b)
    .map((index) => sentences[index]!);
}

/** The indexes of the sentences to compare, in order. */
function choose(sentences: string[], count: number): number[] {
  const words = sentences.map((sentence) => sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const seen = new Set<string>();
  const distinct = sentences.map((_, index) => index).filter((index) => {
    const key = words[index]!.join(" ");
    return !seen.has(key) && seen.add(key);
  });
  const isHeading = (index: number) => words[index]!.length <= HEADING_WORDS_MAX && !/[.!?…。！？]["'”’)\]»]*$/.test(sentences[index]!);
  const long = distinct.filter((index) => words[index]!.length >= WORDS_MIN && !isHeading(index));
  const candidates = long.length >= count ? long : distinct;
  if (candidates.length <= CANDIDATES_MAX) return candidates;

  const used = new Map<string, number>();
  for (const word of words.flat()) if (word.length > 3) used.set(word, (used.get(word) ?? 0) + 1);
  const weight = (index: number) => words[index]!.reduce((sum, word) => sum + (used.get(word) ?? 0), 0) / words[index]!.length;
  return candidates
    .map((index) => ({ index, weight: weight(index) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, CANDIDATES_MAX)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

/** The places of vectors near the middle of all and far from each other (maximal marginal relevance). */
function mostCentral(vectors: Vector[], count: number): number[] {
  const middle = vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));
  const length = Math.sqrt(dot(middle, middle));
  const centrality = vectors.map((vector) => dot(vector, middle) / length);
  const repetition = vectors.map(() => 0);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, vectors.length)) {
    let best = -1, bestScore = -Infinity;
    for (let i = 0; i < vectors.length; i++) {
      const score = CENTRALITY * centrality[i]! - (1 - CENTRALITY) * repetition[i]!;
      if (score > bestScore && !chosen.includes(i)) [best, bestScore] = [i, score];
    }
    chosen.push(best);
    for (let i = 0; i < vectors.length; i++) repetition[i] = Math.max(repetition[i]!, dot(vectors[i]!, vectors[best]!));
  }
  return chosen;
}
