// Pictures to test with, and how alike two of them are.

import type { Pixels } from "../src/jsquash";

/** A picture with soft gradients, a circle and stripes; its four corners differ. */
export function picture(width: number, height: number, alpha: (x: number, y: number) => number = () => 255): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const u = x / width, v = y / height;
      const inside = (u - 0.35) ** 2 + (v - 0.6) ** 2 < 0.05 ? 70 : 0;
      const stripe = u > 0.7 && v < 0.4 ? 25 * Math.sin(x / 2) : 0;
      data[at] = 30 + 170 * u + inside + stripe;
      data[at + 1] = 40 + 150 * v + stripe;
      data[at + 2] = 200 - 120 * u * v - inside + stripe;
      data[at + 3] = alpha(u, v);
    }
  }
  return { data, width, height };
}

export function flat(width: number, height: number, [red, green, blue, alpha = 255]: number[]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([red!, green!, blue!, alpha], at);
  return { data, width, height };
}

/** The picture at another size, each target pixel the mean of the source pixels it covers. */
export function averaged(source: Pixels, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 4; c++) data[(y * width + x) * 4 + c] = mean(source, c, x / width, (x + 1) / width, y / height, (y + 1) / height);
    }
  }
  return { data, width, height };
}

function mean({ data, width, height }: Pixels, channel: number, left: number, right: number, top: number, bottom: number): number {
  let sum = 0, area = 0;
  for (let y = Math.floor(top * height); y < bottom * height; y++) {
    const rows = Math.min(y + 1, bottom * height) - Math.max(y, top * height);
    for (let x = Math.floor(left * width); x < right * width; x++) {
      const part = rows * (Math.min(x + 1, right * width) - Math.max(x, left * width));
      sum += part * (data[(y * width + x) * 4 + channel] ?? 0);
      area += part;
    }
  }
  return sum / area;
}

/** Peak signal-to-noise ratio in dB: 30 looks alike, 40 cannot be told apart. */
export function psnr(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width}×${a.height} and ${b.width}×${b.height} cannot be compared`);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 * 255 * a.data.length) / sum);
}
