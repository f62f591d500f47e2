// The caller's side of method calls between workers: stubs, the promises of their results, and what can be asked of those before they are there.
//
// https://developers.cloudflare.com/workers/runtime-apis/rpc/
const {
  ArrayPrototypeConcat, ArrayPrototypeJoin, ArrayPrototypePush, ArrayPrototypeSlice, Error, Object, ObjectDefineProperty, ObjectGetPrototypeOf, ObjectPrototypeHasOwnProperty,
  PromisePrototypeThen, PromiseReject, Proxy, ReflectApply, ReflectGetOwnPropertyDescriptor, SymbolDispose, TypeError, WeakMap, WeakMapPrototypeGet, WeakMapPrototypeSet,
} = primordials;
const { receive } = require('./bytes');
const { setHandled } = require('./stream-promises');
const { outsideOfHandler } = require('./invocation');
const { ServiceStub, targetOf } = require('./service-stub');
const { decode, encode, markRemote, notSerialized } = require('./rpc-values');

const PLAIN_CALL = ArrayPrototypeSlice([]);

/** What a class extends whose instances others may hold. */
class RpcTarget {}

/** `new RpcStub(target)` makes a stub of something local; others come over calls. */
class RpcStub {
  constructor(target) {
    if (!isGivable(target) && ObjectGetPrototypeOf(target ?? 0) !== Object.prototype) {
      throw new TypeError('RpcStubs can only wrap plain objects, functions, and RpcTarget derivatives.');
    }
    const rpc = host.rpc();
    return stubOf(rpc.received(rpc.isolate(), require('./rpc-given').give(target)));
  }
}

class RpcPromise {
  constructor() {
    throw new TypeError('Illegal constructor');
  }
}

class RpcProperty {
  constructor() {
    throw new TypeError('Illegal constructor');
  }
}

/** What is behind a proxy, by the proxy. */
const states = new WeakMap();

function stateOf(value) {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  const target = targetOf(value);
  return target === undefined ? WeakMapPrototypeGet(states, value) : { call: (json, bytes) => host.rpc().call(target, json, bytes), path: PLAIN_CALL };
}

/** One for each proxy. */
class Handler {
  constructor(state) {
    this.state = state;
  }

  apply(target, receiver, args) {
    return call(this.state, args);
  }

  get(target, key) {
    const { state } = this;
    if (key === SymbolDispose) return () => state.dispose?.();
    if (typeof key !== 'string') return undefined;
    if (state.stub !== undefined) {
      switch (key) {
        case 'then': return undefined;
        case 'dup': return () => stubOf(open(state).duplicate());
        case 'onRpcBroken': return () => undefined;
        default:
      }
    } else if (key === 'then' || key === 'catch' || key === 'finally') {
      const promise = state.promise ?? call(state, undefined);
      return (...args) => promise[key](...args);
    }
    return proxy({ ...state, promise: undefined, stub: undefined, parent: state.parent ?? state.promise, path: ArrayPrototypeConcat(state.path, [key]), dispose: undefined }, RpcProperty);
  }

  has() {
    return true;
  }

  set() {
    return false;
  }

  defineProperty() {
    return false;
  }

  deleteProperty() {
    return false;
  }

  getPrototypeOf() {
    return this.state.type.prototype;
  }

  setPrototypeOf() {
    return false;
  }
}

function proxy(state, type) {
  state.type = type;
  const made = new Proxy(() => undefined, new Handler(state));
  WeakMapPrototypeSet(states, made, state);
  return made;
}

/** A method or property of what a service stub leads to. */
function propertyOf(service, name) {
  const { call: send } = stateOf(service);
  return proxy({ call: send, path: [name] }, RpcProperty);
}

/** @param stub HostStub.java */
function stubOf(stub) {
  const state = { stub, path: PLAIN_CALL, call: (json, bytes) => open(state).call(json, bytes) };
  state.dispose = () => {
    state.disposed = true;
    stub.release();
  };
  return proxy(state, RpcStub);
}

function open(state) {
  if (state.disposed) throw new Error('RPC stub used after being disposed.');
  return state.stub;
}

/** Calls what is behind a state, or reads it. @param args undefined for reading */
function call(state, args) {
  const parent = state.parent ?? (state.stub === undefined ? state.promise : undefined);
  if (parent !== undefined) {
    const later = PromisePrototypeThen(parent, (value) => follow(value, state.path, args));
    setHandled(later);
    return args === undefined ? later : promiseOf(later);
  }
  const result = send(state.call, state.path, args);
  return args === undefined ? result : promiseOf(result);
}

function promiseOf(promise) {
  const state = { promise, path: PLAIN_CALL };
  state.dispose = () => setHandled(PromisePrototypeThen(promise, (value) => value?.[SymbolDispose]?.()));
  return proxy(state, RpcPromise);
}

/** The same on a value that has arrived: through it as far as it goes, then on to where it came from. */
function follow(value, path, args) {
  let object = value;
  let receiver;
  for (let i = 0; i < path.length; i++) {
    const state = stateOf(object);
    if (state !== undefined) return call({ ...state, path: ArrayPrototypeConcat(state.path, ArrayPrototypeSlice(path, i)) }, args);
    if (typeof object !== 'object' || object === null || !ObjectPrototypeHasOwnProperty(object, path[i])) throw new TypeError(`The RPC receiver does not implement the method "${path[i]}".`);
    receiver = object;
    object = object[path[i]];
  }
  if (args === undefined) return object;
  if (typeof object !== 'function') throw new TypeError(path.length === 0 ? "Can't pipeline on RPC that did not return an object." : `"${ArrayPrototypeJoin(path, '.')}" is not a function.`);
  return ReflectApply(object, receiver, args);
}

function send(toHost, path, args) {
  const sent = new Sent();
  let reply;
  try {
    const message = encode(args === undefined ? [path] : [path, args], sent);
    reply = toHost(message.json, message.bytes);
    if (reply === null) throw outsideOfHandler();
  } catch (error) {
    const failed = PromiseReject(error);
    setHandled(failed);
    return failed;
  }
  const result = PromisePrototypeThen(reply, (came) => unpack(came, sent));
  setHandled(result);
  return result;
}

function unpack(reply, sent) {
  if (reply.elsewhere()) sent.takeBack();
  const { value: [succeeded, value], taken } = decode(reply.json(), receive(reply.bytes()), stubs);
  if (!succeeded) throw markRemote(value);
  if (typeof value === 'object' && value !== null && stateOf(value) === undefined && !ObjectPrototypeHasOwnProperty(value, SymbolDispose)) {
    ObjectDefineProperty(value, SymbolDispose, {
      __proto__: null, value: () => { for (let i = 0; i < taken.length; i++) taken[i][SymbolDispose]?.(); }, writable: true, configurable: true,
    });
  }
  return value;
}

// ---- what goes into messages and comes out of them

/** A function or RpcTarget, which is passed as a stub. Classes are not. */
function isGivable(value) {
  if (typeof value === 'function') return value instanceof RpcTarget || ReflectGetOwnPropertyDescriptor(value, 'prototype')?.writable !== false;
  return value instanceof RpcTarget;
}

/** What stands for something in a message; undefined for what is passed by value. @param forced whether it is to be passed as a stub whatever it is */
function give(value, forced = false) {
  const target = targetOf(value);
  if (target !== undefined) return ['F', target];
  const state = WeakMapPrototypeGet(states, value);
  if (state?.stub !== undefined) {
    const stub = open(state);
    stub.handedOn();
    return ['g', stub.isolate(), stub.given()];
  }
  if (state !== undefined) throw notSerialized(state.type.name);
  return forced || isGivable(value) ? ['g', host.rpc().isolate(), require('./rpc-given').give(value)] : undefined;
}

function take(node) {
  if (node[0] === 'F') return new ServiceStub(node[1]);
  const stub = host.rpc().received(node[1], node[2]);
  if (stub === null) throw tooFar();
  return stubOf(stub);
}

const tooFar = () => new TypeError('A function, RpcTarget or stream cannot be passed to or from a worker on another node; pass a value that can be cloned.');

function callStub(stub, method, args) {
  const state = WeakMapPrototypeGet(states, stub);
  return send(state.call, [method], args);
}

/** What a message to this node gives and takes. */
const stubs = { give, take, callStub };

/** The same for a message to another node, where nothing can be taken. */
const stubsForElsewhere = {
  give(value, forced) {
    if (targetOf(value) === undefined && (forced || isGivable(value) || WeakMapPrototypeGet(states, value)?.stub !== undefined)) throw tooFar();
    return give(value);
  },
  take,
  callStub,
};

/** The same for a call, of which nobody knows beforehand where it will be answered. */
class Sent {
  #given;

  give(value, forced) {
    const node = give(value, forced);
    if (node !== undefined && node[0] === 'g') ArrayPrototypePush(this.#given ??= [], node);
    return node;
  }

  take(node) {
    return take(node);
  }

  callStub(stub, method, args) {
    return callStub(stub, method, args);
  }

  /** It was answered on another node, where nothing of it was taken. */
  takeBack() {
    if (this.#given === undefined) return;
    for (let i = 0; i < this.#given.length; i++) host.rpc().takeBack(this.#given[i][1], this.#given[i][2]);
    this.#given = undefined;
  }
}

module.exports = { RpcPromise, RpcProperty, RpcStub, RpcTarget, callStub, propertyOf, stateOf, stubs, stubsForElsewhere };
