// The operations of each algorithm: https://w3c.github.io/webcrypto/#algorithms. An operation throws, or returns its result or a promise of it.
const { ArrayPrototypeIncludes, ArrayPrototypePush, ArrayBufferPrototypeSlice, JSONParse, JSONStringify, MathFloor, MathMax, PromisePrototypeThen, StringPrototypeSlice, Uint8Array, parseInt } = primordials;
const { receive, receiveBytes } = require('./bytes');
const { DOMException } = require('./dom-exception');
const { makeKey, slotsOf } = require('./crypto-key');
const { HASH_BLOCK_BITS, HASH_BYTES, hex } = require('./crypto-parameters');
const operations = require('java:crypto');
const keys = require('java:crypto-keys');

const fault = (name, message) => new DOMException(message, name);
const failed = (name, words) => (error) => { throw error instanceof DOMException ? error : fault(name, words ?? `${error?.message ?? error}`); };

/** What the host does or promises; its failures are errors of that name. */
function attempt(name, work, words = undefined) {
  try {
    const result = work();
    return typeof result === 'object' && result !== null && typeof result.then === 'function'
      ? PromisePrototypeThen(result, undefined, failed(name, words))
      : result;
  } catch (error) {
    return failed(name, words)(error);
  }
}

/** `convert` for what `work` gives, now or later. */
function through(result, convert) {
  return typeof result === 'object' && result !== null && typeof result.then === 'function' ? PromisePrototypeThen(result, convert) : convert(result);
}

/** @param words what to say instead of what Java does; undefined for that */
const operate = (work, words) => through(attempt('OperationError', work, words), receive);
const decide = (work) => attempt('OperationError', work);
const read = (work, words) => attempt('DataError', work, words);

/** What workerd says of a cipher text that cannot be decrypted. */
function undecrypted(name, encrypt, length) {
  return encrypt ? undefined
    : 'Decryption failed. This could be due to a ciphertext authentication failure, bad padding, incorrect CryptoKey, or another algorithm-specific reason. '
      + `Input length was ${length}, output length expected to be ${name === 'AES-CBC' ? MathMax(MathFloor((length - 1) / 16) * 16, 0) : length} for ${name}`;
}

/** @param what e.g. `import public` */
function allow(what, name, usages, allowed) {
  for (let i = 0; i < usages.length; i++) {
    if (!ArrayPrototypeIncludes(allowed, usages[i])) throw fault('SyntaxError', `Attempt to ${what} ${name} key with invalid usage "${usages[i]}".`);
  }
}

const NO_USAGE = 'Secret/private CryptoKeys must have at least one usage.';

function intersect(usages, allowed) {
  const both = [];
  for (let i = 0; i < allowed.length; i++) if (ArrayPrototypeIncludes(usages, allowed[i])) ArrayPrototypePush(both, allowed[i]);
  return both;
}

function needType(key, type, operation) {
  if (slotsOf(key).type !== type) throw fault('InvalidAccessError', `Unable to use this key to ${operation}: it is not a ${type} key.`);
  return slotsOf(key).handle;
}

function unsupportedFormat(format) {
  throw fault('NotSupportedError', `Unsupported key import or export format "${format}".`);
}

/** https://w3c.github.io/webcrypto/#concept-usages and the checks every JWK shares. */
function checkJwk(jwk, kty, extractable, usages, use) {
  if (jwk.kty !== kty) throw fault('DataError', kty === 'oct'
    ? `Symmetric "jwk" key import requires a JSON Web Key with Key Type parameter "kty" equal to "oct" (encountered "${jwk.kty}").`
    : `JSON Web Key: kty must be "${kty}".`);
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw fault('DataError', `JSON Web Key: use must be "${use}".`);
  if (jwk.key_ops !== undefined) {
    for (let i = 0; i < usages.length; i++) {
      if (!ArrayPrototypeIncludes(jwk.key_ops, usages[i])) throw fault('DataError', `JSON Web Key: key_ops does not allow "${usages[i]}".`);
    }
  }
  if (jwk.ext === false && extractable) throw fault('DataError', 'JSON Web Key: it is not extractable.');
}

function checkAlg(jwk, alg) {
  if (jwk.alg !== undefined && jwk.alg !== alg) throw fault('DataError', `JSON Web Key: alg must be "${alg}".`);
}

/** The JWK members Java reads, without what a caller's object may run. */
const jwkText = (jwk) => JSONStringify(jwk);

/** In workerd's order. */
const JWK_MEMBERS = ['kty', 'key_ops', 'alg', 'ext', 'crv', 'x', 'y', 'd', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'pub', 'priv'];

function exportedJwk(slots, members) {
  const all = { ...members, key_ops: [...slots.usages], ext: slots.extractable };
  const jwk = {};
  for (let i = 0; i < JWK_MEMBERS.length; i++) if (all[JWK_MEMBERS[i]] !== undefined) jwk[JWK_MEMBERS[i]] = all[JWK_MEMBERS[i]];
  return jwk;
}

// Secret keys ------------------------------------------------------------------------------------------------------------

function secretKey(algorithm, handle, extractable, usages) {
  if (usages.length === 0) throw fault('SyntaxError', NO_USAGE);
  return makeKey({ type: 'secret', extractable, algorithm, usages, handle });
}

/** The bytes of a secret in the formats `raw` and `jwk`. */
function secretBytes(format, data, extractable, usages, use, alg) {
  if (format === 'raw') return data;
  if (format !== 'jwk') return unsupportedFormat(format);
  checkJwk(data, 'oct', extractable, usages, use);
  if (typeof data.k !== 'string') throw fault('DataError', 'Symmetric "jwk" key import requires a base64Url encoding of the key.');
  const bytes = base64UrlBytes(data.k);
  checkAlg(data, alg(bytes.byteLength * 8));
  return bytes;
}

const base64UrlBytes = (text) => read(() => receiveBytes(keys.base64UrlBytes(text)));

function exportSecret(format, key, alg) {
  const slots = slotsOf(key);
  const bytes = keys.exportSecret(slots.handle);
  if (format === 'raw') return receive(bytes);
  if (format === 'jwk') return exportedJwk(slots, { kty: 'oct', k: keys.base64Url(receiveBytes(bytes)), alg: alg() });
  return unsupportedFormat(format);
}

function aesLength(bits, error) {
  if (bits !== 128 && bits !== 192 && bits !== 256) throw fault(error, `${error === 'DataError' ? 'Imported' : 'Generated'} AES key length must be 128, 192, or 256 bits but ${error === 'DataError' ? 'provided' : 'requested'} ${bits}.`);
  return bits;
}

function aes(name, suffix, allowed, more) {
  const alg = (bits) => `A${bits}${suffix}`;
  return {
    generateKey({ length }, extractable, usages) {
      allow('generate', name, usages, allowed);
      aesLength(length, 'OperationError');
      return secretKey({ name, length }, keys.generateSecret(length), extractable, usages);
    },
    importKey(format, data, parameters, extractable, usages) {
      allow('import secret', name, usages, allowed);
      const bytes = secretBytes(format, data, extractable, usages, 'enc', alg);
      const length = aesLength(bytes.byteLength * 8, 'DataError');
      return secretKey({ name, length }, keys.importSecret(bytes), extractable, usages);
    },
    exportKey: (format, key) => exportSecret(format, key, () => alg(slotsOf(key).algorithm.length)),
    getKeyLength: ({ length }) => aesLength(length, 'OperationError'),
    ...more,
  };
}

const CIPHER = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
function need(condition, message) {
  if (!condition) throw fault('OperationError', message);
}

function gcm(encrypt) {
  return ({ iv, additionalData, tagLength = 128 }, key, data) => {
    need(ArrayPrototypeIncludes([32, 64, 96, 104, 112, 120, 128], tagLength), `Invalid AES-GCM tag length ${tagLength}.`);
    need(iv.byteLength > 0, 'AES-GCM IV must not be empty.');
    need(encrypt || data.byteLength * 8 >= tagLength, `Ciphertext length of ${data.byteLength * 8} bits must be greater than or equal to the size of the AES-GCM tag length of ${tagLength} bits.`);
    return operate(() => operations.aesGcm(encrypt, slotsOf(key).handle, iv, additionalData, tagLength, data), undecrypted('AES-GCM', encrypt, data.byteLength - tagLength / 8));
  };
}

function cbc(encrypt) {
  return ({ iv }, key, data) => {
    need(iv.byteLength === 16, `AES-CBC IV must be 16 bytes long (provided ${iv.byteLength} bytes).`);
    return operate(() => operations.aesCbc(encrypt, slotsOf(key).handle, iv, data), undecrypted('AES-CBC', encrypt, data.byteLength));
  };
}

function ctr({ counter, length }, key, data) {
  need(counter.byteLength === 16, `Counter must have length of 16 bytes (provided ${counter.byteLength}).`);
  need(length > 0 && length <= 128, `Invalid counter of ${length} bits length provided.`);
  return operate(() => operations.aesCtr(slotsOf(key).handle, counter, length, data));
}

function hmacAlg(hash) {
  if (hash === 'MD5') throw fault('NotSupportedError', 'There is no JSON Web Key algorithm for HMAC with MD5.');
  return `HS${shaSuffix(hash)}`;
}

function hmacLength(length, hash) {
  return length === undefined ? HASH_BLOCK_BITS[hash] : length;
}

const hmac = {
  generateKey({ hash, length }, extractable, usages) {
    allow('generate', 'HMAC', usages, ['sign', 'verify']);
    const bits = hmacLength(length, hash.name);
    need(bits > 0, `HMAC key length must be a non-zero unsigned long integer (requested ${bits}).`);
    return secretKey({ name: 'HMAC', hash, length: bits }, keys.generateSecret(bits), extractable, usages);
  },
  importKey(format, data, { hash, length }, extractable, usages) {
    allow('import secret', 'HMAC', usages, ['sign', 'verify']);
    const bytes = secretBytes(format, data, extractable, usages, 'sig', () => hmacAlg(hash.name));
    const bits = bytes.byteLength * 8;
    if (bits === 0 || (length !== undefined && (length > bits || length <= bits - 8))) throw fault('DataError', `Imported HMAC key length (${length ?? bits}) must be a non-zero value up to 7 bits less than, and no greater than, the bit length of the raw key data (${bits}).`);
    return secretKey({ name: 'HMAC', hash, length: length ?? bits }, keys.importSecret(bytes), extractable, usages);
  },
  exportKey: (format, key) => exportSecret(format, key, () => hmacAlg(slotsOf(key).algorithm.hash.name)),
  getKeyLength({ hash, length }) {
    need(length !== 0, `HMAC key length must be a non-zero unsigned long integer (requested ${length}).`);
    return hmacLength(length, hash.name);
  },
  sign: (parameters, key, data) => operate(() => operations.hmacSign(slotsOf(key).algorithm.hash.name, slotsOf(key).handle, data)),
  verify: (parameters, key, signature, data) =>
    decide(() => operations.hmacVerify(slotsOf(key).algorithm.hash.name, slotsOf(key).handle, signature, data)),
};

function derivation(name, derive) {
  return {
    importKey(format, data, parameters, extractable, usages) {
      if (format !== 'raw') unsupportedFormat(format);
      allow('import secret', name, usages, ['deriveKey', 'deriveBits']);
      if (extractable) throw fault('SyntaxError', `${name} key cannot be extractable.`);
      return secretKey({ name }, keys.importSecret(data), extractable, usages);
    },
    getKeyLength: () => null,
    deriveBits(parameters, key, length) {
      need(length !== null, `${name} cannot derive a key with null length.`);
      need(length % 8 === 0, `${name} requires a derived key length that is a multiple of eight (requested ${length}).`);
      return operate(() => derive(parameters, slotsOf(key).handle, length / 8));
    },
  };
}

// Key pairs --------------------------------------------------------------------------------------------------------------

/**
 * What RSA, elliptic curves and Edwards curves share, for the algorithm `name`.
 * @param family the name Java knows the keys by, from the parameters
 * @param describe (parameters, handle) → the key's `algorithm`
 * @param jwk { kty, use, check(jwk, parameters), name(slots) → extra members }
 */
function pairs({ name, publicUsages, privateUsages, family, describe, jwk, raw, generate }) {
  const make = (type, parameters, handle, extractable, usages) =>
    makeKey({ type, extractable, algorithm: describe(parameters, handle), usages, handle });
  const imported = (type, parameters, handle, extractable, usages) => {
    if (type === 'private' && usages.length === 0) throw fault('SyntaxError', NO_USAGE);
    return make(type, parameters, handle, extractable, usages);
  };
  return {
    generateKey(parameters, extractable, usages) {
      allow('generate', name, usages, [...publicUsages, ...privateUsages]);
      const own = intersect(usages, privateUsages);
      return through(attempt('OperationError', () => generate(parameters)), (pair) => {
        if (own.length === 0) throw fault('SyntaxError', 'Attempt to generate asymmetric keys with no valid private key usages.');
        return {
          publicKey: make('public', parameters, pair.publicKey(), true, intersect(usages, publicUsages)),
          privateKey: make('private', parameters, pair.privateKey(), extractable, own),
        };
      });
    },
    importKey(format, data, parameters, extractable, usages) {
      const named = family(parameters);
      if (format === 'spki' || (format === 'raw' && raw)) {
        allow('import public', name, usages, publicUsages);
        const handle = read(() => (format === 'raw' ? keys.importRaw(named, data) : keys.importSpki(named, data)), format === 'raw' ? undefined : 'Invalid SPKI input.');
        return imported('public', parameters, handle, extractable, usages);
      }
      if (format === 'pkcs8') {
        allow('import private', name, usages, privateUsages);
        return imported('private', parameters, read(() => keys.importPkcs8(named, data), 'Invalid PKCS8 input.'), extractable, usages);
      }
      if (format !== 'jwk') return unsupportedFormat(format);
      const type = data.d === undefined ? 'public' : 'private';
      allow(`import ${type}`, name, usages, type === 'private' ? privateUsages : publicUsages);
      checkJwk(data, jwk.kty, extractable, usages, jwk.use);
      jwk.check(data, parameters);
      return imported(type, parameters, read(() => keys.importJwk(named, jwkText(data))), extractable, usages);
    },
    exportKey(format, key) {
      const slots = slotsOf(key);
      if (format === 'jwk') return exportedJwk(slots, { ...JSONParse(keys.exportJwk(slots.handle)), ...jwk.members(slots.algorithm) });
      const type = format === 'pkcs8' ? 'private' : format === 'spki' || (format === 'raw' && raw) ? 'public' : unsupportedFormat(format);
      if (slots.type !== type) throw fault('InvalidAccessError', `A ${slots.type} key cannot be exported as ${format}.`);
      return operate(() => (format === 'raw' ? keys.exportRaw(slots.handle) : keys.exportEncoded(slots.handle)));
    },
  };
}

/** Hexadecimal digits without leading zeros. */
function significant(digits) {
  let from = 0;
  while (from < digits.length - 1 && digits[from] === '0') from++;
  return StringPrototypeSlice(digits, from);
}
const RSA_BITS_MIN = 256;
const RSA_BITS_MAX = 16384;

function rsa(name, publicUsages, privateUsages, alg, more) {
  return {
    ...pairs({
      name, publicUsages, privateUsages,
      family: () => 'RSA',
      describe: ({ hash }, handle) => ({
        name, modulusLength: keys.modulusBits(handle), publicExponent: receiveBytes(keys.publicExponent(handle)), hash: { name: hash.name },
      }),
      jwk: {
        kty: 'RSA', use: ArrayPrototypeIncludes(publicUsages, 'verify') ? 'sig' : 'enc',
        check: (jwk, { hash }) => checkAlg(jwk, alg(hash.name)),
        members: ({ hash }) => ({ alg: alg(hash.name) }),
      },
      generate({ modulusLength, publicExponent }) {
        need(modulusLength >= RSA_BITS_MIN && modulusLength <= RSA_BITS_MAX, `The modulus length must be a multiple of 8 and between 256 and 16k, but ${modulusLength} was requested.`);
        const exponent = significant(hex(publicExponent));
        need(exponent === '3' || exponent === '10001', `The "publicExponent" must be either 3 or 65537, but got ${parseInt(exponent, 16)}.`);
        return keys.generateRsa(modulusLength, exponent);
      },
    }),
    ...more,
  };
}

/** What blind signatures are made of: private keys that sign a number as long as their modulus, without hash and padding. */
function rsaRaw() {
  const { importKey } = pairs({
    name: 'RSA-RAW', publicUsages: [], privateUsages: ['sign'],
    family: () => 'RSA',
    describe: (parameters, handle) => ({ name: 'RSA-RAW', modulusLength: keys.modulusBits(handle), publicExponent: receiveBytes(keys.publicExponent(handle)) }),
    jwk: { kty: 'RSA', use: 'sig', check: () => undefined, members: () => undefined },
  });
  return {
    importKey(format, data, parameters, extractable, usages) {
      if (format === 'spki' || (format === 'jwk' && data.d === undefined)) throw fault('DataError', 'RSA-RAW only supports private keys but requested "public".');
      return importKey(format, data, parameters, extractable, usages);
    },
    sign: (parameters, key, data) => operate(() => operations.rsaRaw(slotsOf(key).handle, data)),
  };
}

/** Signing and verifying through Java's Signature; `scheme` and the rest may depend on parameters and key. */
function signatures(scheme, hash, salt = () => 0) {
  return {
    sign(parameters, key, data) {
      const handle = needType(key, 'private', 'sign');
      return operate(() => operations.sign(scheme, hash(parameters, key), salt(parameters), handle, data));
    },
    verify(parameters, key, signature, data) {
      const handle = needType(key, 'public', 'verify');
      return decide(() => operations.verify(scheme, hash(parameters, key), salt(parameters), handle, signature, data));
    },
  };
}

const keyHash = (parameters, key) => slotsOf(key).algorithm.hash.name;
const shaSuffix = (hash) => (hash === 'SHA-1' ? '1' : StringPrototypeSlice(hash, 4));

const CURVES = ['P-256', 'P-384', 'P-521'];

function ec(name, publicUsages, privateUsages, more) {
  const curve = ({ namedCurve }) => {
    if (!ArrayPrototypeIncludes(CURVES, namedCurve)) throw fault('NotSupportedError', `Unrecognized or unimplemented EC curve "${namedCurve}" requested.`);
    return namedCurve;
  };
  return {
    ...pairs({
      name, publicUsages, privateUsages,
      family: curve,
      describe: ({ namedCurve }) => ({ name, namedCurve }),
      jwk: {
        kty: 'EC', use: name === 'ECDSA' ? 'sig' : 'enc',
        check(jwk, { namedCurve }) {
          if (jwk.crv !== namedCurve) throw fault('DataError', `JSON Web Key: crv must be "${namedCurve}".`);
          if (name === 'ECDSA') checkAlg(jwk, `ES${namedCurve === 'P-521' ? '512' : StringPrototypeSlice(namedCurve, 2)}`);
        },
        members: () => undefined,
      },
      raw: true,
      generate: (parameters) => keys.generate(curve(parameters)),
    }),
    ...more,
  };
}

/** @param describe (parameters) → the key's `algorithm`; checks them too */
function okp(family, publicUsages, privateUsages, use, more, describe = () => ({ name: family })) {
  const signs = family === 'Ed25519';
  return {
    ...pairs({
      name: family, publicUsages, privateUsages,
      family: (parameters) => { describe(parameters); return family; },
      describe,
      jwk: {
        kty: 'OKP', use,
        check(jwk) {
          if (jwk.crv !== family) throw fault('DataError', `JSON Web Key: crv must be "${family}".`);
          if (signs && jwk.alg !== undefined && jwk.alg !== 'Ed25519') checkAlg(jwk, 'EdDSA');
        },
        members: ({ name }) => (name === 'Ed25519' ? { alg: name } : undefined),
      },
      raw: true,
      generate: (parameters) => { describe(parameters); return keys.generate(family); },
    }),
    ...more,
  };
}

function nodeEd25519({ namedCurve }) {
  if (namedCurve !== 'NODE-ED25519') throw fault('NotSupportedError', `EDDSA curve "${namedCurve}" isn't supported.`);
  return { name: 'NODE-ED25519', namedCurve };
}

/** ECDH and X25519: all the bits of the shared secret, or the first `length` of them. */
function agreement(name) {
  return {
    deriveBits(parameters, key, length) {
      const own = needType(key, 'private', 'derive bits');
      const other = slotsOf(parameters.public);
      if (other.type !== 'public') throw fault('InvalidAccessError', 'The other key is not a public key.');
      if (other.algorithm.name !== name || other.algorithm.namedCurve !== slotsOf(key).algorithm.namedCurve) {
        throw fault('InvalidAccessError', 'The two keys are not of one algorithm and curve.');
      }
      return through(operate(() => operations.agree(name, own, other.handle)), (secret) => truncate(secret, length));
    },
  };
}

function truncate(secret, length) {
  if (length === null) return secret;
  need(length <= secret.byteLength * 8, 'The shared secret is shorter than what is asked for.');
  const bytes = ArrayBufferPrototypeSlice(secret, 0, (length + 7) >> 3);
  const rest = length % 8;
  if (rest !== 0) new Uint8Array(bytes)[bytes.byteLength - 1] &= 0xff << (8 - rest);
  return bytes;
}

const DERIVE = ['deriveKey', 'deriveBits'];
const oaep = (encrypt) => ({ label }, key, data) => {
  const handle = needType(key, encrypt ? 'public' : 'private', encrypt ? 'encrypt' : 'decrypt');
  return operate(() => operations.rsaOaep(encrypt, slotsOf(key).algorithm.hash.name, handle, label, data));
};

const algorithms = {
  __proto__: null,
  'AES-GCM': aes('AES-GCM', 'GCM', CIPHER, { encrypt: gcm(true), decrypt: gcm(false) }),
  'AES-CBC': aes('AES-CBC', 'CBC', CIPHER, { encrypt: cbc(true), decrypt: cbc(false) }),
  'AES-CTR': aes('AES-CTR', 'CTR', CIPHER, { encrypt: ctr, decrypt: ctr }),
  'AES-KW': aes('AES-KW', 'KW', ['wrapKey', 'unwrapKey'], {
    wrapKey: (parameters, key, data) => operate(() => operations.aesKw(true, slotsOf(key).handle, data)),
    unwrapKey: (parameters, key, data) => operate(() => operations.aesKw(false, slotsOf(key).handle, data)),
  }),
  HMAC: hmac,
  PBKDF2: derivation('PBKDF2', ({ hash, salt, iterations }, handle, bytes) => {
    need(iterations > 0, `PBKDF2 requires a positive iteration count (requested ${iterations}).`);
    return operations.pbkdf2(hash.name, handle, salt, iterations, bytes);
  }),
  HKDF: derivation('HKDF', ({ hash, salt, info }, handle, bytes) => {
    need(bytes <= 255 * HASH_BYTES[hash.name], 'HKDF derives at most 255 times the length of its hash.');
    return operations.hkdf(hash.name, handle, salt, info, bytes);
  }),
  'RSASSA-PKCS1-v1_5': rsa('RSASSA-PKCS1-v1_5', ['verify'], ['sign'], (hash) => `RS${shaSuffix(hash)}`, signatures('PKCS1', keyHash)),
  'RSA-PSS': rsa('RSA-PSS', ['verify'], ['sign'], (hash) => `PS${shaSuffix(hash)}`, signatures('PSS', keyHash, ({ saltLength }) => saltLength)),
  'RSA-OAEP': rsa('RSA-OAEP', ['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey'],
    (hash) => (hash === 'SHA-1' ? 'RSA-OAEP' : `RSA-OAEP-${shaSuffix(hash)}`), { encrypt: oaep(true), decrypt: oaep(false) }),
  ECDSA: ec('ECDSA', ['verify'], ['sign'], signatures('ECDSA', ({ hash }) => hash.name)),
  ECDH: ec('ECDH', [], DERIVE, agreement('ECDH')),
  Ed25519: okp('Ed25519', ['verify'], ['sign'], 'sig', signatures('Ed25519', () => '')),
  'NODE-ED25519': okp('Ed25519', ['verify'], ['sign'], 'sig', signatures('Ed25519', () => ''), nodeEd25519),
  'RSA-RAW': rsaRaw(),
  X25519: okp('X25519', [], DERIVE, 'enc', agreement('X25519')),
};

const digest = (name, data) => operate(() => operations.digest(name, data));

module.exports = { algorithms, digest, operations };
