// https://w3c.github.io/webcrypto/#cryptokey-interface
const { ArrayPrototypeFilter, ArrayPrototypeIncludes } = primordials;
const { registerSerializable } = require('./platform-objects');
const { defineInterface, illegalConstructor, isObject } = require('./webidl');

const MAKE = { __proto__: null };
const USAGES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

class CryptoKey {
  #type;
  #extractable;
  #algorithm;
  #usages;
  #handle;

  constructor() {
    if (arguments[0] !== MAKE) throw illegalConstructor();
    const slots = arguments[1];
    this.#type = slots.type;
    this.#extractable = slots.extractable;
    this.#algorithm = slots.algorithm;
    this.#usages = inOrder(slots.usages);
    this.#handle = slots.handle;
  }

  get type() { return this.#type; }
  get extractable() { return this.#extractable; }
  get algorithm() { return this.#algorithm; }
  get usages() { return this.#usages; }

  static {
    isCryptoKey = (value) => isObject(value) && #handle in value;
    slotsOf = (key) => ({ type: key.#type, extractable: key.#extractable, algorithm: key.#algorithm, usages: key.#usages, handle: key.#handle });
  }
}

var isCryptoKey, slotsOf;

/** Each usage once, in the specification's order. */
function inOrder(usages) {
  return ArrayPrototypeFilter(USAGES, (usage) => ArrayPrototypeIncludes(usages, usage));
}

/** @param slots type, extractable, algorithm, usages, handle (the Java half) */
function makeKey(slots) {
  return new CryptoKey(MAKE, slots);
}

defineInterface(CryptoKey);
registerSerializable(isCryptoKey, (key) => makeKey(slotsOf(key)));

module.exports = { CryptoKey, USAGES, isCryptoKey, makeKey, slotsOf };
