// Conversions of Web IDL: https://webidl.spec.whatwg.org/#js-type-mapping
const {
  ArrayBuffer, ArrayBufferIsView, ArrayBufferPrototypeGetDetached, ArrayBufferPrototypeGetResizable, ArrayPrototypePush, DataViewPrototypeGetBuffer, DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset, FunctionPrototypeCall, MathAbs, MathFloor, MathMax, MathMin, MathSign, MathTrunc, Number, NumberIsFinite, NumberIsNaN,
  ObjectDefineProperty, ReflectApply, ReflectGetOwnPropertyDescriptor, ReflectGetPrototypeOf, ReflectOwnKeys, ReflectSetPrototypeOf, RegExpPrototypeTest, SharedArrayBuffer, String,
  StringPrototypeSplit, StringPrototypeStartsWith, StringPrototypeToWellFormed, SymbolIterator, SymbolToStringTag, TypeError, TypedArrayPrototypeGetBuffer, TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset, TypedArrayPrototypeGetSymbolToStringTag, Uint8Array, PromiseReject, WeakSet, uncurryThis,
} = primordials;

/** What a method throws that is called on something else. */
function illegalInvocation() {
  return new TypeError('Illegal invocation: function called with incorrect `this` reference. See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.');
}

function illegalConstructor() {
  return new TypeError('Illegal constructor');
}

/**
 * @param what e.g. `Failed to execute 'append' on 'Headers'`
 * @param types what workerd calls the types of the required arguments, separated by commas; strings where nothing is said
 */
function requireArguments(given, required, what, types = 'string') {
  if (given >= required) return;
  const list = StringPrototypeSplit(types, ',');
  throw notOfType(what, given + 1, list[MathMin(given, list.length - 1)]);
}

/** An argument that is missing, or is something else. @param index of the argument, from 1 */
function notOfType(what, index, type) {
  const kind = StringPrototypeStartsWith(what, 'Failed to construct') ? 'constructor parameter' : 'parameter';
  return new TypeError(`${what}: ${kind} ${index} is not of type '${type}'.`);
}

/** A member of a dictionary that is something else. */
function fieldNotOfType(field, dictionary, type) {
  return new TypeError(`Incorrect type for the '${field}' field on '${dictionary}': the provided value is not of type '${type}'.`);
}

/** Makes a class look as an interface does: enumerable members, a string tag, a read-only constructor property on nothing but its prototype. */
function defineInterface(type, tag = type.name) {
  enumerable(type.prototype);
  enumerable(type);
  weakSetAdd(interfacePrototypes, type.prototype);
  ObjectDefineProperty(type.prototype, SymbolToStringTag, { __proto__: null, value: tag, configurable: true });
  return type;
}

const interfacePrototypes = new WeakSet();
const weakSetHas = uncurryThis(WeakSet.prototype.has);
const weakSetAdd = uncurryThis(WeakSet.prototype.add);

/** Whether an object is of an interface of ours, or of a class that extends one. */
function isPlatformObject(value) {
  for (let at = ReflectGetPrototypeOf(value); at !== null; at = ReflectGetPrototypeOf(at)) if (weakSetHas(interfacePrototypes, at)) return true;
  return false;
}

function enumerable(target) {
  const ofFunction = typeof target === 'function';
  for (const name of ReflectOwnKeys(target)) {
    if (typeof name !== 'string' || name === 'constructor' || ofFunction && (name === 'prototype' || name === 'name' || name === 'length')) continue;
    const descriptor = ReflectGetOwnPropertyDescriptor(target, name);
    descriptor.enumerable = true;
    ObjectDefineProperty(target, name, descriptor);
  }
}

/** Cuts a class of the runtime's own off from Object.prototype, so that what user code puts there is not found. */
function internal(type) {
  ReflectSetPrototypeOf(type.prototype, null);
  return type;
}

/** Constants are on the interface and on its prototype. */
function defineConstants(type, constants) {
  for (const name of ReflectOwnKeys(constants)) {
    const descriptor = { __proto__: null, value: constants[name], enumerable: true };
    ObjectDefineProperty(type, name, descriptor);
    ObjectDefineProperty(type.prototype, name, descriptor);
  }
}

function toDOMString(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(value);
}

function toUSVString(value) {
  return StringPrototypeToWellFormed(toDOMString(value));
}

const NOT_BYTE = /[^\x00-\xff]/;

/** @param what names the value in the error, e.g. `Failed to execute 'append' on 'Headers'` */
function toByteString(value, what) {
  const text = toDOMString(value);
  if (RegExpPrototypeTest(NOT_BYTE, text)) throw new TypeError(`${what}: String contains non ISO-8859-1 code point.`);
  return text;
}

/** An integer type of `bits`; `mode` is undefined, 'EnforceRange' or 'Clamp'. https://webidl.spec.whatwg.org/#abstract-opdef-converttoint */
function toInteger(value, bits, signed, mode, what) {
  const upper = bits === 64 ? Number.MAX_SAFE_INTEGER : signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const lower = !signed ? 0 : bits === 64 ? Number.MIN_SAFE_INTEGER : -(2 ** (bits - 1));
  let number = Number(value);
  if (typeof value === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
  if (mode === 'EnforceRange') {
    if (!NumberIsFinite(number)) throw new TypeError(`${what}: Value is not a finite number.`);
    number = MathTrunc(number);
    if (number < lower || number > upper) throw new TypeError(`${what}: Value is outside the range of ${lower} to ${upper}.`);
    return number + 0;
  }
  if (NumberIsNaN(number)) return 0;
  if (mode === 'Clamp') {
    number = MathMin(MathMax(number, lower), upper);
    const floor = MathFloor(number);
    const rest = number - floor;
    return (rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1) + 0;
  }
  if (!NumberIsFinite(number) || number === 0) return 0;
  number = MathSign(number) * MathFloor(MathAbs(number));
  if (number >= lower && number <= upper) return number + 0;
  const modulus = 2 ** bits;
  number %= modulus;
  if (number < 0) number += modulus;
  return signed && number >= modulus / 2 ? number - modulus : number;
}

function toUnrestrictedDouble(value) {
  if (typeof value === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
  return Number(value);
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A dictionary argument: the object, or undefined where none was given. @param index of the argument; @param type what workerd calls it */
function toDictionary(value, what, index, type) {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw index === undefined ? new TypeError(`${what}: The provided value is not of type 'object'.`) : notOfType(what, index, type);
  return value;
}

/** sequence<T>, through `iterate` = value[Symbol.iterator]. @param what of the operation, or the error to throw where the value is no sequence */
function toSequence(value, convert, what, iterate = isObject(value) ? value[SymbolIterator] : undefined) {
  if (typeof iterate !== 'function') throw typeof what === 'string' ? new TypeError(`${what}: The provided value cannot be converted to a sequence.`) : what();
  const iterator = FunctionPrototypeCall(iterate, value);
  if (!isObject(iterator)) throw new TypeError(`${what}: The iterator is not an object.`);
  const { next } = iterator;
  const list = [];
  for (;;) {
    const step = FunctionPrototypeCall(next, iterator);
    if (!isObject(step)) throw new TypeError(`${what}: The iterator's result is not an object.`);
    if (step.done) return list;
    ArrayPrototypePush(list, convert(step.value));
  }
}

/** record<K, V> as a list of [key, value]. https://webidl.spec.whatwg.org/#js-record */
function toRecord(value, convertKey, convertValue) {
  const list = [];
  for (const key of ReflectOwnKeys(value)) {
    const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    ArrayPrototypePush(list, [convertKey(key), convertValue(value[key])]);
  }
  return list;
}

/** As a callback: invoked with `this` undefined unless given. */
function toCallback(value, what) {
  if (typeof value !== 'function') throw new TypeError(`${what} is not a function`);
  return value;
}

function toEnum(value, values, what) {
  const text = toDOMString(value);
  for (let i = 0; i < values.length; i++) if (values[i] === text) return text;
  throw new TypeError(`${what}: The provided value '${text}' is not a valid enum value.`);
}

function isArrayBuffer(value) {
  return value instanceof ArrayBuffer;
}

function isSharedArrayBuffer(value) {
  return SharedArrayBuffer !== undefined && value instanceof SharedArrayBuffer;
}

function isBufferSource(value) {
  return ArrayBufferIsView(value) || isArrayBuffer(value);
}

function isTypedArray(value) {
  return TypedArrayPrototypeGetSymbolToStringTag(value) !== undefined;
}

function viewBuffer(view) {
  return isTypedArray(view) ? TypedArrayPrototypeGetBuffer(view) : DataViewPrototypeGetBuffer(view);
}

function viewByteOffset(view) {
  return isTypedArray(view) ? TypedArrayPrototypeGetByteOffset(view) : DataViewPrototypeGetByteOffset(view);
}

function viewByteLength(view) {
  return isTypedArray(view) ? TypedArrayPrototypeGetByteLength(view) : DataViewPrototypeGetByteLength(view);
}

/** A Uint8Array over the bytes of a BufferSource; no copy. A detached one has none. */
function bytesOf(source) {
  const isView = ArrayBufferIsView(source);
  const buffer = isView ? viewBuffer(source) : source;
  if (isArrayBuffer(buffer) && ArrayBufferPrototypeGetDetached(buffer)) return new Uint8Array(0);
  return isView ? new Uint8Array(buffer, viewByteOffset(source), viewByteLength(source)) : new Uint8Array(buffer);
}

/** BufferSource without [AllowShared], without [AllowResizable]; a Uint8Array over its bytes. */
function toBufferSource(value, what) {
  if (isBufferSource(value)) {
    const buffer = ArrayBufferIsView(value) ? viewBuffer(value) : value;
    if (isArrayBuffer(buffer) && !ArrayBufferPrototypeGetResizable(buffer)) return bytesOf(value);
  }
  throw new TypeError(`${what}: The provided value is not of type '(ArrayBuffer or ArrayBufferView)'.`);
}

/** Runs an operation that returns a promise: what it throws becomes a rejection. */
function promising(receiver, operation, args) {
  try {
    return ReflectApply(operation, receiver, args);
  } catch (error) {
    return PromiseReject(error);
  }
}

module.exports = {
  illegalInvocation, illegalConstructor, requireArguments, notOfType, fieldNotOfType, defineInterface, defineConstants, enumerable, internal, toDOMString, toUSVString, toByteString, toInteger,
  toUnrestrictedDouble, toDictionary, toSequence, toRecord, toCallback, toEnum, isObject, isPlatformObject, isArrayBuffer, isSharedArrayBuffer, isBufferSource, isTypedArray,
  viewBuffer, viewByteOffset, viewByteLength, bytesOf, toBufferSource, promising,
};
