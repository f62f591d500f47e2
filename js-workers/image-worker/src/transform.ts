import { Outcome, render, withCodec, write } from "./codec";
import { asStored, type Plan, upright } from "./geometry";
import type { Format, Header } from "./header";
import { decodeJpeg, decodeWebp, encodeJpeg, encodeWebp, type Pixels } from "./jsquash";
import { decodePng, encodePng } from "./png";
import { notAnImage } from "./problem";

const names: Record<Format, string> = { jpeg: "JPEG", png: "PNG", webp: "WebP" };

/** Decodes an image, brings it to the plan's size and encodes it in a format. */
export async function transform(bytes: Uint8Array, header: Header, plan: Plan, format: Format, quality: number): Promise<Uint8Array> {
  const pixels = await decodeTo(bytes, header, plan);
  switch (format) {
    case "jpeg":
      return encodeJpeg(header.format === "jpeg" ? pixels : onWhite(pixels), quality);
    case "png":
      return encodePng(pixels);
    case "webp":
      return encodeWebp(pixels, quality);
  }
}

async function decodeTo(bytes: Uint8Array, header: Header, plan: Plan): Promise<Pixels> {
  const stored = asStored(plan, header.orientation);
  const data = (header.format === "jpeg" ? reducedJpeg(bytes, header, stored) : undefined) ?? resampled(await decode(bytes, header), stored);
  return { data: upright(data, stored.size, header.orientation), ...plan.size };
}

/** Decodes a baseline JPEG at the smallest size that is still twice the size wanted; undefined for other kinds of JPEG. */
function reducedJpeg(bytes: Uint8Array, header: Header, { part, size }: Plan): Uint8ClampedArray | undefined {
  const reduction = Math.min((header.width * (part.right - part.left)) / size.width, (header.height * (part.bottom - part.top)) / size.height) / 2;
  const blockSize = reduction >= 8 ? 1 : reduction >= 4 ? 2 : reduction >= 2 ? 4 : 8;
  return withCodec((codec) => {
    switch (codec.decode(write(codec, bytes), bytes.length, blockSize)) {
      case Outcome.done:
        return render(codec, part, size);
      case Outcome.truncated:
        throw notAnImage("The JPEG ends before the image does – send the whole image.");
      case Outcome.damaged:
        throw damaged("jpeg");
      default:
        return undefined;
    }
  });
}

async function decode(bytes: Uint8Array, { format, width, height }: Header): Promise<Pixels> {
  const pixels = format === "jpeg" ? await decodeJpeg(bytes) : format === "png" ? decodePng(bytes) : await decodeWebp(bytes);
  if (pixels === undefined || pixels.width !== width || pixels.height !== height) throw damaged(format);
  return pixels;
}

function damaged(format: Format): Error {
  return notAnImage(`The ${names[format]} is damaged and could not be decoded – send another image.`);
}

function resampled({ data, width, height }: Pixels, { part, size }: Plan): Uint8ClampedArray {
  const asItIs = width === size.width && height === size.height && part.right - part.left === 1 && part.bottom - part.top === 1;
  if (asItIs) return data;
  return withCodec((codec) => {
    codec.takePixels(write(codec, data), width, height);
    return render(codec, part, size);
  });
}

/** JPEG knows no transparency: what can be seen through becomes white. */
function onWhite(pixels: Pixels): Pixels {
  const { data } = pixels;
  for (let i = 3; i < data.length; i += 4) {
    const alpha = data[i]!;
    if (alpha === 255) continue;
    for (let c = i - 3; c < i; c++) data[c] = Math.round((data[c]! * alpha + 255 * (255 - alpha)) / 255);
    data[i] = 255;
  }
  return pixels;
}
