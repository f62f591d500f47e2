// What there is of an image: one plane per channel, each with a size of its own (chroma is often smaller), and resampling them all
// to one size.

import { allocate, clamp8 } from "./memory";

/** Four planes of six fields: where (0), bytes per line (4), bytes per sample (8), width (16) and height (24) in samples. */
const PLANES = memory.data(4 * 32, 16);
let planeCount: i32 = 0;

export function setPlaneCount(count: i32): void {
  planeCount = count;
}

export function planes(): i32 {
  return planeCount;
}

export function definePlane(plane: i32, pixels: usize, stride: i32, step: i32, width: f64, height: f64): void {
  const at = PLANES + <usize>(plane << 5);
  store<u32>(at, <u32>pixels);
  store<i32>(at, stride, 4);
  store<i32>(at, step, 8);
  store<f64>(at, width, 16);
  store<f64>(at, height, 24);
}

/** Two fields before the 14-bit weights of a target sample: the first source sample, and how many there are. */
const HEAD: i32 = 4;

/** The room for one target sample, in 16-bit numbers. */
let room: i32 = 0;
let firstSource: i32 = 0;
let lastSource: i32 = 0;

/**
 * Lanczos weights of three lobes, widened when the target is smaller, for `target` samples that cover `from` to `to` of a plane of
 * `size` samples. Sets `room`, and the range of source samples that is read.
 */
function weigh(from: f64, to: f64, size: f64, target: i32): usize {
  const samples = <i32>Math.ceil(size), ratio = (to - from) / <f64>target, scale = Math.max(1, ratio), reach = 3 * scale;
  room = (HEAD + <i32>Math.ceil(2 * reach) + 2 + 1) & ~1;
  const table = allocate(target * room * 2);
  const exact = allocate(room * 8);
  firstSource = samples;
  lastSource = 0;
  for (let i = 0; i < target; i++) {
    const centre = from + (<f64>i + 0.5) * ratio;
    let first = max(0, <i32>Math.floor(centre - reach + 0.5)), last = min(samples, <i32>Math.floor(centre + reach + 0.5));
    if (first >= samples) first = samples - 1;
    if (last <= first) last = first + 1;
    let sum: f64 = 0;
    for (let j = first; j < last; j++) {
      const weight = lanczos((<f64>j + 0.5 - centre) / scale);
      store<f64>(exact + <usize>((j - first) << 3), weight);
      sum += weight;
    }
    const row = table + <usize>(i * room * 2);
    let count = last - first, rest = 1 << 14, largest = 0;
    for (let j = 0; j < count; j++) {
      const weight = sum == 0 ? <i32>(j == 0) << 14 : <i32>Math.round((load<f64>(exact + <usize>(j << 3)) / sum) * 16384);
      store<i16>(row + <usize>((HEAD + j) << 1), <i16>weight);
      if (weight > <i32>load<i16>(row + <usize>((HEAD + largest) << 1))) largest = j;
      rest -= weight;
    }
    const top = row + <usize>((HEAD + largest) << 1);
    store<i16>(top, <i16>(<i32>load<i16>(top) + rest));
    while (count > 1 && load<i16>(row + <usize>((HEAD + count - 1) << 1)) == 0) count--;
    store<i32>(row, first);
    store<i32>(row, count, 4);
    firstSource = min(firstSource, first);
    lastSource = max(lastSource, first + count);
  }
  return table;
}

function lanczos(x: f64): f64 {
  if (x == 0) return 1;
  if (x <= -3 || x >= 3) return 0;
  const angle = Math.PI * x;
  return (3 * Math.sin(angle) * Math.sin(angle / 3)) / (angle * angle);
}

/**
 * Resamples a part of a plane, given as fractions of its size, to `width` × `height` samples. Returns where they are, line by line.
 */
export function resamplePlane(plane: i32, left: f64, top: f64, right: f64, bottom: f64, width: i32, height: i32): usize {
  const at = PLANES + <usize>(plane << 5);
  let pixels = <usize>load<u32>(at), stride = load<i32>(at, 4), step = load<i32>(at, 8);
  let w = load<f64>(at, 16), h = load<f64>(at, 24);

  // Where there are many source samples for one target sample, boxes of them are averaged first: it costs less and looks the same.
  const boxWidth = <i32>Math.max(1, Math.floor((w * (right - left)) / <f64>width / 2));
  const boxHeight = <i32>Math.max(1, Math.floor((h * (bottom - top)) / <f64>height / 2));
  if (boxWidth > 1 || boxHeight > 1) {
    pixels = averageBoxes(pixels, stride, step, <i32>Math.ceil(w), <i32>Math.ceil(h), boxWidth, boxHeight);
    w /= <f64>boxWidth;
    h /= <f64>boxHeight;
    stride = <i32>Math.ceil(w);
    step = 1;
  }

  const across = weigh(left * w, right * w, w, width), acrossRoom = room;
  const down = weigh(top * h, bottom * h, h, height), downRoom = room;
  const first = firstSource, lines = lastSource - firstSource;
  const narrow = allocate(width * lines);
  for (let y = 0; y < lines; y++) {
    resampleLine(pixels + <usize>((first + y) * stride), step, across, acrossRoom, narrow + <usize>(y * width), width);
  }
  const out = allocate(width * height);
  for (let y = 0; y < height; y++) {
    mixLines(narrow, width, first, down + <usize>(y * downRoom * 2), out + <usize>(y * width));
  }
  return out;
}

function resampleLine(source: usize, step: i32, weights: usize, rowRoom: i32, out: usize, width: i32): void {
  let row = weights;
  for (let x = 0; x < width; x++) {
    let from = source + <usize>(load<i32>(row) * step), weight = row + HEAD * 2;
    const end = weight + <usize>(load<i32>(row, 4) << 1);
    let sum = 1 << 13;
    while (weight < end) {
      sum += <i32>load<u8>(from) * <i32>load<i16>(weight);
      from += <usize>step;
      weight += 2;
    }
    store<u8>(out + <usize>x, <u8>clamp8(sum >> 14));
    row += <usize>(rowRoom << 1);
  }
}

/** One target line: `row` holds which lines of `source` (the first of which is line `origin`) it is mixed of. */
function mixLines(source: usize, width: i32, origin: i32, row: usize, out: usize): void {
  const from = source + <usize>((load<i32>(row) - origin) * width), end = row + HEAD * 2 + <usize>(load<i32>(row, 4) << 1);
  for (let x: usize = 0; x < <usize>width; x++) {
    let sum = 1 << 13, at = from + x, weight = row + HEAD * 2;
    while (weight < end) {
      sum += <i32>load<u8>(at) * <i32>load<i16>(weight);
      at += <usize>width;
      weight += 2;
    }
    store<u8>(out + x, <u8>clamp8(sum >> 14));
  }
}

function averageBoxes(source: usize, stride: i32, step: i32, width: i32, height: i32, boxWidth: i32, boxHeight: i32): usize {
  const columns = (width + boxWidth - 1) / boxWidth, rows = (height + boxHeight - 1) / boxHeight;
  const out = allocate(columns * rows), sums = allocate(columns * 4);
  for (let row = 0; row < rows; row++) {
    const until = min(height, (row + 1) * boxHeight);
    memory.fill(sums, 0, columns * 4);
    for (let y = row * boxHeight; y < until; y++) addBoxes(source + <usize>(y * stride), step, width, boxWidth, sums);
    for (let column = 0; column < columns; column++) {
      const count = (until - row * boxHeight) * (min(width, (column + 1) * boxWidth) - column * boxWidth);
      const sum = load<u32>(sums + <usize>(column << 2));
      store<u8>(out + <usize>(row * columns + column), <u8>((sum + <u32>(count >> 1)) / <u32>count));
    }
  }
  return out;
}

function addBoxes(source: usize, step: i32, width: i32, boxWidth: i32, sums: usize): void {
  let at = source, to = sums;
  for (let x = 0; x < width; to += 4) {
    const until = min(width, x + boxWidth);
    let sum: u32 = 0;
    for (; x < until; x++) {
      sum += load<u8>(at);
      at += <usize>step;
    }
    store<u32>(to, load<u32>(to) + sum);
  }
}
