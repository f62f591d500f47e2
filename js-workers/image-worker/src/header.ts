import { notAnImage } from "./problem";

export const formats = ["jpeg", "png", "webp"] as const;
export type Format = (typeof formats)[number];

/** What the first bytes of an image say about it, before anything is decoded. */
export interface Header {
  format: Format;
  /** Pixels as they are stored; see `orientation`. */
  width: number;
  height: number;
  /** Exif's number from 1 (as stored) to 8: how the pixels have to be turned to be seen upright. */
  orientation: number;
}

/** Whether the image is seen on its side, so that width and height are exchanged. */
export function sideways(header: Header): boolean {
  return header.orientation >= 5;
}

/** Reads the header of a JPEG, PNG or WebP image. Throws the problem of a body that is none. */
export function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return sized(jpegHeader(view));
  if (bytes.length >= 8 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return sized(pngHeader(view));
  if (bytes.length >= 12 && view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return sized(webpHeader(view));
  throw notAnImage("The body is not a JPEG, PNG or WebP image – send the bytes of the image itself.");
}

function sized(header: Header): Header {
  if (header.width === 0 || header.height === 0) throw notAnImage("The image says that it has no pixels – send another image.");
  return header;
}

function truncated(name: string): never {
  throw notAnImage(`The ${name} ends before its size is known – send the whole image.`);
}

function jpegHeader(view: DataView): Header {
  let orientation = 1;
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) throw notAnImage("The JPEG is damaged: there is no marker where one has to be – send another image.");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xd9 || marker === 0xda || length < 2) throw notAnImage("The JPEG is damaged: it has no frame header – send another image.");
    if (marker === 0xe1) orientation = exifOrientation(view, at + 4, Math.min(view.byteLength, at + 2 + length)) ?? orientation;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (at + 9 > view.byteLength) break;
      return { format: "jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5), orientation };
    }
    at += 2 + length;
  }
  return truncated("JPEG");
}

/** The orientation in an Exif segment, or undefined when it holds none. */
function exifOrientation(view: DataView, start: number, end: number): number | undefined {
  if (start + 14 > end || view.getUint32(start) !== 0x45786966 || view.getUint16(start + 4) !== 0) return undefined;
  const tiff = start + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return undefined;
  const entries = view.getUint16(directory, little);
  for (let entry = directory + 2; entry + 12 <= end && entry < directory + 2 + entries * 12; entry += 12) {
    if (view.getUint16(entry, little) === 0x0112) {
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}

function pngHeader(view: DataView): Header {
  if (view.byteLength < 24) truncated("PNG");
  if (view.getUint32(12) !== 0x49484452) throw notAnImage("The PNG is damaged: it does not begin with its header – send another image.");
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
}

function webpHeader(view: DataView): Header {
  if (view.byteLength < 30) truncated("WebP");
  const kind = view.getUint32(12);
  if (kind === 0x56503820) {
    if ((view.getUint32(22) & 0xffffff) !== 0x9d012a) throw notAnImage("The WebP is damaged: its frame has no start code – send another image.");
    return { format: "webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, orientation: 1 };
  }
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { format: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, orientation: 1 };
  }
  if (kind === 0x56503858) {
    if (view.getUint8(20) & 0x02) throw notAnImage("The WebP is an animation – send a still image.");
    return { format: "webp", width: uint24(view, 24) + 1, height: uint24(view, 27) + 1, orientation: 1 };
  }
  throw notAnImage("The WebP is damaged: its first chunk is of an unknown kind – send another image.");
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
}
