// https://encoding.spec.whatwg.org/#interface-textdecoder
//
// UTF-8 and UTF-16 are the engine's, which sees byte arrays from the inside; the legacy encodings are Java's (LegacyDecoder.java).
const {
  ArrayBufferIsView, Boolean, EngineTextDecoder, EngineTextDecoderPrototypeDecode, RangeError, StringPrototypeCharCodeAt, StringPrototypeSlice, TypeError, Uint8Array,
} = primordials;
const { bytesOf, defineInterface, isArrayBuffer, isObject, isSharedArrayBuffer, toDictionary, toDOMString, viewBuffer } = require('./webidl');
const { encodingOf } = require('./encodings');

const NOTHING = new Uint8Array(0);

class TextDecoder {
  #encoding;
  #fatal = false;
  #ignoreBOM = false;
  #decode;

  constructor(label = 'utf-8', options = undefined) {
    const text = toDOMString(label);
    const encoding = encodingOf(text);
    if (encoding === undefined || encoding === 'replacement') {
      throw new RangeError(`"${text}" is not a valid encoding.`);
    }
    this.#encoding = encoding;
    const init = toDictionary(options, "Failed to construct 'TextDecoder'", 2, 'ConstructorOptions');
    if (init !== undefined) {
      this.#fatal = Boolean(init.fatal);
      this.#ignoreBOM = Boolean(init.ignoreBOM);
    }
    this.#decode = decoderFor(encoding, this.#fatal, this.#ignoreBOM);
  }

  get encoding() {
    return this.#encoding;
  }

  get fatal() {
    return this.#fatal;
  }

  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input = undefined, options = undefined) {
    const decode = this.#decode;
    const bytes = input === undefined ? NOTHING : toBytes(input);
    const init = options === undefined ? undefined : toDictionary(options, "Failed to execute 'decode' on 'TextDecoder'", 2, 'DecodeOptions');
    return decode(bytes, init !== undefined && Boolean(init.stream));
  }
}

function toBytes(input) {
  if (isObject(input)) {
    if (ArrayBufferIsView(input)) return bytesOf(input);
    if (isArrayBuffer(input) || isSharedArrayBuffer(input)) return new Uint8Array(input);
  }
  throw new TypeError("Failed to execute 'decode' on 'TextDecoder': parameter 1 is not of type 'Array'.");
}

const STREAM = { __proto__: null, stream: true };
const MARK = 0xfeff;

/** A function (bytes, stream) → text with the state of a stream. */
function decoderFor(encoding, fatal, ignoreBOM) {
  if (encoding !== 'utf-8' && encoding !== 'utf-16le' && encoding !== 'utf-16be') return legacyDecoder(encoding, fatal);
  // The engine loses a byte when it drops the mark of a stream that is cut inside a character, so the mark is dropped here.
  const engine = new EngineTextDecoder(encoding, { fatal, ignoreBOM: true });
  let atStart = true;
  return (bytes, stream) => {
    let text;
    try {
      text = EngineTextDecoderPrototypeDecode(engine, bytes, stream ? STREAM : undefined);
    } catch (error) {
      atStart = true;
      throw fatal && error instanceof TypeError ? invalid() : error;
    }
    const marked = atStart && !ignoreBOM && text.length > 0 && StringPrototypeCharCodeAt(text, 0) === MARK;
    atStart = stream ? atStart && text.length === 0 : true;
    return marked ? StringPrototypeSlice(text, 1) : text;
  };
}

function legacyDecoder(encoding, fatal) {
  const decoder = require('java:text').decoder(encoding, fatal);
  return (bytes, stream) => {
    const text = decoder.decode(viewBuffer(bytes), bytes.byteOffset, bytes.byteLength, stream);
    if (text === null) throw invalid();
    return text;
  };
}

function invalid() {
  return new TypeError('Failed to decode input.');
}

defineInterface(TextDecoder);

module.exports = { TextDecoder, decoderFor };
