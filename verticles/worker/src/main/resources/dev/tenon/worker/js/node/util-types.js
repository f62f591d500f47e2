// The module `node:util/types`: what a value is by its internal slots, whatever its prototype says. https://nodejs.org/api/util.html#utiltypes
// Deviation: isProxy and isExternal are always false, because JavaScript cannot tell.
const { ArrayBufferIsView, Promise, SharedArrayBuffer, WeakSet, ObjectPrototypeToString, TypedArrayPrototypeGetSymbolToStringTag,
  ArrayBufferPrototypeGetByteLength, SharedArrayBufferPrototypeGetByteLength, MapPrototypeGetSize, SetPrototypeGetSize, DataViewPrototypeGetByteLength, uncurryThis,
  WeakMapPrototypeHas, WeakRefPrototypeDeref, globalThis } = primordials;

/** Whether an operation that only values with the right slot allow succeeds. */
function has(operation) {
  return (value) => {
    if (value === null || typeof value !== 'object') return false;
    try {
      operation(value);
      return true;
    } catch {
      return false;
    }
  };
}

const dateValue = uncurryThis(Date.prototype.getTime);
const regExpFlags = uncurryThis(Object.getOwnPropertyDescriptor(RegExp.prototype, 'source').get);
const weakSetHas = uncurryThis(WeakSet.prototype.has);
const boxed = (type) => has(uncurryThis(type.prototype.valueOf));
const tagged = (...names) => (value) => value !== null && (typeof value === 'object' || typeof value === 'function') && names.includes(ObjectPrototypeToString(value).slice(8, -1));
const array = (name) => (value) => typeof value === 'object' && value !== null && TypedArrayPrototypeGetSymbolToStringTag(value) === name;
const inherits = (type) => (value) => typeof value === 'object' && value !== null && value instanceof type;

const types = {
  isExternal: () => false,
  isProxy: () => false,
  isDate: has(dateValue),
  isArgumentsObject: (value) => tagged('Arguments')(value) && value[Symbol.toStringTag] === undefined,
  isBigIntObject: boxed(BigInt),
  isBooleanObject: boxed(Boolean),
  isNumberObject: boxed(Number),
  isStringObject: boxed(String),
  isSymbolObject: boxed(Symbol),
  isBoxedPrimitive: (value) => types.isNumberObject(value) || types.isStringObject(value) || types.isBooleanObject(value) || types.isBigIntObject(value) || types.isSymbolObject(value),
  isNativeError: Error.isError ?? ((value) => value instanceof Error),
  isRegExp: (value) => value !== RegExp.prototype && has(regExpFlags)(value),
  isAsyncFunction: tagged('AsyncFunction', 'AsyncGeneratorFunction'),
  isGeneratorFunction: tagged('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: tagged('Generator', 'AsyncGenerator'),
  isPromise: inherits(Promise),
  isMap: has(MapPrototypeGetSize),
  isSet: has(SetPrototypeGetSize),
  isMapIterator: tagged('Map Iterator'),
  isSetIterator: tagged('Set Iterator'),
  isWeakMap: has((value) => WeakMapPrototypeHas(value, value)),
  isWeakSet: has((value) => weakSetHas(value, value)),
  isWeakRef: has(WeakRefPrototypeDeref),
  isArrayBuffer: has(ArrayBufferPrototypeGetByteLength),
  isDataView: has(DataViewPrototypeGetByteLength),
  isSharedArrayBuffer: SharedArrayBuffer === undefined ? () => false : has(SharedArrayBufferPrototypeGetByteLength),
  isModuleNamespaceObject: (value) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null && value[Symbol.toStringTag] === 'Module',
  isAnyArrayBuffer: (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value),
  isCryptoKey: (value) => typeof value === 'object' && value !== null && value instanceof globalThis.CryptoKey,
  isKeyObject: (value) => typeof value === 'object' && value !== null && value instanceof require('./node/crypto-keys').KeyObject,
  isEventTarget: (value) => typeof value === 'object' && value !== null && value instanceof globalThis.EventTarget,
  isArrayBufferView: ArrayBufferIsView,
  isTypedArray: (value) => typeof value === 'object' && value !== null && TypedArrayPrototypeGetSymbolToStringTag(value) !== undefined,
};
for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
  types[`is${name}`] = array(name);
}

module.exports = types;
