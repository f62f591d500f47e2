// createHash, createHmac and hash. https://nodejs.org/api/crypto.html#class-hash
const hashes = require('java:node-hash');
const { Transform } = require('./node/stream');
const { coded, nodeError } = require('./node/errors');
const { validateString, validateUint32 } = require('./node/validators');
const { attempt, bufferOf, bytesOf, output } = require('./node/crypto-bytes');

const HASHES = ['RSA-MD5', 'RSA-RIPEMD160', 'RSA-SHA1', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA3-224', 'RSA-SHA3-256', 'RSA-SHA3-384', 'RSA-SHA3-512', 'RSA-SHA384', 'RSA-SHA512',
  'RSA-SHA512/224', 'RSA-SHA512/256', 'blake2b512', 'blake2s256', 'md5', 'ripemd', 'ripemd160', 'rmd160', 'sha1', 'sha224', 'sha256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512',
  'sha384', 'sha512', 'sha512-224', 'sha512-256', 'shake128', 'shake256', 'sm3'];

function unsupported() {
  return coded(new Error('Digest method not supported'), 'ERR_OSSL_EVP_UNSUPPORTED');
}

/** What both have: they take bytes, and are streams. */
function streaming(prototype) {
  prototype._transform = function transform(chunk, encoding, done) {
    this.update(chunk, encoding);
    done();
  };
  prototype._flush = function flush(done) {
    this.push(this.digest());
    done();
  };
}

class HashState {
  #host;
  #done = false;

  constructor(host) { this.#host = host; }

  get done() { return this.#done; }

  update(bytes) { this.#host.update(bytes); }

  finish() {
    this.#done = true;
    return bufferOf(this.#host.finish());
  }

  copy(outputBytes) { return new HashState(this.#host.copy(outputBytes)); }
}

const states = new WeakMap();

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  let state;
  if (algorithm instanceof HashState) {
    state = algorithm;
  } else {
    validateString(algorithm, 'algorithm');
    const length = options?.outputLength;
    if (length !== undefined) validateUint32(length, 'options.outputLength');
    if (!hashes.has(algorithm)) throw unsupported();
    state = new HashState(attempt(() => hashes.hash(algorithm, length ?? -1), (message) => coded(new Error(message), 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH')));
  }
  Reflect.apply(Transform, this, [options]);
  states.set(this, state);
}
Object.setPrototypeOf(Hash.prototype, Transform.prototype);
Object.setPrototypeOf(Hash, Transform);

Hash.prototype.update = function update(data, encoding) {
  const state = states.get(this);
  if (state.done) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
  state.update(bytesOf(data, 'data', encoding, ['string', 'Buffer', 'TypedArray', 'DataView']));
  return this;
};

Hash.prototype.digest = function digest(encoding) {
  const state = states.get(this);
  if (state.done) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
  return output(state.finish(), encoding === undefined || encoding === null ? encoding : `${encoding}`);
};

Hash.prototype.copy = function copy(options) {
  const state = states.get(this);
  if (state.done) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
  return new Hash(state.copy(options?.outputLength ?? -1), options);
};
streaming(Hash.prototype);

function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  const secret = require('./node/crypto-keys').secretBytes(key, options?.encoding);
  if (!hashes.has(algorithm)) throw Object.assign(nodeError('ERR_CRYPTO_INVALID_DIGEST', algorithm), { message: `Invalid digest: ${algorithm}` });
  Reflect.apply(Transform, this, [options]);
  states.set(this, new HashState(attempt(() => hashes.hmac(algorithm, secret), () => nodeError('ERR_CRYPTO_INVALID_DIGEST', algorithm))));
}
Object.setPrototypeOf(Hmac.prototype, Transform.prototype);
Object.setPrototypeOf(Hmac, Transform);

Hmac.prototype.update = Hash.prototype.update;

Hmac.prototype.digest = function digest(encoding) {
  const state = states.get(this);
  // As in Node: a second digest of an HMAC is empty.
  if (state.done) return output(require('./node/buffer').Buffer.from(''), encoding);
  return output(state.finish(), encoding);
};
streaming(Hmac.prototype);

module.exports = {
  Hash, Hmac,
  createHash: (algorithm, options) => new Hash(algorithm, options),
  createHmac: (algorithm, key, options) => new Hmac(algorithm, key, options),
  getHashes: () => [...HASHES],
  hash(algorithm, data, encoding = 'hex') {
    return new Hash(algorithm).update(data).digest(encoding);
  },
};
