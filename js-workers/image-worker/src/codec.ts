// The worker's own codec (assembly/): reduced JPEG decoding and resampling, which take most of a request's time.

import codecWasm from "../build/codec.wasm";
import type { Part, Size } from "./geometry";

interface Exports {
  memory: WebAssembly.Memory;
  begin(bytes: number): number;
  decode(at: number, bytes: number, size: number): number;
  takePixels(at: number, width: number, height: number): void;
  render(left: number, top: number, right: number, bottom: number, width: number, height: number): number;
}

/** What became of a JPEG: as in assembly/jpeg.ts. */
export const Outcome = { done: 0, otherKind: 1, damaged: 2, truncated: 3 } as const;

/** An instance that grew beyond this, for a large image, is not kept for the next. */
const KEPT_BYTES_MAX = 48 * 1024 * 1024;

let exports: Exports | undefined;

/** Runs `work` with the codec to itself. It must not wait: what it leaves in the memory is gone with the next image. */
export function withCodec<T>(work: (codec: Exports) => T): T {
  exports ??= new WebAssembly.Instance(codecWasm, {}).exports as unknown as Exports;
  const codec = exports;
  let kept = false;
  try {
    const result = work(codec);
    kept = codec.memory.buffer.byteLength <= KEPT_BYTES_MAX;
    return result;
  } finally {
    if (!kept) exports = undefined;
  }
}

export function write(codec: Exports, bytes: Uint8Array | Uint8ClampedArray): number {
  const at = codec.begin(bytes.length);
  new Uint8Array(codec.memory.buffer, at, bytes.length).set(bytes);
  return at;
}

/** A copy of the part's pixels at the size. */
export function render(codec: Exports, part: Part, { width, height }: Size): Uint8ClampedArray {
  const at = codec.render(part.left, part.top, part.right, part.bottom, width, height);
  return new Uint8ClampedArray(codec.memory.buffer, at, width * height * 4).slice();
}
