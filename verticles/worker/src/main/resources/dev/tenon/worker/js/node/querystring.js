// The module `node:querystring`. https://nodejs.org/api/querystring.html
const { nodeError } = require('./node/errors');

const TEXT = /[^A-Za-z0-9\-_.!~*'()]/;

function escape(value) {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : `${value}`;
  if (!TEXT.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    throw nodeError('ERR_INVALID_URI');
  }
}

/** The bytes of a text whose percent escapes are undone; wrong ones stay. */
function unescapeBuffer(text, decodeSpaces) {
  const { Buffer } = require('./node/buffer');
  const bytes = Buffer.allocUnsafe(text.length);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x25 && /^[0-9A-Fa-f]{2}$/.test(text.slice(i + 1, i + 3))) {
      bytes[at++] = Number.parseInt(text.slice(i + 1, i + 3), 16);
      i += 2;
    } else {
      bytes[at++] = unit === 0x2b && decodeSpaces ? 0x20 : unit;
    }
  }
  return bytes.subarray(0, at);
}

function unescape(text, decodeSpaces) {
  try {
    return decodeURIComponent(text);
  } catch {
    return querystring.unescapeBuffer(text, decodeSpaces).toString();
  }
}

function primitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value) || typeof value === 'bigint') return `${value}`;
  return typeof value === 'boolean' ? `${value}` : '';
}

function stringify(object, separator = '&', equals = '=', options) {
  const sep = separator || '&';
  const eq = equals || '=';
  const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
  if (object === null || typeof object !== 'object') return '';
  const pairs = [];
  for (const key of Object.keys(object)) {
    const name = encode(primitive(key)) + eq;
    const value = object[key];
    for (const item of Array.isArray(value) ? value : [value]) pairs.push(name + encode(primitive(item)));
  }
  return pairs.join(sep);
}

function parse(text, separator, equals, options) {
  const found = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return found;
  const sep = separator ? `${separator}` : '&';
  const eq = equals ? `${equals}` : '=';
  const max = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
  const decoded = (part) => {
    const spaced = part.replaceAll('+', decode === unescape ? ' ' : '%20');
    if (decode === unescape && !spaced.includes('%')) return spaced;
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced, true);
    }
  };
  let count = 0;
  for (const pair of text.split(sep)) {
    if (pair === '') continue;
    if (max > 0 && count++ >= max) break;
    const at = pair.indexOf(eq);
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decoded(pair.slice(at + eq.length));
    if (!(key in found)) found[key] = value;
    else if (Array.isArray(found[key])) found[key].push(value);
    else found[key] = [found[key], value];
  }
  return found;
}

const querystring = { escape, unescape, unescapeBuffer, stringify, encode: stringify, parse, decode: parse };
module.exports = querystring;
