// Percent-encoding and application/x-www-form-urlencoded. https://url.spec.whatwg.org/#percent-encoded-bytes
const {
  ArrayPrototypeJoin, ArrayPrototypePush, EngineTextDecoder, EngineTextDecoderPrototypeDecode, RegExpPrototypeTest, StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt, StringPrototypeIncludes, StringPrototypeIndexOf, StringPrototypeSlice, StringPrototypeSplit, TypedArrayPrototypeSubarray, Uint8Array,
  encodeUtf8, StringFromCodePoint,
} = primordials;

const HEX = [];
for (let i = 0; i < 256; i++) HEX[i] = `%${i < 16 ? '0' : ''}${i.toString(16).toUpperCase()}`;

/** A set of code points that are encoded; everything above 0x7e is in each. `matcher` finds a member in a text. */
function encodeSet(members) {
  const table = new Uint8Array(128);
  for (let i = 0; i < 0x20; i++) table[i] = 1;
  table[0x7f] = 1;
  for (let i = 0; i < members.length; i++) table[members.charCodeAt(i)] = 1;
  const escaped = members.replace(/[\\\]^-]/g, '\\$&');
  return { table, matcher: new primordials.RegExp(`[\\x00-\\x1f\\x7f-\\uffff${escaped}]`) };
}

const C0_CONTROL = encodeSet('');
const FRAGMENT = encodeSet(' "<>`');
const QUERY = encodeSet(' "#<>');
const SPECIAL_QUERY = encodeSet(' "#<>\'');
const PATH = encodeSet(' "#<>?^`{}');
const USERINFO = encodeSet(' "#<>?^`{}/:;=@[\\]|');
const FORM = encodeSet(' "#<>?^`{}/:;=@[\\]|$%&+,!\'()~');

function percentEncode(text, set) {
  if (!RegExpPrototypeTest(set.matcher, text)) return text;
  const { table } = set;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i);
    if (code < 128) {
      out += table[code] === 1 ? HEX[code] : text[i];
    } else {
      const point = StringPrototypeCodePointAt(text, i);
      if (point > 0xffff) i++;
      const bytes = encodeUtf8(StringFromCodePoint(point));
      for (let j = 0; j < bytes.length; j++) out += HEX[bytes[j]];
    }
  }
  return out;
}

const decoder = new EngineTextDecoder('utf-8', { ignoreBOM: true });

function hexValue(code) {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return -1;
}

/** UTF-8 decode without BOM of the percent-decoded text; `plus` turns + into a space. */
function percentDecode(text, plus = false) {
  const hasPlus = plus && StringPrototypeIncludes(text, '+');
  if (!hasPlus && !StringPrototypeIncludes(text, '%')) return text;
  return EngineTextDecoderPrototypeDecode(decoder, percentDecodeBytes(text, hasPlus));
}

/** https://url.spec.whatwg.org/#string-percent-decode */
function percentDecodeBytes(text, hasPlus = false) {
  const bytes = encodeUtf8(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i];
    if (byte === 0x25 && i + 2 < bytes.length) {
      const high = hexValue(bytes[i + 1]);
      const low = high < 0 ? -1 : hexValue(bytes[i + 2]);
      if (low >= 0) {
        byte = high * 16 + low;
        i += 2;
      }
    } else if (hasPlus && byte === 0x2b) {
      byte = 0x20;
    }
    bytes[length++] = byte;
  }
  return TypedArrayPrototypeSubarray(bytes, 0, length);
}

/** https://url.spec.whatwg.org/#concept-urlencoded-parser to a flat list of names and values. */
function parseForm(text) {
  const list = [];
  if (text === '') return list;
  const parts = StringPrototypeSplit(text, '&');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part === '') continue;
    const equals = StringPrototypeIndexOf(part, '=');
    const name = equals < 0 ? part : StringPrototypeSlice(part, 0, equals);
    const value = equals < 0 ? '' : StringPrototypeSlice(part, equals + 1);
    ArrayPrototypePush(list, percentDecode(name, true), percentDecode(value, true));
  }
  return list;
}

function encodeFormPart(text) {
  const encoded = percentEncode(text, FORM);
  return StringPrototypeIncludes(encoded, '%20') ? ArrayPrototypeJoin(StringPrototypeSplit(encoded, '%20'), '+') : encoded;
}

/** https://url.spec.whatwg.org/#concept-urlencoded-serializer of a flat list. */
function serialiseForm(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) text += `${i === 0 ? '' : '&'}${encodeFormPart(list[i])}=${encodeFormPart(list[i + 1])}`;
  return text;
}

module.exports = { C0_CONTROL, FRAGMENT, PATH, QUERY, SPECIAL_QUERY, USERINFO, parseForm, percentDecode, percentDecodeBytes, percentEncode, serialiseForm };
