// Inverse cosine transforms that give a block's pixels at 1/8, 2/8, 4/8 or 8/8 of its size: the N-point transform of the N×N
// lowest frequencies, which is the block seen through an ideal low-pass filter.

import { clamp8 } from "./memory";

/** Dequantised coefficients of one block, row by row. */
export const BLOCK = memory.data(64 * 4, 16);

/** How far along a block's zigzag order coefficients count at 1, 2, 4 and 8 pixels. */
// @ts-ignore: decorator
@inline export function lastIndex(size: i32): u32 {
  return size == 2 ? 4 : size == 4 ? 24 : size == 8 ? 63 : 0;
}

/** Clears what the transform of this size reads, but for the DC coefficient. */
// @ts-ignore: decorator
@inline export function clearBlock(size: i32): void {
  if (size == 8) {
    memory.fill(BLOCK, 0, 256);
  } else {
    for (let row = 0; row < size; row++) {
      const at = BLOCK + <usize>(row << 5);
      store<u64>(at, 0);
      store<u64>(at, 0, 8);
    }
  }
}

export function transform1(dc: i32, out: usize): void {
  store<u8>(out, <u8>clamp8((dc + 1028) >> 3));
}

export function transform2(out: usize, stride: usize): void {
  const a = load<i32>(BLOCK) + 1028, b = load<i32>(BLOCK, 4), c = load<i32>(BLOCK, 32), d = load<i32>(BLOCK, 36);
  store<u8>(out, <u8>clamp8((a + b + c + d) >> 3));
  store<u8>(out, <u8>clamp8((a - b + c - d) >> 3), 1);
  store<u8>(out + stride, <u8>clamp8((a + b - c - d) >> 3));
  store<u8>(out + stride, <u8>clamp8((a - b - c + d) >> 3), 1);
}

// Four points: 1/2, and cos(π/8) and sin(π/8) times 1/√2, times 2^11.
const HALF = 10;
const C1: i32 = 1338;
const C3: i32 = 554;

export function transform4(out: usize, stride: usize): void {
  for (let column: usize = 0; column < 16; column += 4) {
    const at = BLOCK + column;
    const x0 = load<i32>(at), x1 = load<i32>(at, 32), x2 = load<i32>(at, 64), x3 = load<i32>(at, 96);
    const e0 = (x0 + x2) << HALF, e1 = (x0 - x2) << HALF, o0 = x1 * C1 + x3 * C3, o1 = x1 * C3 - x3 * C1;
    store<i32>(at, (e0 + o0) >> 2);
    store<i32>(at, (e1 + o1) >> 2, 32);
    store<i32>(at, (e1 - o1) >> 2, 64);
    store<i32>(at, (e0 - o0) >> 2, 96);
  }
  let to = out;
  for (let row: usize = 0; row < 128; row += 32) {
    const at = BLOCK + row;
    const x0 = load<i32>(at), x1 = load<i32>(at, 4), x2 = load<i32>(at, 8), x3 = load<i32>(at, 12);
    const e0 = ((x0 + x2) << HALF) + (257 << 20), e1 = ((x0 - x2) << HALF) + (257 << 20), o0 = x1 * C1 + x3 * C3, o1 = x1 * C3 - x3 * C1;
    store<u8>(to, <u8>clamp8((e0 + o0) >> 21));
    store<u8>(to, <u8>clamp8((e1 + o1) >> 21), 1);
    store<u8>(to, <u8>clamp8((e1 - o1) >> 21), 2);
    store<u8>(to, <u8>clamp8((e0 - o0) >> 21), 3);
    to += stride;
  }
}

// Eight points, after Loeffler, Ligtenberg and Moschytz; constants times 2^13.
const F0298: i32 = 2446;
const F0390: i32 = 3196;
const F0541: i32 = 4433;
const F0765: i32 = 6270;
const F0899: i32 = 7373;
const F1175: i32 = 9633;
const F1501: i32 = 12299;
const F1847: i32 = 15137;
const F1961: i32 = 16069;
const F2053: i32 = 16819;
const F2562: i32 = 20995;
const F3072: i32 = 25172;

/** One pass over eight values `step` bytes apart; the results lose `shift` bits and are left in their places. */
// @ts-ignore: decorator
@inline function pass8(at: usize, step: usize, bias: i32, shift: i32): void {
  const x0 = load<i32>(at), x1 = load<i32>(at + step), x2 = load<i32>(at + step * 2), x3 = load<i32>(at + step * 3);
  const x4 = load<i32>(at + step * 4), x5 = load<i32>(at + step * 5), x6 = load<i32>(at + step * 6), x7 = load<i32>(at + step * 7);
  const z1 = (x2 + x6) * F0541;
  const t2 = z1 - x6 * F1847, t3 = z1 + x2 * F0765;
  const t0 = ((x0 + x4) << 13) + bias, t1 = ((x0 - x4) << 13) + bias;
  const e0 = t0 + t3, e3 = t0 - t3, e1 = t1 + t2, e2 = t1 - t2;
  const z5 = (x7 + x3 + x5 + x1) * F1175;
  const a = -(x7 + x1) * F0899, b = -(x5 + x3) * F2562, c = z5 - (x7 + x3) * F1961, d = z5 - (x5 + x1) * F0390;
  const o0 = x7 * F0298 + a + c, o1 = x5 * F2053 + b + d, o2 = x3 * F3072 + b + c, o3 = x1 * F1501 + a + d;
  store<i32>(at, (e0 + o3) >> shift);
  store<i32>(at + step * 7, (e0 - o3) >> shift);
  store<i32>(at + step, (e1 + o2) >> shift);
  store<i32>(at + step * 6, (e1 - o2) >> shift);
  store<i32>(at + step * 2, (e2 + o1) >> shift);
  store<i32>(at + step * 5, (e2 - o1) >> shift);
  store<i32>(at + step * 3, (e3 + o0) >> shift);
  store<i32>(at + step * 4, (e3 - o0) >> shift);
}

export function transform8(out: usize, stride: usize): void {
  for (let column: usize = 0; column < 32; column += 4) pass8(BLOCK + column, 32, 1 << 10, 11);
  let to = out;
  for (let at = BLOCK; at < BLOCK + 256; at += 32) {
    pass8(at, 4, 257 << 17, 18);
    for (let i: usize = 0; i < 8; i++) store<u8>(to + i, <u8>clamp8(load<i32>(at + (i << 2))));
    to += stride;
  }
}
