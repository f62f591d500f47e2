// The intrinsics as they are before user code runs. A method of a prototype is here as a function that takes its receiver first:
// `ArrayPrototypePush(list, value)`.
const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys, getPrototypeOf, setPrototypeOf } = Reflect;
// The engine has no explicit resource management yet; libraries, and what esbuild makes of `using`, look for its symbols.
for (const name of ['dispose', 'asyncDispose']) {
  if (Symbol[name] === undefined) defineProperty(Symbol, name, { __proto__: null, value: Symbol(`Symbol.${name}`), writable: false, enumerable: false, configurable: false });
}

const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
const getter = (prototype, name) => uncurryThis(getOwnPropertyDescriptor(prototype, name).get);

const TypedArray = getPrototypeOf(Uint8Array);
const AsyncIteratorPrototype = getPrototypeOf(getPrototypeOf(async function* () {}).prototype);

const constructors = {
  AggregateError, Array, ArrayBuffer, BigInt, Boolean, DataView, Date, Error, EvalError, Function, Map, Number, Object, Promise, Proxy, RangeError,
  ReferenceError, RegExp, Set, String, Symbol, SyntaxError, TypeError, URIError, WeakMap, WeakRef, WeakSet,
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array,
};

/** Copies the methods of `prototype` as `<prefix>Prototype<Name>`. */
function methods(target, prefix, prototype, names) {
  for (const name of names) target[`${prefix}Prototype${name[0].toUpperCase()}${name.slice(1)}`] = uncurryThis(prototype[name]);
}

const promiseThen = uncurryThis(Promise.prototype.then);

module.exports = {
  __proto__: null,
  ...constructors,
  globalThis,
  uncurryThis,
  SharedArrayBuffer: globalThis.SharedArrayBuffer,
  BigInt, Infinity, NaN,
  isNaN, parseFloat, parseInt, decodeURIComponent, encodeURIComponent,
  TypedArray,

  ReflectApply: apply, ReflectConstruct: construct, ReflectDefineProperty: defineProperty, ReflectOwnKeys: ownKeys,
  ReflectGetOwnPropertyDescriptor: getOwnPropertyDescriptor, ReflectGetPrototypeOf: getPrototypeOf, ReflectSetPrototypeOf: setPrototypeOf,
  ReflectHas: Reflect.has, ReflectGet: Reflect.get,
  ObjectAssign: Object.assign, ObjectCreate: Object.create, ObjectDefineProperty: Object.defineProperty, ObjectDefineProperties: Object.defineProperties,
  ObjectEntries: Object.entries, ObjectFreeze: Object.freeze, ObjectGetPrototypeOf: Object.getPrototypeOf, ObjectIs: Object.is, ObjectKeys: Object.keys,
  ObjectSetPrototypeOf: Object.setPrototypeOf, ObjectGetOwnPropertyDescriptors: Object.getOwnPropertyDescriptors, ObjectGetOwnPropertyDescriptor: Object.getOwnPropertyDescriptor,
  ObjectPrototypeHasOwnProperty: uncurryThis(Object.prototype.hasOwnProperty),
  ObjectPrototypeToString: uncurryThis(Object.prototype.toString),
  ArrayIsArray: Array.isArray, ArrayFrom: Array.from,
  ArrayBufferIsView: ArrayBuffer.isView,
  JSONParse: JSON.parse, JSONStringify: JSON.stringify,
  MathCeil: Math.ceil, MathFloor: Math.floor, MathMax: Math.max, MathMin: Math.min, MathPow: Math.pow, MathRandom: Math.random, MathTrunc: Math.trunc,
  MathAbs: Math.abs, MathRound: Math.round, MathSign: Math.sign, MathSqrt: Math.sqrt, MathFround: Math.fround,
  NumberIsFinite: Number.isFinite, NumberIsInteger: Number.isInteger, NumberIsNaN: Number.isNaN, NumberIsSafeInteger: Number.isSafeInteger,
  StringFromCharCode: String.fromCharCode, StringFromCodePoint: String.fromCodePoint,
  BigIntAsIntN: BigInt.asIntN, BigIntAsUintN: BigInt.asUintN,
  DateNow: Date.now,
  SymbolAsyncIterator: Symbol.asyncIterator, SymbolHasInstance: Symbol.hasInstance, SymbolIterator: Symbol.iterator, SymbolToStringTag: Symbol.toStringTag,
  SymbolDispose: Symbol.dispose, SymbolAsyncDispose: Symbol.asyncDispose,

  PromiseResolve: Promise.resolve.bind(Promise), PromiseReject: Promise.reject.bind(Promise), PromiseAll: Promise.all.bind(Promise), PromiseRace: Promise.race.bind(Promise),
  PromiseWithResolvers: Promise.withResolvers.bind(Promise),
  PromisePrototypeThen: promiseThen,
  AsyncIteratorPrototype,
  IteratorPrototype: getPrototypeOf(getPrototypeOf([][Symbol.iterator]())),
  GeneratorPrototypeNext: uncurryThis(getPrototypeOf(function* () {}.prototype).next ?? (function* () {}).prototype.next),
  ArrayPrototypeSymbolIterator: uncurryThis(Array.prototype[Symbol.iterator]),
  ArrayIteratorPrototypeNext: getPrototypeOf([][Symbol.iterator]()).next,

  ArrayBufferPrototypeGetByteLength: getter(ArrayBuffer.prototype, 'byteLength'),
  ArrayBufferPrototypeGetDetached: getter(ArrayBuffer.prototype, 'detached'),
  ArrayBufferPrototypeGetResizable: getter(ArrayBuffer.prototype, 'resizable'),
  SharedArrayBufferPrototypeGetByteLength: globalThis.SharedArrayBuffer && getter(SharedArrayBuffer.prototype, 'byteLength'),
  TypedArrayPrototypeGetBuffer: getter(TypedArray.prototype, 'buffer'),
  TypedArrayPrototypeGetByteLength: getter(TypedArray.prototype, 'byteLength'),
  TypedArrayPrototypeGetByteOffset: getter(TypedArray.prototype, 'byteOffset'),
  TypedArrayPrototypeGetLength: getter(TypedArray.prototype, 'length'),
  TypedArrayPrototypeGetSymbolToStringTag: getter(TypedArray.prototype, Symbol.toStringTag),
  DataViewPrototypeGetBuffer: getter(DataView.prototype, 'buffer'),
  DataViewPrototypeGetByteLength: getter(DataView.prototype, 'byteLength'),
  DataViewPrototypeGetByteOffset: getter(DataView.prototype, 'byteOffset'),
  MapPrototypeGetSize: getter(Map.prototype, 'size'),
  SetPrototypeGetSize: getter(Set.prototype, 'size'),
  RegExpPrototypeExec: uncurryThis(RegExp.prototype.exec),
  RegExpPrototypeTest: uncurryThis(RegExp.prototype.test),
};

const all = module.exports;
methods(all, 'Array', Array.prototype,
  ['concat', 'filter', 'forEach', 'includes', 'indexOf', 'join', 'map', 'pop', 'push', 'reverse', 'shift', 'slice', 'some', 'sort', 'splice', 'unshift']);
methods(all, 'ArrayBuffer', ArrayBuffer.prototype, ['slice', 'transfer']);
methods(all, 'TypedArray', TypedArray.prototype, ['fill', 'indexOf', 'set', 'slice', 'subarray']);
methods(all, 'DataView', DataView.prototype, ['getUint8', 'setUint8', 'getUint32', 'setUint32']);
methods(all, 'Function', Function.prototype, ['call', 'bind']);
methods(all, 'Map', Map.prototype, ['clear', 'delete', 'forEach', 'get', 'has', 'set']);
methods(all, 'Set', Set.prototype, ['add', 'clear', 'delete', 'forEach', 'has']);
methods(all, 'WeakMap', WeakMap.prototype, ['delete', 'get', 'has', 'set']);
methods(all, 'WeakRef', WeakRef.prototype, ['deref']);
methods(all, 'Number', Number.prototype, ['toString']);
methods(all, 'String', String.prototype,
  ['charCodeAt', 'codePointAt', 'endsWith', 'includes', 'indexOf', 'isWellFormed', 'lastIndexOf', 'normalize', 'padEnd', 'padStart', 'repeat', 'replaceAll', 'slice', 'split', 'startsWith',
    'substring', 'toLowerCase', 'toUpperCase', 'toWellFormed', 'trim']);

// GraalJS's own TextEncoder and TextDecoder (js.text-encoding) see strings and byte arrays from the inside; ours stand on them for UTF-8.
const { TextEncoder, TextDecoder } = globalThis;
all.EngineTextEncoder = TextEncoder;
all.EngineTextDecoder = TextDecoder;
if (TextEncoder !== undefined) {
  const encoder = new TextEncoder();
  const { encode, encodeInto } = TextEncoder.prototype;
  all.encodeUtf8 = (text) => apply(encode, encoder, [text]);
  all.encodeUtf8Into = (text, target) => apply(encodeInto, encoder, [text, target]);
  all.EngineTextDecoderPrototypeDecode = uncurryThis(TextDecoder.prototype.decode);
}
