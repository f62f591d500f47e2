// The operations of each algorithm: https://w3c.github.io/webcrypto/#algorithms. An operation throws, or returns its result or a promise of it.
const { ArrayPrototypeIncludes, ArrayPrototypePush, ArrayBufferPrototypeSlice, JSONParse, JSONStringify, PromisePrototypeThen, StringPrototypeSlice, Uint8Array } = primordials;
const { receive, receiveBytes } = require('./bytes');
const { DOMException } = require('./dom-exception');
const { makeKey, slotsOf } = require('./crypto-key');
const { HASH_BLOCK_BITS, HASH_BYTES, hex } = require('./crypto-parameters');
const operations = require('java:crypto');
const keys = require('java:crypto-keys');

const fault = (name, message) => new DOMException(message, name);
const failed = (name) => (error) => { throw error instanceof DOMException ? error : fault(name, `${error?.message ?? error}`); };

/** What the host does or promises; its failures are errors of that name. */
function attempt(name, work) {
  try {
    const result = work();
    return typeof result === 'object' && result !== null && typeof result.then === 'function'
      ? PromisePrototypeThen(result, undefined, failed(name))
      : result;
  } catch (error) {
    return failed(name)(error);
  }
}

/** `convert` for what `work` gives, now or later. */
function through(result, convert) {
  return typeof result === 'object' && result !== null && typeof result.then === 'function' ? PromisePrototypeThen(result, convert) : convert(result);
}

const operate = (work) => through(attempt('OperationError', work), receive);
const decide = (work) => attempt('OperationError', work);
const read = (work) => attempt('DataError', work);

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
  if (jwk.kty !== kty) throw fault('DataError', `JSON Web Key: kty must be "${kty}".`);
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

function exportedJwk(slots, members) {
  return { ...members, key_ops: [...slots.usages], ext: slots.extractable };
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
  if (typeof data.k !== 'string') throw fault('DataError', 'JSON Web Key: k is missing.');
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
  if (bits !== 128 && bits !== 192 && bits !== 256) throw fault(error, `${error === 'DataError' ? 'Imported ' : ''}AES key length must be 128, 192, or 256 bits but provided ${bits}.`);
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
    need(iv.byteLength > 0, 'AES-GCM needs an initialization vector of at least one byte.');
    need(encrypt || data.byteLength * 8 >= tagLength, 'The data is shorter than its tag.');
    return operate(() => operations.aesGcm(encrypt, slotsOf(key).handle, iv, additionalData, tagLength, data));
  };
}

function cbc(encrypt) {
  return ({ iv }, key, data) => {
    need(iv.byteLength === 16, 'AES-CBC needs an initialization vector of 16 bytes.');
    return operate(() => operations.aesCbc(encrypt, slotsOf(key).handle, iv, data));
  };
}

function ctr({ counter, length }, key, data) {
  need(counter.byteLength === 16, 'AES-CTR needs a counter of 16 bytes.');
  need(length > 0 && length <= 128, 'AES-CTR needs a counter length of 1 to 128 bits.');
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
    need(bits > 0, 'An HMAC key has at least one bit.');
    return secretKey({ name: 'HMAC', hash, length: bits }, keys.generateSecret(bits), extractable, usages);
  },
  importKey(format, data, { hash, length }, extractable, usages) {
    allow('import secret', 'HMAC', usages, ['sign', 'verify']);
    const bytes = secretBytes(format, data, extractable, usages, 'sig', () => hmacAlg(hash.name));
    const bits = bytes.byteLength * 8;
    if (bits === 0 || (length !== undefined && (length > bits || length <= bits - 8))) throw fault('DataError', 'The HMAC key has not that length.');
    return secretKey({ name: 'HMAC', hash, length: length ?? bits }, keys.importSecret(bytes), extractable, usages);
  },
  exportKey: (format, key) => exportSecret(format, key, () => hmacAlg(slotsOf(key).algorithm.hash.name)),
  getKeyLength({ hash, length }) {
    need(length !== 0, 'An HMAC key has at least one bit.');
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
      if (extractable) throw fault('SyntaxError', `A ${name} key cannot be extractable.`);
      return secretKey({ name }, keys.importSecret(data), extractable, usages);
    },
    getKeyLength: () => null,
    deriveBits(parameters, key, length) {
      need(length !== null && length % 8 === 0, `The length of what ${name} derives is a multiple of 8 bits.`);
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
        const handle = read(() => (format === 'raw' ? keys.importRaw(named, data) : keys.importSpki(named, data)));
        return imported('public', parameters, handle, extractable, usages);
      }
      if (format === 'pkcs8') {
        allow('import private', name, usages, privateUsages);
        return imported('private', parameters, read(() => keys.importPkcs8(named, data)), extractable, usages);
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
        need(modulusLength >= RSA_BITS_MIN && modulusLength <= RSA_BITS_MAX, `An RSA modulus of ${modulusLength} bits is not possible.`);
        const exponent = significant(hex(publicExponent));
        need(exponent === '3' || exponent === '10001', 'The public exponent must be 3 or 65537.');
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
    if (!ArrayPrototypeIncludes(CURVES, namedCurve)) throw fault('NotSupportedError', `Unrecognized or unimplemented EC curve "${namedCurve}".`);
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
    need(iterations > 0, 'PBKDF2 needs at least one iteration.');
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
