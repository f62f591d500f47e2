// Numbers in a Buffer: readInt8 … writeDoubleLE. https://nodejs.org/api/buffer.html
const { BigInt, DataView, Number } = primordials;
const { nodeError } = require('./node/errors');
const { validateNumber } = require('./node/validators');

function outside(value, length, name) {
  if (Math.floor(value) !== value) {
    validateNumber(value, name ?? 'offset');
    return nodeError('ERR_OUT_OF_RANGE', name ?? 'offset', 'an integer', value);
  }
  if (length < 0) return nodeError('ERR_BUFFER_OUT_OF_BOUNDS');
  return nodeError('ERR_OUT_OF_RANGE', name ?? 'offset', `>= ${name === undefined ? 0 : 1} and <= ${length}`, value);
}

/** Checks that `size` bytes are there from `offset` on. */
function checkOffset(buffer, offset, size) {
  if (typeof offset !== 'number') throw nodeError('ERR_INVALID_ARG_TYPE', 'offset', 'number', offset);
  if (!(offset >= 0 && offset + size <= buffer.length && Number.isInteger(offset))) throw outside(offset, buffer.length - size);
}

function checkValue(value, min, max, size) {
  if (value > max || value < min) {
    const n = typeof min === 'bigint' ? 'n' : '';
    const bits = size * 8;
    let range = `>= ${min}${n} and <= ${max}${n}`;
    if (size > 4) range = min == 0 ? `>= 0${n} and < 2${n} ** ${bits}${n}` : `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
    throw nodeError('ERR_OUT_OF_RANGE', 'value', range, value);
  }
}

function view(buffer) {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** readUIntBE and its kin, for 1 to 6 bytes. */
function readVariable(buffer, offset, size, little, signed) {
  if (offset === undefined) throw nodeError('ERR_INVALID_ARG_TYPE', 'offset', 'number', offset);
  checkSize(size);
  checkOffset(buffer, offset, size);
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + buffer[little ? offset + size - 1 - i : offset + i];
  return signed && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

function writeVariable(buffer, given, offset, size, little, signed) {
  checkSize(size);
  const value = +given;
  const limit = 2 ** (8 * size);
  if (signed) checkValue(value, -limit / 2, limit / 2 - 1, size);
  else checkValue(value, 0, limit - 1, size);
  checkOffset(buffer, offset, size);
  let rest = value < 0 ? value + limit : value;
  for (let i = 0; i < size; i++) {
    buffer[little ? offset + i : offset + size - 1 - i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

function checkSize(size) {
  if (typeof size !== 'number') throw nodeError('ERR_INVALID_ARG_TYPE', 'byteLength', 'number', size);
  if (!Number.isInteger(size) || size < 1 || size > 6) throw outside(size, 6, 'byteLength');
}

const FIXED = [
  ['Int8', 'Int8', 1, -128, 127], ['UInt8', 'Uint8', 1, 0, 255], ['Int16', 'Int16', 2, -32768, 32767], ['UInt16', 'Uint16', 2, 0, 65535],
  ['Int32', 'Int32', 4, -2147483648, 2147483647], ['UInt32', 'Uint32', 4, 0, 4294967295],
  ['BigInt64', 'BigInt64', 8, -(2n ** 63n), 2n ** 63n - 1n], ['BigUInt64', 'BigUint64', 8, 0n, 2n ** 64n - 1n],
  ['Float', 'Float32', 4], ['Double', 'Float64', 8],
];

function fixed(methods, name, suffix, kind, size, min, max) {
  const get = DataView.prototype[`get${kind}`];
  const set = DataView.prototype[`set${kind}`];
  const little = suffix === 'LE';
  methods[`read${name}${suffix}`] = { [`read${name}${suffix}`](offset = 0) {
    checkOffset(this, offset, size);
    return get.call(view(this), offset, little);
  } }[`read${name}${suffix}`];
  methods[`write${name}${suffix}`] = { [`write${name}${suffix}`](given, offset = 0) {
    const value = typeof min === 'bigint' ? given : +given;
    if (typeof min === 'bigint' && typeof value !== 'bigint') throw new TypeError(`Cannot mix BigInt and other types, use explicit conversions`);
    if (min !== undefined) checkValue(value, min, max, size);
    checkOffset(this, offset, size);
    set.call(view(this), offset, value, little);
    return offset + size;
  } }[`write${name}${suffix}`];
}

/** The methods by name, to be put on Buffer.prototype. */
function make() {
  const methods = {};
  for (const [name, kind, size, min, max] of FIXED) {
    for (const suffix of size === 1 ? [''] : ['LE', 'BE']) fixed(methods, name, suffix, kind, size, min, max);
  }
  for (const [suffix, little] of [['LE', true], ['BE', false]]) {
    Object.assign(methods, {
      [`readUInt${suffix}`](offset, size) { return readVariable(this, offset, size, little, false); },
      [`readInt${suffix}`](offset, size) { return readVariable(this, offset, size, little, true); },
      [`writeUInt${suffix}`](value, offset, size) { return writeVariable(this, value, offset, size, little, false); },
      [`writeInt${suffix}`](value, offset, size) { return writeVariable(this, value, offset, size, little, true); },
    });
  }
  for (const name of Object.keys(methods)) {
    if (name.includes('UInt')) methods[name.replace('UInt', 'Uint')] = methods[name];
  }
  return methods;
}

module.exports = { make };
