// The module `node:zlib`: streams and functions over Java's Deflater and Inflater, and Brotli. https://nodejs.org/api/zlib.html
const { ArrayBufferIsView } = primordials;
const java = require('java:node-zlib');
const constants = require('./node/zlib-constants');
const { Transform } = require('./node/stream');
const { Buffer, kMaxLength } = require('./node/buffer');
const { coded, nodeError } = require('./node/errors');
const { validateFunction, validateNumber, validateUint32 } = require('./node/validators');
const { isAnyArrayBuffer } = require('./node/util-types');
const { receiveBytes } = require('./bytes');

const { BROTLI_DEFAULT_QUALITY, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH, BROTLI_PARAM_QUALITY, Z_DEFAULT_COMPRESSION, Z_FINISH, Z_FULL_FLUSH, Z_SYNC_FLUSH } = constants;

function checked(value, name, min, max, usual) {
  if (value === undefined || Number.isNaN(value)) return usual;
  validateNumber(value, name);
  if (!(value >= min && value <= max)) throw nodeError('ERR_OUT_OF_RANGE', name, `>= ${min} and <= ${max}`, value);
  return value;
}

function bytesOf(data, name = 'buffer') {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBufferIsView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return new Uint8Array(data);
  throw nodeError('ERR_INVALID_ARG_TYPE', name, ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
}

function failure(error) {
  const text = `${error?.message ?? error}`;
  const space = text.indexOf(' ');
  const code = text.slice(0, space);
  const message = text.slice(space + 1);
  if (code === 'ERR_BUFFER_TOO_LARGE') return coded(new RangeError(message), code);
  const made = new Error(message);
  made.errno = constants[code] ?? -2;
  made.code = code;
  return made;
}

/** One stream's half in Java, opened with checked options. */
class Codec {
  #host;
  #finish;

  constructor(kind, options = {}) {
    const brotli = kind.startsWith('brotli');
    this.#finish = brotli ? BROTLI_OPERATION_FINISH : Z_FINISH;
    checked(options.chunkSize, 'options.chunkSize', 64, Infinity, 16384);
    const max = checked(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    let level = Z_DEFAULT_COMPRESSION;
    let strategy = 0;
    if (brotli) {
      level = options.params?.[BROTLI_PARAM_QUALITY] ?? BROTLI_DEFAULT_QUALITY;
    } else {
      checked(options.windowBits, 'options.windowBits', kind === 'gzip' || kind === 'deflate' || kind === 'deflateRaw' ? 8 : 0, 15, 15);
      level = checked(options.level, 'options.level', -1, 9, Z_DEFAULT_COMPRESSION);
      checked(options.memLevel, 'options.memLevel', 1, 9, 8);
      strategy = checked(options.strategy, 'options.strategy', 0, 4, 0);
    }
    let dictionary = null;
    if (options.dictionary !== undefined) {
      if (!ArrayBufferIsView(options.dictionary) && !isAnyArrayBuffer(options.dictionary)) throw nodeError('ERR_INVALID_ARG_TYPE', 'options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], options.dictionary);
      dictionary = bytesOf(options.dictionary);
    }
    const compresses = ['deflate', 'deflateRaw', 'gzip', 'brotliCompress'].includes(kind);
    this.#host = compresses ? java.compressor(brotli ? 'brotli' : kind, level, strategy, dictionary) : java.decompressor(brotli ? 'brotli' : kind, max, dictionary);
  }

  write(bytes, flush) {
    try {
      const out = receiveBytes(this.#host.write(bytes, flush));
      return Buffer.from(out.buffer, out.byteOffset, out.length);
    } catch (error) {
      throw failure(error);
    }
  }

  finish(bytes, flush = this.#finish) { return this.write(bytes, flush); }
  params(level, strategy) { this.#host.params(level, strategy); }
  reset() { this.#host.reset(); }
  close() { this.#host.close(); }
}

const codecs = new WeakMap();

function Zlib(kind, options) {
  const codec = new Codec(kind, options);
  Reflect.apply(Transform, this, [{ autoDestroy: true, ...options }]);
  codecs.set(this, codec);
  const brotli = kind.startsWith('brotli');
  this.bytesWritten = 0;
  this._level = options?.level ?? Z_DEFAULT_COMPRESSION;
  this._strategy = options?.strategy ?? 0;
  this._defaultFlushFlag = options?.flush ?? 0;
  this._finishFlushFlag = options?.finishFlush ?? (brotli ? BROTLI_OPERATION_FINISH : Z_FINISH);
  this._defaultFullFlushFlag = brotli ? BROTLI_OPERATION_FLUSH : Z_FULL_FLUSH;
  this._ended = false;
}
Object.setPrototypeOf(Zlib.prototype, Transform.prototype);
Object.setPrototypeOf(Zlib, Transform);

const FLUSH = Symbol('flush');
const NOTHING = Buffer.alloc(0);

Object.assign(Zlib.prototype, {
  _transform(chunk, encoding, done) {
    const kind = chunk[FLUSH];
    let out;
    try {
      out = codecs.get(this).write(bytesOf(chunk), kind ?? this._defaultFlushFlag);
    } catch (error) {
      done(error);
      return;
    }
    this.bytesWritten += chunk.byteLength;
    if (out.length > 0) this.push(out);
    done();
  },
  _flush(done) {
    let out;
    try {
      out = codecs.get(this).write(NOTHING, this._finishFlushFlag);
    } catch (error) {
      done(error);
      return;
    }
    if (out.length > 0) this.push(out);
    done();
  },
  _destroy(error, callback) {
    codecs.get(this).close();
    callback(error);
  },
  flush(kind, callback) {
    const [flag, done] = typeof kind === 'function' || kind === undefined ? [this._defaultFullFlushFlag, kind] : [kind, callback];
    if (this.writableFinished) {
      if (done) queueMicrotask(done);
    } else if (this.writableEnded) {
      if (done) this.once('end', done);
    } else {
      const marker = Buffer.alloc(0);
      marker[FLUSH] = flag;
      this.write(marker, '', done);
    }
  },
  params(level, strategy, callback) {
    checked(level, 'level', -1, 9);
    checked(strategy, 'strategy', 0, 4);
    this.flush(Z_SYNC_FLUSH, () => {
      codecs.get(this).params(level, strategy);
      this._level = level;
      this._strategy = strategy;
      callback?.();
    });
  },
  reset() {
    codecs.get(this).reset();
  },
  close(callback) {
    if (callback) this.once('close', callback);
    this.destroy();
  },
});
Object.defineProperties(Zlib.prototype, {
  _closed: { __proto__: null, configurable: true, enumerable: true, get() { return this.destroyed; } },
  bytesRead: { __proto__: null, configurable: true, enumerable: true, get() { return this.bytesWritten; } },
});

const CLASSES = {
  Deflate: 'deflate', Inflate: 'inflate', Gzip: 'gzip', Gunzip: 'gunzip', DeflateRaw: 'deflateRaw', InflateRaw: 'inflateRaw', Unzip: 'unzip',
  BrotliCompress: 'brotliCompress', BrotliDecompress: 'brotliDecompress',
};

const zlib = { constants, codes: Object.freeze({
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  0: 'Z_OK', 1: 'Z_STREAM_END', 2: 'Z_NEED_DICT', '-1': 'Z_ERRNO', '-2': 'Z_STREAM_ERROR', '-3': 'Z_DATA_ERROR', '-4': 'Z_MEM_ERROR', '-5': 'Z_BUF_ERROR', '-6': 'Z_VERSION_ERROR',
}) };

/** All of it at once. */
function whole(kind, data, options) {
  const bytes = bytesOf(data);
  const codec = new Codec(kind, options ?? {});
  try {
    return codec.finish(bytes, options?.finishFlush);
  } finally {
    codec.close();
  }
}

for (const [name, kind] of Object.entries(CLASSES)) {
  const type = { [name]: function (options) {
    if (!(this instanceof type)) return new type(options);
    Reflect.apply(Zlib, this, [kind, options]);
  } }[name];
  Object.setPrototypeOf(type.prototype, Zlib.prototype);
  Object.setPrototypeOf(type, Zlib);
  zlib[name] = type;
  zlib[`create${name}`] = (options) => new type(options);
  zlib[`${kind}Sync`] = (data, options) => whole(kind, data, options);
  zlib[kind] = (data, options, callback) => {
    const [settings, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
    validateFunction(done, 'callback');
    bytesOf(data);
    Promise.resolve().then(() => whole(kind, data, settings)).then((out) => done(null, out), (error) => done(error));
  };
}

zlib.crc32 = (data, value = 0) => {
  if (typeof data !== 'string' && !ArrayBufferIsView(data)) throw nodeError('ERR_INVALID_ARG_TYPE', 'data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  validateUint32(value, 'value');
  return java.crc32(data, value);
};

for (const name of Object.keys(constants)) if (!name.startsWith('BROTLI')) Object.defineProperty(zlib, name, { __proto__: null, value: constants[name], enumerable: false, writable: false });

module.exports = zlib;
