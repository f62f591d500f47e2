// Cuts English text into sentences. Intl.Segmenter is not used: it splits after "Dr.", and its rules change with the ICU version.

/** Words that a full stop belongs to, without ending a sentence. */
const ABBREVIATIONS = new Set(
  ("mr mrs ms dr prof rev hon st sr jr capt col gen lt maj sgt gov sen rep pres supt vs etc e.g i.e cf al approx dept est fig figs no nos vol vols "
    + "pp ed eds inc ltd co corp bros univ assn ave blvd rd jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    + "a.m p.m u.s u.k u.n e.u d.c ph.d b.c a.d").split(" "),
);

/** Of these, the ones that end a sentence as often as not: a capital letter behind them decides. */
const EITHER = new Set("etc inc ltd co corp jr sr a.m p.m u.s u.k u.n e.u d.c ph.d b.c a.d al".split(" "));

/** Longer than the longest abbreviation. */
const WORD_MAX = 8;

const OPENING = /["'“‘(\[«]/;
const CLOSING = /["'”’)\]»]/;

/** The sentences of a text, in order, each with its white space made single spaces. */
export function splitSentences(text: string): string[] {
  return text
    .split(/\r?\n[^\S\n]*\r?\n\s*|\n(?=\s*(?:[-*•–]|\d+[.)])\s)/) // paragraphs, and items of a list
    .flatMap((paragraph) => splitParagraph(paragraph.replace(/\s+/g, " ").trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function splitParagraph(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!isTerminator(text[at]!)) continue;
    let end = at + 1;
    while (end < text.length && isTerminator(text[end]!)) end++;
    const marks = end - at;
    while (end < text.length && CLOSING.test(text[end]!)) end++;
    const spaced = end < text.length && text[end] === " ";
    if (end === text.length || isWide(text[at]!) || (spaced && endsSentence(text, start, at, marks, end + 1))) {
      sentences.push(text.slice(start, end).trim());
      start = end;
    }
    at = end - 1;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== "");
}

function isTerminator(character: string): boolean {
  return character === "." || character === "!" || character === "?" || character === "…" || isWide(character);
}

/** Full stops of scripts that put no space behind them. */
function isWide(character: string): boolean {
  return character === "。" || character === "！" || character === "？";
}

/** Whether the marks at `at` end a sentence, where another text begins at `next`. */
function endsSentence(text: string, start: number, at: number, marks: number, next: number): boolean {
  const following = firstLetter(text, next);
  const lower = /\p{Ll}/u.test(following);
  if (text[at] !== "." || marks > 1) return !lower;
  if (lower) return false;
  const word = wordBefore(text, start, at);
  if (/^\p{L}$/u.test(word) && word !== "i") return false; // an initial
  if (EITHER.has(word)) return /\p{Lu}/u.test(following);
  return !ABBREVIATIONS.has(word);
}

/** The first character of a sentence behind the quotes and brackets that it begins with. */
function firstLetter(text: string, from: number): string {
  let at = from;
  while (at < text.length && OPENING.test(text[at]!)) at++;
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : "";
}

/** The word that ends at `end`, in lower case; empty when it is longer than any that matters. */
function wordBefore(text: string, start: number, end: number): string {
  let at = end;
  while (at > start && end - at <= WORD_MAX && text[at - 1] !== " " && !OPENING.test(text[at - 1]!)) at--;
  return end - at > WORD_MAX ? "" : text.slice(at, end).toLowerCase();
}
