import assert from "node:assert/strict";
import { test } from "node:test";
import { splitSentences } from "../src/sentences";
import { article } from "./article";

function check(sentences: string): void {
  const expected = sentences.split("|");
  assert.deepEqual(splitSentences(expected.join(" ")), expected);
}

test("sentences end at full stops, marks and ellipses", () => {
  check("It rains.|Does it?|It does!|Really?!|Well…|Yes...|No.");
});

test("abbreviations, initials and numbers do not end a sentence", () => {
  check("Dr. H. L. Marsh met Mrs. Okafor at 3.30 p.m. on Nov. 3.|They spoke of e.g. lamps, i.e. lights, vs. fires.");
  check("It is 18.5 miles, or No. 7 of Fig. 2, from St. Ives.|See https://example.org/a.b?c=1 for v1.2.3 of it.");
});

test("what is an abbreviation as often as an end is decided by what follows", () => {
  check("He lives in the U.S. now, near Acme Inc. of course.|We met at 5 p.m. yesterday.");
  check("He moved to the U.S.|It was late.|We met at 5 p.m.|She came too.");
});

test("quotes and brackets belong to the sentence that they close", () => {
  check('"Come in," she said.|"Is it you?"|He (the keeper.) nodded.|(It was dark.)|“Yes.”|He left.');
  check('"Why?" he asked.|She did not know.');
});


test("paragraphs and items of a list end sentences, lines do not", () => {
  assert.deepEqual(splitSentences("A heading\n\nOne line\r\nand another.\n \n- first item\n- second item\n1. third"), [
    "A heading", "One line and another.", "- first item", "- second item", "1. third",
  ]);
});

test("scripts that put no space behind a full stop are split too", () => {
  assert.deepEqual(splitSentences("今日は雨です。明日は晴れ！本当？はい"), ["今日は雨です。", "明日は晴れ！", "本当？", "はい"]);
});

test("nothing but marks is no sentence", () => {
  assert.deepEqual(splitSentences(" ... \n\n *** \n\n?!"), []);
  assert.deepEqual(splitSentences(""), []);
});

test("an article is split as a reader would", () => {
  const sentences = splitSentences(article);
  assert.equal(sentences.length, 29);
  assert.equal(sentences[2], "Built in 1886 by the engineer Dr. H. L. Marsh, it was the first tower in the region to be made of prefabricated iron plates instead of stone.");
  assert.equal(sentences[13], "Mrs. Okafor, who chairs the fishing cooperative, collected 4,000 signatures in a town of 5,200.");
});

test("a long text without an end is split in time that grows with it", () => {
  assert.equal(splitSentences("a".repeat(200_000)).length, 1);
  assert.equal(splitSentences("A. ".repeat(60_000)).length, 1);
  assert.equal(splitSentences("word. ".repeat(30_000)).length, 1);
  assert.equal(splitSentences("Word. ".repeat(30_000)).length, 30_000);
  assert.equal(splitSentences('."'.repeat(90_000) + "a").length, 1);
});
