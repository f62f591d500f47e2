// Asks a running system for a photo of 3,000×2,000 pixels at 300×200, from some clients at once, and prints how long the answers took.
//
//   node --import ./test/loader.mjs bench/resize.ts [EDGE_URL] [CLIENTS] [SECONDS] [WARM_UP_SECONDS]

import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { decodeJpeg } from "../src/jsquash";
import { encodeBaseline } from "../test/baseline";
import { averaged, picture, psnr } from "../test/pictures";

const [edge = "http://127.0.0.1:8080", clients = "10", seconds = "60", warmUp = "60"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });

type Answer = { status: number; body: Buffer };

function ask(method: string, path: string, headers: Record<string, string | number>, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, edge), { method, agent, headers: { ...headers, "content-length": body.length } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part)).on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
    });
    sent.on("error", reject).end(body);
  });
}

async function json(path: string, value: unknown): Promise<Record<string, string>> {
  const { status, body } = await ask("POST", path, { "content-type": "application/json" }, Buffer.from(JSON.stringify(value)));
  if (status >= 300) throw new Error(`${path} – ${status} ${body}`);
  return JSON.parse(body.toString());
}

const account = { email: `${randomUUID()}@example.org`, password: "correct horse battery" };
await json("/auth/register", account);
const tokens = await json("/auth/login", account);
const photo = picture(3000, 2000);
const jpeg = encodeBaseline(photo);
const headers = { authorization: `Bearer ${tokens.accessToken}`, "content-type": "image/jpeg" };
const resize = () => ask("POST", "/image/resize?width=300&height=200&format=jpeg", headers, jpeg);

async function load(duration: number): Promise<{ times: number[]; refused: number }> {
  const end = performance.now() + duration * 1000;
  const times: number[] = [];
  let refused = 0;
  await Promise.all(
    Array.from({ length: Number(clients) }, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        const { status } = await resize();
        if (status === 200) times.push(performance.now() - began);
        else refused++;
      }
    }),
  );
  return { times: times.sort((a, b) => a - b), refused };
}

const small = await resize();
if (small.status !== 200) throw new Error(`resize – ${small.status} ${small.body}`);
const decoded = await decodeJpeg(small.body);
if (!decoded) throw new Error("resize – what came back is no JPEG");
const likeness = psnr(decoded, averaged(photo, 300, 200));
console.log(`${(jpeg.length / 1e6).toFixed(2)} MB in, ${small.body.length} bytes out, ${likeness.toFixed(1)} dB from the mean of the pixels`);
for (const [name, duration] of [["warm-up", Number(warmUp)], ["measured", Number(seconds)]] as const) {
  const { times, refused } = await load(duration);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN).toFixed(0);
  console.log(`${name}: ${times.length} answers in ${duration} s, ${clients} clients; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms; not 200: ${refused}`);
}
agent.destroy();
