// Ciphers. https://nodejs.org/api/crypto.html#class-cipheriv
const ciphers = require('java:node-cipher');
const { Transform } = require('./node/stream');
const { coded, nodeError } = require('./node/errors');
const { validateInteger, validateObject, validateString } = require('./node/validators');
const { Buffer } = require('./node/buffer');
const { StringDecoder } = require('./node/string-decoder');
const { attempt, bufferOf, bytesOf, opensslError } = require('./node/crypto-bytes');
const { normalize } = require('./node/encodings');

const CIPHERS = ['aes-128-cbc', 'aes-128-ccm', 'aes-128-cfb', 'aes-128-cfb8', 'aes-128-ctr', 'aes-128-ecb', 'aes-128-gcm', 'aes-128-ocb', 'aes-128-ofb', 'aes-192-cbc', 'aes-192-ccm',
  'aes-192-cfb', 'aes-192-cfb8', 'aes-192-ctr', 'aes-192-ecb', 'aes-192-gcm', 'aes-192-ocb', 'aes-192-ofb', 'aes-256-cbc', 'aes-256-ccm', 'aes-256-cfb', 'aes-256-cfb8',
  'aes-256-ctr', 'aes-256-ecb', 'aes-256-gcm', 'aes-256-ocb', 'aes-256-ofb', 'aes128', 'aes192', 'aes256', 'chacha20-poly1305', 'des-ede3', 'des-ede3-cbc', 'des3', 'id-aes128-GCM',
  'id-aes192-GCM', 'id-aes256-GCM'];

/** The state of a cipher: its half in Java, and what has been done with it. */
class CipherState {
  #host;
  encrypt;
  authenticated;
  finished = false;
  tag;
  decoder;

  constructor(host, encrypt, authenticated) {
    this.#host = host;
    this.encrypt = encrypt;
    this.authenticated = authenticated;
  }

  update(bytes) { return bufferOf(this.#host.update(bytes)); }
  finish() { return bufferOf(this.#host.finish()); }
  padding(wanted) { this.#host.padding(wanted); }
  additional(bytes) { this.#host.additional(bytes); }
  setTag(bytes) { this.#host.setTag(bytes); }
  made() { return bufferOf(this.#host.tag()); }
}

const states = new WeakMap();

function infoOf(name) {
  const info = ciphers.info(name);
  if (info === null) return undefined;
  const [mode, keyLength, ivLength, blockSize] = info.split(' ');
  return { mode, keyLength: +keyLength, ivLength: +ivLength, blockSize: +blockSize };
}

function open(cipher, name, key, iv, options, encrypt) {
  validateString(name, 'cipher');
  const secret = require('./node/crypto-keys').secretBytes(key, options?.encoding);
  const vector = iv === null ? null : bytesOf(iv, 'iv', options?.encoding);
  const info = infoOf(name);
  if (info === undefined) throw nodeError('ERR_CRYPTO_UNKNOWN_CIPHER');
  if (secret.length !== info.keyLength) throw nodeError('ERR_CRYPTO_INVALID_KEYLEN');
  const authenticated = ['gcm', 'ccm', 'ocb'].includes(info.mode) || name.toLowerCase() === 'chacha20-poly1305';
  const length = vector === null ? 0 : vector.length;
  if (info.ivLength === 0 ? length !== 0 : vector === null || (authenticated ? length === 0 : length !== info.ivLength)) throw nodeError('ERR_CRYPTO_INVALID_IV');
  let tagBytes = -1;
  if (options?.authTagLength !== undefined) {
    validateInteger(options.authTagLength, 'options.authTagLength', 0);
    tagBytes = options.authTagLength;
    if (authenticated && (tagBytes > 16 || info.mode === 'gcm' && tagBytes < 4)) throw nodeError('ERR_CRYPTO_INVALID_AUTH_TAG', tagBytes);
  } else if (info.mode === 'ccm' || info.mode === 'ocb') {
    throw nodeError('ERR_CRYPTO_INVALID_AUTH_TAG', undefined);
  }
  Reflect.apply(Transform, cipher, [options]);
  states.set(cipher, new CipherState(ciphers.open(name, encrypt, secret, vector, tagBytes), encrypt, authenticated));
}

function textOf(state, buffer, encoding, last) {
  if (encoding === undefined || encoding === null || encoding === 'buffer') return buffer;
  const name = normalize(encoding);
  if (name === undefined) throw nodeError('ERR_UNKNOWN_ENCODING', encoding);
  state.decoder ??= new StringDecoder(name);
  return last ? state.decoder.end(buffer) : state.decoder.write(buffer);
}

function failure(state, message) {
  if (message.includes('tag')) return new Error('Unsupported state or unable to authenticate data');
  const properties = { library: 'Provider routines' };
  if (message.includes('length') && !message.includes('Input')) {
    return opensslError('error:1C80006B:Provider routines::wrong final block length', 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH', { ...properties, reason: 'wrong final block length' });
  }
  if (message.includes('data')) {
    return opensslError('error:1C80006A:Provider routines::data not multiple of block length', 'ERR_OSSL_DATA_NOT_MULTIPLE_OF_BLOCK_LENGTH', { ...properties, reason: 'data not multiple of block length' });
  }
  return opensslError('error:1C800064:Provider routines::bad decrypt', 'ERR_OSSL_BAD_DECRYPT', { ...properties, reason: 'bad decrypt' });
}

const methods = {
  update(data, inputEncoding, outputEncoding) {
    const state = states.get(this);
    const bytes = bytesOf(data, 'data', inputEncoding);
    if (state.finished) throw coded(new Error('Trying to add data in unsupported state'), 'ERR_CRYPTO_INVALID_STATE');
    return textOf(state, attempt(() => state.update(bytes), (message) => failure(state, message)), outputEncoding, false);
  },
  final(outputEncoding) {
    const state = states.get(this);
    if (state.finished) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'final');
    state.finished = true;
    const last = attempt(() => state.finish(), (message) => failure(state, message));
    if (state.encrypt && state.authenticated) state.tag = state.made();
    return textOf(state, last, outputEncoding, true);
  },
  setAutoPadding(wanted) {
    states.get(this).padding(wanted === undefined || Boolean(wanted));
    return this;
  },
  setAAD(data, options) {
    const state = states.get(this);
    if (!state.authenticated || state.finished) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'setAAD');
    if (options !== undefined) validateObject(options, 'options');
    state.additional(bytesOf(data, 'buffer', options?.encoding));
    return this;
  },
  _transform(chunk, encoding, done) {
    this.push(this.update(chunk, encoding));
    done();
  },
  _flush(done) {
    try {
      this.push(this.final());
    } catch (error) {
      done(error);
      return;
    }
    done();
  },
};

function Cipheriv(name, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(name, key, iv, options);
  open(this, name, key, iv, options, true);
}

function Decipheriv(name, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(name, key, iv, options);
  open(this, name, key, iv, options, false);
}

for (const type of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(type.prototype, Transform.prototype);
  Object.setPrototypeOf(type, Transform);
  Object.assign(type.prototype, methods);
}

Cipheriv.prototype.getAuthTag = function getAuthTag() {
  const { tag } = states.get(this);
  if (tag === undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'getAuthTag');
  return Buffer.from(tag);
};

Decipheriv.prototype.setAuthTag = function setAuthTag(tag, encoding) {
  const state = states.get(this);
  const bytes = bytesOf(tag, 'buffer', encoding);
  if (!state.authenticated || state.finished || state.tag !== undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'setAuthTag');
  if (bytes.length > 16 || bytes.length < 4 || bytes.length > 4 && bytes.length < 8 || bytes.length > 8 && bytes.length < 12) throw nodeError('ERR_CRYPTO_INVALID_AUTH_TAG', bytes.length);
  state.tag = bytes;
  state.setTag(bytes);
  return this;
};

function getCipherInfo(name, options) {
  if (typeof name !== 'string') return undefined;
  const info = infoOf(name);
  if (info === undefined) return undefined;
  if (options?.keyLength !== undefined && options.keyLength !== info.keyLength) return undefined;
  if (options?.ivLength !== undefined && options.ivLength !== info.ivLength && !['gcm', 'ccm', 'ocb'].includes(info.mode)) return undefined;
  const found = { mode: info.mode, name: name.toLowerCase() };
  if (info.mode === 'cbc' || info.mode === 'ecb') found.blockSize = info.blockSize;
  if (info.ivLength > 0) found.ivLength = options?.ivLength ?? info.ivLength;
  found.keyLength = info.keyLength;
  return found;
}

module.exports = {
  Cipheriv, Decipheriv, createCipheriv: (name, key, iv, options) => new Cipheriv(name, key, iv, options), createDecipheriv: (name, key, iv, options) => new Decipheriv(name, key, iv, options),
  getCipherInfo, getCiphers: () => [...CIPHERS],
};
