// The module `node:util`. https://nodejs.org/api/util.html
const { globalThis } = primordials;
const { nodeError, coded } = require('./node/errors');
const { validateAbortSignal, validateFunction, validateNumber, validateObject, validateString } = require('./node/validators');
const { inspect, format, formatWithOptions, styleText } = require('./node/inspect');
const types = require('./node/util-types');

const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');
const ARGUMENT_NAMES = Symbol('customPromisifyArgs');

function promisify(original) {
  validateFunction(original, 'original');
  const platform = require('./timers');
  const custom = original === platform.setTimeout ? require('./node/timers').promises.setTimeout : original[PROMISIFIED];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, PROMISIFIED, { __proto__: null, value: custom, enumerable: false, writable: false, configurable: true });
  }
  const names = original[ARGUMENT_NAMES];
  function promised(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) reject(error);
        else if (names !== undefined && values.length > 1) resolve(Object.fromEntries(names.map((name, i) => [name, values[i]])));
        else resolve(values[0]);
      }]);
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, PROMISIFIED, { __proto__: null, value: promised, enumerable: false, writable: false, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  delete descriptors.prototype;
  return Object.defineProperties(promised, descriptors);
}
promisify.custom = PROMISIFIED;

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    Reflect.apply(original, this, args).then(
      (value) => queueMicrotask(() => Reflect.apply(callback, this, [null, value])),
      (reason) => queueMicrotask(() => {
        let error = reason;
        if (!reason) {
          error = nodeError('ERR_FALSY_VALUE_REJECTION');
          error.reason = reason;
        }
        Reflect.apply(callback, this, [error]);
      }));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name?.value === 'string') descriptors.name.value += 'Callbackified';
  delete descriptors.prototype;
  return Object.defineProperties(callbackified, descriptors);
}

const warnedCodes = new Set();

function deprecate(fn, message, code) {
  validateFunction(fn, 'fn');
  let warned = false;
  function deprecated(...args) {
    if (!warned) {
      warned = true;
      if (code === undefined || !warnedCodes.has(code)) {
        warnedCodes.add(code);
        require('./node/process').emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

function inherits(constructor, superConstructor) {
  validateFunction(constructor, 'ctor');
  validateFunction(superConstructor, 'superCtor');
  if (superConstructor.prototype === undefined) throw nodeError('ERR_INVALID_ARG_TYPE', 'superCtor.prototype', 'Object', superConstructor.prototype);
  Object.defineProperty(constructor, 'super_', { __proto__: null, value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

function _extend(target, source) {
  return source === null || typeof source !== 'object' ? target : Object.assign(target, source);
}

/** Sections that NODE_DEBUG names are logged. */
function debuglog(section, callback) {
  const names = (require('./node/process').env.NODE_DEBUG ?? '').split(',').map((name) => name.trim().toLowerCase().replaceAll('*', '.*'));
  const enabled = names.some((name) => name !== '' && new RegExp(`^${name}$`).test(section.toLowerCase()));
  const log = (...args) => {
    if (enabled) globalThis.console.error(`${section.toUpperCase()} 1: ${format(...args)}`);
  };
  Object.defineProperty(log, 'enabled', { __proto__: null, get: () => enabled, configurable: true, enumerable: true });
  callback?.(log);
  return log;
}

function stripVTControlCharacters(text) {
  validateString(text, 'str');
  return text.replace(/[\u001b\u009b][[\]()#;?]*(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?\u0007|(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~])/g, '');
}

function toUSVString(text) {
  return `${text}`.toWellFormed();
}

function getSystemErrorName(number) {
  validateNumber(number, 'err');
  if (number >= 0 || !Number.isSafeInteger(number)) throw nodeError('ERR_OUT_OF_RANGE', 'err', 'a negative integer', number);
  return getSystemErrorMap().get(number)?.[0] ?? `Unknown system error ${number}`;
}

function getSystemErrorMap() {
  return new Map(Object.entries(require('./node/os').constants.errno).map(([name, number]) => [-number, [name, name]]));
}

function aborted(signal, resource) {
  if (signal === undefined) throw nodeError('ERR_INVALID_ARG_TYPE', 'signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource');
  return signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function parseEnv(content) {
  validateString(content, 'content');
  const found = {};
  const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*('(?:[^'])*'|"(?:\\.|[^"\\])*"|`[^`]*`|[^#\r\n]*)?[ \t]*(?:#.*)?$/gm;
  for (const [, name, raw = ''] of content.matchAll(line)) {
    const value = raw.trim();
    const quote = value[0];
    const quoted = value.length > 1 && (quote === '"' || quote === "'" || quote === '`') && value.endsWith(quote);
    found[name] = !quoted ? value : quote === '"' ? value.slice(1, -1).replaceAll('\\n', '\n') : value.slice(1, -1);
  }
  return found;
}

function getCallSites(count = 8) {
  validateNumber(count, 'frameCount', 1, 200);
  const lines = (new Error().stack ?? '').split('\n').slice(2, 2 + count);
  return lines.map((line) => {
    const [, functionName = '', scriptName = '', lineNumber = '0', column = '0'] = /at (?:(.*?) \()?(.*?):(\d+)(?::(\d+))?\)?$/.exec(line) ?? [];
    return { functionName, scriptName, lineNumber: +lineNumber, column: +column, columnNumber: +column };
  });
}

const legacyChecks = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => require('./node/buffer').Buffer.isBuffer(value),
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject: (value) => value !== null && typeof value === 'object',
  isPrimitive: (value) => value === null || typeof value !== 'object' && typeof value !== 'function',
  isRegExp: types.isRegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
};

module.exports = {
  _errnoException: (number, call) => coded(Object.assign(new Error(`${call} ${getSystemErrorName(number)}`), { errno: number, syscall: call }), getSystemErrorName(number)),
  _extend, aborted, callbackify, debug: debuglog, debuglog, deprecate, format, formatWithOptions, getCallSites, getSystemErrorMap, getSystemErrorName, inherits, inspect,
  ...legacyChecks,
  isDeepStrictEqual: (one, other) => require('./node/comparisons').isDeepEqual(one, other, true),
  log: (...args) => globalThis.console.log('%s - %s', new Date().toUTCString(), format(...args)),
  get MIMEType() { return require('./node/mime').MIMEType; },
  get MIMEParams() { return require('./node/mime').MIMEParams; },
  parseArgs: (config) => require('./node/parse-args').parseArgs(config),
  parseEnv, promisify, stripVTControlCharacters, styleText, toUSVString,
  get TextDecoder() { return globalThis.TextDecoder; },
  get TextEncoder() { return globalThis.TextEncoder; },
  transferableAbortController: () => new globalThis.AbortController(),
  transferableAbortSignal: (signal) => signal,
  types,
};
Object.defineProperty(promisify, 'argumentNames', { __proto__: null, value: ARGUMENT_NAMES });
