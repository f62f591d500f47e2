// The worker's own codec: JPEG decoding at a reduced size, and resampling. One image at a time: `begin`, then `decode` or `takePixels`,
// then `render`. Memory is one arena, used anew by each image.

import { colours, decodeJpeg } from "./jpeg";
import { allocate, clamp8, reset } from "./memory";
import { definePlane, planes, resamplePlane, setPlaneCount } from "./planes";

let interleaved: bool = false;

/** Forgets the image before; returns where to write so many bytes of the next. */
export function begin(bytes: i32): usize {
  reset();
  return allocate(bytes);
}

/** Decodes the JPEG that was written, with `size` (1, 2, 4 or 8) pixels for each 8×8 block. 0: done; else see `jpeg.ts`. */
export function decode(at: usize, bytes: i32, size: i32): i32 {
  interleaved = false;
  return decodeJpeg(at, bytes, size);
}

/** Takes the pixels that were written, four bytes each: red, green, blue, alpha. */
export function takePixels(at: usize, width: i32, height: i32): void {
  interleaved = true;
  const count = width * height;
  if (!opaque(at, count)) multiplyAlpha(at, count);
  setPlaneCount(4);
  for (let c = 0; c < 4; c++) definePlane(c, at + <usize>c, width * 4, 4, width, height);
}

/** A part of the image, given as fractions of its size, at another size; returns where its pixels are, four bytes each. */
export function render(left: f64, top: f64, right: f64, bottom: f64, width: i32, height: i32): usize {
  const count = width * height, out = allocate(count * 4);
  if (interleaved) {
    for (let c = 0; c < 4; c++) spread(resamplePlane(c, left, top, right, bottom, width, height), out + <usize>c, count);
    if (!opaque(out, count)) divideAlpha(out, count);
    return out;
  }
  const a = resamplePlane(0, left, top, right, bottom, width, height);
  if (planes() == 1) {
    writeGrey(a, out, count);
    return out;
  }
  const b = resamplePlane(1, left, top, right, bottom, width, height);
  const c = resamplePlane(2, left, top, right, bottom, width, height);
  if (colours == 0) {
    writeYcc(a, b, c, out, count);
  } else {
    for (let i: usize = 0; i < <usize>count; i++) {
      store<u32>(out + (i << 2), <u32>load<u8>(a + i) | (<u32>load<u8>(b + i) << 8) | (<u32>load<u8>(c + i) << 16) | 0xff000000);
    }
  }
  return out;
}

/** The bytes that the memory has. */
export function memoryBytes(): i32 {
  return memory.size() << 16;
}

function spread(from: usize, to: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u8>(to + (i << 2), load<u8>(from + i));
}

function writeGrey(y: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u32>(out + (i << 2), <u32>load<u8>(y + i) * 0x010101 | 0xff000000);
}

/** JFIF's YCbCr, in 16-bit fixed point. */
function writeYcc(y: usize, cb: usize, cr: usize, out: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const light = (<i32>load<u8>(y + i) << 16) + 0x8000, blue = <i32>load<u8>(cb + i) - 128, red = <i32>load<u8>(cr + i) - 128;
    const r = clamp8((light + 91881 * red) >> 16);
    const g = clamp8((light - 22554 * blue - 46802 * red) >> 16);
    const b = clamp8((light + 116130 * blue) >> 16);
    store<u32>(out + (i << 2), r | (g << 8) | (b << 16) | 0xff000000);
  }
}

function opaque(pixels: usize, count: i32): bool {
  let all: u32 = 0xff000000;
  for (let i: usize = 0; i < <usize>count; i++) all &= load<u32>(pixels + (i << 2));
  return all == 0xff000000;
}

/** Colours are weighted by their opacity before they are mixed, so that what cannot be seen does not bleed. */
function multiplyAlpha(pixels: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const at = pixels + (i << 2), alpha = <u32>load<u8>(at, 3);
    if (alpha == 255) continue;
    for (let c: usize = 0; c < 3; c++) store<u8>(at + c, <u8>((<u32>load<u8>(at + c) * alpha + 127) / 255));
  }
}

function divideAlpha(pixels: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const at = pixels + (i << 2), alpha = <u32>load<u8>(at, 3);
    if (alpha == 255 || alpha == 0) continue;
    for (let c: usize = 0; c < 3; c++) store<u8>(at + c, <u8>min<u32>(255, (<u32>load<u8>(at + c) * 255 + alpha / 2) / alpha));
  }
}
