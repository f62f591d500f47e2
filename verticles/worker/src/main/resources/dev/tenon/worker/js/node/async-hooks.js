// The module `node:async_hooks`: over the engine's AsyncContext, which goes through awaits, timers and streams by itself. https://nodejs.org/api/async_context.html
const { Snapshot, Variable } = require('./invocation');
const { nodeError } = require('./node/errors');
const { validateFunction, validateObject, validateString } = require('./node/validators');

/** What a storage that was left with `exit` gives. */
const LEFT = Symbol('left');

class AsyncLocalStorage {
  #variable;
  #defaultValue;
  #name;

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) validateString(options.name, 'options.name');
    this.#name = options.name ?? '';
    this.#variable = new Variable({ name: this.#name, defaultValue: LEFT });
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    const snapshot = new Snapshot();
    return (fn, ...args) => snapshot.run(fn, ...args);
  }

  get name() { return this.#name; }

  getStore() {
    const store = this.#variable.get();
    return store === LEFT ? this.#defaultValue : store;
  }

  run(store, callback, ...args) {
    return this.#variable.run(store, callback, ...args);
  }

  exit(callback, ...args) {
    return this.#variable.run(undefined, callback, ...args);
  }

  // Deviation: as in workerd. An AsyncContext ends where the function that entered it ends.
  enterWith() {
    throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'AsyncLocalStorage.enterWith(): use run() instead –');
  }

  disable() {
    throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'AsyncLocalStorage.disable(): use exit() instead –');
  }
}

let lastId = 1;

class AsyncResource {
  #snapshot = new Snapshot();
  #type;
  #id = ++lastId;
  #trigger;

  constructor(type, options = {}) {
    validateString(type, 'type');
    if (type.length === 0) throw nodeError('ERR_ASYNC_TYPE', type);
    this.#type = type;
    const trigger = typeof options === 'number' ? options : options?.triggerAsyncId ?? 1;
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw Object.assign(new RangeError(`Invalid triggerAsyncId value: ${trigger}`), { code: 'ERR_INVALID_ASYNC_ID' });
    this.#trigger = trigger;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    return this.#snapshot.run(() => Reflect.apply(fn, thisArg, args));
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = function (...args) {
      return resource.runInAsyncScope(fn, thisArg === undefined ? this : thisArg, ...args);
    };
    return Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
      asyncResource: { __proto__: null, configurable: true, enumerable: true, value: this, writable: true },
    });
  }

  emitDestroy() { return this; }
  asyncId() { return this.#id; }
  triggerAsyncId() { return this.#trigger; }
}

/** Hooks are never called. */
class AsyncHook {
  enable() { return this; }
  disable() { return this; }
}

function createHook(callbacks) {
  validateObject(callbacks ?? {}, 'callbacks');
  return new AsyncHook();
}

module.exports = {
  AsyncLocalStorage, AsyncResource, createHook, executionAsyncId: () => 0, triggerAsyncId: () => 0, executionAsyncResource: () => Object.create(null),
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0, TIMERS: 0, PROMISE: 0, TickObject: 0 }),
};
