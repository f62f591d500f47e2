// What inspect.js shows of the web APIs' objects: their attributes in workerd's order, and some of their inner state in brackets.
const {
  ArrayPrototypeIncludes, ArrayPrototypePush, BigInt, Error, ObjectGetPrototypeOf, Object, ReflectGetOwnPropertyDescriptor, ReflectOwnKeys, SymbolToStringTag,
} = primordials;
const { isPlatformObject } = require('./webidl');

/** Attributes in workerd's order where it is not ours; those that are not named are not shown. */
const ATTRIBUTES = {
  __proto__: null,
  Crypto: ['subtle'],
  CryptoKey: ['usages', 'algorithm', 'extractable', 'type'],
  DOMException: ['code', 'name', 'message', 'stack'],
  File: ['name', 'lastModified', 'size', 'type'],
  FormData: [],
  Headers: [],
  MessageChannel: ['port2', 'port1'],
  MessagePort: ['onmessage'],
  Navigator: ['languages', 'language', 'platform', 'hardwareConcurrency', 'userAgent'],
  Request: ['method', 'url', 'headers', 'redirect', 'fetcher', 'signal', 'cf', 'integrity', 'keepalive', 'cache', 'body', 'bodyUsed'],
  Response: ['status', 'statusText', 'headers', 'ok', 'redirected', 'url', 'webSocket', 'cf', 'type', 'body', 'bodyUsed'],
  URL: ['origin', 'href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'searchParams'],
  URLSearchParams: [],
  WebSocket: ['readyState', 'bufferedAmount', 'url', 'protocol', 'extensions', 'binaryType'],
  WritableStreamDefaultWriter: ['closed', 'ready', 'desiredSize'],
};



/** Inner state, as pairs of a name and a value. */
const STATE = {
  __proto__: null,
  Headers: (value) => [['immutable', require('./headers').isImmutable(value)]],
  ReadableStream(value) {
    const readable = require('./readable-stream').readableOf(value);
    const { isBytes, state } = require('./readable').describe(readable);
    return [['state', state], ['supportsBYOB', isBytes], ['length', readable.length >= 0 ? BigInt(readable.length) : undefined]];
  },
  WritableStream(value) {
    const writable = require('./writable-stream').writableOf(value);
    return [['state', require('./writable').describe(writable)], ['expectsBytes', writable.expectsBytes === true]];
  },
};

/** Whether a value is shown by its interface: an object of one, but no error of the language. */
function isShownByInterface(value) {
  if (typeof value !== 'object' || (value instanceof Error && value[SymbolToStringTag] !== 'DOMException')) return false;
  return isPlatformObject(value);
}

/** The interface's name, a list of [key, value] for what has entries, attributes and inner state. */
function describe(value) {
  const name = value.constructor?.name ?? 'Object';
  const tag = value[SymbolToStringTag];
  const attributes = [];
  const wanted = ATTRIBUTES[tag];
  const keys = wanted ?? namesOf(value);
  for (let i = 0; i < keys.length; i++) {
    const attribute = read(value, keys[i]);
    if (typeof attribute !== 'function') ArrayPrototypePush(attributes, [keys[i], attribute]);
  }
  if (wanted !== undefined) {
    for (const key of ReflectOwnKeys(value)) {
      const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
      if (typeof key === 'string' && descriptor.enumerable && !ArrayPrototypeIncludes(wanted, key)) ArrayPrototypePush(attributes, [key, value[key]]);
    }
  }
  const entries = tag === 'Headers' || tag === 'URLSearchParams' || tag === 'FormData' ? [...value] : undefined;
  return { name, entries, attributes, state: STATE[tag]?.(value) ?? [] };
}

function read(value, key) {
  if (key === 'cache' || key === 'fetcher') return key === 'cache' ? (value.cache === 'default' ? undefined : value.cache) : null;
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

/** Own properties, and getters of the interfaces that they come from. */
function namesOf(value) {
  const names = [];
  for (const key of ReflectOwnKeys(value)) {
    if (typeof key === 'string' && ReflectGetOwnPropertyDescriptor(value, key).enumerable) ArrayPrototypePush(names, key);
  }
  for (let at = ObjectGetPrototypeOf(value); at !== null && at !== Object.prototype; at = ObjectGetPrototypeOf(at)) {
    for (const key of ReflectOwnKeys(at)) {
      const descriptor = ReflectGetOwnPropertyDescriptor(at, key);
      if (typeof key === 'string' && descriptor.get !== undefined && descriptor.enumerable && !ArrayPrototypeIncludes(names, key)) ArrayPrototypePush(names, key);
    }
  }
  return names;
}

module.exports = { describe, isShownByInterface };
