// KeyObject, and keys made, read and written. https://nodejs.org/api/crypto.html#class-keyobject
const { globalThis } = primordials;
const java = require('java:node-keys');
const { nodeError, coded } = require('./node/errors');
const { validateFunction, validateObject, validateOneOf, validateString, validateUint32 } = require('./node/validators');
const { Buffer } = require('./node/buffer');
const { attempt, bufferOf, bytesOf, deliver, opensslError } = require('./node/crypto-bytes');

const MAKE = Symbol('make');

class KeyObject {
  #type;

  constructor(type, token) {
    if (token !== MAKE) {
      if (type !== 'secret' && type !== 'public' && type !== 'private') throw nodeError('ERR_INVALID_ARG_VALUE', 'type', type);
      throw nodeError('ERR_INVALID_ARG_TYPE', 'handle', 'object', token);
    }
    this.#type = type;
  }

  get type() { return this.#type; }

  static from(key) {
    if (!(key instanceof globalThis.CryptoKey)) throw nodeError('ERR_INVALID_ARG_TYPE', 'key', 'CryptoKey', key);
    const { handle } = require('./crypto-key').slotsOf(key);
    return key.type === 'secret' ? new SecretKeyObject(bufferOf(java.secretBytes(handle))) : asymmetric(handle);
  }

  equals(other) {
    if (!(other instanceof KeyObject)) throw nodeError('ERR_INVALID_ARG_TYPE', 'otherKeyObject', 'KeyObject', other);
    if (this.type !== other.type) return false;
    return this.type === 'secret' ? Buffer.compare(bytesOfKey(this), bytesOfKey(other)) === 0 : java.same(handles.get(this), handles.get(other));
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { __proto__: null, value: 'KeyObject', configurable: true });

/** Java's halves of asymmetric keys, and bytes of secret ones. Nobody outside of this file sees them. */
const handles = new primordials.WeakMap();
const bytesOfKey = (key) => key.bytes(MAKE);

const WEB_CURVES = { __proto__: null, prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** An algorithm as a CryptoKey describes it. */
function named(algorithm) {
  const { name, hash } = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
  return hash === undefined ? { name } : { name, hash: typeof hash === 'string' ? { name: hash } : { name: hash.name } };
}

function exponentBytes(exponent) {
  const digits = exponent.toString(16);
  return new Uint8Array(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
}

function webKey(type, algorithm, extractable, usages, handle) {
  return require('./crypto-key').makeKey({ type, extractable, algorithm, usages, handle });
}

class SecretKeyObject extends KeyObject {
  #bytes;

  constructor(bytes) {
    super('secret', MAKE);
    this.#bytes = Buffer.from(bytes);
  }

  bytes(token) { return token === MAKE ? this.#bytes : undefined; }
  get symmetricKeySize() { return this.#bytes.length; }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      if (options.format !== undefined) validateOneOf(options.format, 'options.format', ['buffer', 'jwk']);
    }
    return options?.format === 'jwk' ? { kty: 'oct', k: this.#bytes.toString('base64url') } : Buffer.from(this.#bytes);
  }

  toCryptoKey(algorithm, extractable, usages) {
    return webKey('secret', { ...named(algorithm), length: this.#bytes.length * 8 }, extractable, usages, java.secret(this.#bytes));
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() { return java.type(handles.get(this)); }

  get asymmetricKeyDetails() {
    const details = java.details(handles.get(this));
    if (details === '') return {};
    const [first, exponent] = details.split(' ');
    return exponent === undefined ? { namedCurve: first } : { modulusLength: +first, publicExponent: BigInt(exponent) };
  }

  toCryptoKey(algorithm, extractable, usages) {
    const { modulusLength, publicExponent, namedCurve } = this.asymmetricKeyDetails;
    const described = named(algorithm);
    if (modulusLength !== undefined) Object.assign(described, { modulusLength, publicExponent: exponentBytes(publicExponent) });
    if (namedCurve !== undefined) described.namedCurve = WEB_CURVES[namedCurve];
    return webKey(this.type, described, extractable, usages, java.webKey(handles.get(this)));
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options) {
    validateObject(options, 'options');
    const { format, type } = options;
    if (format === 'jwk') return exportJwk(this);
    const rsa = this.asymmetricKeyType === 'rsa';
    if (type !== 'spki' && !(type === 'pkcs1' && rsa)) {
      if (type === 'pkcs1') throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'pkcs1', 'can only be used for RSA keys');
      throw nodeError('ERR_INVALID_ARG_VALUE', 'options.type', type);
    }
    return encoded(java.toDer(handles.get(this), type === 'pkcs1' ? 'pkcs1-public' : 'spki'), format, type === 'pkcs1' ? 'RSA PUBLIC KEY' : 'PUBLIC KEY');
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options) {
    validateObject(options, 'options');
    const { format, type, cipher, passphrase } = options;
    if (format === 'jwk') {
      if (passphrase !== undefined) throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'jwk', 'does not support encryption');
      return exportJwk(this);
    }
    validateOneOf(type, 'options.type', ['pkcs1', 'pkcs8', 'sec1']);
    const kind = this.asymmetricKeyType;
    if (type === 'pkcs1' && kind !== 'rsa') throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'pkcs1', 'can only be used for RSA keys');
    if (type === 'sec1' && kind !== 'ec') throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'sec1', 'can only be used for EC keys');
    if (cipher !== undefined) {
      validateString(cipher, 'options.cipher');
      const secret = bytesOf(passphrase, 'options.passphrase');
      if (type !== 'pkcs8') throw nodeError('ERR_CRYPTO_OPERATION_FAILED', `${type} keys are not encrypted here: export as pkcs8`);
      const der = attempt(() => java.toEncryptedDer(handles.get(this), cipher, Buffer.from(secret).toString('latin1')), () => nodeError('ERR_CRYPTO_UNKNOWN_CIPHER'));
      return encoded(der, format, 'ENCRYPTED PRIVATE KEY');
    }
    return encoded(java.toDer(handles.get(this), type), format, { pkcs1: 'RSA PRIVATE KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY' }[type]);
  }
}

function encoded(hostBytes, format, label) {
  validateOneOf(format, 'options.format', ['pem', 'der', 'jwk']);
  const der = bufferOf(hostBytes);
  return format === 'der' ? der : java.pem(label, der);
}

function exportJwk(key) {
  const kind = key.asymmetricKeyType;
  if (kind === 'rsa-pss') throw coded(new Error('Unsupported JWK Key Type.'), 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE');
  return attempt(() => {
    const { kty, n, e, d, p, q, dp, dq, qi, crv, x, y } = JSON.parse(java.toJwk(handles.get(key)));
    if (kty === 'RSA') return d === undefined ? { kty, n, e } : { kty, n, e, d, p, q, dp, dq, qi };
    if (kty === 'OKP') return d === undefined ? { crv, x, kty } : { crv, d, x, kty };
    return d === undefined ? { kty, x, y, crv } : { kty, x, y, crv, d };
  }, () => coded(new Error(`Unsupported JWK EC curve: ${key.asymmetricKeyDetails.namedCurve}.`), 'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE'));
}

function asymmetric(handle) {
  const key = java.isPrivate(handle) ? new PrivateKeyObject('private', MAKE) : new PublicKeyObject('public', MAKE);
  handles.set(key, handle);
  return key;
}

function unreadable(message) {
  if (message.startsWith('passphrase missing')) return coded(new TypeError('Passphrase required for encrypted key'), 'ERR_MISSING_PASSPHRASE');
  if (/pad|tag mismatch|Given final block/.test(message)) return opensslError('error:1C800064:Provider routines::bad decrypt', 'ERR_OSSL_BAD_DECRYPT', { library: 'Provider routines', reason: 'bad decrypt' });
  return opensslError('error:1E08010C:DECODER routines::unsupported', 'ERR_OSSL_UNSUPPORTED', { library: 'DECODER routines', reason: 'unsupported' });
}

/** A key of what the functions of node:crypto take for one. @param wanted `private`, `public`, or `either` */
function read(given, wanted, name = 'key') {
  if (given instanceof KeyObject) return given;
  if (given instanceof globalThis.CryptoKey) return KeyObject.from(given);
  const plain = typeof given === 'string' || ArrayBuffer.isView(given) || given instanceof ArrayBuffer;
  if (!plain && (given === null || typeof given !== 'object')) {
    throw nodeError('ERR_INVALID_ARG_TYPE', name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'], given);
  }
  const { key = given, format = 'pem', type, passphrase, encoding } = plain ? {} : given;
  if (!plain && given.key === undefined) throw nodeError('ERR_INVALID_ARG_TYPE', `${name}.key`, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], given.key);
  if (key instanceof KeyObject || key instanceof globalThis.CryptoKey) return read(key, wanted, name);
  if (format === 'jwk') return ofJwk(key, wanted);
  const secret = passphrase === undefined || passphrase === null ? null : Buffer.from(bytesOf(passphrase, 'key.passphrase')).toString('latin1');
  const bytes = bytesOf(key, `${name}.key`, encoding);
  if (format === 'der') {
    const kind = type === 'pkcs1' && wanted === 'public' ? 'pkcs1-public' : type;
    if (kind === undefined) throw nodeError('ERR_INVALID_ARG_VALUE', 'options.type', type);
    return asymmetric(attempt(() => java.ofDer(bytes, kind, secret), unreadable));
  }
  return asymmetric(attempt(() => java.ofPem(Buffer.from(bytes).toString('latin1'), secret), unreadable));
}

function ofJwk(key, wanted) {
  validateObject(key, 'key.key');
  validateOneOf(key.kty, 'key.kty', ['RSA', 'EC', 'OKP']);
  if (wanted === 'private') validateString(key.d, 'key.d');
  const members = wanted === 'public' ? { ...key, d: undefined } : key;
  return asymmetric(attempt(() => java.ofJwk(JSON.stringify(members)), () => coded(new Error('Invalid JWK data'), 'ERR_CRYPTO_INVALID_JWK')));
}

function createPrivateKey(given) {
  const key = read(given, 'private');
  if (key === given) throw nodeError('ERR_INVALID_ARG_TYPE', 'key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], given);
  if (key.type !== 'private') throw unreadable('');
  return key;
}

function createPublicKey(given) {
  const key = read(given, 'public');
  if (key.type === 'secret' || key === given && key.type !== 'private') throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', key.type, 'private');
  return publicOf(key);
}

function publicOf(key) {
  return key.type === 'private' ? asymmetric(java.publicOf(handles.get(key))) : key;
}

function createSecretKey(key, encoding) {
  return new SecretKeyObject(bytesOf(key, 'key', encoding));
}

/** The bytes of a secret: a key object's, or those given. */
function secretBytes(key, encoding) {
  if (key instanceof globalThis.CryptoKey) return bytesOfKey(KeyObject.from(key));
  if (!(key instanceof KeyObject)) {
    if (key === null || key === undefined || typeof key !== 'string' && typeof key !== 'object') {
      throw nodeError('ERR_INVALID_ARG_TYPE', 'key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'], key);
    }
    return bytesOf(key, 'key', encoding);
  }
  if (key.type !== 'secret') throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', key.type, 'secret');
  return bytesOfKey(key);
}

const PAIRS = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448', 'x25519', 'x448'];

function pairArguments(type, options) {
  validateString(type, 'type');
  if (!PAIRS.includes(type)) throw nodeError('ERR_INVALID_ARG_VALUE', 'type', type, 'must be a supported key type');
  if (options !== undefined) validateObject(options, 'options');
  let [bits, exponent, curve] = [0, 65537, ''];
  if (type.startsWith('rsa')) {
    validateObject(options, 'options');
    validateUint32(options.modulusLength, 'options.modulusLength');
    bits = options.modulusLength;
    exponent = options.publicExponent ?? 65537;
    validateUint32(exponent, 'options.publicExponent');
  } else if (type === 'ec') {
    validateObject(options, 'options');
    validateString(options.namedCurve, 'options.namedCurve');
    curve = options.namedCurve;
  }
  return [type, bits, `${exponent}`, curve];
}

function finishPair(pair, options) {
  const [publicKey, privateKey] = [asymmetric(pair.publicKey()), asymmetric(pair.privateKey())];
  return {
    publicKey: options?.publicKeyEncoding === undefined ? publicKey : publicKey.export(options.publicKeyEncoding),
    privateKey: options?.privateKeyEncoding === undefined ? privateKey : privateKey.export(options.privateKeyEncoding),
  };
}

const wrongPair = (message) => message.includes('curve') ? nodeError('ERR_CRYPTO_INVALID_CURVE') : nodeError('ERR_CRYPTO_OPERATION_FAILED', message);

function generateKeyPairSync(type, options) {
  const given = pairArguments(type, options);
  return finishPair(attempt(() => java.generate(...given), wrongPair), options);
}

function generateKeyPair(type, options, callback) {
  const [settings, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
  validateFunction(done, 'callback');
  const given = pairArguments(type, settings);
  const later = attempt(() => java.generateLater(...given), wrongPair);
  later.then((pair) => finishPair(pair, settings)).then((made) => done(null, made.publicKey, made.privateKey), (error) => done(error));
}
Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null, enumerable: false, configurable: true,
  value: (type, options) => new Promise((resolve, reject) => {
    generateKeyPair(type, options, (error, publicKey, privateKey) => error ? reject(error) : resolve({ publicKey, privateKey }));
  }),
});

function generateKeySync(type, options) {
  validateOneOf(type, 'type', ['hmac', 'aes']);
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'aes') validateOneOf(length, 'options.length', [128, 192, 256]);
  else validateUint32(length, 'options.length', true);
  return new SecretKeyObject(require('./node/crypto-random').randomBytes(Math.floor(length / 8)));
}

function generateKey(type, options, callback) {
  validateFunction(callback, 'callback');
  deliver(Promise.resolve(generateKeySync(type, options)), callback);
}

/** Java's half of an asymmetric key. For the other files of node:crypto. */
function handleOf(key) {
  return handles.get(key);
}

module.exports = {
  KeyObject, createPrivateKey, createPublicKey, createSecretKey, generateKey, generateKeySync, generateKeyPair, generateKeyPairSync, handleOf, publicOf, read, secretBytes,
};
