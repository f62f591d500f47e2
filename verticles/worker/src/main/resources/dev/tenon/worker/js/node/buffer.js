// The module `node:buffer`. https://nodejs.org/api/buffer.html
const { ArrayBuffer, ArrayBufferIsView, SharedArrayBuffer, Uint8Array, globalThis } = primordials;
const { coded, nodeError } = require('./node/errors');
const { validateArray, validateInteger, validateNumber } = require('./node/validators');
const { isAnyArrayBuffer, isUint8Array } = require('./node/util-types');
const { byteLength: lengthOf, decode, encode, normalize, write: writeText } = require('./node/encodings');
const { find } = require('./node/buffer-search');

const LENGTH_MAX = 0x7fffffff;
const STRING_UNITS_MAX = 0x1fffffe8;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const settings = { INSPECT_MAX_BYTES: 50 };
const subarrayOf = Uint8Array.prototype.subarray;

class FastBuffer extends Uint8Array {}

function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

Object.defineProperty(Buffer, Symbol.species, { __proto__: null, configurable: true, enumerable: false, get() { return FastBuffer; } });
Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(FastBuffer.prototype, 'constructor', { __proto__: null, value: Buffer, writable: true, configurable: true });

/** A Buffer over the bytes of a Uint8Array, without a copy. */
function over(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

function encodingOf(encoding) {
  const name = normalize(encoding);
  if (name === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', encoding);
  return name;
}

const FROM = ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'];

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return over(encode(value, encodingOf(typeof encodingOrOffset === 'string' ? encodingOrOffset : 'utf8')));
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (primitive !== undefined && primitive !== null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made !== undefined) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return from(text, encodingOrOffset);
    }
  }
  throw nodeError('ERR_INVALID_ARG_TYPE', 'first argument', FROM, value);
};

function fromArrayBuffer(buffer, offset, length) {
  let start = 0;
  if (offset !== undefined) {
    start = +offset;
    if (Number.isNaN(start)) start = 0;
  }
  const max = buffer.byteLength - start;
  if (max < 0) throw nodeError('ERR_BUFFER_OUT_OF_BOUNDS', 'offset');
  if (length === undefined) return new FastBuffer(buffer, start, max);
  let count = +length;
  if (!(count > 0)) count = 0;
  else if (count > max) throw nodeError('ERR_BUFFER_OUT_OF_BOUNDS', 'length');
  return new FastBuffer(buffer, start, count);
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  return value.type === 'Buffer' && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}

function fromArrayLike(list) {
  if (!(list.length > 0)) return new FastBuffer();
  if (list.length > LENGTH_MAX) throw nodeError('ERR_OUT_OF_RANGE', 'size', `>= 0 && <= ${LENGTH_MAX}`, list.length);
  const made = new FastBuffer(list.length);
  if (ArrayBufferIsView(list)) made.set(list);
  else for (let i = 0; i < made.length; i++) made[i] = list[i];
  return made;
}

function checkSize(size) {
  validateNumber(size, 'size', 0, LENGTH_MAX);
}

Object.assign(Buffer, {
  poolSize: 8192,
  of(...items) { return fromArrayLike(items); },
  copyBytesFrom(view, offset, length) {
    if (!ArrayBufferIsView(view) || view instanceof DataView) throw nodeError('ERR_INVALID_ARG_TYPE', 'view', ['TypedArray'], view);
    if (offset !== undefined) validateInteger(offset, 'offset', 0);
    if (length !== undefined) validateInteger(length, 'length', 0);
    const start = Math.min(offset ?? 0, view.length);
    const part = view.subarray(start, length === undefined ? view.length : Math.min(view.length, start + length));
    return over(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice());
  },
  alloc(size, fill, encoding) {
    checkSize(size);
    const made = new FastBuffer(size);
    if (fill !== undefined && fill !== 0 && size > 0) {
      if (encoding !== undefined && typeof encoding !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'encoding', 'string', encoding);
      made.fill(fill, encoding);
    }
    return made;
  },
  allocUnsafe(size) { checkSize(size); return new FastBuffer(size); },
  allocUnsafeSlow(size) { checkSize(size); return new FastBuffer(size); },
  isBuffer(value) { return value instanceof Buffer; },
  isEncoding(encoding) { return typeof encoding === 'string' && encoding.length !== 0 && normalize(encoding) !== undefined; },
  byteLength(value, encoding) {
    if (typeof value === 'string') return lengthOf(value, normalize(encoding) ?? 'utf8');
    if (ArrayBufferIsView(value) || isAnyArrayBuffer(value)) return value.byteLength;
    throw nodeError('ERR_INVALID_ARG_TYPE', 'string', ['string', 'Buffer', 'ArrayBuffer'], value);
  },
  compare(one, other) {
    if (!isUint8Array(one)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf1', ['Buffer', 'Uint8Array'], one);
    if (!isUint8Array(other)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf2', ['Buffer', 'Uint8Array'], other);
    return compareBytes(one, other);
  },
  concat(list, length) {
    validateArray(list, 'list');
    if (list.length === 0) return new FastBuffer();
    let total = length;
    if (total === undefined) {
      total = 0;
      for (let i = 0; i < list.length; i++) if (list[i]?.length) total += list[i].length;
    } else {
      validateInteger(total, 'length', 0);
    }
    const made = new FastBuffer(total);
    let at = 0;
    for (let i = 0; i < list.length; i++) {
      const piece = list[i];
      if (!isUint8Array(piece)) throw nodeError('ERR_INVALID_ARG_TYPE', `list[${i}]`, ['Buffer', 'Uint8Array'], piece);
      if (at + piece.length <= total) made.set(piece, at);
      else if (at < total) made.set(subarrayOf.call(piece, 0, total - at), at);
      at += piece.length;
    }
    return made;
  },
});

function compareBytes(one, other) {
  const shorter = Math.min(one.length, other.length);
  for (let i = 0; i < shorter; i++) if (one[i] !== other[i]) return one[i] < other[i] ? -1 : 1;
  return one.length === other.length ? 0 : one.length < other.length ? -1 : 1;
}

/** A position counted from 0, within a length; as toString and slice take them. */
function clamp(value, length, otherwise) {
  if (value === undefined) return otherwise;
  const position = Math.trunc(+value) || 0;
  return position <= 0 ? 0 : position > length ? length : position;
}

const methods = {
  toString(encoding, start, end) {
    if (arguments.length === 0) return decode(this, 'utf8');
    const from = clamp(start, this.length, 0);
    const to = clamp(end, this.length, this.length);
    if (to <= from) return '';
    const name = encodingOf(encoding === undefined || encoding === null ? 'utf8' : `${encoding}`);
    return decode(from === 0 && to === this.length ? this : subarrayOf.call(this, from, to), name);
  },
  toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); },
  toJSON() { return { type: 'Buffer', data: Array.from(this) }; },
  equals(other) {
    if (!isUint8Array(other)) throw nodeError('ERR_INVALID_ARG_TYPE', 'otherBuffer', ['Buffer', 'Uint8Array'], other);
    return this === other || this.byteLength === other.byteLength && compareBytes(this, other) === 0;
  },
  compare(target, targetStart = 0, targetEnd = target?.length, start = 0, end = this.length) {
    if (!isUint8Array(target)) throw nodeError('ERR_INVALID_ARG_TYPE', 'target', ['Buffer', 'Uint8Array'], target);
    validateInteger(targetStart, 'targetStart', 0);
    validateInteger(targetEnd, 'targetEnd', 0, target.length);
    validateInteger(start, 'sourceStart', 0);
    validateInteger(end, 'sourceEnd', 0, this.length);
    if (start >= end) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return compareBytes(subarrayOf.call(this, start, end), subarrayOf.call(target, targetStart, targetEnd));
  },
  copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.length) {
    if (!isUint8Array(this)) throw nodeError('ERR_INVALID_ARG_TYPE', 'source', ['Buffer', 'Uint8Array'], this);
    if (!isUint8Array(target)) throw nodeError('ERR_INVALID_ARG_TYPE', 'target', ['Buffer', 'Uint8Array'], target);
    const at = Math.trunc(+targetStart) || 0;
    if (at < 0) throw nodeError('ERR_OUT_OF_RANGE', 'targetStart', '>= 0', at);
    const from = Math.trunc(+sourceStart) || 0;
    if (from < 0 || from > this.length) throw nodeError('ERR_OUT_OF_RANGE', 'sourceStart', `>= 0 && <= ${this.length}`, from);
    const to = Math.trunc(+sourceEnd) || 0;
    if (to < 0) throw nodeError('ERR_OUT_OF_RANGE', 'sourceEnd', '>= 0', to);
    const count = Math.min(Math.min(to, this.length) - from, target.length - at);
    if (count <= 0) return 0;
    target.set(subarrayOf.call(this, from, from + count), at);
    return count;
  },
  slice(start, end) { return this.subarray(start, end); },
  subarray(start, end) { return subarrayOf.call(this, start, end); },
  write(string, offset, length, encoding) {
    if (typeof string !== 'string') throw coded(new TypeError('argument must be a string'), 'ERR_INVALID_ARG_TYPE');
    let at = 0;
    let count = this.length;
    let name = encoding;
    if (typeof offset === 'string') {
      name = offset;
    } else if (offset !== undefined) {
      validateInteger(offset, 'offset', 0, this.length);
      at = offset;
      count = this.length - at;
      if (typeof length === 'string') {
        name = length;
      } else if (length !== undefined) {
        validateInteger(length, 'length', 0, this.length);
        if (length < count) count = length;
      }
    }
    return writeText(subarrayOf.call(this, at, at + count), string, encodingOf(name));
  },
  fill(value, offset, end, encoding) { return fill(this, value, offset, end, encoding); },
  indexOf(value, offset, encoding) { return find(this, value, offset, encoding, true); },
  lastIndexOf(value, offset, encoding) { return find(this, value, offset, encoding, false); },
  includes(value, offset, encoding) { return find(this, value, offset, encoding, true) !== -1; },
  swap16() { return swap(this, 2); },
  swap32() { return swap(this, 4); },
  swap64() { return swap(this, 8); },
  ...require('./node/buffer-numbers').make(),
};

for (const [name, encoding] of [['ascii', 'ascii'], ['base64', 'base64'], ['base64url', 'base64url'], ['latin1', 'latin1'], ['hex', 'hex'], ['ucs2', 'utf16le'], ['utf8', 'utf8']]) {
  methods[`${name}Slice`] = function slice(start = 0, end = this.length) { return decode(subarrayOf.call(this, start, end), encoding); };
  methods[`${name}Write`] = function write(string, offset = 0, length = this.length - offset) {
    return writeText(subarrayOf.call(this, offset, offset + length), string, encoding);
  };
}

function fill(buffer, value, offset, end, encoding) {
  let from = offset;
  let to = end;
  let name = encoding;
  let pattern = value;
  if (typeof value === 'string') {
    if (from === undefined || typeof from === 'string') {
      name = from;
      from = 0;
      to = buffer.length;
    } else if (typeof to === 'string') {
      name = to;
      to = buffer.length;
    }
    if (name !== undefined && typeof name !== 'string') throw nodeError('ERR_INVALID_ARG_TYPE', 'encoding', 'string', name);
    const known = normalize(name);
    if (known === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', name);
    pattern = value.length === 0 ? 0 : encode(value, known);
  } else if (typeof value === 'boolean') {
    pattern = +value;
  }
  if (from === undefined) from = 0;
  else validateInteger(from, 'offset', 0);
  if (to === undefined) to = buffer.length;
  else validateInteger(to, 'end', 0, buffer.length);
  if (from >= to) return buffer;
  if (!isUint8Array(pattern)) return Uint8Array.prototype.fill.call(buffer, Number(pattern) & 255, from, to);
  if (pattern.length === 0) throw nodeError('ERR_INVALID_ARG_VALUE', 'value', value);
  for (let i = from, j = 0; i < to; i++) {
    buffer[i] = pattern[j];
    if (++j === pattern.length) j = 0;
  }
  return buffer;
}

function swap(buffer, size) {
  if (buffer.length % size !== 0) throw nodeError('ERR_INVALID_BUFFER_SIZE', `${size * 8}-bits`);
  for (let i = 0; i < buffer.length; i += size) {
    for (let a = i, b = i + size - 1; a < b; a++, b--) {
      const byte = buffer[a];
      buffer[a] = buffer[b];
      buffer[b] = byte;
    }
  }
  return buffer;
}

function inspectBuffer(depth, options, inspect) {
  const max = settings.INSPECT_MAX_BYTES;
  const shown = Math.min(max, this.length);
  let text = decode(subarrayOf.call(this, 0, shown), 'hex').replace(/(..)(?=.)/g, '$1 ');
  if (this.length > max) text += ` ... ${this.length - max} more byte${this.length - max > 1 ? 's' : ''}`;
  const extras = Object.keys(this).filter((key) => !/^\d+$/.test(key));
  if (extras.length > 0 && inspect !== undefined) {
    const rest = Object.create(null);
    for (const key of extras) rest[key] = this[key];
    text += `${this.length === 0 ? '' : ', '}${inspect(rest, { ...options, breakLength: Infinity, compact: true }).slice('[Object: null prototype] {'.length + 1, -2)}`;
  }
  return `<${this.constructor.name} ${text}>`;
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(Buffer.prototype, name, { __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: true });
}
Buffer.prototype[INSPECT] = inspectBuffer;
Buffer.prototype.inspect = inspectBuffer;
Object.defineProperty(Buffer.prototype, 'parent', { __proto__: null, enumerable: true, get() { return this instanceof Buffer ? this.buffer : undefined; } });
Object.defineProperty(Buffer.prototype, 'offset', { __proto__: null, enumerable: true, get() { return this instanceof Buffer ? this.byteOffset : undefined; } });

function SlowBuffer(length) {
  return Buffer.allocUnsafeSlow(length);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

function bytesOf(source) {
  if (ArrayBufferIsView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isAnyArrayBuffer(source)) return new Uint8Array(source);
  throw nodeError('ERR_INVALID_ARG_TYPE', 'input', ['ArrayBuffer', 'Buffer', 'TypedArray'], source);
}

function isAscii(source) {
  return bytesOf(source).every((byte) => byte < 128);
}

function isUtf8(source) {
  try {
    new primordials.EngineTextDecoder('utf-8', { fatal: true }).decode(bytesOf(source));
    return true;
  } catch {
    return false;
  }
}

function transcode(source, from, to) {
  if (!isUint8Array(source)) throw nodeError('ERR_INVALID_ARG_TYPE', 'source', ['Buffer', 'Uint8Array'], source);
  const known = [normalize(from), normalize(to)];
  if (known.some((name) => !['utf8', 'utf16le', 'latin1', 'ascii'].includes(name))) {
    const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
    error.code = 'U_ILLEGAL_ARGUMENT_ERROR';
    throw error;
  }
  const text = decode(source, known[0]);
  // What the target cannot say becomes a question mark.
  return Buffer.from(known[1] === 'latin1' ? text.replace(/[^\x00-\xff]/gu, '?') : known[1] === 'ascii' ? text.replace(/[^\x00-\x7f]/gu, '?') : text, known[1]);
}

module.exports = {
  Buffer, SlowBuffer, transcode, isUtf8, isAscii,
  kMaxLength: LENGTH_MAX, kStringMaxLength: STRING_UNITS_MAX,
  constants: { MAX_LENGTH: LENGTH_MAX, MAX_STRING_LENGTH: STRING_UNITS_MAX },
  get INSPECT_MAX_BYTES() { return settings.INSPECT_MAX_BYTES; },
  set INSPECT_MAX_BYTES(bytes) { validateNumber(bytes, 'INSPECT_MAX_BYTES', 0); settings.INSPECT_MAX_BYTES = bytes; },
  atob: (text) => require('./base64').atob(text),
  btoa: (text) => require('./base64').btoa(text),
  get Blob() { return globalThis.Blob; },
  get File() { return globalThis.File; },
  resolveObjectURL() { return undefined; },
};
