// Baseline JPEG to planes of Y, Cb and Cr, at 1/8, 2/8, 4/8 or 8/8 of the size. A reduced image is not made from the full one:
// of most coefficients only the length is read.

import { bitCount, peek, readBits, segmentCount, segmentStart, words } from "./bits";
import { BROKEN, codesOf, defineTable, longCode, lookUp, skipRest, valueOf } from "./huffman";
import { BLOCK, clearBlock, lastIndex, transform1, transform2, transform4, transform8 } from "./idct";
import { allocate, u16 } from "./memory";
import { definePlane, setPlaneCount } from "./planes";

export const OK: i32 = 0;
/** A JPEG of a kind that this decoder does not read: progressive, arithmetic, lossless, 12 bits, CMYK, several scans. */
export const OTHER_KIND: i32 = 1;
export const DAMAGED: i32 = 2;
/** The file ends before the image does. */
export const TRUNCATED: i32 = 3;

const ZIGZAG = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]);

/** Four tables of 64 numbers, row by row. */
const QUANTIZERS = memory.data(4 * 64 * 4, 16);

/** Three components of ten fields. */
const COMPONENTS = memory.data(3 * 64, 16);
const HORIZONTAL: usize = 0;
const VERTICAL: usize = 4;
const QUANTIZER: usize = 8;
const DC_TABLE: usize = 12;
const AC_TABLE: usize = 16;
const PREDICTION: usize = 20;
const PIXELS: usize = 24;
const STRIDE: usize = 28;
const ID: usize = 32;

// @ts-ignore: decorator
@inline function get(component: i32, field: usize): i32 {
  return load<i32>(COMPONENTS + <usize>(component << 6) + field);
}

// @ts-ignore: decorator
@inline function set(component: i32, field: usize, value: i32): void {
  store<i32>(COMPONENTS + <usize>(component << 6) + field, value);
}

let width: i32 = 0;
let height: i32 = 0;
let components: i32 = 0;
let horizontalMax: i32 = 1;
let verticalMax: i32 = 1;
let restartInterval: i32 = 0;
let quantizersSeen: i32 = 0;
let tablesSeen: i32 = 0;
/** 0: YCbCr, 1: RGB. */
export let colours: i32 = 0;

/** Decodes the JPEG at `start` with `size` pixels for each 8×8 block. The planes are left in `planes`. */
export function decodeJpeg(start: usize, length: i32, size: i32): i32 {
  const end = start + <usize>length;
  components = 0;
  restartInterval = 0;
  quantizersSeen = 0;
  tablesSeen = 0;
  colours = 0;
  let at = start + 2;
  while (at < end) {
    while (at < end && load<u8>(at) != 0xff) at++;
    while (at < end && load<u8>(at) == 0xff) at++;
    if (at + 3 > end) break;
    const marker = load<u8>(at++);
    if (marker == 0x01 || (marker & 0xf8) == 0xd0) continue;
    if (marker == 0xd8 || marker == 0xd9) return DAMAGED;
    const next = at + <usize>u16(at);
    const body = at + 2;
    if (next > end) break;
    if (next < body) return DAMAGED;
    let status = OK;
    if (marker == 0xdb) status = readQuantizers(body, next);
    else if (marker == 0xc4) status = readTables(body, next);
    else if (marker == 0xc0 || marker == 0xc1) status = readFrame(body, next);
    else if ((marker & 0xf0) == 0xc0 && marker != 0xc8) return OTHER_KIND;
    else if (marker == 0xdd) restartInterval = next - body == 2 ? u16(body) : 0;
    else if (marker == 0xee) readAdobe(body, next);
    else if (marker == 0xda) {
      status = readScan(body, next);
      return status == OK ? decodeScan(next, end, size) : status;
    }
    if (status != OK) return status;
    at = next;
  }
  return TRUNCATED;
}

function readQuantizers(start: usize, end: usize): i32 {
  let at = start;
  while (at < end) {
    const wide = load<u8>(at) >> 4 != 0, table = <i32>load<u8>(at) & 3, bytes: usize = wide ? 128 : 64;
    if (++at + bytes > end) return DAMAGED;
    quantizersSeen |= 1 << table;
    for (let i = 0; i < 64; i++) {
      const place = QUANTIZERS + <usize>((table << 6) + <i32>load<u8>(ZIGZAG + <usize>i) << 2);
      store<i32>(place, wide ? u16(at + <usize>(i << 1)) : <i32>load<u8>(at + <usize>i));
    }
    at += bytes;
  }
  return OK;
}

function readTables(start: usize, end: usize): i32 {
  let at = start;
  while (at < end) {
    const kind = <i32>load<u8>(at) >> 4, table = <i32>load<u8>(at) & 15;
    if (++at + 16 > end || kind > 1 || table > 3) return DAMAGED;
    let symbols = 0;
    for (let i: usize = 0; i < 16; i++) symbols += <i32>load<u8>(at + i);
    if (symbols > 256 || at + 16 + <usize>symbols > end) return DAMAGED;
    if (!defineTable((kind << 2) + table, at, at + 16)) return DAMAGED;
    tablesSeen |= 1 << ((kind << 2) + table);
    at += 16 + <usize>symbols;
  }
  return OK;
}

function readFrame(body: usize, end: usize): i32 {
  if (components != 0 || end - body < 6) return DAMAGED;
  if (load<u8>(body) != 8) return OTHER_KIND;
  height = u16(body + 1);
  width = u16(body + 3);
  components = load<u8>(body + 5);
  if (components != 1 && components != 3) return OTHER_KIND;
  if (width == 0 || height == 0 || end - body < 6 + 3 * <usize>components) return DAMAGED;
  horizontalMax = 1;
  verticalMax = 1;
  for (let c = 0; c < components; c++) {
    const at = body + 6 + 3 * <usize>c;
    const h = components == 1 ? 1 : <i32>load<u8>(at, 1) >> 4, v = components == 1 ? 1 : <i32>load<u8>(at, 1) & 15;
    if (h < 1 || h > 4 || v < 1 || v > 4) return DAMAGED;
    set(c, ID, load<u8>(at));
    set(c, HORIZONTAL, h);
    set(c, VERTICAL, v);
    set(c, QUANTIZER, load<u8>(at, 2) & 3);
    horizontalMax = max(horizontalMax, h);
    verticalMax = max(verticalMax, v);
  }
  return OK;
}

/** Adobe's marker is the only one that says whether three components are RGB. */
function readAdobe(body: usize, end: usize): void {
  if (end - body >= 12 && load<u32>(body) == 0x626f6441 && load<u8>(body, 4) == 0x65) {
    colours = load<u8>(body, 11) == 0 ? 1 : 0;
  }
}

function readScan(body: usize, end: usize): i32 {
  if (components == 0 || end - body < 4) return DAMAGED;
  if (<i32>load<u8>(body) != components) return OTHER_KIND;
  if (end - body < 4 + 2 * <usize>components) return DAMAGED;
  for (let c = 0; c < components; c++) {
    const at = body + 1 + 2 * <usize>c;
    if (<i32>load<u8>(at) != get(c, ID)) return OTHER_KIND;
    const dc = <i32>load<u8>(at, 1) >> 4, ac = (<i32>load<u8>(at, 1) & 15) + 4;
    if (dc > 3 || ac > 7) return DAMAGED;
    if (!(tablesSeen & (1 << dc)) || !(tablesSeen & (1 << ac)) || !(quantizersSeen & (1 << get(c, QUANTIZER)))) return DAMAGED;
    set(c, DC_TABLE, dc);
    set(c, AC_TABLE, ac);
    set(c, PREDICTION, 0);
  }
  return OK;
}

function decodeScan(start: usize, end: usize, size: i32): i32 {
  const columns = (width + horizontalMax * 8 - 1) / (horizontalMax * 8);
  const rows = (height + verticalMax * 8 - 1) / (verticalMax * 8);
  const restarts = restartInterval == 0 ? 0 : (columns * rows + restartInterval - 1) / restartInterval;
  readBits(start, end, restarts);
  setPlaneCount(components);
  for (let c = 0; c < components; c++) {
    const h = get(c, HORIZONTAL), v = get(c, VERTICAL);
    const stride = columns * h * size, lines = rows * v * size;
    const pixels = allocate(stride * lines);
    set(c, PIXELS, <i32>pixels);
    set(c, STRIDE, stride);
    // The component's size in samples; one that is a fraction keeps it, so that no plane drifts against the others.
    definePlane(c, pixels, stride, 1, <f64>(width * h * size) / <f64>(horizontalMax * 8), <f64>(height * v * size) / <f64>(verticalMax * 8));
  }

  let position: u32 = 0, left = restartInterval, segment = 0;
  for (let row = 0; row < rows; row++) {
    let column = 0;
    while (column < columns) {
      if (restartInterval != 0 && left == 0) {
        if (++segment >= segmentCount) return TRUNCATED;
        position = segmentStart(segment);
        left = restartInterval;
        for (let c = 0; c < components; c++) set(c, PREDICTION, 0);
      }
      const until = restartInterval == 0 ? columns : min(columns, column + left);
      position = decodeUnits(position, row, column, until, size);
      if (position == BROKEN) return DAMAGED;
      if (position > bitCount) return TRUNCATED;
      left -= until - column;
      column = until;
    }
  }
  return OK;
}

/** Decodes the MCUs of a row from one column to another; the new position, which may lie behind the end. */
function decodeUnits(start: u32, row: i32, from: i32, until: i32, size: i32): u32 {
  let position = start;
  const limit = bitCount;
  for (let column = from; column < until && position <= limit; column++) {
    for (let c = 0; c < components; c++) {
      const h = get(c, HORIZONTAL), v = get(c, VERTICAL), stride = get(c, STRIDE);
      for (let y = row * v; y < row * v + v; y++) {
        for (let x = column * h; x < column * h + h; x++) {
          const out = <usize>(get(c, PIXELS) + y * size * stride + x * size);
          position = decodeBlock(position, c, size, out, stride);
          if (position == BROKEN) return BROKEN;
        }
      }
    }
  }
  return position;
}

function decodeBlock(start: u32, component: i32, size: i32, out: usize, stride: usize): u32 {
  const quantizer = QUANTIZERS + <usize>(get(component, QUANTIZER) << 8);
  const ac = get(component, AC_TABLE);
  let position = decodeDc(start, component);
  if (position == BROKEN) return BROKEN;
  const dc = get(component, PREDICTION) * load<i32>(quantizer);
  if (size == 1) {
    transform1(dc, out);
    return skipRest(position, 1, ac);
  }

  clearBlock(size);
  store<i32>(BLOCK, dc);
  const last = lastIndex(size), codes = codesOf(ac), base = words;
  let k: u32 = 1;
  while (k <= last) {
    const bits = peek(base, position);
    let entry = lookUp(codes, bits);
    if (entry == 0) {
      entry = longCode(ac, bits);
      if (entry == 0) return BROKEN;
    }
    const length = entry & 31, valueSize = (entry >> 5) & 15, zeros = entry >> 9;
    position += length + valueSize;
    if (valueSize == 0) {
      if (zeros != 15) {
        k = 64;
        break;
      }
      k += 16;
      continue;
    }
    k += zeros;
    if (k <= last) {
      const place = <usize>load<u8>(ZIGZAG + <usize>k) << 2;
      store<i32>(BLOCK + place, valueOf(bits, length, valueSize) * load<i32>(quantizer + place));
    }
    k++;
  }
  if (size == 2) transform2(out, stride);
  else if (size == 4) transform4(out, stride);
  else transform8(out, stride);
  return skipRest(position, k, ac);
}

// @ts-ignore: decorator
@inline function decodeDc(position: u32, component: i32): u32 {
  const table = get(component, DC_TABLE), bits = peek(words, position);
  let entry = lookUp(codesOf(table), bits);
  if (entry == 0) {
    entry = longCode(table, bits);
    if (entry == 0) return BROKEN;
  }
  const length = entry & 31, size = (entry >> 5) & 15;
  if (size != 0) set(component, PREDICTION, get(component, PREDICTION) + valueOf(bits, length, size));
  return position + length + size;
}
