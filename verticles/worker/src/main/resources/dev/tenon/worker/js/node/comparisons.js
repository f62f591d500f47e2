// Deep equality, as assert and util.isDeepStrictEqual mean it. https://nodejs.org/api/assert.html#assertdeepstrictequalactual-expected-message
const types = require('./node/util-types');

/** @param strict compares with Object.is and looks at prototypes */
function isDeepEqual(one, other, strict) {
  return same(one, other, strict, []);
}

function same(one, other, strict, pairs) {
  if (one === other) return one !== 0 || !strict || Object.is(one, other);
  if (strict) {
    if (typeof one !== 'object') return typeof one === 'number' && Number.isNaN(one) && Number.isNaN(other);
    if (typeof other !== 'object' || one === null || other === null) return false;
    if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  } else {
    if (one === null || typeof one !== 'object') return (other === null || typeof other !== 'object') && (one == other || Number.isNaN(one) && Number.isNaN(other));
    if (other === null || typeof other !== 'object') return false;
  }
  if (Object.prototype.toString.call(one) !== Object.prototype.toString.call(other)) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && sameKeys(one, other, strict, pairs, 'array');
  }
  if (!sameSlots(one, other, strict)) return false;
  const kind = types.isSet(one) ? 'set' : types.isMap(one) ? 'map' : types.isTypedArray(one) ? 'array' : 'plain';
  return sameKeys(one, other, strict, pairs, kind);
}

/** What dates, errors, boxed values, buffers and the like hold inside. */
function sameSlots(one, other, strict) {
  for (const name of ['isDate', 'isRegExp', 'isNativeError', 'isMap', 'isSet', 'isArrayBufferView', 'isAnyArrayBuffer', 'isBoxedPrimitive', 'isPromise', 'isWeakMap', 'isWeakSet']) {
    if (types[name](one) !== types[name](other)) return false;
  }
  if (types.isDate(one)) return Object.is(+one, +other);
  if (types.isRegExp(one)) return one.source === other.source && one.flags === other.flags && one.lastIndex === other.lastIndex;
  if (types.isNativeError(one)) {
    return one.message === other.message && one.name === other.name && sameHidden(one, other, 'cause', strict) && sameHidden(one, other, 'errors', strict);
  }
  if (types.isArrayBufferView(one)) {
    if (!strict && (types.isFloat32Array(one) || types.isFloat64Array(one))) return one.length === other.length && one.every((item, i) => item === other[i]);
    return sameBytes(new Uint8Array(one.buffer, one.byteOffset, one.byteLength), new Uint8Array(other.buffer, other.byteOffset, other.byteLength));
  }
  if (types.isAnyArrayBuffer(one)) return sameBytes(new Uint8Array(one), new Uint8Array(other));
  if (types.isBoxedPrimitive(one)) return typeof one.valueOf() === typeof other.valueOf() && Object.is(one.valueOf(), other.valueOf());
  if (types.isMap(one) || types.isSet(one)) return one.size === other.size;
  if (types.isWeakMap(one) || types.isWeakSet(one) || types.isPromise(one)) return false;
  return true;
}

function sameHidden(one, other, name, strict) {
  const has = Object.hasOwn(one, name);
  return has === Object.hasOwn(other, name) && (!has || isDeepEqual(one[name], other[name], strict));
}

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function keysOf(value, kind, strict) {
  const keys = Object.keys(value);
  const named = kind === 'array' && !types.isTypedArray(value) ? keys : kind === 'array' ? keys.filter((key) => !/^\d+$/.test(key)) : keys;
  if (strict) {
    for (const symbol of Object.getOwnPropertySymbols(value)) if (Object.prototype.propertyIsEnumerable.call(value, symbol)) named.push(symbol);
  }
  return named;
}

function sameKeys(one, other, strict, pairs, kind) {
  const keys = keysOf(one, kind, strict);
  if (keys.length !== keysOf(other, kind, strict).length) return false;
  if (!keys.every((key) => Object.prototype.propertyIsEnumerable.call(other, key))) return false;
  // A cycle is the same when both sides come back to the same place.
  for (const [left, right] of pairs) if (left === one || right === other) return left === one && right === other;
  pairs.push([one, other]);
  const result = sameItems(one, other, strict, pairs, kind) && keys.every((key) => same(one[key], other[key], strict, pairs));
  pairs.pop();
  return result;
}

function sameItems(one, other, strict, pairs, kind) {
  if (kind === 'set') return matched([...one], [...other], (a, b) => same(a, b, strict, pairs));
  if (kind !== 'map') return true;
  const rest = [];
  for (const entry of one) {
    const [key, value] = entry;
    if (other.has(key) && (typeof key === 'object' && key !== null || strict || typeof key !== 'object')) {
      if (same(value, other.get(key), strict, pairs)) continue;
      if (strict || typeof key === 'object') return false;
    }
    rest.push(entry);
  }
  const others = [...other].filter(([key]) => !one.has(key) || rest.some(([left]) => left === key));
  return matched(rest, others, ([keyA, valueA], [keyB, valueB]) => same(keyA, keyB, strict, pairs) && same(valueA, valueB, strict, pairs));
}

/** Whether the items of two lists can be paired off. */
function matched(ones, others, equal) {
  if (ones.length !== others.length) return false;
  const left = [...others];
  return ones.every((item) => {
    let at = left.indexOf(item);
    if (at < 0) at = left.findIndex((candidate) => equal(item, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

module.exports = { isDeepEqual };
