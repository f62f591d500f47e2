// The codecs of @jsquash, each instantiated from its WebAssembly module when it is first needed.

import jpegDecoderWasm from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import jpegEncoderWasm from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions as jpegDefaults } from "@jsquash/jpeg/meta.js";
import webpDecoderWasm from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpEncoderWasm from "@jsquash/webp/codec/enc/webp_enc.wasm";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc.js";
import { defaultOptions as webpDefaults } from "@jsquash/webp/meta.js";

/** Pixels of four bytes each: red, green, blue, alpha. */
export interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

// The decoders make their result with it, and workers have none.
(globalThis as { ImageData?: unknown }).ImageData ??= class implements Pixels {
  constructor(readonly data: Uint8ClampedArray, readonly width: number, readonly height: number) {}
};

/** An instance that grew beyond this, for a large image, is not kept for the next. */
const KEPT_BYTES_MAX = 48 * 1024 * 1024;

interface EmscriptenModule {
  HEAPU8: Uint8Array;
}

/** A codec built with Emscripten. One that failed is not used again: it may be in any state. */
class Codec<M extends EmscriptenModule> {
  #module: Promise<M> | undefined;

  constructor(private readonly factory: (options: object) => Promise<M>, private readonly wasm: WebAssembly.Module) {}

  async use<T>(work: (module: M) => T): Promise<T> {
    const loading = (this.#module ??= this.#instantiate());
    let kept = false;
    try {
      const module = await loading;
      const result = work(module);
      kept = module.HEAPU8.byteLength <= KEPT_BYTES_MAX;
      return result;
    } finally {
      if (!kept && this.#module === loading) this.#module = undefined;
    }
  }

  #instantiate(): Promise<M> {
    return this.factory({
      noInitialRun: true,
      locateFile: (file: string) => file,
      print: () => {},
      printErr: () => {},
      instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
        const instance = new WebAssembly.Instance(this.wasm, imports);
        done(instance);
        return instance.exports;
      },
    });
  }
}

interface Decoder extends EmscriptenModule {
  decode(bytes: Uint8Array, preserveOrientation?: boolean): Pixels | null;
}

interface Encoder extends EmscriptenModule {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null;
}

type Factory<M> = (options: object) => Promise<M>;

const jpegIn = new Codec(jpegDecoder as unknown as Factory<Decoder>, jpegDecoderWasm);
const jpegOut = new Codec(jpegEncoder as unknown as Factory<Encoder>, jpegEncoderWasm);
const webpIn = new Codec(webpDecoder as unknown as Factory<Decoder>, webpDecoderWasm);
const webpOut = new Codec(webpEncoder as unknown as Factory<Encoder>, webpEncoderWasm);

/** Decodes any JPEG, as it is stored; undefined when it is damaged. */
export function decodeJpeg(bytes: Uint8Array): Promise<Pixels | undefined> {
  return attempt(jpegIn.use((module) => module.decode(bytes, false)));
}

/** Decodes a WebP image; undefined when it is damaged. */
export function decodeWebp(bytes: Uint8Array): Promise<Pixels | undefined> {
  return attempt(webpIn.use((module) => module.decode(bytes)));
}

async function attempt(decoding: Promise<Pixels | null>): Promise<Pixels | undefined> {
  try {
    return (await decoding) ?? undefined;
  } catch {
    return undefined;
  }
}

export async function encodeJpeg({ data, width, height }: Pixels, quality: number): Promise<Uint8Array> {
  // A progressive file would be 4 % smaller, and take two and a half times as long.
  const options = { ...jpegDefaults, quality, progressive: false };
  return encoded(await jpegOut.use((module) => module.encode(data, width, height, options)?.slice()));
}

export async function encodeWebp({ data, width, height }: Pixels, quality: number): Promise<Uint8Array> {
  return encoded(await webpOut.use((module) => module.encode(data, width, height, { ...webpDefaults, quality })?.slice()));
}

function encoded(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error("the image could not be encoded");
  return bytes;
}
