// The modules `node:timers` and `node:timers/promises`, and setImmediate. https://nodejs.org/api/timers.html
const platform = require('./timers');
const { nodeError } = require('./node/errors');
const { abortError, validateAbortSignal, validateBoolean, validateFunction, validateObject } = require('./node/validators');

const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');
const DELAY_MAX = 2 ** 31 - 1;

function delayOf(after) {
  const delay = +after;
  return delay >= 1 && delay <= DELAY_MAX ? Math.trunc(delay) : 1;
}

/** What setTimeout and setInterval give in Node: an object that can stand where an id is wanted. */
class Timeout {
  #id;
  #repeat;
  #callback;
  #args;
  #delay;

  constructor(callback, delay, args, repeat) {
    this.#callback = callback;
    this.#args = args;
    this.#delay = delayOf(delay);
    this.#repeat = repeat;
    this.#start();
  }

  #start() {
    this.#id = (this.#repeat ? platform.setInterval : platform.setTimeout)(() => Reflect.apply(this.#callback, this, this.#args), this.#delay);
  }

  static clear(timer) {
    if (timer === undefined || timer === null) return;
    platform.clearTimeout(typeof timer === 'object' && #id in timer ? timer.#id : timer);
  }

  refresh() {
    platform.clearTimeout(this.#id);
    this.#start();
    return this;
  }

  // A worker's invocation does not wait for its timers: there is nothing to keep alive.
  ref() { return this; }
  unref() { return this; }
  hasRef() { return true; }
  close() {
    platform.clearTimeout(this.#id);
    return this;
  }

  [Symbol.toPrimitive]() { return this.#id; }
  [Symbol.dispose]() { this.close(); }
}

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args, false);
}

function setInterval(callback, after, ...args) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, after, args, true);
}

class Immediate {
  #id;

  constructor(callback, args) {
    this.#id = platform.setTimeout(callback, 0, ...args);
  }

  static clear(immediate) {
    if (typeof immediate === 'object' && immediate !== null && #id in immediate) platform.clearTimeout(immediate.#id);
  }

  ref() { return this; }
  unref() { return this; }
  hasRef() { return true; }
  [Symbol.dispose]() { Immediate.clear(this); }
}

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args);
}

const { clear: clearTimeout } = Timeout;
const { clear: clearImmediate } = Immediate;

/** A promise that `start` settles, and that a signal ends before that. */
function abortable(options, start, clear) {
  try {
    validateObject(options, 'options');
    validateAbortSignal(options.signal, 'options.signal');
    if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(abortError(signal.reason));
  return new Promise((resolve, reject) => {
    const aborted = () => {
      clear(timer);
      reject(abortError(signal.reason));
    };
    const timer = start((value) => {
      signal?.removeEventListener('abort', aborted);
      resolve(value);
    });
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

const promises = {
  setTimeout: (delay, value, options = {}) => abortable(options, (done) => setTimeout(() => done(value), delay), clearTimeout),
  setImmediate: (value, options = {}) => abortable(options, (done) => setImmediate(() => done(value)), clearImmediate),
  async* setInterval(delay, value, options = {}) {
    const { signal } = options;
    validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw abortError(signal.reason);
    let due = 0;
    let wake;
    const timer = setInterval(() => {
      due++;
      wake?.();
    }, delay);
    const aborted = () => wake?.();
    signal?.addEventListener('abort', aborted, { once: true });
    try {
      for (;;) {
        if (signal?.aborted) throw abortError(signal.reason);
        if (due === 0) await new Promise((resolve) => { wake = resolve; });
        for (; due > 0; due--) yield value;
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    }
  },
  scheduler: {
    wait: (delay, options) => promises.setTimeout(delay, undefined, options),
    yield: () => promises.setImmediate(),
  },
};

Object.defineProperty(setTimeout, PROMISIFIED, { __proto__: null, enumerable: true, get: () => promises.setTimeout });
Object.defineProperty(setImmediate, PROMISIFIED, { __proto__: null, enumerable: true, get: () => promises.setImmediate });

function unsupported(name) {
  return () => {
    throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', name);
  };
}

module.exports = {
  setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout, setImmediate, clearImmediate, promises, active: unsupported('active'), _unrefActive: unsupported('_unrefActive'),
  enroll: unsupported('enroll'), unenroll: unsupported('unenroll'),
};
