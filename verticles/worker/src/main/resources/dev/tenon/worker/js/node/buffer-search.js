// indexOf and its kin of Buffer.
const { isUint8Array } = require('./node/util-types');
const { nodeError } = require('./node/errors');
const { encode, normalize } = require('./node/encodings');

/** Where `value` is, -1 for nowhere. @param forward from `from` on; otherwise backwards */
function find(buffer, value, from, encoding, forward) {
  let offset = from;
  let name = encoding;
  if (typeof offset === 'string') {
    name = offset;
    offset = undefined;
  }
  offset = +offset;
  if (Number.isNaN(offset)) offset = forward ? 0 : buffer.length || buffer.byteLength;
  offset = Math.trunc(Math.min(Math.max(offset, -0x80000000), 0x7fffffff));
  if (typeof value === 'number') return findBytes(buffer, [value & 255], offset, forward, 1);
  if (typeof value === 'string') {
    const known = normalize(name);
    if (known === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', name);
    return findBytes(buffer, encode(value, known), offset, forward, known === 'utf16le' ? 2 : 1);
  }
  if (isUint8Array(value)) return findBytes(buffer, value, offset, forward, normalize(name) === 'utf16le' ? 2 : 1);
  throw nodeError('ERR_INVALID_ARG_TYPE', 'value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

function findBytes(buffer, wanted, from, forward, step) {
  const { length } = buffer;
  let start = from < 0 ? length + from : from;
  if (start < 0) {
    if (!forward) return -1;
    start = 0;
  }
  if (start > length - wanted.length) {
    if (forward) return wanted.length === 0 ? Math.min(start, length) : -1;
    start = length - wanted.length;
  }
  if (wanted.length === 0) return start;
  const first = wanted[0];
  if (forward) {
    for (let i = start; i <= length - wanted.length; i++) if (buffer[i] === first && i % step === 0 && matches(buffer, wanted, i)) return i;
  } else {
    for (let i = start; i >= 0; i--) if (buffer[i] === first && i % step === 0 && matches(buffer, wanted, i)) return i;
  }
  return -1;
}

function matches(buffer, wanted, at) {
  for (let j = 1; j < wanted.length; j++) if (buffer[at + j] !== wanted[j]) return false;
  return true;
}

module.exports = { find };
