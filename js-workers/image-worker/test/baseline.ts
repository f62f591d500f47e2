// A small baseline JPEG encoder, for the kinds of JPEG that cameras write and MozJPEG does not: any sampling, restart markers, 16-bit
// quantisers, RGB, Exif's orientation.

import type { Pixels } from "../src/jsquash";

export interface Options {
  /** Samples of Y for one of Cb and Cr, across and down; 0 for a grey image. */
  sampling?: [number, number] | 0;
  restartInterval?: number;
  orientation?: number;
  bigEndianExif?: boolean;
  wideQuantizers?: boolean;
  rgb?: boolean;
  /** Lengths of Huffman codes: 8 bits for each symbol, or as uneven as can be, up to 16 bits. */
  codes?: "even" | "long";
}

const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** Code lengths that are used, each so many times; 256 codes at most, and never the one of ones only. */
const lengths = {
  even: [0, 0, 0, 0, 0, 0, 0, 0, 500],
  long: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 500],
};

export function encodeBaseline(picture: Pixels, options: Options = {}): Uint8Array {
  const { sampling = [2, 2], restartInterval = 0, orientation, wideQuantizers = false, rgb = false, codes = "even" } = options;
  const grey = sampling === 0;
  const [h, v] = grey ? [1, 1] : sampling;
  const factors = grey ? [[1, 1]] : [[h, v], [1, 1], [1, 1]];
  const out: number[] = [0xff, 0xd8];
  const segment = (marker: number, bytes: number[]) => out.push(0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes);

  if (orientation !== undefined) segment(0xe1, exif(orientation, options.bigEndianExif ?? false));
  if (rgb) segment(0xee, [0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]);
  const quantizer = zigzag.map((place) => 2 + ((place & 7) + (place >> 3)) / 2 | 0);
  segment(0xdb, wideQuantizers ? [0x10, ...quantizer.flatMap((q) => [q >> 8, q & 255])] : [0, ...quantizer]);
  segment(0xc0, [8, picture.height >> 8, picture.height & 255, picture.width >> 8, picture.width & 255, factors.length,
    ...factors.flatMap(([fh, fv], c) => [c + 1, (fh! << 4) | fv!, 0])]);
  const dcTable = makeTable([...Array(12).keys()], codes);
  const acTable = makeTable([0x00, 0xf0, ...Array.from({ length: 160 }, (_, i) => ((i / 10 | 0) << 4) | (i % 10 + 1))], codes);
  segment(0xc4, [0x00, ...dcTable.header]);
  segment(0xc4, [0x10, ...acTable.header]);
  if (restartInterval > 0) segment(0xdd, [restartInterval >> 8, restartInterval & 255]);
  segment(0xda, [factors.length, ...factors.flatMap((_, c) => [c + 1, 0]), 0, 63, 0]);

  const bits = new BitWriter(out);
  const columns = Math.ceil(picture.width / (8 * h)), rows = Math.ceil(picture.height / (8 * v));
  let predictions = factors.map(() => 0);
  for (let mcu = 0; mcu < columns * rows; mcu++) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
      bits.flush();
      out.push(0xff, 0xd0 + ((mcu / restartInterval - 1) & 7));
      predictions = factors.map(() => 0);
    }
    const left = (mcu % columns) * 8 * h, top = Math.floor(mcu / columns) * 8 * v;
    factors.forEach(([fh, fv], c) => {
      for (let y = 0; y < fv!; y++) {
        for (let x = 0; x < fh!; x++) {
          const block = samples(picture, c, rgb, left + x * 8, top + y * 8, h / fh!, v / fv!);
          const values = forward(block).map((f, i) => Math.round(f / quantizer[zigzag.indexOf(i)]!));
          predictions[c] = encodeBlock(bits, zigzag.map((place) => values[place]!), predictions[c]!, dcTable, acTable);
        }
      }
    });
  }
  bits.flush();
  out.push(0xff, 0xd9);
  return Uint8Array.from(out);
}

function exif(orientation: number, bigEndian: boolean): number[] {
  const two = (n: number) => (bigEndian ? [0, n] : [n, 0]), four = (n: number) => (bigEndian ? [0, 0, 0, n] : [n, 0, 0, 0]);
  const order = bigEndian ? 0x4d : 0x49;
  return [0x45, 0x78, 0x69, 0x66, 0, 0, order, order, ...two(42), ...four(8), ...two(1),
    ...(bigEndian ? [1, 0x12] : [0x12, 1]), ...two(3), ...four(1), ...two(orientation), 0, 0, ...four(0)];
}

interface Table {
  header: number[];
  codes: Map<number, { code: number; length: number }>;
}

function makeTable(symbols: number[], kind: "even" | "long"): Table {
  const counts = Array<number>(17).fill(0), codes: Table["codes"] = new Map();
  let code = 0, index = 0;
  for (let length = 1; length <= 16; length++, code <<= 1) {
    for (let i = 0; i < (lengths[kind][length] ?? 0) && index < symbols.length; i++) {
      counts[length]!++;
      codes.set(symbols[index++]!, { code: code++, length });
    }
  }
  return { header: [...counts.slice(1), ...symbols], codes };
}

/** The 8×8 samples of a component from a pixel on; each is the mean of `sx` × `sy` pixels, and the picture's edge goes on. */
function samples({ data, width, height }: Pixels, component: number, rgb: boolean, left: number, top: number, sx: number, sy: number): number[] {
  const block: number[] = [];
  for (let i = 0; i < 64; i++) {
    let sum = 0;
    for (let y = 0; y < sy; y++) {
      for (let x = 0; x < sx; x++) {
        const px = Math.min(width - 1, left + (i & 7) * sx + x), py = Math.min(height - 1, top + (i >> 3) * sy + y);
        const [r, g, b] = data.subarray((py * width + px) * 4);
        sum += rgb ? [r!, g!, b!][component]! : toYcc(r!, g!, b!)[component]!;
      }
    }
    block.push(sum / (sx * sy) - 128);
  }
  return block;
}

function toYcc(r: number, g: number, b: number): number[] {
  return [0.299 * r + 0.587 * g + 0.114 * b, 128 - 0.168736 * r - 0.331264 * g + 0.5 * b, 128 + 0.5 * r - 0.418688 * g - 0.081312 * b];
}

const cosines = Array.from({ length: 64 }, (_, i) => Math.cos((((i & 7) * 2 + 1) * (i >> 3) * Math.PI) / 16) * (i < 8 ? Math.SQRT1_2 : 1) / 2);

function forward(block: number[]): number[] {
  const rows = block.map((_, i) => sum8((x) => block[(i & 56) + x]! * cosines[(i & 7) * 8 + x]!));
  return rows.map((_, i) => sum8((y) => rows[y * 8 + (i & 7)]! * cosines[(i >> 3) * 8 + y]!));
}

function sum8(term: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += term(i);
  return sum;
}

function encodeBlock(bits: BitWriter, values: number[], prediction: number, dc: Table, ac: Table): number {
  writeValue(bits, dc, 0, values[0]! - prediction);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    if (values[k] === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) write(bits, ac, 0xf0);
    writeValue(bits, ac, zeros, values[k]!);
    zeros = 0;
  }
  if (zeros > 0) write(bits, ac, 0);
  return values[0]!;
}

function write(bits: BitWriter, table: Table, symbol: number): void {
  const { code, length } = table.codes.get(symbol)!;
  bits.write(code, length);
}

function writeValue(bits: BitWriter, table: Table, zeros: number, value: number): void {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
  write(bits, table, (zeros << 4) | size);
  bits.write(value < 0 ? value + (1 << size) - 1 : value, size);
}

class BitWriter {
  #held = 0;
  #count = 0;

  constructor(private readonly out: number[]) {}

  write(value: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.#held = (this.#held << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#emit();
    }
  }

  flush(): void {
    while (this.#count > 0) this.write(1, 1);
  }

  #emit(): void {
    this.out.push(this.#held);
    if (this.#held === 0xff) this.out.push(0);
    this.#held = 0;
    this.#count = 0;
  }
}
