// https://html.spec.whatwg.org/multipage/webappapis.html#atob over https://infra.spec.whatwg.org/#forgiving-base64
const { RegExpPrototypeTest, StringFromCharCode, StringPrototypeCharCodeAt, StringPrototypeReplaceAll, StringPrototypeSlice, Uint8Array } = primordials;
const { DOMException } = require('./dom-exception');
const { requireArguments, toDOMString } = require('./webidl');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const WHITE_SPACE = /[\t\n\f\r ]+/g;
const NOT_LATIN1 = /[^\x00-\xff]/;
const INVALID = 255;
const values = new Uint8Array(128).fill(INVALID);
for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i;

function btoa(data) {
  requireArguments(arguments.length, 1, "Failed to execute 'btoa' on 'ServiceWorkerGlobalScope'", 'String');
  const text = toDOMString(data);
  if (RegExpPrototypeTest(NOT_LATIN1, text)) throw new DOMException('btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1) range.', 'InvalidCharacterError');
  let output = '';
  const whole = text.length - (text.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const bits = (code(text, i) << 16) | (code(text, i + 1) << 8) | code(text, i + 2);
    output += DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63] + DIGITS[(bits >> 6) & 63] + DIGITS[bits & 63];
  }
  if (text.length - whole === 1) {
    const bits = code(text, whole);
    output += `${DIGITS[bits >> 2]}${DIGITS[(bits << 4) & 63]}==`;
  } else if (text.length - whole === 2) {
    const bits = (code(text, whole) << 8) | code(text, whole + 1);
    output += `${DIGITS[bits >> 10]}${DIGITS[(bits >> 4) & 63]}${DIGITS[(bits << 2) & 63]}=`;
  }
  return output;
}

const code = StringPrototypeCharCodeAt;

function atob(data) {
  requireArguments(arguments.length, 1, "Failed to execute 'atob' on 'ServiceWorkerGlobalScope'");
  let text = StringPrototypeReplaceAll(toDOMString(data), WHITE_SPACE, '');
  if (text.length % 4 === 0 && text.length > 0) {
    const padding = text[text.length - 1] !== '=' ? 0 : text[text.length - 2] !== '=' ? 1 : 2;
    if (padding > 0) text = StringPrototypeSlice(text, 0, text.length - padding);
  }
  if (text.length % 4 === 1) throw invalid();
  let output = '';
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const at = code(text, i);
    const value = at < 128 ? values[at] : INVALID;
    if (value === INVALID) throw invalid();
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      output += StringFromCharCode((bits >> held) & 0xff);
    }
  }
  return output;
}

function invalid() {
  return new DOMException('atob() called with invalid base64-encoded data. (Only whitespace, \'+\', \'/\', alphanumeric ASCII, and up to two terminal \'=\' signs when the input data length is divisible by 4 are allowed.)', 'InvalidCharacterError');
}

module.exports = { atob, btoa };
