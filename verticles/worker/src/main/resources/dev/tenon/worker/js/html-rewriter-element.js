// An element, as content handlers get it: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/#element
const { ArrayPrototypePush, Error, IteratorPrototype, ObjectDefineProperty, ReflectSetPrototypeOf, SymbolIterator, SymbolToStringTag, TypeError } = primordials;
const { defineInterface, enumerable, illegalConstructor, requireArguments, toUSVString } = require('./webidl');
const { AFTER, APPEND, BEFORE, INNER, MADE, PREPEND, REPLACE, insert, outdated, parserError } = require('./html-rewriter-content');

class Element {
  #token;
  #rewriting;
  #iterators; // undefined until there is one

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#token = arguments[1];
    this.#rewriting = arguments[2];
  }

  #valid() {
    const token = this.#token;
    if (token === undefined) throw outdated();
    return token;
  }

  get tagName() {
    return this.#valid().name();
  }

  set tagName(name) {
    const problem = this.#valid().rename(toUSVString(name));
    if (problem !== null) throw parserError(problem);
  }

  get attributes() {
    const iterator = new AttributesIterator(MADE, this.#valid());
    ArrayPrototypePush((this.#iterators ??= []), iterator);
    return iterator;
  }

  get removed() {
    return this.#valid().removed();
  }

  get namespaceURI() {
    return this.#valid().namespaceUri();
  }

  getAttribute(name) {
    const token = this.#valid();
    requireArguments(arguments.length, 1, "Failed to execute 'getAttribute' on 'Element'");
    const at = token.findAttribute(toUSVString(name));
    return at < 0 ? null : token.attributeValue(at);
  }

  hasAttribute(name) {
    const token = this.#valid();
    requireArguments(arguments.length, 1, "Failed to execute 'hasAttribute' on 'Element'");
    return token.findAttribute(toUSVString(name)) >= 0;
  }

  setAttribute(name, value) {
    const token = this.#valid();
    requireArguments(arguments.length, 2, "Failed to execute 'setAttribute' on 'Element'");
    const problem = token.setAttribute(toUSVString(name), toUSVString(value));
    if (problem !== null) throw parserError(problem);
    this.#attributesChanged();
    return this;
  }

  removeAttribute(name) {
    const token = this.#valid();
    requireArguments(arguments.length, 1, "Failed to execute 'removeAttribute' on 'Element'");
    token.removeAttribute(toUSVString(name));
    this.#attributesChanged();
    return this;
  }

  #attributesChanged() {
    const iterators = this.#iterators;
    if (iterators !== undefined) for (let i = 0; i < iterators.length; i++) stale(iterators[i]);
  }

  #insert(where, content, options, given, name) {
    const token = this.#valid();
    const what = `Failed to execute '${name}' on 'Element'`;
    requireArguments(given, 1, what);
    insert(token, this.#rewriting, where, content, options, what);
    return this;
  }

  before(content, options = undefined) {
    return this.#insert(BEFORE, content, options, arguments.length, 'before');
  }

  after(content, options = undefined) {
    return this.#insert(AFTER, content, options, arguments.length, 'after');
  }

  prepend(content, options = undefined) {
    return this.#insert(PREPEND, content, options, arguments.length, 'prepend');
  }

  append(content, options = undefined) {
    return this.#insert(APPEND, content, options, arguments.length, 'append');
  }

  replace(content, options = undefined) {
    return this.#insert(REPLACE, content, options, arguments.length, 'replace');
  }

  setInnerContent(content, options = undefined) {
    return this.#insert(INNER, content, options, arguments.length, 'setInnerContent');
  }

  remove() {
    this.#valid().remove();
    return this;
  }

  removeAndKeepContent() {
    this.#valid().removeAndKeepContent();
    return this;
  }

  onEndTag(handler) {
    const token = this.#valid();
    if (typeof handler !== 'function') throw new TypeError("Failed to execute 'onEndTag' on 'Element': parameter 1 is not of type 'function'.");
    if (!token.onEndTag(this.#rewriting.addEndTagHandler(handler))) throw parserError('No end tag.');
  }

  static {
    endElement = (element) => {
      element.#token = undefined;
      const iterators = element.#iterators;
      if (iterators !== undefined) for (let i = 0; i < iterators.length; i++) endIterator(iterators[i]);
    };
  }
}

class AttributesIterator {
  #token;
  #at = 0;
  #stale = false;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#token = arguments[1];
  }

  next() {
    if (this.#stale) {
      throw new Error('The attributes of this element have been modified during iteration. You must create a new iterator after modifying attributes.');
    }
    const token = this.#token;
    if (token === undefined) throw outdated();
    const at = this.#at;
    if (at >= token.attributes()) return { done: true, value: undefined };
    this.#at = at + 1;
    return { done: false, value: [token.attributeName(at), token.attributeValue(at)] };
  }

  [SymbolIterator]() {
    this.#at;
    return this;
  }

  static {
    stale = (iterator) => {
      iterator.#stale = true;
    };
    endIterator = (iterator) => {
      iterator.#stale = false;
      iterator.#token = undefined;
    };
  }
}

var endElement, stale, endIterator;

defineInterface(Element);
ReflectSetPrototypeOf(AttributesIterator.prototype, IteratorPrototype);
enumerable(AttributesIterator.prototype);
ObjectDefineProperty(AttributesIterator.prototype, SymbolToStringTag, { __proto__: null, value: 'AttributesIterator', configurable: true });

module.exports = { Element, endElement };
