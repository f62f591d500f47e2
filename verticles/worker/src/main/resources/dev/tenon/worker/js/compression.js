// https://compression.spec.whatwg.org/
const { ArrayPrototypeIncludes, PromiseResolve, TypeError } = primordials;
const { bytesOf, defineInterface, isBufferSource, requireArguments, toDOMString, viewBuffer } = require('./webidl');
const { receiveBytes } = require('./bytes');
const { encodeUtf8 } = require('./utf8');
const { transformPair } = require('./transform-stream');

const FORMATS = ['brotli', 'deflate', 'deflate-raw', 'gzip'];

function formatOf(value) {
  const format = toDOMString(value);
  if (!ArrayPrototypeIncludes(FORMATS, format)) throw new TypeError("The compression format must be either 'deflate', 'deflate-raw' or 'gzip'.");
  return format;
}

function toBytes(chunk) {
  if (typeof chunk === 'string') return encodeUtf8(chunk); // Deviation: as in workerd
  if (!isBufferSource(chunk)) throw new TypeError('This TransformStream is being used as a byte stream, but received an object of non-ArrayBuffer/ArrayBufferView type on its writable side.');
  return bytesOf(chunk);
}

function enqueueAll(hostBytes, enqueue) {
  const bytes = receiveBytes(hostBytes);
  if (bytes.length > 0) enqueue(bytes);
}

class CompressionStream {
  #pair;

  constructor(format) {
    requireArguments(arguments.length, 1, "Failed to construct 'CompressionStream'");
    const deflation = require('java:compression').compressor(formatOf(format));
    this.#pair = transformPair(
      (chunk, enqueue) => {
        const bytes = toBytes(chunk);
        enqueueAll(deflation.write(viewBuffer(bytes), bytes.byteOffset, bytes.byteLength), enqueue);
      },
      (enqueue) => enqueueAll(deflation.finish(), enqueue),
      () => PromiseResolve(deflation.close()),
    );
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

class DecompressionStream {
  #pair;

  constructor(format) {
    requireArguments(arguments.length, 1, "Failed to construct 'DecompressionStream'");
    const inflation = require('java:compression').decompressor(formatOf(format));
    const fail = (why) => {
      inflation.close();
      throw new TypeError(why);
    };
    this.#pair = transformPair(
      (chunk, enqueue) => {
        const bytes = toBytes(chunk);
        inflation.write(viewBuffer(bytes), bytes.byteOffset, bytes.byteLength);
        for (let piece = inflation.next(); piece !== null; piece = inflation.next()) enqueueAll(piece, enqueue);
        const error = inflation.error();
        if (error !== null) fail(error);
      },
      () => {
        const error = inflation.finish();
        if (error !== null) fail(error);
      },
      () => PromiseResolve(inflation.close()),
    );
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

defineInterface(CompressionStream);
defineInterface(DecompressionStream);

module.exports = { CompressionStream, DecompressionStream };
