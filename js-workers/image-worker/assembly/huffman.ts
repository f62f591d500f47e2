// Huffman tables of a JPEG: 0 to 3 are those for DC, 4 to 7 those for AC coefficients.

import { peek, words } from "./bits";

/** Codes up to so many bits are found with one look-up. */
const WINDOW: i32 = 13;
const ENTRIES: i32 = 1 << WINDOW;

/** For each window: length of the code (bits 0–4), size of the value behind it (5–8), zeros before it (9–12). 0: a longer code. */
const CODES = memory.data(8 * 8192 * 2, 16);

/**
 * For each window, all symbols that lie in it whole: their bits with the values (0–4), and how many coefficients they pass (8–15),
 * where the end of the block counts 64. 0: a longer code. For AC tables only.
 */
const SKIPS = memory.data(4 * 8192 * 2, 16);

/** For each length: the first code, left-aligned to 16 bits, that is longer; and what to add to a code to find its symbol. */
const LIMITS = memory.data(8 * 17 * 4, 16);
const OFFSETS = memory.data(8 * 17 * 4, 16);
const SYMBOLS = memory.data(8 * 256, 16);

/** What stands for a position when the bits make no sense. */
export const BROKEN: u32 = 0xffffffff;

// @ts-ignore: decorator
@inline export function codesOf(table: i32): usize {
  return CODES + <usize>(table * ENTRIES * 2);
}

// @ts-ignore: decorator
@inline export function skipsOf(table: i32): usize {
  return SKIPS + <usize>((table - 4) * ENTRIES * 2);
}

// @ts-ignore: decorator
@inline export function lookUp(entries: usize, bits: u64): u32 {
  return <u32>load<u16>(entries + (<usize>(bits >> <u64>(64 - WINDOW)) << 1));
}

/** Makes a table from how many codes there are of each length and the symbols in the codes' order. False: no such code can be. */
export function defineTable(table: i32, counts: usize, symbols: usize): bool {
  const codes = codesOf(table);
  memory.fill(codes, 0, ENTRIES * 2);
  let code = 0, index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(counts + length - 1);
    if (code + count > 1 << length) return false;
    const row = <usize>((table * 17 + length) << 2);
    store<i32>(OFFSETS + row, index - code);
    for (let i = 0; i < count; i++) {
      const symbol = <i32>load<u8>(symbols + index);
      store<u8>(SYMBOLS + <usize>(table * 256 + index), <u8>symbol);
      if (length <= WINDOW) {
        const shift = WINDOW - length;
        const entry = length | ((symbol & 15) << 5) | ((symbol >> 4) << 9);
        for (let j = code << shift; j < (code + 1) << shift; j++) store<u16>(codes + (<usize>j << 1), <u16>entry);
      }
      code++;
      index++;
    }
    store<i32>(LIMITS + row, code << (16 - length));
    code <<= 1;
  }
  if (table >= 4) defineSkips(table);
  return true;
}

function defineSkips(table: i32): void {
  const codes = codesOf(table), skips = skipsOf(table);
  for (let window = 0; window < ENTRIES; window++) {
    let bits = 0, passed = 0, rest = window;
    while (bits < WINDOW && passed < 40) {
      const entry = <i32>load<u16>(codes + (<usize>rest << 1));
      if (entry == 0) break;
      const size = (entry >> 5) & 15, zeros = entry >> 9, length = (entry & 31) + size;
      if (bits != 0 && bits + length > WINDOW) break;
      bits += length;
      if (size == 0 && zeros != 15) {
        passed += 64;
        break;
      }
      passed += zeros + 1;
      rest = (window << bits) & (ENTRIES - 1);
    }
    store<u16>(skips + (<usize>window << 1), <u16>(bits | (passed << 8)));
  }
}

/** An entry as in CODES for a code that is longer than the window; its length takes bits 0–4 too. 0: there is no such code. */
export function longCode(table: i32, bits: u64): u32 {
  const sixteen = <u32>(bits >> 48);
  for (let length = WINDOW + 1; length <= 16; length++) {
    const row = <usize>((table * 17 + length) << 2);
    if (sixteen < load<u32>(LIMITS + row)) {
      const index = <i32>(sixteen >> (16 - length)) + load<i32>(OFFSETS + row);
      const symbol = <u32>load<u8>(SYMBOLS + <usize>(table * 256 + (index & 255)));
      return <u32>length | ((symbol & 15) << 5) | ((symbol >> 4) << 9);
    }
  }
  return 0;
}

/** The `size` bits behind a code of `length` bits, as JPEG writes signed values. `size` is not 0. */
// @ts-ignore: decorator
@inline export function valueOf(bits: u64, length: u32, size: u32): i32 {
  const raw = <i32>((bits << <u64>length) >> <u64>(64 - size));
  return raw + (((raw - (1 << (size - 1))) >> 31) & ((-1 << size) + 1));
}

/** Passes over coefficients from `index` to the end of the block. */
// @ts-ignore: decorator
@inline export function skipRest(start: u32, index: u32, table: i32): u32 {
  const base = words, skips = skipsOf(table);
  let position = start, k = index;
  while (k < 64) {
    const bits = peek(base, position);
    let entry = lookUp(skips, bits);
    if (entry == 0 || k + ((entry >> 8) & 63) > 63) { // one symbol at a time: a long code, or a window that reaches into the next block
      entry = lookUp(codesOf(table), bits);
      if (entry == 0) {
        entry = longCode(table, bits);
        if (entry == 0) return BROKEN;
      }
      const size = (entry >> 5) & 15, zeros = entry >> 9;
      position += (entry & 31) + size;
      k += size == 0 && zeros != 15 ? 64 : zeros + 1;
      continue;
    }
    position += entry & 31;
    k += entry >> 8;
  }
  return position;
}
