// The module `node:events`. https://nodejs.org/api/events.html
const { globalThis } = primordials;
const { nodeError } = require('./node/errors');
const { abortError, validateAbortSignal, validateBoolean, validateFunction, validateNumber, validateObject } = require('./node/validators');

const CAPTURE = Symbol('kCapture');
const REJECTION = Symbol.for('nodejs.rejection');
const ERROR_MONITOR = Symbol('events.errorMonitor');

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, CAPTURE, { __proto__: null, value: false, writable: true, enumerable: false });

EventEmitter.init = function init(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners ??= undefined;
  if (options?.captureRejections) {
    validateBoolean(options.captureRejections, 'options.captureRejections');
    this[CAPTURE] = true;
  } else if (EventEmitter.prototype[CAPTURE]) {
    this[CAPTURE] = true;
  }
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners ?? defaultMaxListeners;
};

function watchRejection(emitter, result, type, args) {
  if (result === null || result === undefined || typeof result.then !== 'function') return;
  try {
    result.then(undefined, (error) => queueMicrotask(() => {
      if (typeof emitter[REJECTION] === 'function') {
        emitter[REJECTION](error, type, ...args);
      } else {
        const before = emitter[CAPTURE];
        emitter[CAPTURE] = false;
        try {
          emitter.emit('error', error);
        } finally {
          emitter[CAPTURE] = before;
        }
      }
    }));
  } catch (error) {
    emitter.emit('error', error);
  }
}

function throwUnhandled(args) {
  const [error] = args;
  if (error instanceof Error) throw error;
  let text;
  try {
    text = require('./node/inspect').inspect(error);
  } catch {
    text = error;
  }
  const unhandled = nodeError('ERR_UNHANDLED_ERROR', text);
  unhandled.context = error;
  throw unhandled;
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events?.[ERROR_MONITOR] !== undefined) this.emit(ERROR_MONITOR, ...args);
    if (events?.error === undefined) throwUnhandled(args);
  }
  const handler = events?.[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = Reflect.apply(handler, this, args);
    if (result !== undefined && this[CAPTURE]) watchRejection(this, result, type, args);
  } else {
    const list = handler.slice();
    for (let i = 0; i < list.length; i++) {
      const result = Reflect.apply(list[i], this, args);
      if (result !== undefined && this[CAPTURE]) watchRejection(this, result, type, args);
    }
  }
  return true;
};

function add(emitter, type, listener, first) {
  validateFunction(listener, 'listener');
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    emitter._eventsCount++;
    return emitter;
  }
  const list = typeof existing === 'function' ? events[type] = first ? [listener, existing] : [existing, listener] : existing;
  if (list === existing) {
    if (first) list.unshift(listener);
    else list.push(listener);
  }
  const max = emitter.getMaxListeners();
  if (max > 0 && list.length > max && !list.warned) {
    list.warned = true;
    warnOfLeak(emitter, type, list.length, max);
  }
  return emitter;
}

function warnOfLeak(emitter, type, count, max) {
  const { inspect } = require('./node/inspect');
  const warning = new Error(`Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ${inspect(emitter, { depth: -1 })}. `
    + `MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`);
  Object.assign(warning, { name: 'MaxListenersExceededWarning', emitter, type, count });
  require('./node/process').emitWarning(warning);
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrapper(emitter, type, listener) {
  const state = { fired: false };
  function wrapped(...args) {
    if (state.fired) return undefined;
    emitter.removeListener(type, wrapped);
    state.fired = true;
    return Reflect.apply(listener, emitter, args);
  }
  wrapped.listener = listener;
  return wrapped;
}

EventEmitter.prototype.once = function once(type, listener) {
  validateFunction(listener, 'listener');
  return this.on(type, onceWrapper(this, type, listener));
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  validateFunction(listener, 'listener');
  return this.prependListener(type, onceWrapper(this, type, listener));
};

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const existing = events?.[type];
  if (existing === undefined) return this;
  if (existing === listener || existing.listener === listener) {
    removeAll(this, type);
    if (events.removeListener) this.emit('removeListener', type, existing.listener ?? listener);
  } else if (typeof existing !== 'function') {
    let at = -1;
    for (let i = existing.length - 1; i >= 0 && at < 0; i--) if (existing[i] === listener || existing[i].listener === listener) at = i;
    if (at < 0) return this;
    const [removed] = existing.splice(at, 1);
    if (existing.length === 1) events[type] = existing[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, removed.listener ?? listener);
  }
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

function removeAll(emitter, type) {
  if (--emitter._eventsCount === 0) emitter._events = Object.create(null);
  else delete emitter._events[type];
}

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      removeAll(this, type);
    }
    return this;
  }
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
    this.removeAllListeners('removeListener');
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }
  const listeners = events[type];
  if (typeof listeners === 'function') this.removeListener(type, listeners);
  else if (listeners !== undefined) for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i]);
  return this;
};

function listenersOf(emitter, type, unwrap) {
  const existing = emitter._events?.[type];
  if (existing === undefined) return [];
  const list = typeof existing === 'function' ? [existing] : existing.slice();
  return unwrap ? list.map((listener) => listener.listener ?? listener) : list;
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const list = listenersOf(this, type, false);
  return listener === undefined || listener === null ? list.length : list.filter((one) => one === listener || one.listener === listener).length;
};

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

function listen(emitter, name, listener, flags) {
  if (typeof emitter.on === 'function') {
    if (flags?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, flags);
  } else {
    throw nodeError('ERR_INVALID_ARG_TYPE', 'emitter', 'EventEmitter', emitter);
  }
}

function unlisten(emitter, name, listener, flags) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else if (typeof emitter.removeEventListener === 'function') emitter.removeEventListener(name, listener, flags);
  else throw nodeError('ERR_INVALID_ARG_TYPE', 'emitter', 'EventEmitter', emitter);
}

/** A promise of an event's arguments. */
async function once(emitter, name, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal.reason);
  return new Promise((resolve, reject) => {
    const failed = (error) => {
      unlisten(emitter, name, arrived);
      signal?.removeEventListener('abort', aborted);
      reject(error);
    };
    const arrived = (...args) => {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', failed);
      signal?.removeEventListener('abort', aborted);
      resolve(args);
    };
    const aborted = () => {
      unlisten(emitter, name, arrived);
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', failed);
      reject(abortError(signal.reason));
    };
    listen(emitter, name, arrived, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', failed);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

/** An async iterator of the arguments of every event of a name. */
function on(emitter, event, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal.reason);
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  const waiting = [];
  const arrived = [];
  const heard = [];
  let error = null;
  let finished = false;
  let paused = false;

  const hear = (name, listener) => {
    listen(emitter, name, listener);
    heard.push([name, listener]);
  };
  const close = () => {
    signal?.removeEventListener('abort', aborted);
    for (const [name, listener] of heard) unlisten(emitter, name, listener);
    heard.length = 0;
    finished = true;
    while (waiting.length > 0) waiting.shift().resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  const fail = (reason) => {
    if (waiting.length === 0) error = reason;
    else waiting.shift().reject(reason);
    close();
  };
  const aborted = () => fail(abortError(signal.reason));

  const iterator = Object.setPrototypeOf({
    next() {
      if (arrived.length > 0) {
        const value = arrived.shift();
        if (paused && arrived.length < low) {
          paused = false;
          emitter.resume?.();
        }
        return Promise.resolve({ value, done: false });
      }
      if (error) {
        const rejected = Promise.reject(error);
        error = null;
        return rejected;
      }
      if (finished) return close();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() { return close(); },
    throw(reason) {
      if (!reason || !(reason instanceof Error)) throw nodeError('ERR_INVALID_ARG_TYPE', 'EventEmitter.AsyncIterator', 'Error', reason);
      fail(reason);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() { return this; },
  }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));

  hear(event, (...args) => {
    if (waiting.length > 0) {
      waiting.shift().resolve({ value: args, done: false });
      return;
    }
    arrived.push(args);
    if (!paused && arrived.length > high) {
      paused = true;
      emitter.pause?.();
    }
  });
  if (event !== 'error' && typeof emitter.on === 'function') hear('error', fail);
  for (const name of options.close ?? []) hear(name, close);
  signal?.addEventListener('abort', aborted, { once: true });
  return iterator;
}

function getEventListeners(emitter, type) {
  if (typeof emitter.listeners === 'function') return emitter.listeners(type);
  if (emitter instanceof globalThis.EventTarget) return [];
  throw nodeError('ERR_INVALID_ARG_TYPE', 'emitter', ['EventEmitter', 'EventTarget'], emitter);
}

function setMaxListeners(n = defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (!(target instanceof globalThis.EventTarget)) throw nodeError('ERR_INVALID_ARG_TYPE', 'eventTargets', ['EventEmitter', 'EventTarget'], target);
  }
}

function getMaxListeners(emitter) {
  if (typeof emitter?.getMaxListeners === 'function') return emitter.getMaxListeners();
  if (emitter instanceof globalThis.EventTarget) return defaultMaxListeners;
  throw nodeError('ERR_INVALID_ARG_TYPE', 'emitter', ['EventEmitter', 'EventTarget'], emitter);
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw nodeError('ERR_INVALID_ARG_TYPE', 'signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { __proto__: null, [Symbol.dispose]() { signal.removeEventListener('abort', listener); } };
}

module.exports = EventEmitter;
Object.assign(EventEmitter, {
  addAbortListener, once, on, getEventListeners, getMaxListeners, setMaxListeners, EventEmitter, usingDomains: false, captureRejectionSymbol: REJECTION, errorMonitor: ERROR_MONITOR,
  listenerCount: (emitter, type) => typeof emitter.listenerCount === 'function' ? emitter.listenerCount(type) : EventEmitter.prototype.listenerCount.call(emitter, type),
});
Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null, enumerable: true, get() { return EventEmitter.prototype[CAPTURE]; },
    set(value) { validateBoolean(value, 'EventEmitter.captureRejections'); EventEmitter.prototype[CAPTURE] = value; },
  },
  defaultMaxListeners: {
    __proto__: null, enumerable: true, get() { return defaultMaxListeners; },
    set(n) { validateNumber(n, 'defaultMaxListeners', 0); defaultMaxListeners = n; },
  },
  EventEmitterAsyncResource: { __proto__: null, enumerable: true, configurable: true, get() { return require('./node/event-emitter-async-resource').EventEmitterAsyncResource; } },
});
