// https://w3c.github.io/webcrypto/#Crypto-interface, and workerd's additions: timingSafeEqual on subtle, DigestStream.
const { ArrayBufferIsView, ArrayPrototypeIncludes, TypeError, TypedArrayPrototypeGetSymbolToStringTag, TypedArrayPrototypeSet, ObjectDefineProperty, NumberPrototypeToString,
  StringPrototypePadStart, StringPrototypeSlice } = primordials;
const { receiveBytes } = require('./bytes');
const { DOMException, QuotaExceededError } = require('./dom-exception');
const { bytesOf, defineInterface, illegalConstructor, isBufferSource, notOfType, requireArguments, toBufferSource, viewByteLength } = require('./webidl');
const { SubtleCrypto, subtle } = require('./subtle-crypto');
const { CryptoKey } = require('./crypto-key');
const operations = require('java:crypto');

const MAKE = { __proto__: null };
const RANDOM_BYTES_MAX = 65536;
const INTEGERS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'];

class Crypto {
  #subtle = subtle;

  constructor() { if (arguments[0] !== MAKE) throw illegalConstructor(); }

  get subtle() { return this.#subtle; }

  getRandomValues(array) {
    this.#subtle;
    const what = "Failed to execute 'getRandomValues' on 'Crypto'";
    requireArguments(arguments.length, 1, what, 'ArrayBufferView');
    if (!ArrayBufferIsView(array)) throw new TypeError(`${what}: parameter 1 is not of type 'ArrayBufferView'.`);
    if (!ArrayPrototypeIncludes(INTEGERS, TypedArrayPrototypeGetSymbolToStringTag(array))) {
      throw new DOMException('ArrayBufferView argument to getRandomValues() must be an integer-typed view.', 'TypeMismatchError');
    }
    const length = viewByteLength(array);
    if (length > RANDOM_BYTES_MAX) {
      throw new QuotaExceededError(`getRandomValues() only accepts buffers of size <= 64K but provided ${length} bytes.`);
    }
    TypedArrayPrototypeSet(bytesOf(array), receiveBytes(operations.random(length)));
    return array;
  }

  // RFC 9562, section 5.4.
  randomUUID() {
    this.#subtle;
    const bytes = receiveBytes(operations.random(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = '';
    for (let i = 0; i < 16; i++) digits += StringPrototypePadStart(NumberPrototypeToString(bytes[i], 16), 2, '0');
    const part = (from, to) => StringPrototypeSlice(digits, from, to);
    return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
  }

  // Deviation: workerd's stream that digests what is written to it.
  get DigestStream() { this.#subtle; return require('./digest-stream').DigestStream; }
}

// Deviation: workerd's comparison in constant time; views of different lengths are an error.
function timingSafeEqual(a, b) {
  if (!isBufferSource(a) || !isBufferSource(b)) throw notOfType("Failed to execute 'timingSafeEqual' on 'SubtleCrypto'", isBufferSource(a) ? 2 : 1, 'BufferSource');
  const one = toBufferSource(a, 'timingSafeEqual');
  const other = toBufferSource(b, 'timingSafeEqual');
  if (one.byteLength !== other.byteLength) throw new TypeError('Input buffers must have the same byte length.');
  return operations.equal(one, other);
}

ObjectDefineProperty(SubtleCrypto.prototype, 'timingSafeEqual', { __proto__: null, value: timingSafeEqual, writable: true, enumerable: true, configurable: true });
defineInterface(Crypto);

module.exports = { Crypto, CryptoKey, SubtleCrypto, crypto: new Crypto(MAKE) };
