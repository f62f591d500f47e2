// UTF-8 between strings and bytes.
const { EngineTextDecoder, EngineTextDecoderPrototypeDecode, StringPrototypeCharCodeAt, StringPrototypeSlice, TypedArrayPrototypeSet, Uint8Array, encodeUtf8 } = primordials;

const decoder = new EngineTextDecoder('utf-8', { ignoreBOM: true });

/** https://encoding.spec.whatwg.org/#utf-8-decode: a byte order mark is dropped, wrong bytes become U+FFFD. */
function decodeUtf8(bytes) {
  return withoutMark(EngineTextDecoderPrototypeDecode(decoder, bytes));
}

/** As decodeUtf8, but a byte order mark stays. */
function decodeUtf8WithMark(bytes) {
  return EngineTextDecoderPrototypeDecode(decoder, bytes);
}

function withoutMark(text) {
  return text.length > 0 && StringPrototypeCharCodeAt(text, 0) === 0xfeff ? StringPrototypeSlice(text, 1) : text;
}

/** One Uint8Array of a list of them. */
function concatenate(chunks, length) {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < chunks.length; i++) {
    TypedArrayPrototypeSet(whole, chunks[i], at);
    at += chunks[i].length;
  }
  return whole;
}

module.exports = { concatenate, decodeUtf8, decodeUtf8WithMark, encodeUtf8, withoutMark };
