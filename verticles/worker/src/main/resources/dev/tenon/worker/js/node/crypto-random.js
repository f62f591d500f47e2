// Random bytes and numbers, primes, and keys of passwords. https://nodejs.org/api/crypto.html
const { ArrayBufferIsView, globalThis } = primordials;
const hashes = require('java:node-hash');
const random = require('java:crypto');
const { receiveBytes } = require('./bytes');
const { nodeError } = require('./node/errors');
const { validateBoolean, validateFunction, validateInteger, validateInt32, validateNumber, validateObject, validateString, validateUint32 } = require('./node/validators');
const { Buffer } = require('./node/buffer');
const { isAnyArrayBuffer } = require('./node/util-types');
const { attempt, bufferOf, bytesOf, deliver } = require('./node/crypto-bytes');

const BYTES_MAX = 2 ** 31 - 1;
const INTEGER_RANGE_MAX = 2 ** 48 - 1;

function randomBytes(size, callback) {
  validateNumber(size, 'size');
  if (!(size >= 0 && size <= BYTES_MAX)) throw nodeError('ERR_OUT_OF_RANGE', 'size', `>= 0 && <= ${BYTES_MAX}`, size);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = bufferOf(random.random(size));
  if (callback === undefined) return bytes;
  queueMicrotask(() => callback(null, bytes));
  return undefined;
}

function randomFillSync(target, offset = 0, size) {
  if (!ArrayBufferIsView(target) && !isAnyArrayBuffer(target)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf', ['ArrayBuffer', 'ArrayBufferView'], target);
  const unit = target.BYTES_PER_ELEMENT ?? 1;
  validateNumber(offset, 'offset');
  const start = offset * unit;
  if (!(start >= 0 && start <= target.byteLength)) throw nodeError('ERR_OUT_OF_RANGE', 'offset', `>= 0 && <= ${target.byteLength}`, start);
  if (size !== undefined) validateNumber(size, 'size');
  const count = size === undefined ? target.byteLength - start : size * unit;
  if (!(count >= 0 && count <= target.byteLength)) throw nodeError('ERR_OUT_OF_RANGE', 'size', `>= 0 && <= ${BYTES_MAX}`, count);
  if (count + start > target.byteLength) throw nodeError('ERR_OUT_OF_RANGE', 'size + offset', `<= ${target.byteLength}`, count + start);
  const bytes = isAnyArrayBuffer(target) ? new Uint8Array(target) : new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  bytes.set(receiveBytes(random.random(count)), start);
  return target;
}

function randomFill(target, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'callback');
  const filled = randomFillSync(target, ...rest);
  queueMicrotask(() => callback(null, filled));
}

function randomInt(min, max, callback) {
  let [low, high, done] = [min, max, callback];
  if (high === undefined || typeof high === 'function') {
    done = high;
    high = low;
    low = 0;
  }
  if (done !== undefined) validateFunction(done, 'callback');
  if (!Number.isSafeInteger(low)) throw nodeError('ERR_INVALID_ARG_TYPE', 'min', 'a safe integer', low);
  if (!Number.isSafeInteger(high)) throw nodeError('ERR_INVALID_ARG_TYPE', 'max', 'a safe integer', high);
  if (high <= low) throw nodeError('ERR_OUT_OF_RANGE', 'max', `greater than the value of "min" (${low})`, high);
  const range = high - low;
  if (range > INTEGER_RANGE_MAX) throw nodeError('ERR_OUT_OF_RANGE', max === undefined || typeof max === 'function' ? 'max' : 'max - min', `<= ${INTEGER_RANGE_MAX}`, range);
  // Values beyond the last whole multiple of the range would make small results likelier.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let value;
  do value = randomBytes(6).readUIntBE(0, 6); while (value >= limit);
  const result = low + (value % range);
  if (done === undefined) return result;
  queueMicrotask(() => done(undefined, result));
  return undefined;
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  if (options?.disableEntropyCache !== undefined) validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  return globalThis.crypto.randomUUID();
}

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  const [secret, salted] = [bytesOf(password, 'password'), bytesOf(salt, 'salt')];
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (!hashes.has(digest)) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', digest);
  return [digest, secret, salted, iterations, keylen];
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const given = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  return attempt(() => bufferOf(hashes.pbkdf2(...given)), (message) => nodeError('ERR_CRYPTO_OPERATION_FAILED', message));
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') throw nodeError('ERR_INVALID_ARG_TYPE', 'digest', 'string', undefined);
  validateFunction(callback, 'callback');
  const given = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  deliver(hashes.pbkdf2Later(...given).then(bufferOf), callback);
}

function scryptArguments(password, salt, keylen, options = {}) {
  const [secret, salted] = [bytesOf(password, 'password'), bytesOf(salt, 'salt')];
  validateInt32(keylen, 'keylen', 0);
  validateObject(options ?? {}, 'options');
  const cost = options?.cost ?? options?.N ?? 16384;
  const blockSize = options?.blockSize ?? options?.r ?? 8;
  const parallelization = options?.parallelization ?? options?.p ?? 1;
  const maxmem = options?.maxmem ?? 32 * 1024 * 1024;
  validateUint32(cost, 'N');
  validateUint32(blockSize, 'r');
  validateUint32(parallelization, 'p');
  validateInteger(maxmem, 'maxmem', 0);
  if (cost < 2 || (cost & (cost - 1)) !== 0 || blockSize === 0 || parallelization === 0) throw nodeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS');
  if (128 * cost * blockSize > maxmem) throw nodeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: memory limit exceeded');
  return [secret, salted, cost, blockSize, parallelization, keylen];
}

function scryptSync(password, salt, keylen, options) {
  const given = scryptArguments(password, salt, keylen, options);
  if (keylen === 0) return Buffer.alloc(0);
  return attempt(() => bufferOf(hashes.scrypt(...given)), (message) => nodeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', message));
}

function scrypt(password, salt, keylen, options, callback) {
  const [settings, done] = typeof options === 'function' ? [undefined, options] : [options, callback];
  validateFunction(done, 'callback');
  const given = scryptArguments(password, salt, keylen, settings);
  if (keylen === 0) queueMicrotask(() => done(null, Buffer.alloc(0)));
  else deliver(hashes.scryptLater(...given).then(bufferOf), done);
}

function hkdfSync(digest, ikm, salt, info, keylen) {
  validateString(digest, 'digest');
  const secret = require('./node/crypto-keys').secretBytes(ikm);
  const [salted, about] = [bytesOf(salt, 'salt'), bytesOf(info, 'info')];
  validateInteger(keylen, 'length', 0, BYTES_MAX);
  if (about.length > 1024) throw nodeError('ERR_OUT_OF_RANGE', 'info', 'must not contain more than 1024 bytes', about.length);
  if (!hashes.has(digest)) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', digest);
  const hashBytes = hashes.hash(digest, -1).finish();
  if (keylen > 255 * receiveBytes(hashBytes).length) throw nodeError('ERR_CRYPTO_INVALID_KEYLEN');
  return receiveBytes(hashes.hkdf(digest, secret, salted, about, keylen)).buffer;
}

function hkdf(digest, ikm, salt, info, keylen, callback) {
  validateFunction(callback, 'callback');
  const derived = hkdfSync(digest, ikm, salt, info, keylen);
  queueMicrotask(() => callback(null, derived));
}

function timingSafeEqual(one, other) {
  if (!ArrayBufferIsView(one) && !isAnyArrayBuffer(one)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf1', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], one);
  if (!ArrayBufferIsView(other) && !isAnyArrayBuffer(other)) throw nodeError('ERR_INVALID_ARG_TYPE', 'buf2', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], other);
  if (one.byteLength !== other.byteLength) throw nodeError('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH');
  return random.equal(bytesOf(one, 'buf1'), bytesOf(other, 'buf2'));
}

module.exports = {
  randomBytes, pseudoRandomBytes: randomBytes, prng: randomBytes, rng: randomBytes, randomFillSync, randomFill, randomInt, randomUUID, pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync,
  timingSafeEqual,
};
