// https://encoding.spec.whatwg.org/#interface-textdecoderstream and https://encoding.spec.whatwg.org/#interface-textencoderstream
const { Boolean, RangeError, StringPrototypeCharCodeAt, StringPrototypeSlice, TypeError, encodeUtf8 } = primordials;
const { bytesOf, defineInterface, isBufferSource, toDictionary, toDOMString } = require('./webidl');
const { encodingOf } = require('./encodings');
const { decoderFor } = require('./text-decoder');
const { transformPair } = require('./transform-stream');

class TextDecoderStream {
  #encoding;
  #fatal = false;
  #ignoreBOM = false;
  #pair;

  constructor(label = 'utf-8', options = undefined) {
    const text = toDOMString(label);
    const encoding = encodingOf(text);
    if (encoding === undefined || encoding === 'replacement') throw new RangeError(`"${text}" is not a valid encoding.`);
    const init = toDictionary(options, "Failed to construct 'TextDecoderStream'", 2, 'TextDecoderStreamInit');
    if (init !== undefined) {
      this.#fatal = Boolean(init.fatal);
      this.#ignoreBOM = Boolean(init.ignoreBOM);
    }
    this.#encoding = encoding;
    const decode = decoderFor(encoding, this.#fatal, this.#ignoreBOM);
    this.#pair = transformPair(
      (chunk, enqueue) => {
        if (!isBufferSource(chunk)) throw new TypeError('This TransformStream is being used as a byte stream, but received a value that is not a BufferSource.');
        const piece = decode(bytesOf(chunk), true);
        if (piece !== '') enqueue(piece);
      },
      (enqueue) => {
        const piece = decode(encodeUtf8(''), false);
        if (piece !== '') enqueue(piece);
      },
    );
  }

  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }
  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

class TextEncoderStream {
  #pair;

  constructor() {
    let pending = ''; // a high surrogate that waits for its other half
    this.#pair = transformPair(
      (chunk, enqueue) => {
        let text = pending + toDOMString(chunk);
        pending = '';
        const last = text.length === 0 ? 0 : StringPrototypeCharCodeAt(text, text.length - 1);
        if (last >= 0xd800 && last <= 0xdbff) {
          pending = StringPrototypeSlice(text, -1);
          text = StringPrototypeSlice(text, 0, -1);
        }
        if (text !== '') enqueue(encodeUtf8(text));
      },
      (enqueue) => {
        if (pending !== '') enqueue(encodeUtf8('\ufffd'));
      },
    );
  }

  get encoding() {
    return this.#pair && 'utf-8';
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

defineInterface(TextDecoderStream);
defineInterface(TextEncoderStream);

module.exports = { TextDecoderStream, TextEncoderStream };
