// Errors as Node's own modules throw them, with a code. https://nodejs.org/api/errors.html
// Files under node/ are library code of the worker's world: they use the globals' methods as user code finds them, and hold host objects in closures only.
const { Error, RangeError, TypeError, URIError } = primordials;

const INSPECTED_MAX = 28;

/** Each code: the class, and how the message is made of the arguments. */
const codes = {
  __proto__: null,
  ERR_ASSERTION: [Error, (message) => message],
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ERR_ASYNC_CALLBACK: [TypeError, (name) => `${name} must be a function`],
  ERR_ASYNC_TYPE: [TypeError, (name) => `Invalid name for async "type": ${name}`],
  ERR_BUFFER_OUT_OF_BOUNDS: [RangeError, (name) => name === undefined ? 'Attempt to access memory outside buffer bounds' : `"${name}" is outside of buffer bounds`],
  ERR_BUFFER_TOO_LARGE: [RangeError, (max) => `Cannot create a Buffer larger than ${max} bytes`],
  ERR_CRYPTO_ECDH_INVALID_FORMAT: [TypeError, (format) => `Invalid ECDH format: ${format}`],
  ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY: [Error, () => 'Public key is not valid for specified curve'],
  ERR_CRYPTO_HASH_FINALIZED: [Error, () => 'Digest already called'],
  ERR_CRYPTO_HASH_UPDATE_FAILED: [Error, () => 'Hash update failed'],
  ERR_CRYPTO_INCOMPATIBLE_KEY: [Error, (what, detail) => `Incompatible ${what}: ${detail}`],
  ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS: [Error, (type, operation) => `The selected key encoding ${type} ${operation}.`],
  ERR_CRYPTO_INVALID_AUTH_TAG: [TypeError, (length) => `Invalid authentication tag length: ${length}`],
  ERR_CRYPTO_INVALID_CURVE: [TypeError, () => 'Invalid EC curve name'],
  ERR_CRYPTO_INVALID_DIGEST: [TypeError, (digest) => `Invalid digest: ${digest}`],
  ERR_CRYPTO_INVALID_IV: [TypeError, () => 'Invalid initialization vector'],
  ERR_CRYPTO_INVALID_KEYLEN: [RangeError, (message) => message ?? 'Invalid key length'],
  ERR_CRYPTO_INVALID_KEYTYPE: [Error, (message) => message ?? 'Invalid key type'],
  ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE: [TypeError, (actual, expected) => `Invalid key object type ${actual}, expected ${expected}.`],
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: [RangeError, (message) => message ?? 'Invalid scrypt params'],
  ERR_CRYPTO_INVALID_STATE: [Error, (what) => `Invalid state for operation ${what}`],
  ERR_CRYPTO_OPERATION_FAILED: [Error, (message) => message],
  ERR_CRYPTO_SIGN_KEY_REQUIRED: [Error, () => 'No key provided to sign'],
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: [RangeError, () => 'Input buffers must have the same byte length'],
  ERR_CRYPTO_UNKNOWN_CIPHER: [Error, () => 'Unknown cipher'],
  ERR_CRYPTO_UNKNOWN_DH_GROUP: [Error, () => 'Unknown DH group'],
  ERR_EVENT_RECURSION: [Error, (type) => `The event "${type}" is already being dispatched`],
  ERR_FALSY_VALUE_REJECTION: [Error, () => 'Promise was rejected with falsy value'],
  ERR_HTTP_HEADERS_SENT: [Error, (what) => `Cannot ${what} headers after they are sent to the client`],
  ERR_HTTP_INVALID_HEADER_VALUE: [TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  ERR_HTTP_INVALID_STATUS_CODE: [RangeError, (status) => `Invalid status code: ${status}`],
  ERR_INCOMPATIBLE_OPTION_PAIR: [TypeError, (one, other) => `Option "${one}" cannot be used in combination with option "${other}"`],
  ERR_INVALID_ARG_TYPE: [TypeError, argumentType],
  ERR_INVALID_ARG_VALUE: [TypeError, argumentValue],
  ERR_INVALID_BUFFER_SIZE: [RangeError, (bits) => `Buffer size must be a multiple of ${bits}`],
  ERR_INVALID_CALLBACK: [TypeError, (value) => `Callback must be a function. Received ${shown(value)}`],
  ERR_INVALID_CHAR: [TypeError, (what, field) => `Invalid character in ${what}${field === undefined ? '' : ` ["${field}"]`}`],
  ERR_INVALID_FILE_URL_HOST: [TypeError, (platform) => `File URL host must be "localhost" or empty on ${platform}`],
  ERR_INVALID_FILE_URL_PATH: [TypeError, (why) => `File URL path ${why}`],
  ERR_INVALID_HTTP_TOKEN: [TypeError, (what, value) => `${what} must be a valid HTTP token ["${value}"]`],
  ERR_INVALID_PROTOCOL: [TypeError, (protocol, expected) => `Protocol "${protocol}" not supported. Expected "${expected}"`],
  ERR_INVALID_RETURN_VALUE: [TypeError, (expected, name, value) => `Expected ${expected} to be returned from the "${name}" function but got ${described(value)}.`],
  ERR_INVALID_STATE: [Error, (what) => `Invalid state: ${what}`],
  ERR_INVALID_THIS: [TypeError, (type) => `Value of "this" must be of type ${type}`],
  ERR_INVALID_URI: [URIError, () => 'URI malformed'],
  ERR_INVALID_URL: [TypeError, () => 'Invalid URL'],
  ERR_INVALID_URL_SCHEME: [TypeError, (expected) => `The URL must be ${schemes(expected)}`],
  ERR_METHOD_NOT_IMPLEMENTED: [Error, (name) => `The ${name} method is not implemented`],
  ERR_MISSING_ARGS: [TypeError, missingArguments],
  ERR_MISSING_OPTION: [TypeError, (name) => `${name} is required`],
  ERR_OUT_OF_RANGE: [RangeError, outOfRange],
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: [TypeError, (message) => message],
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: [TypeError, (it) => `Unexpected argument '${it}'. This command does not take positional arguments`],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [TypeError, (option, allow) => `Unknown option '${option}'${allow && option[0] === '-' && option !== '-'
    ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${option}"` : ''}`],
  ERR_SERVER_ALREADY_LISTEN: [Error, () => 'Listen method has been called more than once without closing.'],
  ERR_SOCKET_BAD_PORT: [RangeError, (name, port) => `${name} should be >= 0 and < 65536. Received ${described(port)}.`],
  ERR_STREAM_PREMATURE_CLOSE: [Error, () => 'Premature close'],
  ERR_STREAM_DESTROYED: [Error, (name) => `Cannot call ${name} after a stream was destroyed`],
  ERR_STREAM_NULL_VALUES: [TypeError, () => 'May not write null values to stream'],
  ERR_STREAM_CANNOT_PIPE: [Error, () => 'Cannot pipe, not readable'],
  ERR_SYSTEM_ERROR: [Error, (message) => message],
  ERR_UNAVAILABLE_DURING_EXIT: [Error, () => 'Cannot call function in process exit handler'],
  ERR_UNHANDLED_ERROR: [Error, (error) => error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`],
  ERR_UNKNOWN_ENCODING: [TypeError, (encoding) => `Unknown encoding: ${encoding}`],
  ERR_UNKNOWN_SIGNAL: [TypeError, (signal) => `Unknown signal: ${signal}`],
  ERR_UNSUPPORTED_OPERATION: [Error, () => 'The requested operation is unsupported'],
  ERR_ZLIB_INITIALIZATION_FAILED: [Error, () => 'Initialization failed'],
};

/** A new error of a code of the list. */
function nodeError(code, ...args) {
  const [Base, message] = codes[code];
  return coded(new Base(message(...args)), code);
}

/** Gives an error its code: visible as a property, and in its stack. */
function coded(error, code) {
  const { name } = error;
  Object.defineProperty(error, 'name', { __proto__: null, value: `${name} [${code}]`, configurable: true, writable: true, enumerable: false });
  Error.captureStackTrace?.(error, nodeError);
  delete error.name;
  error.code = code;
  Object.defineProperty(error, 'toString', {
    __proto__: null, value() { return `${this.name} [${code}]: ${this.message}`; }, configurable: true, writable: true, enumerable: false,
  });
  return error;
}

function inspect(value, options) {
  return require('./inspect').inspect(value, options);
}

/** What `value` is, for the end of a sentence. */
function described(value) {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'function ';
  if (typeof value === 'object') return value.constructor?.name ? `an instance of ${value.constructor.name}` : inspect(value, { depth: -1 });
  let text = inspect(value, { colors: false });
  if (text.length > INSPECTED_MAX) text = `${text.slice(0, INSPECTED_MAX - 3)}...`;
  return `type ${typeof value} (${text})`;
}

function shown(value) {
  return inspect(value);
}

function joined(list, last) {
  if (list.length <= 1) return list.join('');
  if (list.length === 2) return `${list[0]} ${last} ${list[1]}`;
  return `${list.slice(0, -1).join(', ')}, ${last} ${list[list.length - 1]}`;
}

const PRIMITIVES = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];

function argumentType(name, expected, actual) {
  const types = [];
  const instances = [];
  const others = [];
  for (const value of Array.isArray(expected) ? expected : [expected]) {
    if (PRIMITIVES.includes(value)) types.push(value.toLowerCase());
    else if (/^([A-Z][a-z0-9]*)+$/.test(value)) instances.push(value);
    else others.push(value);
  }
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${joined(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${joined(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${joined(others, 'or')}`);
  else if (others.length === 1) parts.push(`${others[0].toLowerCase() !== others[0] ? 'an ' : ''}${others[0]}`);
  return `The ${subject(name)} must be ${parts.join(' or ')}. Received ${described(actual)}`;
}

function subject(name) {
  return name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

function argumentValue(name, value, reason = 'is invalid') {
  let text = inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${text}`;
}

function outOfRange(name, range, value) {
  let received;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) received = grouped(String(value));
  else if (typeof value === 'bigint') received = `${value > 2n ** 32n || value < -(2n ** 32n) ? grouped(String(value)) : value}n`;
  else received = inspect(value);
  return `The value of "${name}" is out of range. It must be ${range}. Received ${received}`;
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, '_');
}

function missingArguments(...names) {
  const quoted = names.map((name) => Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`);
  return `The ${joined(quoted, 'and')} argument${names.length > 1 ? 's' : ''} must be specified`;
}

function schemes(expected) {
  const list = Array.isArray(expected) ? expected : [expected];
  return list.length > 1 ? `one of scheme ${joined(list, 'or')}` : `of scheme ${list[0]}`;
}

module.exports = { nodeError, coded, described };
