// Hosts: domains, IPv4, IPv6. https://url.spec.whatwg.org/#hosts-(domains-and-ip-addresses)
const {
  ArrayPrototypePop, ArrayPrototypePush, NumberPrototypeToString, MathFloor, RegExpPrototypeTest, StringPrototypeCharCodeAt, StringPrototypeEndsWith,
  StringPrototypeSlice, StringPrototypeSplit, StringPrototypeToLowerCase, parseInt,
} = primordials;
const { C0_CONTROL, percentDecode, percentEncode } = require('./url-encoding');

const NOT_ASCII = /[^\x00-\x7f]/;
const PUNYCODE_LABEL = /(?:^|\.)xn--/i;
const FORBIDDEN_HOST = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const FORBIDDEN_DOMAIN = /[\x00-\x20#%/:<>?@[\\\]^|\x7f]/;
const DIGITS = /^[0-9]+$/;
const HEX_NUMBER = /^0[xX][0-9A-Fa-f]*$/;

/** The serialised host, or null for failure. https://url.spec.whatwg.org/#concept-host-parser */
function parseHost(input, isSpecial) {
  if (input[0] === '[') {
    if (!StringPrototypeEndsWith(input, ']')) return null;
    const pieces = parseIPv6(StringPrototypeSlice(input, 1, -1));
    return pieces === null ? null : `[${serialiseIPv6(pieces)}]`;
  }
  if (!isSpecial) return RegExpPrototypeTest(FORBIDDEN_HOST, input) ? null : percentEncode(input, C0_CONTROL);
  const domain = toASCII(percentDecode(input));
  if (domain === null || domain === '' || RegExpPrototypeTest(FORBIDDEN_DOMAIN, domain)) return null;
  return endsInNumber(domain) ? parseIPv4(domain) : domain;
}

/** https://url.spec.whatwg.org/#concept-domain-to-ascii, not strict. */
function toASCII(domain) {
  if (!RegExpPrototypeTest(NOT_ASCII, domain) && !RegExpPrototypeTest(PUNYCODE_LABEL, domain)) return StringPrototypeToLowerCase(domain);
  return require('java:url').domainToASCII(domain);
}

function endsInNumber(domain) {
  const parts = StringPrototypeSplit(domain, '.');
  let last = ArrayPrototypePop(parts);
  if (last === '') {
    if (parts.length === 0) return false;
    last = ArrayPrototypePop(parts);
  }
  return RegExpPrototypeTest(DIGITS, last) || RegExpPrototypeTest(HEX_NUMBER, last);
}

function parseIPv4Number(text) {
  if (text === '') return -1;
  let radix = 10;
  let digits = text;
  if (text.length >= 2 && text[0] === '0') {
    const hex = text[1] === 'x' || text[1] === 'X';
    radix = hex ? 16 : 8;
    digits = StringPrototypeSlice(text, hex ? 2 : 1);
  }
  if (digits === '') return 0;
  if (!RegExpPrototypeTest(radix === 10 ? /^[0-9]+$/ : radix === 16 ? /^[0-9A-Fa-f]+$/ : /^[0-7]+$/, digits)) return -1;
  return parseInt(digits, radix);
}

function parseIPv4(domain) {
  const parts = StringPrototypeSplit(domain, '.');
  if (parts[parts.length - 1] === '' && parts.length > 1) ArrayPrototypePop(parts);
  if (parts.length > 4) return null;
  const numbers = [];
  for (let i = 0; i < parts.length; i++) {
    const number = parseIPv4Number(parts[i]);
    if (number < 0) return null;
    ArrayPrototypePush(numbers, number);
  }
  const last = numbers.length - 1;
  for (let i = 0; i < last; i++) if (numbers[i] > 255) return null;
  if (numbers[last] >= 256 ** (5 - numbers.length)) return null;
  let address = numbers[last];
  for (let i = 0; i < last; i++) address += numbers[i] * 256 ** (3 - i);
  return `${MathFloor(address / 16777216) % 256}.${MathFloor(address / 65536) % 256}.${MathFloor(address / 256) % 256}.${address % 256}`;
}

function digit(text, at) {
  const code = StringPrototypeCharCodeAt(text, at);
  return code >= 0x30 && code <= 0x39 ? code - 0x30 : -1;
}

/** https://url.spec.whatwg.org/#concept-ipv6-parser */
function parseIPv6(text) {
  const address = [0, 0, 0, 0, 0, 0, 0, 0];
  let piece = 0;
  let compress = -1;
  let at = 0;
  if (text[0] === ':') {
    if (text[1] !== ':') return null;
    at = 2;
    piece++;
    compress = piece;
  }
  while (at < text.length) {
    if (piece === 8) return null;
    if (text[at] === ':') {
      if (compress >= 0) return null;
      at++;
      piece++;
      compress = piece;
      continue;
    }
    let value = 0;
    let length = 0;
    while (length < 4 && at < text.length && RegExpPrototypeTest(/[0-9A-Fa-f]/, text[at])) {
      value = value * 16 + parseInt(text[at], 16);
      at++;
      length++;
    }
    if (text[at] === '.') {
      if (length === 0) return null;
      at -= length;
      if (piece > 6) return null;
      let seen = 0;
      while (at < text.length) {
        let part = -1;
        if (seen > 0) {
          if (text[at] !== '.' || seen >= 4) return null;
          at++;
        }
        if (at >= text.length || digit(text, at) < 0) return null;
        while (at < text.length && digit(text, at) >= 0) {
          const number = digit(text, at);
          if (part < 0) part = number;
          else if (part === 0) return null;
          else part = part * 10 + number;
          if (part > 255) return null;
          at++;
        }
        address[piece] = address[piece] * 256 + part;
        seen++;
        if (seen === 2 || seen === 4) piece++;
      }
      if (seen !== 4) return null;
      break;
    } else if (text[at] === ':') {
      at++;
      if (at >= text.length) return null;
    } else if (at < text.length) {
      return null;
    }
    address[piece] = value;
    piece++;
  }
  if (compress >= 0) {
    let swaps = piece - compress;
    piece = 7;
    while (piece !== 0 && swaps > 0) {
      const other = compress + swaps - 1;
      const value = address[other];
      address[other] = address[piece];
      address[piece] = value;
      piece--;
      swaps--;
    }
  } else if (piece !== 8) {
    return null;
  }
  return address;
}

/** https://url.spec.whatwg.org/#concept-ipv6-serializer */
function serialiseIPv6(address) {
  let start = -1;
  let longest = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && address[end] === 0) end++;
    if (end - i > longest) {
      longest = end - i;
      start = i;
    }
    if (end > i) i = end;
  }
  let text = '';
  for (let i = 0; i < 8; i++) {
    if (i === start) {
      text += i === 0 ? '::' : ':';
      i += longest - 1;
      continue;
    }
    text += NumberPrototypeToString(address[i], 16);
    if (i !== 7) text += ':';
  }
  return text;
}

module.exports = { parseHost };
