// Diffie-Hellman over numbers and curves, and primes. https://nodejs.org/api/crypto.html#class-diffiehellman
const java = require('java:node-agreement');
const signing = require('java:node-sign');
const { nodeError } = require('./node/errors');
const { validateFunction, validateInt32, validateObject, validateString } = require('./node/validators');
const { Buffer } = require('./node/buffer');
const { attempt, bufferOf, bytesOf, deliver, output } = require('./node/crypto-bytes');

const CURVES = ['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'prime256v1', 'secp224r1', 'secp256k1', 'secp384r1', 'secp521r1'];

function padded(bytes, length) {
  return bytes.length >= length ? bytes : Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}

function DiffieHellman(sizeOrPrime, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrPrime, keyEncoding, generator, genEncoding);
  if (typeof sizeOrPrime !== 'number' && typeof sizeOrPrime !== 'string' && !ArrayBuffer.isView(sizeOrPrime) && !(sizeOrPrime instanceof ArrayBuffer)) {
    throw nodeError('ERR_INVALID_ARG_TYPE', 'sizeOrKey', ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], sizeOrPrime);
  }
  let [encoding, base, baseEncoding] = [keyEncoding, generator, genEncoding];
  if (encoding !== undefined && !Buffer.isEncoding(encoding) && encoding !== 'buffer') [encoding, base, baseEncoding] = [undefined, encoding, generator];
  if (typeof sizeOrPrime === 'number') validateInt32(sizeOrPrime, 'sizeOrKey', 2);
  const prime = typeof sizeOrPrime === 'number' ? bufferOf(java.prime(sizeOrPrime, true)) : Buffer.from(bytesOf(sizeOrPrime, 'sizeOrKey', encoding));
  const number = base === undefined || base === null ? Buffer.from([2]) : typeof base === 'number' ? Buffer.from([base]) : Buffer.from(bytesOf(base, 'generator', baseEncoding));
  init(this, prime, number);
}

function init(dh, prime, generator) {
  Object.defineProperty(dh, 'verifyError', { __proto__: null, value: 0, enumerable: true });
  states.set(dh, { prime, generator, publicKey: undefined, privateKey: undefined });
}

const states = new WeakMap();

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  validateString(name, 'name');
  const prime = java.groupPrime(name);
  if (prime === null) throw nodeError('ERR_CRYPTO_UNKNOWN_DH_GROUP');
  init(this, bufferOf(prime), Buffer.from([2]));
}

const methods = {
  generateKeys(encoding) {
    const state = states.get(this);
    state.privateKey ??= bufferOf(java.randomBelow(state.prime));
    state.publicKey = padded(bufferOf(java.power(state.generator, state.privateKey, state.prime)), state.prime.length);
    return output(state.publicKey, encoding);
  },
  computeSecret(other, inputEncoding, outputEncoding) {
    const state = states.get(this);
    if (state.privateKey === undefined) throw new Error('No private key - did you forget to generate one?');
    const key = bytesOf(other, 'otherPublicKey', inputEncoding);
    const number = BigInt(`0x0${Buffer.from(key).toString('hex')}`);
    if (number < 2n) throw Object.assign(new RangeError('Supplied key is too small'), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
    if (number >= BigInt(`0x0${state.prime.toString('hex')}`) - 1n) throw Object.assign(new RangeError('Supplied key is too large'), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
    return output(padded(bufferOf(java.power(key, state.privateKey, state.prime)), state.prime.length), outputEncoding);
  },
  getPrime(encoding) { return output(Buffer.from(states.get(this).prime), encoding); },
  getGenerator(encoding) { return output(Buffer.from(states.get(this).generator), encoding); },
  getPublicKey(encoding) { return output(made(states.get(this).publicKey, 'public'), encoding); },
  getPrivateKey(encoding) { return output(made(states.get(this).privateKey, 'private'), encoding); },
};

function made(key, which) {
  if (key === undefined) throw new Error(`No ${which} key - did you forget to generate one?`);
  return Buffer.from(key);
}

Object.assign(DiffieHellman.prototype, methods, {
  setPublicKey(key, encoding) {
    states.get(this).publicKey = Buffer.from(bytesOf(key, 'key', encoding));
    return this;
  },
  setPrivateKey(key, encoding) {
    states.get(this).privateKey = Buffer.from(bytesOf(key, 'key', encoding));
    return this;
  },
});
Object.assign(DiffieHellmanGroup.prototype, methods);

class ECDHClass {
  #curve;
  #private;
  #public;

  constructor(curve) {
    validateString(curve, 'curve');
    if (!java.hasCurve(curve)) throw nodeError('ERR_CRYPTO_INVALID_CURVE');
    this.#curve = curve;
  }

  static convertKey(key, curve, inputEncoding, outputEncoding, format) {
    validateString(curve, 'curve');
    if (!java.hasCurve(curve)) throw nodeError('ERR_CRYPTO_INVALID_CURVE');
    return output(converted(curve, bytesOf(key, 'key', inputEncoding), format, 'ERR_CRYPTO_OPERATION_FAILED'), outputEncoding);
  }

  generateKeys(encoding, format) {
    this.#private = bufferOf(java.curvePrivate(this.#curve));
    this.#public = bufferOf(java.curvePublic(this.#curve, this.#private));
    return this.getPublicKey(encoding, format);
  }

  computeSecret(other, inputEncoding, outputEncoding) {
    const point = bytesOf(other, 'otherPublicKey', inputEncoding);
    if (this.#private === undefined) throw new Error('Failed to compute ECDH secret: there is no private key yet');
    return output(attempt(() => bufferOf(java.curveSecret(this.#curve, this.#private, point)), () => nodeError('ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY')), outputEncoding);
  }

  getPublicKey(encoding, format) {
    if (this.#public === undefined) throw new Error('Failed to get ECDH public key');
    return output(converted(this.#curve, this.#public, format), encoding);
  }

  getPrivateKey(encoding) {
    if (this.#private === undefined) throw new Error('Failed to get ECDH private key');
    return output(Buffer.from(this.#private), encoding);
  }

  setPrivateKey(key, encoding) {
    const number = Buffer.from(bytesOf(key, 'key', encoding));
    this.#public = attempt(() => bufferOf(java.curvePublic(this.#curve, number)), () => nodeError('ERR_CRYPTO_OPERATION_FAILED', 'Private key is not valid for specified curve.'));
    this.#private = number;
    return this;
  }

  setPublicKey(key, encoding) {
    this.#public = converted(this.#curve, bytesOf(key, 'key', encoding), 'uncompressed');
    return this;
  }
}

function converted(curve, point, format = 'uncompressed', code = 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY') {
  if (!['compressed', 'uncompressed', 'hybrid'].includes(format)) throw nodeError('ERR_CRYPTO_ECDH_INVALID_FORMAT', format);
  return attempt(() => bufferOf(java.convert(curve, point, format)), () => nodeError(code, 'Failed to convert Buffer to EC_POINT'));
}

const ECDH = new Proxy(ECDHClass, { apply: (target, self, args) => new ECDHClass(...args), get: (target, key) => key === 'name' ? 'ECDH' : target[key] });

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { KeyObject, handleOf } = require('./node/crypto-keys');
  const { privateKey, publicKey } = options;
  for (const [key, name, types] of [[privateKey, 'options.privateKey', ['private']], [publicKey, 'options.publicKey', ['public', 'private']]]) {
    if (!(key instanceof KeyObject)) throw nodeError('ERR_INVALID_ARG_VALUE', name, key);
    if (!types.includes(key.type)) throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', key.type, types.join(' or '));
  }
  const other = require('./node/crypto-keys').publicOf(publicKey);
  if (privateKey.asymmetricKeyType !== other.asymmetricKeyType) {
    throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY', 'key types for Diffie-Hellman', `${privateKey.asymmetricKeyType} and ${other.asymmetricKeyType}`);
  }
  const secret = attempt(() => bufferOf(signing.agree(handleOf(privateKey), handleOf(other))), (message) => nodeError('ERR_CRYPTO_OPERATION_FAILED', message));
  if (callback === undefined) return secret;
  deliver(Promise.resolve(secret), callback);
  return undefined;
}

function numberOf(candidate) {
  if (typeof candidate !== 'bigint') return bytesOf(candidate, 'candidate');
  if (candidate < 0n) throw nodeError('ERR_OUT_OF_RANGE', 'candidate', '>= 0', candidate);
  const digits = candidate.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

function generatePrimeSync(size, options = {}) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const prime = size < 3 ? Buffer.from([size === 1 ? 2 : 3]) : bufferOf(java.prime(size, options.safe === true));
  return options.bigint ? BigInt(`0x${prime.toString('hex')}`) : prime.buffer;
}

function generatePrime(size, options, callback) {
  const [settings, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
  validateFunction(done, 'callback');
  deliver(Promise.resolve().then(() => generatePrimeSync(size, settings)), done);
}

function checkPrimeSync(candidate) {
  return java.isPrime(numberOf(candidate));
}

function checkPrime(candidate, options, callback) {
  const done = typeof options === 'function' ? options : callback;
  validateFunction(done, 'callback');
  deliver(Promise.resolve(checkPrimeSync(candidate)), done);
}

const group = (name) => new DiffieHellmanGroup(name);

module.exports = {
  DiffieHellman, DiffieHellmanGroup, ECDH, createDiffieHellman: (...args) => new DiffieHellman(...args), createDiffieHellmanGroup: group, getDiffieHellman: group,
  createECDH: (curve) => new ECDHClass(curve), diffieHellman, getCurves: () => [...CURVES], generatePrime, generatePrimeSync, checkPrime, checkPrimeSync,
};
