// https://fetch.spec.whatwg.org/#data-url-processor
const { RegExpPrototypeExec, StringFromCharCode, StringPrototypeCharCodeAt, StringPrototypeIndexOf, StringPrototypeSlice, StringPrototypeStartsWith, Uint8Array } = primordials;
const { serialised } = require('./mime-type');
const { serialise } = require('./url-parser');
const { percentDecodeBytes } = require('./url-encoding');
const { atob } = require('./base64');

const BASE64 = /;[\x20]*base64$/i;
const DEFAULT_TYPE = 'text/plain;charset=US-ASCII';

/** @returns { type, bytes } or null */
function parseDataUrl(record) {
  const input = StringPrototypeSlice(serialise(record, true), 'data:'.length);
  const comma = StringPrototypeIndexOf(input, ',');
  if (comma < 0) return null;
  let type = trimSpaces(StringPrototypeSlice(input, 0, comma));
  let bytes = percentDecodeBytes(StringPrototypeSlice(input, comma + 1));
  const base64 = RegExpPrototypeExec(BASE64, type);
  if (base64 !== null) {
    bytes = decodeBase64(bytes);
    if (bytes === null) return null;
    type = StringPrototypeSlice(type, 0, type.length - base64[0].length);
  }
  if (StringPrototypeStartsWith(type, ';')) type = `text/plain${type}`;
  return { type: serialised(type) ?? DEFAULT_TYPE, bytes };
}

/** @returns null for what is no base64 */
function decodeBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += StringFromCharCode(bytes[i]);
  let latin1;
  try {
    latin1 = atob(text);
  } catch {
    return null;
  }
  const decoded = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) decoded[i] = StringPrototypeCharCodeAt(latin1, i);
  return decoded;
}

function trimSpaces(text) {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return StringPrototypeSlice(text, start, end);
}

module.exports = { parseDataUrl };
