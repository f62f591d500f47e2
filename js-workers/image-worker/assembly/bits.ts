// The entropy-coded bits of a scan. They are copied once, without the stuffed zero after each 0xff and without restart
// markers, into 32-bit words that hold the bits most significant first. Reading at a bit position is then one load, one rotation
// and one shift, with no refill and no branch.

import { allocate } from "./memory";

/** Zero bits behind the end, more than the worst MCU (10 blocks of 64 coefficients of 27 bits) can run past it. */
const PADDING_BYTES: i32 = 4096;

/** Where the words begin, and how many bits of the file they hold. */
export let words: usize = 0;
export let bitCount: u32 = 0;

/** The bit positions at which the segments between restart markers begin. */
let segments: usize = 0;
export let segmentCount: i32 = 0;

// @ts-ignore: decorator
@inline export function segmentStart(index: i32): u32 {
  return load<u32>(segments + (<usize>index << 2));
}

/** At least 33 bits from a position on, in the upper end of the result. */
// @ts-ignore: decorator
@inline export function peek(at: usize, position: u32): u64 {
  return rotl<u64>(load<u64>(at + (<usize>(position >> 5) << 2)), 32) << <u64>(position & 31);
}

// @ts-ignore: decorator
@inline function swapBytes(value: u32): u32 {
  return rotr<u32>(value & 0x00ff00ff, 8) | rotl<u32>(value & 0xff00ff00, 8);
}

/** Reads a scan's bytes up to the first marker that does not belong to it. `restarts` bounds the segments that are kept. */
export function readBits(start: usize, end: usize, restarts: i32): void {
  words = allocate(<i32>(end - start) + 4 * restarts + PADDING_BYTES);
  segments = allocate(4 * (restarts + 1));
  store<u32>(segments, 0);
  segmentCount = 1;

  let from = start, to = words;
  let held: u64 = 0; // its low `count` bytes are not written yet
  let count: u64 = 0;
  while (from < end) {
    if (from + 4 <= end) {
      const four = load<u32>(from);
      if (((~four - 0x01010101) & four & 0x80808080) == 0) { // none of them is 0xff
        held = (held << 32) | <u64>swapBytes(four);
        store<u32>(to, <u32>(held >> (count << 3)));
        to += 4;
        from += 4;
        continue;
      }
    }
    let byte = load<u8>(from++);
    if (byte == 0xff) {
      const marker: u8 = from < end ? load<u8>(from) : 0xd9;
      if (marker == 0xff) continue; // a fill byte
      if (marker != 0) {
        if ((marker & 0xf8) != 0xd0 || segmentCount > restarts) break;
        from++;
        if (count != 0) {
          store<u32>(to, <u32>(((held << 32) | 0xffffffff) >> (count << 3)));
          to += 4;
          count = 0;
        }
        store<u32>(segments + (<usize>segmentCount << 2), <u32>(to - words) << 3);
        segmentCount++;
        continue;
      }
      from++;
    }
    held = (held << 8) | <u64>byte;
    if (++count == 4) {
      store<u32>(to, <u32>held);
      to += 4;
      count = 0;
    }
  }
  bitCount = <u32>(((to - words) << 3) + (<usize>count << 3));
  store<u32>(to, count == 0 ? 0 : <u32>((held << 32) >> (count << 3)));
  memory.fill(to + 4, 0, PADDING_BYTES - 8);
}
