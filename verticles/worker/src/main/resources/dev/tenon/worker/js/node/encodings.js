// Buffer's encodings: text to bytes and back. https://nodejs.org/api/buffer.html#buffers-and-character-encodings
const { EngineTextDecoder, EngineTextDecoderPrototypeDecode, Uint8Array, encodeUtf8, encodeUtf8Into } = primordials;
const { receiveBytes } = require('./bytes');
const text = require('java:node-text');

const utf8 = new EngineTextDecoder('utf-8', { ignoreBOM: true });

const NAMES = {
  __proto__: null,
  utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', base64: 'base64', base64url: 'base64url', latin1: 'latin1', binary: 'latin1', ascii: 'ascii',
  utf16le: 'utf16le', 'utf-16le': 'utf16le', ucs2: 'utf16le', 'ucs-2': 'utf16le',
};

/** The encoding's one name; undefined when there is no such encoding. */
function normalize(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  if (typeof encoding !== 'string') return undefined;
  return NAMES[encoding] ?? NAMES[encoding.toLowerCase()];
}

/** Bytes of a text. @param encoding normalized */
function encode(string, encoding) {
  switch (encoding) {
    case 'utf8': return encodeUtf8(string);
    case 'latin1': case 'ascii': return receiveBytes(text.fromLatin1(string));
    case 'utf16le': return receiveBytes(text.fromUtf16(string));
    case 'hex': return receiveBytes(text.fromHex(string));
    default: return receiveBytes(text.fromBase64(string));
  }
}

/** The text of bytes. @param bytes a Uint8Array; @param encoding normalized */
function decode(bytes, encoding) {
  if (bytes.length === 0) return '';
  switch (encoding) {
    case 'utf8': return EngineTextDecoderPrototypeDecode(utf8, bytes);
    case 'latin1': return text.latin1(bytes.buffer, bytes.byteOffset, bytes.length);
    case 'ascii': return text.ascii(bytes.buffer, bytes.byteOffset, bytes.length);
    case 'utf16le': return text.utf16(bytes.buffer, bytes.byteOffset, bytes.length);
    case 'hex': return text.hex(bytes.buffer, bytes.byteOffset, bytes.length);
    case 'base64': return text.base64(bytes.buffer, bytes.byteOffset, bytes.length);
    default: return text.base64url(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

/** How many bytes a text takes. */
function byteLength(string, encoding) {
  switch (encoding) {
    case 'utf8': return utf8Length(string);
    case 'latin1': case 'ascii': return string.length;
    case 'utf16le': return string.length * 2;
    case 'hex': return string.length >>> 1;
    default: return base64Length(string);
  }
}

function utf8Length(string) {
  let length = string.length;
  for (let i = 0; i < string.length; i++) {
    const unit = string.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < string.length) {
      const next = string.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) i++;
    }
  }
  return length;
}

function base64Length(string) {
  let length = string.length;
  if (length > 0 && string.charCodeAt(length - 1) === 0x3d) length--;
  if (length > 1 && string.charCodeAt(length - 1) === 0x3d) length--;
  return (length * 3) >>> 2;
}

/** Writes as much of a text as fits, whole characters only. @returns how many bytes were written */
function write(target, string, encoding) {
  if (encoding === 'utf8') return encodeUtf8Into(string, target).written;
  let bytes = encode(string, encoding);
  if (bytes.length > target.length) bytes = bytes.subarray(0, encoding === 'utf16le' ? target.length & ~1 : target.length);
  Uint8Array.prototype.set.call(target, bytes);
  return bytes.length;
}

module.exports = { normalize, encode, decode, byteLength, write };
