// https://w3c.github.io/webcrypto/#subtlecrypto-interface
const { ArrayPrototypeIncludes, JSONParse, JSONStringify, TypeError, TypedArrayPrototypeFill, TypedArrayPrototypeSet, Uint8Array, EngineTextDecoder,
  EngineTextDecoderPrototypeDecode, encodeUtf8 } = primordials;
const { DOMException } = require('./dom-exception');
const { defineInterface, illegalConstructor, illegalInvocation, isBufferSource, isObject, notOfType, promising, toBufferSource, toDOMString, toEnum, toInteger, toSequence } =
  require('./webidl');
const { USAGES, isCryptoKey, slotsOf } = require('./crypto-key');
const { normalize, supports } = require('./crypto-parameters');
const { algorithms, digest } = require('./crypto-algorithms');

const MAKE = { __proto__: null };
const FORMATS = ['raw', 'spki', 'pkcs8', 'jwk'];
const JWK_MEMBERS = ['kty', 'use', 'alg', 'crv', 'x', 'y', 'd', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

const what = (method) => `Failed to execute '${method}' on 'SubtleCrypto'`;
const usagesOf = (value, method) => toSequence(value, (usage) => toEnum(usage, USAGES, what(method)), what(method));
const own = (view) => new Uint8Array(view); // a copy: the caller may change its buffer while we work

function keyOf(value, method) {
  if (!isCryptoKey(value)) throw new TypeError(`${what(method)}: parameter is not of type 'CryptoKey'.`);
  return value;
}

/** The key must be made for the algorithm and allow the usage. */
function permitted(key, name, usage) {
  const slots = slotsOf(key);
  if (slots.algorithm.name !== name) {
    throw new DOMException(`Requested algorithm "${name}" does not match this CryptoKey's algorithm "${slots.algorithm.name}".`, 'InvalidAccessError');
  }
  if (!ArrayPrototypeIncludes(slots.usages, usage)) {
    throw new DOMException(`Requested key usage "${usage}" does not match any usage listed in this CryptoKey.`, 'InvalidAccessError');
  }
}

/** JsonWebKey as a plain object of strings: https://w3c.github.io/webcrypto/#JsonWebKey-dictionary */
function jwkOf(source) {
  const jwk = {};
  for (const member of JWK_MEMBERS) if (source[member] !== undefined) jwk[member] = toDOMString(source[member]);
  if (source.ext !== undefined) jwk.ext = !!source.ext;
  if (source.key_ops !== undefined) jwk.key_ops = toSequence(source.key_ops, toDOMString, 'JsonWebKey: key_ops');
  return jwk;
}

function cipher(operation) {
  return async (algorithm, key, data) => {
    const parameters = normalize(algorithm, operation);
    const bytes = own(toBufferSource(data, what(operation)));
    permitted(keyOf(key, operation), parameters.name, operation);
    return algorithms[parameters.name][operation](parameters, key, bytes);
  };
}

const encrypt = cipher('encrypt');
const decrypt = cipher('decrypt');

async function sign(algorithm, key, data) {
  const parameters = normalize(algorithm, 'sign');
  const bytes = own(toBufferSource(data, what('sign')));
  permitted(keyOf(key, 'sign'), parameters.name, 'sign');
  return algorithms[parameters.name].sign(parameters, key, bytes);
}

async function verify(algorithm, key, signature, data) {
  const parameters = normalize(algorithm, 'verify');
  const given = own(toBufferSource(signature, what('verify')));
  const bytes = own(toBufferSource(data, what('verify')));
  permitted(keyOf(key, 'verify'), parameters.name, 'verify');
  return algorithms[parameters.name].verify(parameters, key, given, bytes);
}

async function digestOf(algorithm, data) {
  const { name } = normalize(algorithm, 'digest');
  return digest(name, toBufferSource(data, what('digest')));
}

async function generateKey(algorithm, extractable, usages) {
  const parameters = normalize(algorithm, 'generateKey');
  return algorithms[parameters.name].generateKey(parameters, !!extractable, usagesOf(usages, 'generateKey'));
}

async function importKey(format, data, algorithm, extractable, usages) {
  const form = toEnum(format, FORMATS, what('importKey'));
  const parameters = normalize(algorithm, 'importKey');
  const wanted = usagesOf(usages, 'importKey');
  if (form === 'jwk') {
    if (!isObject(data) || isBufferSource(data)) throw new TypeError('Import data provided for "jwk" import format must be a JsonWebKey.');
    return algorithms[parameters.name].importKey(form, jwkOf(data), parameters, !!extractable, wanted);
  }
  if (!isBufferSource(data)) throw new TypeError('Import data provided for buffer-based import formats must be a buffer source.');
  return algorithms[parameters.name].importKey(form, own(toBufferSource(data, what('importKey'))), parameters, !!extractable, wanted);
}

async function exportKey(format, key) {
  const form = toEnum(format, FORMATS, what('exportKey'));
  const { algorithm, extractable } = slotsOf(keyOf(key, 'exportKey'));
  const exporter = algorithms[algorithm.name].exportKey;
  if (exporter === undefined) throw new DOMException(`A ${algorithm.name} key cannot be exported.`, 'NotSupportedError');
  if (!extractable) throw new DOMException(`Attempt to export non-extractable ${algorithm.name} key.`, 'InvalidAccessError');
  return exporter(form, key);
}

async function bitsFrom(usage, parameters, baseKey, length) {
  permitted(baseKey, parameters.name, usage);
  return algorithms[parameters.name].deriveBits(parameters, baseKey, length);
}

async function deriveBits(algorithm, baseKey, length = null) {
  const parameters = normalize(algorithm, 'deriveBits');
  const bits = length === null || length === undefined ? null : toInteger(length, 32, false, undefined, what('deriveBits'));
  return bitsFrom('deriveBits', parameters, keyOf(baseKey, 'deriveBits'), bits);
}

async function deriveKey(algorithm, baseKey, derivedKeyType, extractable, usages) {
  const parameters = normalize(algorithm, 'deriveBits');
  const target = normalize(derivedKeyType, 'importKey');
  const measured = normalize(derivedKeyType, 'get key length');
  const wanted = usagesOf(usages, 'deriveKey');
  const bits = algorithms[measured.name].getKeyLength(measured);
  const secret = await bitsFrom('deriveKey', parameters, keyOf(baseKey, 'deriveKey'), bits);
  return algorithms[target.name].importKey('raw', new Uint8Array(secret), target, !!extractable, wanted);
}

async function wrapKey(format, key, wrappingKey, algorithm) {
  const operation = supports(algorithm, 'wrapKey') ? 'wrapKey' : 'encrypt';
  const parameters = normalize(algorithm, operation);
  permitted(keyOf(wrappingKey, 'wrapKey'), parameters.name, 'wrapKey');
  const exported = await exportKey(format, key);
  const bytes = isBufferSource(exported) ? new Uint8Array(exported) : padded(encodeUtf8(JSONStringify(exported)), operation);
  return algorithms[parameters.name][operation](parameters, wrappingKey, bytes);
}

/** AES-KW takes multiples of 8 bytes; white space does not change JSON. */
function padded(bytes, operation) {
  if (operation === 'encrypt' || bytes.byteLength % 8 === 0) return bytes;
  const full = new Uint8Array(bytes.byteLength + 8 - (bytes.byteLength % 8));
  TypedArrayPrototypeFill(full, 0x20);
  TypedArrayPrototypeSet(full, bytes);
  return full;
}

async function unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, usages) {
  const operation = supports(unwrapAlgorithm, 'unwrapKey') ? 'unwrapKey' : 'decrypt';
  const parameters = normalize(unwrapAlgorithm, operation);
  const bytes = own(toBufferSource(wrappedKey, what('unwrapKey')));
  permitted(keyOf(unwrappingKey, 'unwrapKey'), parameters.name, 'unwrapKey');
  const key = await algorithms[parameters.name][operation](parameters, unwrappingKey, bytes);
  const data = toDOMString(format) === 'jwk' ? parseJwk(key) : key;
  return importKey(format, data, unwrappedKeyAlgorithm, extractable, usages);
}

function parseJwk(buffer) {
  try {
    const jwk = JSONParse(EngineTextDecoderPrototypeDecode(new EngineTextDecoder(), buffer));
    if (isObject(jwk)) return jwk;
  } catch {
    // The same error for both: what was unwrapped is no key.
  }
  throw new DOMException('The unwrapped key is not a JSON Web Key.', 'DataError');
}

const BUFFER = 'BufferSource';
const KEY = 'CryptoKey';

/** @param types what workerd calls the types of the required arguments, in their order */
function method(name, operation, required, ...types) {
  return function (receiver, args) {
    return promising(undefined, () => {
      if (!isSubtle(receiver)) throw illegalInvocation();
      checkArguments(args, required, types, what(name));
      return operation(...args);
    }, []);
  };
}

function checkArguments(args, required, types, problem) {
  for (let i = 0; i < required; i++) {
    const type = types[i];
    const value = args[i];
    if (i >= args.length
      || (type === BUFFER && !isBufferSource(value)) || (type === KEY && !isCryptoKey(value)) || (type === 'Array' && !isObject(value))
      || (type === 'BufferSource or JsonWebKey' && !isObject(value))) {
      throw notOfType(problem, i + 1, type);
    }
  }
}

const run = {
  __proto__: null,
  encrypt: method('encrypt', encrypt, 3, 'string or EncryptAlgorithm', KEY, BUFFER),
  decrypt: method('decrypt', decrypt, 3, 'string or EncryptAlgorithm', KEY, BUFFER),
  sign: method('sign', sign, 3, 'string or SignAlgorithm', KEY, BUFFER),
  verify: method('verify', verify, 4, 'string or SignAlgorithm', KEY, BUFFER, BUFFER),
  digest: method('digest', digestOf, 2, 'string or HashAlgorithm', BUFFER),
  generateKey: method('generateKey', generateKey, 3, 'string or GenerateKeyAlgorithm', 'boolean', 'Array'),
  importKey: method('importKey', importKey, 5, 'string', 'BufferSource or JsonWebKey', 'string or ImportKeyAlgorithm', 'boolean', 'Array'),
  exportKey: method('exportKey', exportKey, 2, 'string', KEY),
  deriveKey: method('deriveKey', deriveKey, 5, 'string or DeriveKeyAlgorithm', KEY, 'string or ImportKeyAlgorithm', 'boolean', 'Array'),
  deriveBits: method('deriveBits', deriveBits, 2, 'string or DeriveKeyAlgorithm', KEY),
  wrapKey: method('wrapKey', wrapKey, 4, 'string', KEY, KEY, 'string or EncryptAlgorithm'),
  unwrapKey: method('unwrapKey', unwrapKey, 7, 'string', BUFFER, KEY, 'string or EncryptAlgorithm', 'string or ImportKeyAlgorithm', 'boolean', 'Array'),
};

class SubtleCrypto {
  #brand = true;
  constructor() { if (arguments[0] !== MAKE) throw illegalConstructor(); }
  encrypt(algorithm, key, data) { return run.encrypt(this, arguments); }
  decrypt(algorithm, key, data) { return run.decrypt(this, arguments); }
  sign(algorithm, key, data) { return run.sign(this, arguments); }
  verify(algorithm, key, signature, data) { return run.verify(this, arguments); }
  digest(algorithm, data) { return run.digest(this, arguments); }
  generateKey(algorithm, extractable, keyUsages) { return run.generateKey(this, arguments); }
  importKey(format, keyData, algorithm, extractable, keyUsages) { return run.importKey(this, arguments); }
  exportKey(format, key) { return run.exportKey(this, arguments); }
  deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) { return run.deriveKey(this, arguments); }
  deriveBits(algorithm, baseKey, length = null) { return run.deriveBits(this, arguments); }
  wrapKey(format, key, wrappingKey, wrapAlgorithm) { return run.wrapKey(this, arguments); }
  unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) { return run.unwrapKey(this, arguments); }
  static { isSubtle = (value) => isObject(value) && #brand in value; }
}

var isSubtle;

defineInterface(SubtleCrypto);

module.exports = { SubtleCrypto, subtle: new SubtleCrypto(MAKE) };
