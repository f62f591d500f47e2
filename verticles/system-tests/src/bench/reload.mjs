// How long `tenon dev` takes from a saved file to the first answer of the new version, as its user waits for it.
//
//   node verticles/system-tests/src/bench/reload.mjs [ROUNDS]
//
// For workers whose one dependency has 0, 60 and 1,000 KB: the median, the 90th percentile and the worst of ROUNDS saves (20), and what the dev server itself says of its part.

import { spawn } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const tenon = fileURLToPath(new URL("../../../../tenon", import.meta.url));
const rounds = Number(process.argv[2] ?? 20);

const main = (round) => `import { use } from "library";
const round: number = ${round};
export default { fetch: () => new Response(\`round \${round} \${use().length}\`) };
`;

/** JavaScript such as libraries have: functions that call each other, classes, tables. */
function library(bytes) {
  const parts = [];
  for (let i = 0, length = 0; length < bytes; i++) {
    const part = `
function step${i}(input, options = {}) {
  const { limit = ${i}, label = "step ${i}" } = options;
  if (input == null || typeof input !== "object") throw new TypeError(\`\${label} wants an object\`);
  return Object.entries(input).filter(([key]) => key.length > limit).map(([key, value]) => ({ key, value, label }));
}
class Node${i} {
  constructor(parent) { this.parent = parent; this.children = []; }
  add(child) { this.children.push(child); return child instanceof Node${i} ? child.depth() : step${i}({ child }); }
  depth() { return this.parent ? this.parent.depth() + 1 : 0; }
}
table.push(["entry ${i}", step${i}, Node${i}, /^[a-z]{1,${(i % 9) + 1}}$/u]);
`;
    parts.push(part);
    length += part.length;
  }
  return `const table = [];\n${parts.join("")}\nexport function use() { return table; }\n`;
}

function start(folder) {
  const child = spawn(tenon, ["dev", folder, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const reloads = [];
  const url = new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
      const listening = /listening on (\S+)/.exec(text);
      if (listening) resolve(listening[1]);
      for (const [, millis] of String(piece).matchAll(/reloaded in (\d+) ms/g)) reloads.push(Number(millis));
    });
    child.on("exit", (code) => reject(new Error(`tenon dev ended with ${code}: ${text}`)));
  });
  return { url, reloads, stop: () => new Promise((done) => { child.on("exit", done); child.kill("SIGINT"); }) };
}

async function answerOf(url, expected) {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const text = await (await fetch(url)).text();
    if (text.startsWith(expected)) return;
    await setTimeout(2);
  }
  throw new Error(`no answer "${expected}"`);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0).padStart(6);

console.log("dependency   median    90 %     worst   of which the server's (median), ms");
for (const kilobytes of [0, 60, 1_000]) {
  const folder = await mkdtemp(join(tmpdir(), "tenon-reload-"));
  await mkdir(join(folder, "node_modules/library"), { recursive: true });
  await mkdir(join(folder, "src"));
  await writeFile(join(folder, "node_modules/library/package.json"), '{ "name": "library", "version": "1.0.0", "type": "module", "main": "index.js" }');
  await writeFile(join(folder, "node_modules/library/index.js"), library(kilobytes * 1_000));
  await writeFile(join(folder, "wrangler.toml"), 'name = "reload"\nmain = "src/index.ts"\ncompatibility_date = "2026-01-01"\n');
  await writeFile(join(folder, "src/index.ts"), main(0));
  const dev = start(folder);
  try {
    const url = await dev.url;
    await answerOf(url, "round 0 ");
    const times = [];
    for (let round = 1; round <= rounds; round++) {
      const saved = performance.now();
      await writeFile(join(folder, "src/index.ts"), main(round));
      await answerOf(url, `round ${round} `);
      times.push(performance.now() - saved);
    }
    times.sort((a, b) => a - b);
    const own = dev.reloads.sort((a, b) => a - b);
    console.log(`${String(kilobytes).padStart(7)} KB  ${at(times, 0.5)}   ${at(times, 0.9)}   ${at(times, 1)}   ${own.length ? at(own, 0.5) : "?"}`);
  } finally {
    await dev.stop();
    await rm(folder, { recursive: true });
  }
}
