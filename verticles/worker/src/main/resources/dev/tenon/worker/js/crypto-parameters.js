// https://w3c.github.io/webcrypto/#algorithm-normalization: what each operation of each algorithm takes beside its name.
const { ArrayPrototypeJoin, ArrayPrototypeMap, ArrayFrom, NumberPrototypeToString, StringPrototypePadStart, StringPrototypeToUpperCase, TypeError } = primordials;
const { DOMException } = require('./dom-exception');
const { isObject, toBufferSource, toDOMString, toInteger } = require('./webidl');
const { isCryptoKey } = require('./crypto-key');

// Deviation: MD5 is no hash of the specification; as in workerd, data can be digested and keys imported with it. New keys are not made for it.
const HASH_BYTES = { __proto__: null, MD5: 16, 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
const HASH_BLOCK_BITS = { __proto__: null, MD5: 512, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

const WHAT = 'Algorithm';
const required = (source, member) => {
  const value = source[member];
  if (value === undefined) throw new TypeError(`Missing field "${member}" in "algorithm".`);
  return value;
};
const bytes = (source, member) => toBufferSource(required(source, member), `${WHAT}: ${member}`);
const optionalBytes = (source, member) => (source[member] === undefined ? null : toBufferSource(source[member], `${WHAT}: ${member}`));
const integer = (bits) => (source, member) => toInteger(required(source, member), bits, false, 'EnforceRange', `${WHAT}: ${member}`);
const optionalInteger = (bits) => (source, member) =>
  source[member] === undefined ? undefined : toInteger(source[member], bits, false, 'EnforceRange', `${WHAT}: ${member}`);
const hash = (source, member) => ({ name: hashName(required(source, member)) });
const newKeyHash = (source, member) => {
  const { name } = hash(source, member);
  if (name === 'MD5') throw new DOMException('MD5 is not a hash that new keys are made for.', 'NotSupportedError');
  return { name };
};
const curve = (source, member) => toDOMString(required(source, member));
const publicKey = (source, member) => {
  const value = required(source, member);
  if (!isCryptoKey(value)) throw new TypeError(`${WHAT}: ${member}: Not a CryptoKey`);
  return value;
};
/** BigInteger: a Uint8Array, most significant byte first. */
const exponent = (source, member) => bytes(source, member);

const NONE = { __proto__: null };
const GENERATE_AES = { length: integer(16) };
const AES = (name, operations) => ({
  name, generateKey: GENERATE_AES, importKey: NONE, exportKey: NONE, 'get key length': GENERATE_AES, ...operations,
});
const RSA = (name, operations) => ({
  name, generateKey: { hash: newKeyHash, modulusLength: integer(32), publicExponent: exponent }, importKey: { hash }, exportKey: NONE, ...operations,
});
const EC = (name, operations) => ({ name, generateKey: { namedCurve: curve }, importKey: { namedCurve: curve }, exportKey: NONE, ...operations });
const AEAD = { additionalData: optionalBytes, iv: bytes, tagLength: optionalInteger(8) };
const OAEP = { label: optionalBytes };
const PSS = { saltLength: integer(32) };
const AGREE = { public: publicKey };
const PBKDF2 = { hash, iterations: integer(32), salt: bytes };
const HKDF = { hash, info: bytes, salt: bytes };
const digest = (name) => ({ name, digest: NONE });

const REGISTRY = { __proto__: null };
for (const entry of [
  digest('SHA-1'), digest('SHA-256'), digest('SHA-384'), digest('SHA-512'), digest('MD5'),
  AES('AES-CTR', { encrypt: { counter: bytes, length: integer(8) }, decrypt: { counter: bytes, length: integer(8) } }),
  AES('AES-CBC', { encrypt: { iv: bytes }, decrypt: { iv: bytes } }),
  AES('AES-GCM', { encrypt: AEAD, decrypt: AEAD }),
  AES('AES-KW', { wrapKey: NONE, unwrapKey: NONE }),
  RSA('RSASSA-PKCS1-v1_5', { sign: NONE, verify: NONE }),
  RSA('RSA-PSS', { sign: PSS, verify: PSS }),
  RSA('RSA-OAEP', { encrypt: OAEP, decrypt: OAEP }),
  EC('ECDSA', { sign: { hash }, verify: { hash } }),
  EC('ECDH', { deriveBits: AGREE }),
  { name: 'Ed25519', generateKey: NONE, importKey: NONE, exportKey: NONE, sign: NONE, verify: NONE },
  // Deviation: workerd's older name for Ed25519, and its bare RSA for blind signatures.
  EC('NODE-ED25519', { sign: NONE, verify: NONE }),
  { name: 'RSA-RAW', importKey: NONE, exportKey: NONE, sign: NONE },
  { name: 'X25519', generateKey: NONE, importKey: NONE, exportKey: NONE, deriveBits: AGREE },
  {
    name: 'HMAC', generateKey: { hash: newKeyHash, length: optionalInteger(32) }, importKey: { hash, length: optionalInteger(32) }, exportKey: NONE, sign: NONE,
    verify: NONE, 'get key length': { hash, length: optionalInteger(32) },
  },
  { name: 'PBKDF2', importKey: NONE, deriveBits: PBKDF2, 'get key length': NONE },
  { name: 'HKDF', importKey: NONE, deriveBits: HKDF, 'get key length': NONE },
]) {
  REGISTRY[StringPrototypeToUpperCase(entry.name)] = entry;
}

/** The algorithm's own spelling of its name and the converted parameters of the operation. */
function normalize(algorithm, operation) {
  const source = isObject(algorithm) ? algorithm : { __proto__: null, name: toDOMString(algorithm) };
  const name = toDOMString(required(source, 'name'));
  const entry = REGISTRY[StringPrototypeToUpperCase(name)];
  const parameters = entry?.[operation];
  if (parameters === undefined) throw new DOMException(unknown(operation, name), 'NotSupportedError');
  const normalized = { name: entry.name };
  for (const member in parameters) {
    const value = parameters[member](source, member);
    if (value !== undefined) normalized[member] = value;
  }
  return normalized;
}

function unknown(operation, name) {
  switch (operation) {
    case 'digest': return 'Unrecognized or unimplemented digest algorithm requested.';
    case 'generateKey': return `Unrecognized key generation algorithm "${name}" requested.`;
    case 'importKey': return `Unrecognized key import algorithm "${name}" requested.`;
    case 'get key length': return `Unrecognized derived key type "${name}" requested.`;
    default: return `Unrecognized or unimplemented ${operation} algorithm "${name}" requested.`;
  }
}

/** Whether the algorithm has an operation of its own, e.g. AES-KW its wrapKey. */
function supports(algorithm, operation) {
  const name = isObject(algorithm) ? algorithm.name : algorithm;
  return REGISTRY[StringPrototypeToUpperCase(toDOMString(name))]?.[operation] !== undefined;
}

function hashName(algorithm) {
  return normalize(algorithm, 'digest').name;
}

/** A BigInteger's digits for Java. */
function hex(view) {
  const digits = ArrayPrototypeMap(ArrayFrom(view), (byte) => StringPrototypePadStart(NumberPrototypeToString(byte, 16), 2, '0'));
  return digits.length === 0 ? '0' : ArrayPrototypeJoin(digits, '');
}

module.exports = { HASH_BLOCK_BITS, HASH_BYTES, hex, normalize, supports };
