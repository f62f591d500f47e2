// Neither Cloudflare nor Tenon has ImageData; jSquash makes one of the pixels it decodes.
export class ImageData {
  constructor(readonly data: Uint8ClampedArray, readonly width: number, readonly height: number) {}
}

Object.assign(globalThis, { ImageData });
