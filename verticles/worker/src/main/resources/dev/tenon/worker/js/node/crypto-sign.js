// Signatures, and encryption with RSA. https://nodejs.org/api/crypto.html#class-sign
const java = require('java:node-sign');
const hashes = require('java:node-hash');
const { Writable } = require('./node/stream');
const { coded, nodeError } = require('./node/errors');
const { validateFunction, validateInteger, validateOneOf, validateString } = require('./node/validators');
const { Buffer } = require('./node/buffer');
const { handleOf, publicOf, read } = require('./node/crypto-keys');
const { attempt, bufferOf, bytesOf, deliver, opensslError, output } = require('./node/crypto-bytes');
const { RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING, RSA_PSS_SALTLEN_AUTO, RSA_PSS_SALTLEN_DIGEST } = require('./node/crypto-constants');

/** How a signature is to be made: the key, the padding, the salt, and the form. */
function settingsOf(given, signing) {
  const key = read(given, signing ? 'private' : 'public');
  if (signing && key.type !== 'private') throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', key.type, 'private');
  if (key.type === 'secret') throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', key.type, 'public or private');
  const options = given !== null && typeof given === 'object' && !ArrayBuffer.isView(given) && given !== key ? given : {};
  if (options.padding !== undefined) validateInteger(options.padding, 'options.padding');
  if (options.saltLength !== undefined) validateInteger(options.saltLength, 'options.saltLength');
  if (options.dsaEncoding !== undefined) validateOneOf(options.dsaEncoding, 'options.dsaEncoding', ['der', 'ieee-p1363']);
  const salt = options.saltLength ?? (signing ? -2 : RSA_PSS_SALTLEN_AUTO);
  return { key: signing ? key : publicOf(key), padding: options.padding ?? 0, salt, ieee: options.dsaEncoding === 'ieee-p1363' };
}

function hashOf(algorithm, key) {
  if (/^ed(25519|448)$/.test(key.asymmetricKeyType)) return '';
  const name = algorithm ?? 'sha256';
  if (!hashes.has(name)) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', name);
  return name;
}

function failed(message) {
  return nodeError('ERR_CRYPTO_OPERATION_FAILED', message);
}

/** A salt of unknown length is tried with those that are in use: the digest's, and the longest. */
function verifyWith(settings, hash, data, signature) {
  const handle = handleOf(settings.key);
  const salts = settings.salt === RSA_PSS_SALTLEN_AUTO && settings.padding === 6 ? [RSA_PSS_SALTLEN_DIGEST, -2, 0] : [settings.salt];
  return salts.some((salt) => attempt(() => java.verify(hash, handle, settings.padding, salt, settings.ieee, data, signature), failed));
}

class Message extends Writable {
  #algorithm;
  #pieces = [];

  constructor(algorithm, options) {
    validateString(algorithm, 'algorithm');
    if (!hashes.has(algorithm)) throw coded(new Error('Invalid digest: ' + algorithm), 'ERR_CRYPTO_INVALID_DIGEST');
    super(options);
    this.#algorithm = algorithm;
  }

  update(data, encoding) {
    this.#pieces.push(Buffer.from(bytesOf(data, 'data', encoding)));
    return this;
  }

  _write(chunk, encoding, done) {
    this.update(chunk, encoding);
    done();
  }

  get algorithm() { return this.#algorithm; }
  take() {
    const whole = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return whole;
  }
}

class SignClass extends Message {
  sign(key, encoding) {
    if (!key) throw nodeError('ERR_CRYPTO_SIGN_KEY_REQUIRED');
    const settings = settingsOf(key, true);
    const hash = hashOf(this.algorithm, settings.key);
    const data = this.take();
    return output(attempt(() => bufferOf(java.sign(hash, handleOf(settings.key), settings.padding, settings.salt, settings.ieee, data)), failed), encoding);
  }
}

class VerifyClass extends Message {
  verify(key, signature, encoding) {
    const settings = settingsOf(key, false);
    return verifyWith(settings, hashOf(this.algorithm, settings.key), this.take(), bytesOf(signature, 'signature', encoding));
  }
}

/** A class that can be called without `new`, as these two always could. */
function callable(type, name) {
  return new Proxy(type, { apply: (target, self, args) => new type(...args), get: (target, key) => key === 'name' ? name : target[key] });
}

const Sign = callable(SignClass, 'Sign');
const Verify = callable(VerifyClass, 'Verify');

function sign(algorithm, data, key, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = bytesOf(data, 'data');
  if (!key) throw nodeError('ERR_CRYPTO_SIGN_KEY_REQUIRED');
  const settings = settingsOf(key, true);
  const given = [hashOf(algorithm, settings.key), handleOf(settings.key), settings.padding, settings.salt, settings.ieee, bytes];
  if (callback === undefined) return attempt(() => bufferOf(java.sign(...given)), failed);
  deliver(java.signLater(...given).then(bufferOf), callback);
  return undefined;
}

function verify(algorithm, data, key, signature, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const [bytes, claimed] = [bytesOf(data, 'data'), bytesOf(signature, 'signature')];
  const settings = settingsOf(key, false);
  const valid = () => verifyWith(settings, hashOf(algorithm, settings.key), bytes, claimed);
  if (callback === undefined) return valid();
  deliver(Promise.resolve().then(valid), callback);
  return undefined;
}

/** RSA: what one half of a key locks, the other opens. */
function rsa(encrypt, half, usualPadding) {
  return (given, data) => {
    const found = read(given, half === 'private' ? 'private' : 'public');
    if (half === 'private' && found.type !== 'private') throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', found.type, 'private');
    const key = half === 'private' ? found : publicOf(found);
    const options = given !== null && typeof given === 'object' && !ArrayBuffer.isView(given) && given !== found ? given : {};
    const { padding = usualPadding, oaepHash = 'sha1', oaepLabel, encoding } = options;
    validateString(oaepHash, 'key.oaepHash');
    const label = oaepLabel === undefined ? null : bytesOf(oaepLabel, 'key.oaepLabel', encoding);
    const bytes = bytesOf(data, 'buffer', encoding);
    return attempt(() => bufferOf(java.rsa(encrypt, handleOf(key), padding, oaepHash, label, bytes)), () => encrypt
      ? opensslError('error:0200006E:rsa routines::data too large for key size', 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE', { library: 'rsa routines', reason: 'data too large for key size' })
      : opensslError('error:02000079:rsa routines::oaep decoding error', 'ERR_OSSL_RSA_OAEP_DECODING_ERROR', { library: 'rsa routines', reason: 'oaep decoding error' }));
  };
}

module.exports = {
  Sign, Verify, createSign: (algorithm, options) => new SignClass(algorithm, options), createVerify: (algorithm, options) => new VerifyClass(algorithm, options), sign, verify,
  publicEncrypt: rsa(true, 'public', RSA_PKCS1_OAEP_PADDING), privateDecrypt: rsa(false, 'private', RSA_PKCS1_OAEP_PADDING), privateEncrypt: rsa(true, 'private', RSA_PKCS1_PADDING),
  publicDecrypt: rsa(false, 'public', RSA_PKCS1_PADDING),
};
