// @jsquash/png's WebAssembly module, without its loader: that keeps one instance for ever, also after a damaged image has stopped it in
// the middle of its work, with all the memory it had taken.

// @ts-expect-error: its typings describe the exports of an instance, and a bundler gives the module.
import pngWasm from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import type { Pixels } from "./jsquash";

interface Exports {
  memory: WebAssembly.Memory;
  decode(at: number, bytes: number): number;
  encode(result: number, at: number, bytes: number, width: number, height: number, bitDepth: number): void;
  __wbindgen_malloc(bytes: number, alignment: number): number;
  __wbindgen_free(at: number, bytes: number, alignment: number): void;
  __wbindgen_add_to_stack_pointer(bytes: number): number;
}

/** An instance that grew beyond this, for a large image, is not kept for the next. */
const KEPT_BYTES_MAX = 48 * 1024 * 1024;

let exports: Exports | undefined;
let decoded: Pixels | undefined;

function withPng<T>(work: (png: Exports) => T): T {
  exports ??= instantiate();
  const png = exports;
  let kept = false;
  try {
    const result = work(png);
    kept = png.memory.buffer.byteLength <= KEPT_BYTES_MAX;
    return result;
  } finally {
    decoded = undefined;
    if (!kept) exports = undefined;
  }
}

function instantiate(): Exports {
  const imports: Record<string, (...numbers: number[]) => number> = {};
  for (const { name } of WebAssembly.Module.imports(pngWasm)) {
    imports[name] = name.startsWith("__wbg_newwithownedu8clampedarray") ? takeDecoded : stop;
  }
  return new WebAssembly.Instance(pngWasm, { wbg: imports }).exports as unknown as Exports;
}

/** Called by the module with the pixels it has decoded. */
function takeDecoded(at = 0, bytes = 0, width = 0, height = 0): number {
  const png = exports!;
  decoded = { data: new Uint8ClampedArray(png.memory.buffer, at, bytes).slice(), width, height };
  png.__wbindgen_free(at, bytes, 1);
  return 0;
}

function stop(): never {
  throw new Error("the PNG codec stopped");
}

function write(png: Exports, bytes: Uint8Array | Uint8ClampedArray): number {
  const at = png.__wbindgen_malloc(bytes.length, 1);
  new Uint8Array(png.memory.buffer, at, bytes.length).set(bytes);
  return at;
}

/** Decodes a PNG image to 8 bits; undefined when it is damaged. */
export function decodePng(bytes: Uint8Array): Pixels | undefined {
  try {
    return withPng((png) => {
      png.decode(write(png, bytes), bytes.length);
      return decoded;
    });
  } catch {
    return undefined;
  }
}

export function encodePng({ data, width, height }: Pixels): Uint8Array {
  return withPng((png) => {
    const result = png.__wbindgen_add_to_stack_pointer(-16);
    png.encode(result, write(png, data), data.length, width, height, 8);
    const [at = 0, bytes = 0] = new Uint32Array(png.memory.buffer, result, 2);
    const copy = new Uint8Array(png.memory.buffer, at, bytes).slice();
    png.__wbindgen_free(at, bytes, 1);
    png.__wbindgen_add_to_stack_pointer(16);
    return copy;
  });
}
