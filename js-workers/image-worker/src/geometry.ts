export const fits = ["cover", "contain", "fill"] as const;
export type Fit = (typeof fits)[number];

export interface Size {
  width: number;
  height: number;
}

/** A part of an image, its edges given as fractions of the image's size. */
export interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const whole: Part = { left: 0, top: 0, right: 1, bottom: 1 };

/** What has to be done to an image to bring it to a size: which part of it is seen, and at which size. */
export interface Plan {
  part: Part;
  size: Size;
}

/** At least one of the wanted sides is given. */
export function planResize(image: Size, wanted: Partial<Size>, fit: Fit): Plan {
  const ratio = image.width / image.height;
  if (wanted.width === undefined || wanted.height === undefined) {
    const width = wanted.width ?? side(wanted.height! * ratio);
    return { part: whole, size: { width, height: wanted.height ?? side(wanted.width! / ratio) } };
  }
  const size = { width: wanted.width, height: wanted.height };
  const wantedRatio = size.width / size.height;
  if (fit === "fill" || ratio === wantedRatio) return { part: whole, size };
  if (fit === "contain") {
    return ratio > wantedRatio
      ? { part: whole, size: { width: size.width, height: side(size.width / ratio) } }
      : { part: whole, size: { width: side(size.height * ratio), height: size.height } };
  }
  return ratio > wantedRatio
    ? { part: { ...whole, ...centred("left", "right", wantedRatio / ratio) }, size }
    : { part: { ...whole, ...centred("top", "bottom", ratio / wantedRatio) }, size };
}

function side(length: number): number {
  return Math.max(1, Math.round(length));
}

function centred<A extends string, B extends string>(from: A, to: B, share: number): Record<A | B, number> {
  return { [from]: (1 - share) / 2, [to]: (1 + share) / 2 } as Record<A | B, number>;
}

/** The plan for the pixels as they are stored, where the plan is for the image as it is seen (Exif's orientation). */
export function asStored({ part, size }: Plan, orientation: number): Plan {
  // Where the top left corner of what is seen is stored, for each orientation: bit 0 mirrors across, bit 1 down, bit 2 swaps the axes.
  const turn = turns[orientation - 1]!;
  let { left, top, right, bottom } = part;
  let { width, height } = size;
  if (turn & 4) {
    [left, top, right, bottom] = [top, left, bottom, right];
    [width, height] = [height, width];
  }
  if (turn & 1) [left, right] = [1 - right, 1 - left];
  if (turn & 2) [top, bottom] = [1 - bottom, 1 - top];
  return { part: { left, top, right, bottom }, size: { width, height } };
}

const turns = [0, 1, 3, 2, 4, 6, 7, 5];

/** Turns stored pixels (four bytes each) to be seen upright. */
export function upright(pixels: Uint8ClampedArray, stored: Size, orientation: number): Uint8ClampedArray {
  const turn = turns[orientation - 1]!;
  if (turn === 0) return pixels;
  const { width, height } = stored;
  const from = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  const seenWidth = turn & 4 ? height : width;
  for (let i = 0; i < to.length; i++) {
    const seenX = i % seenWidth, seenY = (i - seenX) / seenWidth;
    let x = turn & 4 ? seenY : seenX, y = turn & 4 ? seenX : seenY;
    if (turn & 1) x = width - 1 - x;
    if (turn & 2) y = height - 1 - y;
    to[i] = from[y * width + x]!;
  }
  return new Uint8ClampedArray(to.buffer);
}
