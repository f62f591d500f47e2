// Values as they travel between isolates: JSON in which everything that JSON does not know is an array with a letter in front, and bytes beside it.
//
// https://developers.cloudflare.com/workers/runtime-apis/rpc/ says what can be passed: what can be cloned, and functions, RpcTargets, stubs, streams, requests
// and responses, which the receiver gets a way back to.
const {
  Array, ArrayBufferIsView, ArrayBufferPrototypeSlice, ArrayIsArray, ArrayPrototypePush, JSONParse, JSONStringify, Map, MapPrototypeForEach,
  MapPrototypeGet, MapPrototypeGetSize, MapPrototypeHas, MapPrototypeSet, Number, NumberIsFinite, Object, ObjectDefineProperty, ObjectGetPrototypeOf, ObjectIs, ObjectKeys,
  ObjectPrototypeHasOwnProperty, BigInt, Date, RegExp, Set, SetPrototypeAdd, SetPrototypeForEach, SetPrototypeGetSize, String, TypedArrayPrototypeGetLength,
  TypedArrayPrototypeGetSymbolToStringTag, TypedArrayPrototypeSet, TypeError, Uint8Array,
} = primordials;
const { DOMException } = require('./dom-exception');
const { isArrayBuffer, viewBuffer, viewByteLength, viewByteOffset } = require('./webidl');
const { ERRORS, VIEWS, branded, datePrototypeGetTime, isError, opaque, regExpFlags, regExpSource } = require('./structured-clone');

const BYTES_MAX = 32 * 1024 * 1024;

function notCloned(value) {
  if (typeof value === 'symbol') return dataClone(`${String(value)} could not be cloned.`);
  const name = value.constructor?.name;
  if (typeof value === 'object' && opaque(value)) return dataClone(`#<${name}> could not be cloned.`);
  return notSerialized(typeof name === 'string' && name !== '' ? name : 'Object');
}

const notSerialized = (type) => dataClone(`Could not serialize object of type "${type}". This type does not support serialization.`);
const dataClone = (message) => new DOMException(message, 'DataCloneError');

/** Writes one message. @param stubs rpc-stubs.js, which knows what is given away and how */
class Encoder {
  #seen = new Map();
  #buffers = [];
  #length = 0;
  #stubs;

  constructor(stubs) {
    this.#stubs = stubs;
  }

  /** The message: `json`, and `bytes`, null for none. */
  finish(node) {
    const json = JSONStringify(node);
    if (json.length + this.#length > BYTES_MAX) {
      throw new TypeError(
        `Serialized RPC arguments or return values are limited to 32MiB, but the size of this value was: ${json.length + this.#length} bytes.`);
    }
    if (this.#length === 0) return { json, bytes: null };
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (let i = 0; i < this.#buffers.length; i++) {
      TypedArrayPrototypeSet(bytes, this.#buffers[i], at);
      at += TypedArrayPrototypeGetLength(this.#buffers[i]);
    }
    return { json, bytes };
  }

  /** What stands for a value. */
  node(value) {
    switch (typeof value) {
      case 'string': case 'boolean': return value;
      case 'number': return NumberIsFinite(value) && !ObjectIs(value, -0) ? value : ['n', ObjectIs(value, -0) ? '-0' : `${value}`];
      case 'undefined': return ['u'];
      case 'bigint': return ['i', `${value}`];
      case 'symbol': throw notCloned(value);
      case 'function': return this.#stubs.give(value) ?? this.#refuse(value);
      default: return value === null ? null : this.#object(value);
    }
  }

  #refuse(value) {
    throw notCloned(value);
  }

  #object(value) {
    const given = this.#stubs.give(value);
    if (given !== undefined) return given;
    if (MapPrototypeHas(this.#seen, value)) return ['r', MapPrototypeGet(this.#seen, value)];
    MapPrototypeSet(this.#seen, value, MapPrototypeGetSize(this.#seen));
    if (ArrayIsArray(value)) return this.#array(value);
    if (ObjectGetPrototypeOf(value) === Object.prototype) return this.#members(['o'], value);
    return this.#special(value) ?? require('./rpc-platform').encode(value, this, this.#stubs) ?? this.#refuse(value);
  }

  #array(array) {
    const items = [];
    for (let i = 0; i < array.length; i++) ArrayPrototypePush(items, ObjectPrototypeHasOwnProperty(array, i) ? this.node(array[i]) : ['h']);
    return ['a', items];
  }

  #members(node, object) {
    const keys = ObjectKeys(object);
    for (let i = 0; i < keys.length; i++) ArrayPrototypePush(node, keys[i], this.node(object[keys[i]]));
    return node;
  }

  #special(value) {
    if (isArrayBuffer(value)) return this.bytes(new Uint8Array(ArrayBufferPrototypeSlice(value, 0)));
    if (ArrayBufferIsView(value)) {
      const type = TypedArrayPrototypeGetSymbolToStringTag(value) ?? 'DataView';
      const length = type === 'DataView' ? viewByteLength(value) : TypedArrayPrototypeGetLength(value);
      return ['v', type, this.node(viewBuffer(value)), viewByteOffset(value), length];
    }
    if (branded(datePrototypeGetTime, value)) return ['d', this.node(datePrototypeGetTime(value))];
    if (value !== RegExp.prototype && branded(regExpSource, value)) return ['x', regExpSource(value), regExpFlags(value)];
    if (branded(MapPrototypeGetSize, value)) {
      const node = ['m'];
      MapPrototypeForEach(value, (item, key) => ArrayPrototypePush(node, this.node(key), this.node(item)));
      return node;
    }
    if (branded(SetPrototypeGetSize, value)) {
      const node = ['s'];
      SetPrototypeForEach(value, (item) => ArrayPrototypePush(node, this.node(item)));
      return node;
    }
    if (isError(value)) return value instanceof DOMException ? ['E', value.name, value.message] : this.#error(value);
    return undefined;
  }

  #error(error) {
    const name = String(error.name);
    const cause = ObjectPrototypeHasOwnProperty(error, 'cause') ? this.node(error.cause) : ['h'];
    return ['e', ERRORS[name] === undefined ? 'Error' : name, String(error.message), cause];
  }

  /** @param bytes not changed by anyone afterwards */
  bytes(bytes) {
    const at = this.#length;
    ArrayPrototypePush(this.#buffers, bytes);
    this.#length += TypedArrayPrototypeGetLength(bytes);
    return ['b', at, TypedArrayPrototypeGetLength(bytes)];
  }
}

/** Reads one message. */
class Decoder {
  #seen = [];
  #bytes;
  #stubs;
  /** What in it leads back to its sender. */
  taken = [];

  /** @param bytes an ArrayBuffer of the host's */
  constructor(bytes, stubs) {
    this.#bytes = bytes;
    this.#stubs = stubs;
  }

  value(node) {
    if (!ArrayIsArray(node)) return node;
    switch (node[0]) {
      case 'u': return undefined;
      case 'n': return Number(node[1]);
      case 'i': return BigInt(node[1]);
      case 'r': return this.#seen[node[1]];
      case 'g': case 'F': return this.#take(node);
      case 'o': {
        const object = this.remember({});
        for (let i = 1; i < node.length; i += 2) own(object, node[i], this.value(node[i + 1]), true);
        return object;
      }
      case 'a': {
        const array = this.remember(new Array(node[1].length));
        for (let i = 0; i < node[1].length; i++) if (!isHole(node[1][i])) own(array, i, this.value(node[1][i]), true);
        return array;
      }
      default: return this.#special(node);
    }
  }

  #take(node) {
    const taken = this.#stubs.take(node);
    ArrayPrototypePush(this.taken, taken);
    return taken;
  }

  remember(object) {
    ArrayPrototypePush(this.#seen, object);
    return object;
  }

  /** For an object that can only be made of its parts: `make` may read them, and nothing in them leads back to it. */
  later(make) {
    const slot = this.#seen.length;
    ArrayPrototypePush(this.#seen, undefined);
    const object = make();
    this.#seen[slot] = object;
    return object;
  }

  #special(node) {
    switch (node[0]) {
      case 'b': return this.remember(this.buffer(node));
      case 'v': return this.later(() => new VIEWS[node[1]](this.value(node[2]), node[3], node[4]));
      case 'd': return this.remember(new Date(this.value(node[1])));
      case 'x': return this.remember(new RegExp(node[1], node[2]));
      case 'm': {
        const map = this.remember(new Map());
        for (let i = 1; i < node.length; i += 2) MapPrototypeSet(map, this.value(node[i]), this.value(node[i + 1]));
        return map;
      }
      case 's': {
        const set = this.remember(new Set());
        for (let i = 1; i < node.length; i++) SetPrototypeAdd(set, this.value(node[i]));
        return set;
      }
      case 'e': {
        const error = this.remember(new ERRORS[node[1]](node[2]));
        if (!isHole(node[3])) own(error, 'cause', this.value(node[3]), false);
        return error;
      }
      default: return require('./rpc-platform').decode(node, this, this.#stubs);
    }
  }

  buffer(node) {
    return ArrayBufferPrototypeSlice(this.#bytes, node[1], node[1] + node[2]);
  }
}

function isHole(node) {
  return ArrayIsArray(node) && node[0] === 'h';
}

function own(object, key, value, enumerable) {
  ObjectDefineProperty(object, key, { __proto__: null, value, writable: true, enumerable, configurable: true });
}

function encode(value, stubs) {
  const encoder = new Encoder(stubs);
  return encoder.finish(encoder.node(value));
}

/** @returns what was encoded, and the stubs in it */
function decode(json, bytes, stubs) {
  const decoder = new Decoder(bytes, stubs);
  const value = decoder.value(JSONParse(json));
  return { value, taken: decoder.taken };
}

/** Errors that went over a line say so, as workerd's do. */
function markRemote(error) {
  if (isError(error)) own(error, 'remote', true, true);
  return error;
}

/** What a thrown value becomes on its way: always an error. */
function toError(thrown) {
  return isError(thrown) ? thrown : new ERRORS.Error(String(thrown));
}

module.exports = { decode, encode, markRemote, notSerialized, toError };
