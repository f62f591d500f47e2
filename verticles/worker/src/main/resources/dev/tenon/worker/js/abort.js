// https://dom.spec.whatwg.org/#aborting-ongoing-activities
const {
  ArrayPrototypeIndexOf, ArrayPrototypePush, ArrayPrototypeSplice, Set, SetPrototypeAdd, SetPrototypeForEach, TypeError,
} = primordials;
const { defineInterface, illegalConstructor, isObject, notOfType, requireArguments, toInteger, toSequence } = require('./webidl');
const { EventTarget, defineHandler, fire } = require('./event-target');
const { Event } = require('./event');
const { DOMException } = require('./dom-exception');

const MADE = { __proto__: null };

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #algorithms = []; // run before the event
  #handlers = { __proto__: null };
  #sources = undefined; // of a dependent signal: the signals that are not dependent themselves
  #dependents = undefined;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    super();
  }

  static abort(reason = undefined) {
    const signal = new AbortSignal(MADE);
    signal.#aborted = true;
    signal.#reason = reason === undefined ? abortError() : reason;
    return signal;
  }

  static any(signals) {
    const what = "Failed to execute 'any' on 'AbortSignal'";
    requireArguments(arguments.length, 1, what, 'Array');
    let index = 0;
    return dependentSignal(toSequence(signals, (signal) => {
      if (!isAbortSignal(signal)) throw new TypeError(`Incorrect type for array element ${index}: the provided value is not of type 'AbortSignal'.`);
      index++;
      return signal;
    }, () => notOfType(what, 1, 'Array')));
  }

  static timeout(milliseconds) {
    const what = "Failed to execute 'timeout' on 'AbortSignal'";
    requireArguments(arguments.length, 1, what, 'number');
    const delay = toInteger(milliseconds, 64, false, 'EnforceRange', what);
    const signal = new AbortSignal(MADE);
    require('./timers').setTimeout(() => abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay);
    return signal;
  }

  get aborted() {
    return this.#aborted;
  }

  get reason() {
    return this.#reason;
  }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  static {
    isAbortSignal = (value) => isObject(value) && #aborted in value;
    handlersOf = (signal) => signal.#handlers;
    onAbort = (signal, algorithm) => {
      if (signal.#aborted) return () => {};
      ArrayPrototypePush(signal.#algorithms, algorithm);
      return () => {
        const at = ArrayPrototypeIndexOf(signal.#algorithms, algorithm);
        if (at >= 0) ArrayPrototypeSplice(signal.#algorithms, at, 1);
      };
    };
    // https://dom.spec.whatwg.org/#abortsignal-signal-abort
    abortSignal = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? abortError() : reason;
      const followers = [];
      if (signal.#dependents !== undefined) {
        SetPrototypeForEach(signal.#dependents, (follower) => {
          if (follower.#aborted) return;
          follower.#aborted = true;
          follower.#reason = signal.#reason;
          ArrayPrototypePush(followers, follower);
        });
      }
      runSteps(signal);
      for (let i = 0; i < followers.length; i++) runSteps(followers[i]);
    };
    runSteps = (signal) => {
      const algorithms = signal.#algorithms;
      signal.#algorithms = [];
      for (let i = 0; i < algorithms.length; i++) (0, algorithms[i])();
      fire(signal, new Event('abort'));
    };
    // https://dom.spec.whatwg.org/#create-a-dependent-abort-signal
    dependentSignal = (signals) => {
      const made = new AbortSignal(MADE);
      for (let i = 0; i < signals.length; i++) {
        if (signals[i].#aborted) {
          made.#aborted = true;
          made.#reason = signals[i].#reason;
          return made;
        }
      }
      made.#sources = [];
      for (let i = 0; i < signals.length; i++) {
        const signal = signals[i];
        const roots = signal.#sources ?? [signal];
        for (let j = 0; j < roots.length; j++) {
          ArrayPrototypePush(made.#sources, roots[j]);
          SetPrototypeAdd((roots[j].#dependents ??= new Set()), made);
        }
      }
      return made;
    };
  }
}

var isAbortSignal, handlersOf, onAbort, abortSignal, runSteps, dependentSignal;

function abortError() {
  return new DOMException('The operation was aborted', 'AbortError');
}

class AbortController {
  #signal = new AbortSignal(MADE);

  get signal() {
    return this.#signal;
  }

  abort(reason = undefined) {
    abortSignal(this.#signal, reason);
  }
}

/** A signal that is aborted when nobody waits for an exchange any more. */
function hostSignal(exchange) {
  const signal = new AbortSignal(MADE);
  exchange.onCancel(() => abortSignal(signal, new DOMException('The client disconnected', 'AbortError')));
  return signal;
}

defineHandler(AbortSignal, 'abort', (signal) => handlersOf(signal));
defineInterface(AbortSignal);
defineInterface(AbortController);

module.exports = { AbortController, AbortSignal, dependentSignal, hostSignal, isAbortSignal, onAbort };
