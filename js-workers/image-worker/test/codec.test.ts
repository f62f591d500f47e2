import assert from "node:assert/strict";
import { test } from "node:test";
import { Outcome, render, withCodec, write } from "../src/codec";
import { whole } from "../src/geometry";
import { encodeJpeg } from "../src/jsquash";
import { encodeBaseline, type Options } from "./baseline";
import { averaged, flat, picture, psnr } from "./pictures";

const photo = picture(323, 217);

function decode(bytes: Uint8Array, blockSize: number, width: number, height: number) {
  return withCodec((codec) => {
    const outcome = codec.decode(write(codec, bytes), bytes.length, blockSize);
    assert.equal(outcome, Outcome.done);
    return { data: render(codec, whole, { width, height }), width, height };
  });
}

const kinds: Record<string, Options> = {
  "4:2:0": {},
  "4:2:2": { sampling: [2, 1] },
  "4:4:0": { sampling: [1, 2] },
  "4:1:1": { sampling: [4, 1] },
  "4:4:4": { sampling: [1, 1] },
  "restart markers in each line": { restartInterval: 21 },
  "restart markers within lines": { restartInterval: 5 },
  "a restart marker for each unit": { restartInterval: 1, sampling: [1, 1] },
  "16-bit quantisers": { wideQuantizers: true },
  "Huffman codes of 16 bits": { codes: "long" },
  "RGB": { rgb: true, sampling: [1, 1] },
};

for (const [kind, options] of Object.entries(kinds)) {
  test(`${kind} is decoded at each size`, () => {
    const bytes = encodeBaseline(photo, options);
    assert.ok(psnr(decode(bytes, 8, 323, 217), photo) > 35, "whole");
    for (const [blockSize, quality] of [[4, 34], [2, 30], [1, 26]] as const) {
      const width = Math.ceil((323 * blockSize) / 8), height = Math.ceil((217 * blockSize) / 8);
      const similarity = psnr(decode(bytes, blockSize, width, height), averaged(photo, width, height));
      assert.ok(similarity > quality, `${blockSize}/8 has ${similarity} dB`);
    }
  });
}

test("a grey JPEG is decoded to grey", () => {
  const { data } = decode(encodeBaseline(photo, { sampling: 0 }), 8, 323, 217);
  for (let i = 0; i < data.length; i += 4) {
    assert.ok(data[i] === data[i + 1] && data[i] === data[i + 2] && data[i + 3] === 255);
  }
});

test("a flat colour stays the same at each size", () => {
  for (const blockSize of [1, 2, 4, 8]) {
    const { data } = decode(encodeBaseline(flat(64, 48, [200, 60, 30])), blockSize, 31, 23);
    for (let i = 0; i < data.length; i += 4) {
      assert.ok(Math.abs(data[i]! - 200) <= 2 && Math.abs(data[i + 1]! - 60) <= 2 && Math.abs(data[i + 2]! - 30) <= 2);
    }
  }
});

test("MozJPEG's files are decoded", async () => {
  assert.ok(psnr(decode(await encodeJpeg(photo, 95), 8, 323, 217), photo) > 35);
});

test("a part of the image is seen alone", () => {
  const halves = picture(200, 100);
  for (let y = 0; y < 100; y++) for (let x = 0; x < 200; x++) halves.data.set(x < 100 ? [255, 0, 0] : [0, 0, 255], (y * 200 + x) * 4);
  const right = withCodec((codec) => {
    codec.takePixels(write(codec, halves.data), 200, 100);
    return render(codec, { left: 0.6, top: 0, right: 1, bottom: 1 }, { width: 40, height: 50 });
  });
  for (let i = 0; i < right.length; i += 4) assert.deepEqual([...right.subarray(i, i + 4)], [0, 0, 255, 255]);
});

test("pixels are resampled down, up and to the same size", () => {
  const resample = (width: number, height: number) => withCodec((codec) => {
    codec.takePixels(write(codec, photo.data), photo.width, photo.height);
    return { data: render(codec, whole, { width, height }), width, height };
  });
  assert.ok(psnr(resample(50, 31), averaged(photo, 50, 31)) > 38, "down");
  assert.ok(psnr(averaged(resample(646, 434), 323, 217), photo) > 40, "up");
  assert.deepEqual(resample(323, 217), photo);
  assert.equal(resample(1, 1).data.length, 4);
});

test("colours that cannot be seen do not bleed", () => {
  const hidden = flat(64, 64, [0, 0, 0, 0]);
  for (let y = 0; y < 64; y++) for (let x = 32; x < 64; x++) hidden.data.set([250, 250, 250, 255], (y * 64 + x) * 4);
  const data = withCodec((codec) => {
    codec.takePixels(write(codec, hidden.data), 64, 64);
    return render(codec, whole, { width: 15, height: 15 });
  });
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! > 8) assert.ok(data[i]! > 230, `${data[i]} at alpha ${data[i + 3]}`);
  }
});

test("whatever is done to a JPEG, decoding it ends", () => {
  const bytes = encodeBaseline(picture(80, 60), { restartInterval: 4 });
  const outcomes = new Set<number>();
  let seed = 1;
  const random = (below: number) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % below;
  for (let round = 0; round < 2000; round++) {
    const damaged = bytes.slice(0, round % 3 === 0 ? 2 + random(bytes.length - 2) : bytes.length);
    for (let i = random(4); i >= 0; i--) damaged[2 + random(damaged.length - 2)] = random(256);
    withCodec((codec) => {
      outcomes.add(codec.decode(write(codec, damaged), damaged.length, [1, 2, 4, 8][round & 3]!));
    });
  }
  assert.deepEqual([...outcomes].sort(), [Outcome.done, Outcome.otherKind, Outcome.damaged, Outcome.truncated]);
});
