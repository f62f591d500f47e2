import './image-data';
import decodeJpeg, { init as initJpegDecode } from '@jsquash/jpeg/decode';
import encodeJpeg, { init as initJpegEncode } from '@jsquash/jpeg/encode';
import decodePng, { init as initPngDecode } from '@jsquash/png/decode';
import encodePng, { init as initPngEncode } from '@jsquash/png/encode';
import resize, { initResize } from '@jsquash/resize';
import encodeWebp, { init as initWebpEncode } from '@jsquash/webp/encode';
import JPEG_DECODER from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import JPEG_ENCODER from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import PNG from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import RESIZER from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm';
import WEBP_ENCODER from '@jsquash/webp/codec/enc/webp_enc.wasm';

export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const source = await request.arrayBuffer();
    let image: ImageData;
    if (request.headers.get('content-type') === 'image/png') {
      await initPngDecode(PNG);
      image = await decodePng(source);
    } else {
      await initJpegDecode(JPEG_DECODER);
      image = await decodeJpeg(source);
    }
    if (searchParams.has('width')) {
      await initResize(RESIZER);
      const width = Number(searchParams.get('width'));
      image = await resize(image, { width, height: Math.round(image.height * width / image.width) });
    }
    switch (searchParams.get('to')) {
      case 'png': await initPngEncode(PNG); return image2(await encodePng(image), 'image/png', image);
      case 'webp': await initWebpEncode(WEBP_ENCODER); return image2(await encodeWebp(image, { quality: 70 }), 'image/webp', image);
      default: await initJpegEncode(JPEG_ENCODER); return image2(await encodeJpeg(image, { quality: 80 }), 'image/jpeg', image);
    }
  },
};

function image2(bytes: ArrayBuffer, type: string, { width, height }: ImageData) {
  return new Response(bytes, { headers: { 'content-type': type, 'x-size': `${width}x${height}` } });
}
