// The module `node:string_decoder`: text of bytes that come in pieces. https://nodejs.org/api/string_decoder.html
const { ArrayBufferIsView } = primordials;
const { nodeError } = require('./node/errors');
const { decode, normalize } = require('./node/encodings');
const { Buffer } = require('./node/buffer');

function StringDecoder(encoding) {
  const name = normalize(encoding);
  if (name === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', encoding);
  this.encoding = name;
  Object.defineProperty(this, 'held', { __proto__: null, value: new Uint8Array(0), writable: true, enumerable: false });
}

Object.assign(StringDecoder.prototype, {
  write(chunk) {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBufferIsView(chunk)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
    const fresh = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.held.length === 0 ? fresh : Buffer.concat([this.held, fresh]);
    const whole = bytes.length - unfinished(bytes, this.encoding);
    this.held = bytes.slice(whole);
    return decode(bytes.subarray(0, whole), this.encoding);
  },
  end(chunk) {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.held;
    this.held = new Uint8Array(0);
    if (rest.length === 0) return text;
    return text + (this.encoding === 'utf8' ? '\ufffd' : decode(rest, this.encoding));
  },
  text(chunk, offset) {
    this.held = new Uint8Array(0);
    return this.write(chunk.slice(offset));
  },
});
Object.defineProperties(StringDecoder.prototype, {
  lastNeed: { __proto__: null, configurable: true, enumerable: true, get() { return this.held.length === 0 ? 0 : needed(this.held, this.encoding) - this.held.length; } },
  lastTotal: { __proto__: null, configurable: true, enumerable: true, get() { return this.held.length === 0 ? 0 : needed(this.held, this.encoding); } },
  lastChar: {
    __proto__: null, configurable: true, enumerable: true,
    get() {
      const last = Buffer.alloc(4);
      last.set(this.held);
      return last;
    },
  },
});

function needed(held, encoding) {
  if (encoding !== 'utf8') return encoding === 'utf16le' ? (held.length > 2 ? 4 : held.length === 2 ? 4 : 2) : 3;
  return held[0] >= 0xf0 ? 4 : held[0] >= 0xe0 ? 3 : 2;
}

/** How many bytes at the end are the beginning of a character that is not there whole. */
function unfinished(bytes, encoding) {
  switch (encoding) {
    case 'utf8': return unfinishedUtf8(bytes);
    case 'utf16le': {
      const odd = bytes.length % 2;
      const end = bytes.length - odd;
      return end >= 2 && (bytes[end - 1] & 0xfc) === 0xd8 ? odd + 2 : odd;
    }
    case 'base64': case 'base64url': return bytes.length % 3;
    default: return 0;
  }
}

function unfinishedUtf8(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
    return size > back ? back : 0;
  }
  return 0;
}

module.exports = { StringDecoder };
