// The iterators of Web IDL's `iterable<K, V>`. https://webidl.spec.whatwg.org/#js-default-iterator-object
const { IteratorPrototype, ObjectDefineProperties, ObjectDefineProperty, ReflectSetPrototypeOf, SymbolIterator, SymbolToStringTag, TypeError, FunctionPrototypeCall } =
  primordials;
const { enumerable, illegalInvocation, requireArguments } = require('./webidl');

/**
 * Gives `type` entries, keys, values, forEach and [Symbol.iterator].
 * @param pairsOf(object) the current list of [key, value], flat: key at 2i, value at 2i+1; does the brand check
 */
function definePairIterable(type, name, pairsOf) {
  const KEY = 0;
  const VALUE = 1;
  const ENTRY = 2;

  class PairIterator {
    #target;
    #kind;
    #index = 0;
    constructor(target, kind) {
      this.#target = target;
      this.#kind = kind;
    }
    next() {
      if (!(#target in this)) throw illegalInvocation();
      const pairs = pairsOf(this.#target);
      const i = this.#index;
      if (i >= pairs.length) return { value: undefined, done: true };
      this.#index = i + 2;
      const kind = this.#kind;
      return { value: kind === KEY ? pairs[i] : kind === VALUE ? pairs[i + 1] : [pairs[i], pairs[i + 1]], done: false };
    }
  }
  const prototype = PairIterator.prototype;
  delete prototype.constructor;
  ReflectSetPrototypeOf(prototype, IteratorPrototype);
  enumerable(prototype);
  ObjectDefineProperty(prototype, SymbolToStringTag, { __proto__: null, value: `${name} Iterator`, configurable: true });

  const members = {
    entries() {
      pairsOf(this);
      return new PairIterator(this, ENTRY);
    },
    keys() {
      pairsOf(this);
      return new PairIterator(this, KEY);
    },
    values() {
      pairsOf(this);
      return new PairIterator(this, VALUE);
    },
    forEach(callback) {
      let pairs = pairsOf(this);
      requireArguments(arguments.length, 1, `Failed to execute 'forEach' on '${name}'`, 'function');
      if (typeof callback !== 'function') {
        throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'function'.`);
      }
      const receiver = arguments[1];
      for (let i = 0; i < pairs.length; i += 2) {
        FunctionPrototypeCall(callback, receiver, pairs[i + 1], pairs[i], this);
        pairs = pairsOf(this);
      }
    },
  };
  const member = (value) => ({ __proto__: null, value, writable: true, enumerable: true, configurable: true });
  ObjectDefineProperties(type.prototype, {
    entries: member(members.entries),
    keys: member(members.keys),
    values: member(members.values),
    forEach: member(members.forEach),
    [SymbolIterator]: { __proto__: null, value: members.entries, writable: true, enumerable: false, configurable: true },
  });
}

module.exports = { definePairIterable };
