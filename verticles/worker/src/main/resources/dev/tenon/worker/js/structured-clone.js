// https://html.spec.whatwg.org/multipage/structured-data.html
//
// Serialisation and deserialisation in one walk: nothing leaves the isolate, so the form between them is never seen.
// Deviation: as in workerd, an object of a user's class becomes a plain object and own symbols are not copied.
const {
  AggregateError, Array, ArrayBuffer, ArrayBufferIsView, ArrayBufferPrototypeGetByteLength, ArrayBufferPrototypeGetDetached, ArrayBufferPrototypeGetResizable, ArrayBufferPrototypeSlice,
  ArrayBufferPrototypeTransfer, ArrayIsArray, ArrayPrototypePush, BigInt, Boolean, DataView, Date, Error, EvalError, Map, MapPrototypeForEach, MapPrototypeGet,
  MapPrototypeGetSize, MapPrototypeHas, MapPrototypeSet, Number, Object, ObjectDefineProperty, ObjectGetPrototypeOf, ObjectKeys, RangeError, ReferenceError,
  ReflectGetOwnPropertyDescriptor, RegExp, Set, SetPrototypeAdd, SetPrototypeForEach, SetPrototypeGetSize, String, SymbolToStringTag, SyntaxError, TypeError,
  TypedArrayPrototypeGetLength, TypedArrayPrototypeGetSymbolToStringTag, URIError, WeakRefPrototypeDeref, globalThis, uncurryThis,
} = primordials;
const { DOMException } = require('./dom-exception');
const { isArrayBuffer, isPlatformObject, isSharedArrayBuffer, fieldNotOfType, requireArguments, toDictionary, toSequence, viewBuffer, viewByteLength, viewByteOffset } = require('./webidl');
const { serializableOf, transferableOf } = require('./platform-objects');

const ERRORS = { __proto__: null, AggregateError, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const VIEWS = { __proto__: null, DataView };
for (const name of ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array',
  'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
  VIEWS[name] = globalThis[name];
}
const getter = (prototype, name) => uncurryThis(ReflectGetOwnPropertyDescriptor(prototype, name).get);
const datePrototypeGetTime = uncurryThis(Date.prototype.getTime);
const regExpSource = getter(RegExp.prototype, 'source');
const regExpFlags = getter(RegExp.prototype, 'flags');
const arrayBufferMaxByteLength = getter(ArrayBuffer.prototype, 'maxByteLength');
const isError = Error.isError ?? ((value) => value instanceof Error);
const PROMISE = uncurryThis(Promise.prototype.then);
const weakMapHas = uncurryThis(WeakMap.prototype.has);
const weakSetHas = uncurryThis(WeakSet.prototype.has);

/** Whether an operation that checks the brand of its receiver takes this one. */
function branded(operation, value) {
  try {
    operation(value);
    return true;
  } catch {
    return false;
  }
}

const dataClone = (what) => new DOMException(`${what} could not be cloned.`, 'DataCloneError');

function unserializable(value) {
  const name = value[SymbolToStringTag];
  return new DOMException(`Could not serialize object of type "${name}". This type does not support serialization.`, 'DataCloneError');
}

/** How each kind of object that is neither plain nor an array is recognised and copied. */
const KINDS = [
  [(value) => branded(datePrototypeGetTime, value), (value) => new Date(datePrototypeGetTime(value))],
  [(value) => value !== RegExp.prototype && branded(regExpSource, value), (value) => new RegExp(regExpSource(value), regExpFlags(value))],
  [(value) => branded(MapPrototypeGetSize, value), copyMap],
  [(value) => branded(SetPrototypeGetSize, value), copySet],
  [isArrayBuffer, copyBuffer],
  [isSharedArrayBuffer, () => { throw dataClone('A SharedArrayBuffer'); }],
  [ArrayBufferIsView, copyView],
  ...[Boolean, Number, String, BigInt].map((Wrapper) => {
    const valueOf = uncurryThis(Wrapper.prototype.valueOf);
    return [(value) => branded(valueOf, value), (value) => Object(valueOf(value))];
  }),
];

class Cloner {
  memory = new Map();
  shown = new Map(); // of views: offset and length

  clone = (value) => {
    if (typeof value === 'symbol') throw dataClone(String(value));
    if (typeof value === 'function') throw dataClone(String(value));
    if (typeof value !== 'object' || value === null) return value;
    if (MapPrototypeHas(this.memory, value)) return MapPrototypeGet(this.memory, value);
    return this.#copy(value);
  };

  remember(value, copy) {
    MapPrototypeSet(this.memory, value, copy);
    return copy;
  }

  #copy(value) {
    if (ArrayIsArray(value)) return this.#members(value, this.remember(value, new Array(value.length)));
    const prototype = ObjectGetPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.#members(value, this.remember(value, {}));
    const platform = serializableOf(value);
    if (platform !== undefined) return this.remember(value, platform.copy(value, this.clone));
    if (transferableOf(value) !== undefined) throw dataClone('An object that can only be transferred');
    for (let i = 0; i < KINDS.length; i++) if (KINDS[i][0](value)) return KINDS[i][1](value, this) ?? MapPrototypeGet(this.memory, value);
    if (isError(value)) return this.#error(value);
    if (isPlatformObject(value)) throw unserializable(value);
    if (opaque(value)) throw dataClone(`#<${value.constructor?.name ?? 'Object'}>`);
    return this.#members(value, this.remember(value, {}));
  }

  #members(from, to) {
    const keys = ObjectKeys(from);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const descriptor = ReflectGetOwnPropertyDescriptor(from, key);
      if (descriptor === undefined) continue; // a getter before it took it away
      define(to, key, this.clone(from[key]), true);
    }
    return to;
  }

  #error(value) {
    const type = ERRORS[String(value.name)] ?? Error;
    const copy = this.remember(value, type === AggregateError ? new AggregateError([]) : new type());
    const message = ReflectGetOwnPropertyDescriptor(value, 'message');
    if (message !== undefined && 'value' in message) define(copy, 'message', String(message.value), false);
    if (typeof value.stack === 'string') define(copy, 'stack', value.stack, false);
    if (ReflectGetOwnPropertyDescriptor(value, 'cause') !== undefined) define(copy, 'cause', this.clone(value.cause), false);
    if (type === AggregateError && ReflectGetOwnPropertyDescriptor(value, 'errors') !== undefined) define(copy, 'errors', this.clone(value.errors), false);
    // Deviation: as in workerd, what a program hung on it stays.
    return this.#members(value, copy);
  }
}

function define(target, key, value, enumerable) {
  ObjectDefineProperty(target, key, { __proto__: null, value, writable: true, enumerable, configurable: true });
}

function opaque(value) {
  return branded(PROMISE, value) || branded((v) => weakMapHas(v, value), value) || branded((v) => weakSetHas(v, value), value) || branded(WeakRefPrototypeDeref, value);
}

function copyMap(map, cloner) {
  const copy = cloner.remember(map, new Map());
  const entries = [];
  MapPrototypeForEach(map, (value, key) => ArrayPrototypePush(entries, key, value));
  for (let i = 0; i < entries.length; i += 2) MapPrototypeSet(copy, cloner.clone(entries[i]), cloner.clone(entries[i + 1]));
  return copy;
}

function copySet(set, cloner) {
  const copy = cloner.remember(set, new Set());
  const values = [];
  SetPrototypeForEach(set, (value) => ArrayPrototypePush(values, value));
  for (let i = 0; i < values.length; i++) SetPrototypeAdd(copy, cloner.clone(values[i]));
  return copy;
}

function copyBuffer(buffer, cloner) {
  if (ArrayBufferPrototypeGetDetached(buffer)) throw dataClone('An ArrayBuffer is detached and');
  if (!ArrayBufferPrototypeGetResizable(buffer)) return cloner.remember(buffer, ArrayBufferPrototypeSlice(buffer, 0));
  const copy = new ArrayBuffer(ArrayBufferPrototypeGetByteLength(buffer), { maxByteLength: arrayBufferMaxByteLength(buffer) });
  primordials.TypedArrayPrototypeSet(new VIEWS.Uint8Array(copy), new VIEWS.Uint8Array(buffer));
  return cloner.remember(buffer, copy);
}

function copyView(view, cloner) {
  const type = TypedArrayPrototypeGetSymbolToStringTag(view) ?? 'DataView';
  const shown = MapPrototypeGet(cloner.shown, view) ?? {
    offset: viewByteOffset(view), length: type === 'DataView' ? viewByteLength(view) : TypedArrayPrototypeGetLength(view),
  };
  MapPrototypeSet(cloner.shown, view, shown);
  return cloner.remember(view, new VIEWS[type](cloner.clone(viewBuffer(view)), shown.offset, shown.length));
}

/**
 * https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializewithtransfer and back. A rehearsal finds what cannot be cloned before
 * anything is moved. Deviation: getters in a value that is cloned with a transfer list run twice.
 */
function cloneWithTransfer(value, transfer) {
  const cloner = new Cloner();
  if (transfer.length === 0) return cloner.clone(value);
  const rehearsal = new Cloner();
  for (let i = 0; i < transfer.length; i++) {
    const object = transfer[i];
    if (!isArrayBuffer(object) && transferableOf(object) === undefined) throw dataClone('A value in the transfer list that cannot be transferred');
    if (isArrayBuffer(object) && ArrayBufferPrototypeGetDetached(object)) throw dataClone('An ArrayBuffer is detached and');
    if (MapPrototypeHas(rehearsal.memory, object)) throw dataClone('A value that is in the transfer list twice');
    rehearsal.remember(object, object);
  }
  rehearsal.clone(value);
  cloner.shown = rehearsal.shown; // a view on a buffer that has moved shows nothing any more
  for (let i = 0; i < transfer.length; i++) {
    const object = transfer[i];
    cloner.remember(object, isArrayBuffer(object) ? ArrayBufferPrototypeTransfer(object) : transferableOf(object).move(object));
  }
  return cloner.clone(value);
}

/** https://html.spec.whatwg.org/multipage/structured-data.html#dom-structuredclone */
function structuredClone(value, options = undefined) {
  const what = "Failed to execute 'structuredClone' on 'ServiceWorkerGlobalScope'";
  requireArguments(arguments.length, 1, what, 'Value');
  const transfer = toDictionary(options, what, 2, 'StructuredCloneOptions')?.transfer;
  return cloneWithTransfer(value, transfer === undefined ? [] : toSequence(transfer, (object) => object, () => fieldNotOfType('transfer', 'StructuredCloneOptions', 'Array')));
}

module.exports = { ERRORS, VIEWS, branded, cloneWithTransfer, datePrototypeGetTime, isError, opaque, regExpFlags, regExpSource, structuredClone };
