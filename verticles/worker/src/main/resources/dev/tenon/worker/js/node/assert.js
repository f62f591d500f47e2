// The module `node:assert`. https://nodejs.org/api/assert.html
const { nodeError } = require('./node/errors');
const { validateFunction } = require('./node/validators');
const { AssertionError } = require('./node/assertion-error');
const { inspect } = require('./node/inspect');
const { isPromise, isRegExp } = require('./node/util-types');

const deepEqualTo = (one, other, strict) => require('./node/comparisons').isDeepEqual(one, other, strict);

/** Fails with `message`: an error, or the text of one. */
function failWith(given) {
  if (given.message instanceof Error) throw given.message;
  throw new AssertionError(given);
}

function check(passed, args, fn) {
  if (passed) return;
  const [value, given] = args;
  let message = given;
  const generated = args.length === 0 || message === undefined;
  if (args.length === 0) message = 'No value argument passed to `assert.ok()`';
  else if (message === undefined) message = 'The expression evaluated to a falsy value:\n\n  ' + (fn === ok ? 'assert.ok' : 'assert') + `(${inspect(value)})\n`;
  if (message instanceof Error) throw message;
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: fn });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) {
  check(args[0], args, assert);
}

function ok(...args) {
  check(args[0], args, ok);
}

function fail(actual, expected, message, operator = 'fail', stackStartFn = fail) {
  if (arguments.length <= 1) {
    if (actual instanceof Error) throw actual;
    const error = new AssertionError({ message: actual === undefined ? 'Failed' : actual, operator: 'fail', stackStartFn: fail });
    error.generatedMessage = actual === undefined;
    throw error;
  }
  if (message instanceof Error) throw message;
  const error = new AssertionError({ actual, expected, operator: arguments.length === 2 ? '!=' : operator, stackStartFn, message });
  throw error;
}

function comparison(name, equal, operator = name) {
  const fn = {
    [name](actual, expected, message) {
      if (arguments.length < 2) throw nodeError('ERR_MISSING_ARGS', 'actual', 'expected');
      if (!equal(actual, expected)) failWith({ actual, expected, message, operator, stackStartFn: fn });
    },
  }[name];
  return fn;
}

const looselyEqual = (one, other) => one == other || Number.isNaN(one) && Number.isNaN(other);

/** Whether what was thrown is as expected: a class, a pattern, an object of properties, or a function that says so. */
function matches(actual, expected, message, fn) {
  const complain = (text, generated = true) => {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ actual, expected, message: message ?? text, operator: fn.name, stackStartFn: fn });
    error.generatedMessage = message === undefined && generated;
    throw error;
  };
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      if (expected.exec(String(actual)) !== null) return;
      complain(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(actual))}\n`);
    }
    if (actual === null || typeof actual !== 'object') failWith({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn });
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0) throw nodeError('ERR_INVALID_ARG_VALUE', 'error', expected, 'may not be an empty object');
    for (const key of keys) {
      if (typeof actual[key] === 'string' && isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) continue;
      if (!(key in actual) || !deepEqualTo(actual[key], expected[key], true)) {
        if (message !== undefined) failWith({ actual, expected, message, operator: fn.name, stackStartFn: fn });
        const pick = (source) => Object.fromEntries(keys.filter((one) => one in source).map((one) => [one, isRegExp(source[one]) && typeof actual[one] === 'string' && source[one].test(actual[one]) ? actual[one] : source[one]]));
        failWith({ actual: pick(actual), expected: pick(expected), operator: 'deepStrictEqual', stackStartFn: fn });
      }
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error) {
    complain(`The error is expected to be an instance of "${expected.name}". Received ${actual instanceof Error ? `"${actual.name}"` : `"${inspect(actual, { depth: -1 })}"`}${actual?.message ? `\n\nError message:\n\n${actual.message}` : ''}`);
  }
  const result = Reflect.apply(expected, {}, [actual]);
  if (result !== true) {
    complain(`The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${inspect(result)}${actual instanceof Error ? `\n\nCaught error:\n\n${actual}` : ''}`);
  }
}

const NOTHING = Symbol('nothing was thrown');

function thrownBy(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

async function rejectionOf(given) {
  let promise = given;
  if (typeof given === 'function') {
    promise = given();
    if (!thenable(promise)) throw nodeError('ERR_INVALID_RETURN_VALUE', 'instance of Promise', 'promiseFn', promise);
  } else if (!thenable(given)) {
    throw nodeError('ERR_INVALID_ARG_TYPE', 'promiseFn', ['Function', 'Promise'], given);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

function thenable(value) {
  return isPromise(value) || value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function';
}

function expectsError(fn, actual, expected, message) {
  let wanted = expected;
  let text = message;
  if (typeof wanted === 'string') {
    if (arguments.length === 4 && message !== undefined) throw nodeError('ERR_INVALID_ARG_TYPE', 'error', ['Object', 'Error', 'Function', 'RegExp'], wanted);
    if (actual !== NOTHING && (typeof actual === 'object' && actual !== null ? actual.message === wanted : actual === wanted)) {
      throw nodeError('ERR_AMBIGUOUS_ARGUMENT', 'error/message', `The error ${typeof actual === 'object' ? 'message ' : ''}"${typeof actual === 'object' ? actual.message : actual}" is identical to the message.`);
    }
    text = wanted;
    wanted = undefined;
  } else if (wanted !== undefined && wanted !== null && typeof wanted !== 'object' && typeof wanted !== 'function') {
    throw nodeError('ERR_INVALID_ARG_TYPE', 'error', ['Object', 'Error', 'Function', 'RegExp'], wanted);
  }
  if (actual === NOTHING) {
    const details = (wanted?.name ? ` (${wanted.name})` : '') + (text ? `: ${text}` : '.');
    failWith({ actual: undefined, expected: wanted, operator: fn.name, message: `Missing expected ${fn === rejects ? 'rejection' : 'exception'}${details}`, stackStartFn: fn });
  }
  if (wanted) matches(actual, wanted, text, fn);
}

function expectsNoError(fn, actual, expected, message) {
  if (actual === NOTHING) return;
  const text = typeof expected === 'string' ? expected : message;
  const wanted = typeof expected === 'string' ? undefined : expected;
  if (wanted === undefined || (isRegExp(wanted) ? wanted.exec(String(actual)) !== null : wanted.prototype !== undefined && actual instanceof wanted)) {
    failWith({
      actual, expected: wanted, operator: fn.name, stackStartFn: fn,
      message: `Got unwanted ${fn === doesNotReject ? 'rejection' : 'exception'}${text ? `: ${text}` : '.'}\nActual message: "${actual?.message}"`,
    });
  }
  throw actual;
}

function throws(fn, ...args) {
  expectsError(throws, thrownBy(fn), ...args);
}

function doesNotThrow(fn, ...args) {
  expectsNoError(doesNotThrow, thrownBy(fn), ...args);
}

async function rejects(promise, ...args) {
  expectsError(rejects, await rejectionOf(promise), ...args);
}

async function doesNotReject(promise, ...args) {
  expectsNoError(doesNotReject, await rejectionOf(promise), ...args);
}

function ifError(error) {
  if (error === null || error === undefined) return;
  const shown = typeof error === 'object' && typeof error.message === 'string' ? error.message.length === 0 && error.constructor ? error.constructor.name : error.message : inspect(error);
  const failure = new AssertionError({ actual: error, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${shown}`, stackStartFn: ifError });
  failure.generatedMessage = false;
  throw failure;
}

function matching(name, wanted) {
  const fn = {
    [name](string, regexp, message) {
      if (!isRegExp(regexp)) throw nodeError('ERR_INVALID_ARG_TYPE', 'regexp', 'RegExp', regexp);
      if (typeof string === 'string' && (regexp.exec(string) !== null) === wanted) return;
      if (message instanceof Error) throw message;
      const generated = message === undefined;
      const text = message ?? (typeof string !== 'string'
        ? `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`
        : `The input ${wanted ? 'did not match' : 'was expected to not match'} the regular expression ${inspect(regexp)}. Input:\n\n${inspect(string)}\n`);
      const error = new AssertionError({ actual: string, expected: regexp, message: text, operator: name, stackStartFn: fn });
      error.generatedMessage = generated;
      throw error;
    },
  }[name];
  return fn;
}

const loose = {
  equal: comparison('equal', looselyEqual, '=='),
  notEqual: comparison('notEqual', (one, other) => !looselyEqual(one, other), '!='),
  deepEqual: comparison('deepEqual', (one, other) => deepEqualTo(one, other, false)),
  notDeepEqual: comparison('notDeepEqual', (one, other) => !deepEqualTo(one, other, false)),
};
const strictly = {
  strictEqual: comparison('strictEqual', Object.is),
  notStrictEqual: comparison('notStrictEqual', (one, other) => !Object.is(one, other)),
  deepStrictEqual: comparison('deepStrictEqual', (one, other) => deepEqualTo(one, other, true)),
  notDeepStrictEqual: comparison('notDeepStrictEqual', (one, other) => !deepEqualTo(one, other, true)),
  partialDeepStrictEqual: comparison('partialDeepStrictEqual', (one, other) => contains(one, other)),
};

/** Whether everything of `part` is in `whole`. */
function contains(whole, part) {
  if (part === null || typeof part !== 'object' || whole === null || typeof whole !== 'object' || isRegExp(part) || part instanceof Date) return deepEqualTo(whole, part, true);
  if (part instanceof Map) return whole instanceof Map && [...part].every(([key, value]) => whole.has(key) && contains(whole.get(key), value));
  if (part instanceof Set || Array.isArray(part)) {
    if (Array.isArray(part) !== Array.isArray(whole)) return false;
    let items = [...whole];
    return [...part].every((item) => {
      const at = items.findIndex((candidate) => contains(candidate, item));
      if (at < 0) return false;
      items = Array.isArray(part) ? items.slice(at + 1) : items.toSpliced(at, 1);
      return true;
    });
  }
  return Object.getPrototypeOf(whole) === Object.getPrototypeOf(part) && Reflect.ownKeys(part).every((key) => key in whole && contains(whole[key], part[key]));
}

const shared = {
  AssertionError, fail, ok, throws, doesNotThrow, rejects, doesNotReject, ifError, match: matching('match', true), doesNotMatch: matching('doesNotMatch', false),
};

function strict(...args) {
  check(args[0], args, strict);
}

Object.assign(assert, shared, loose, strictly, { strict });
Object.assign(strict, shared, strictly, {
  strict, equal: strictly.strictEqual, notEqual: strictly.notStrictEqual, deepEqual: strictly.deepStrictEqual, notDeepEqual: strictly.notDeepStrictEqual,
});

module.exports = assert;
