// The module `node:crypto`. https://nodejs.org/api/crypto.html
// Its parts are loaded when something of them is first used: whoever hashes pays for no key.
const { globalThis } = primordials;
const { nodeError } = require('./node/errors');

const parts = {
  hash: () => require('./node/crypto-hash'),
  random: () => require('./node/crypto-random'),
  cipher: () => require('./node/crypto-cipher'),
  keys: () => require('./node/crypto-keys'),
  sign: () => require('./node/crypto-sign'),
  agreement: () => require('./node/crypto-dh'),
};

const functions = {
  hash: ['createHash', 'createHmac', 'getHashes', 'hash'],
  random: ['randomBytes', 'pseudoRandomBytes', 'prng', 'rng', 'randomFillSync', 'randomFill', 'randomInt', 'randomUUID', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync',
    'timingSafeEqual'],
  cipher: ['createCipheriv', 'createDecipheriv', 'getCipherInfo', 'getCiphers'],
  keys: ['createPrivateKey', 'createPublicKey', 'createSecretKey', 'generateKey', 'generateKeySync', 'generateKeyPairSync'],
  sign: ['createSign', 'createVerify', 'sign', 'verify', 'publicEncrypt', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt'],
  agreement: ['createDiffieHellman', 'createDiffieHellmanGroup', 'getDiffieHellman', 'createECDH', 'diffieHellman', 'getCurves', 'generatePrime', 'generatePrimeSync', 'checkPrime',
    'checkPrimeSync'],
};

const classes = {
  hash: ['Hash', 'Hmac'], cipher: ['Cipheriv', 'Decipheriv'], keys: ['KeyObject'], sign: ['Sign', 'Verify'], agreement: ['DiffieHellman', 'DiffieHellmanGroup', 'ECDH'],
};

const crypto = {};

/** A function that loads its part when it is called. */
for (const part of Object.keys(functions)) {
  for (const name of functions[part]) crypto[name] = { [name](...args) { return parts[part]()[name](...args); } }[name];
}

/** A class that is loaded when it is used: what stands for it here is the same to `new`, calls, `instanceof` and `extends`. */
function lazyClass(part, name) {
  const load = () => parts[part]()[name];
  return new Proxy(function () {}, {
    apply: (target, self, args) => Reflect.apply(load(), self, args),
    construct: (target, args, newTarget) => Reflect.construct(load(), args, newTarget === crypto[name] ? load() : newTarget),
    get: (target, key) => key === 'name' ? name : key === Symbol.hasInstance ? (value) => value instanceof load() : load()[key],
    has: (target, key) => key in load(),
    getPrototypeOf: () => Object.getPrototypeOf(load()),
  });
}
for (const part of Object.keys(classes)) for (const name of classes[part]) crypto[name] = lazyClass(part, name);

Object.assign(crypto, {
  generateKeyPair: (...args) => parts.keys().generateKeyPair(...args),
  constants: require('./node/crypto-constants'),
  getRandomValues: (array) => globalThis.crypto.getRandomValues(array),
  getFips: () => 0,
  setFips() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'crypto.setFips'); },
  setEngine() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'crypto.setEngine'); },
  secureHeapUsed: () => ({ total: 0, used: 0, utilization: 0, min: 0 }),
  X509Certificate: class X509Certificate {
    constructor() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'crypto.X509Certificate'); }
  },
  Certificate: class Certificate {
    constructor() { throw nodeError('ERR_METHOD_NOT_IMPLEMENTED', 'crypto.Certificate'); }
  },
});
Object.defineProperty(crypto.generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null, configurable: true, value: (type, options) => parts.keys().generateKeyPair[Symbol.for('nodejs.util.promisify.custom')](type, options),
});
Object.defineProperties(crypto, {
  webcrypto: { __proto__: null, enumerable: true, configurable: true, get: () => globalThis.crypto },
  subtle: { __proto__: null, enumerable: true, configurable: true, get: () => globalThis.crypto.subtle },
  fips: { __proto__: null, enumerable: false, configurable: true, get: () => 0 },
});

module.exports = crypto;
