// What content handlers get: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/
//
// A token stands over HtmlToken.java for as long as its handler runs, and is of no use afterwards.
const { ArrayPrototypePush, Error, IteratorPrototype, ObjectDefineProperty, ReflectSetPrototypeOf, SymbolIterator, SymbolToStringTag, TypeError, Boolean } = primordials;
const { defineInterface, enumerable, illegalConstructor, isObject, requireArguments, toUSVString } = require('./webidl');
const { isReadableStream } = require('./readable-stream');
const { contentOf, isResponse } = require('./response');
const { streamOf } = require('./body');

// As HtmlToken.java has them.
const BEFORE = 0;
const AFTER = 1;
const PREPEND = 2;
const APPEND = 3;
const REPLACE = 4;
const INNER = 5;

const MADE = { __proto__: null };
const NO_STREAMS =
  'Replacing content in HTML comments using a ReadableStream or Response object is not implemented. You must provide a string.';

function outdated() {
  return new TypeError('This content token is no longer valid. Content tokens are only valid during the execution of the relevant content handler.');
}

function parserError(message) {
  return new TypeError(`Parser error: ${message}`);
}

function isHtml(options, what) {
  if (options === undefined || options === null) return false;
  if (!isObject(options)) throw new TypeError(`${what}: parameter 2 is not of type 'ContentOptions'.`);
  return Boolean(options.html);
}

/** Puts content somewhere about a token. @param rewriting takes streams; null where only texts can be */
function insert(token, rewriting, where, content, options, what) {
  const stream = isReadableStream(content) ? content : undefined;
  const response = stream === undefined && isResponse(content);
  if (stream === undefined && !response) {
    const text = toUSVString(content);
    token.insert(where, text, isHtml(options, what));
    return;
  }
  if (rewriting === null) throw new TypeError(NO_STREAMS);
  const html = isHtml(options, what);
  if (stream !== undefined) {
    token.insertStream(where, rewriting.addStream(stream, html));
  } else {
    const body = contentOf(content);
    if (body !== null) token.insertStream(where, rewriting.addStream(streamOf(body), html));
  }
}

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

class EndTag {
  #token;
  #rewriting;

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

  get name() {
    return this.#valid().name();
  }

  set name(name) {
    this.#valid().rename(toUSVString(name));
  }

  before(content, options = undefined) {
    const what = "Failed to execute 'before' on 'EndTag'";
    const token = this.#valid();
    requireArguments(arguments.length, 1, what);
    insert(token, this.#rewriting, BEFORE, content, options, what);
    return this;
  }

  after(content, options = undefined) {
    const what = "Failed to execute 'after' on 'EndTag'";
    const token = this.#valid();
    requireArguments(arguments.length, 1, what);
    insert(token, this.#rewriting, AFTER, content, options, what);
    return this;
  }

  remove() {
    this.#valid().remove();
    return this;
  }

  static {
    endEndTag = (tag) => {
      tag.#token = undefined;
    };
  }
}

class Text {
  #token;
  #rewriting;

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

  get text() {
    return this.#valid().text();
  }

  get lastInTextNode() {
    return this.#valid().last();
  }

  get removed() {
    return this.#valid().removed();
  }

  #insert(where, content, options, given, name) {
    const token = this.#valid();
    const what = `Failed to execute '${name}' on 'Text'`;
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

  replace(content, options = undefined) {
    return this.#insert(REPLACE, content, options, arguments.length, 'replace');
  }

  remove() {
    this.#valid().remove();
    return this;
  }

  static {
    endText = (text) => {
      text.#token = undefined;
    };
  }
}

class Comment {
  #token;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#token = arguments[1];
  }

  #valid() {
    const token = this.#token;
    if (token === undefined) throw outdated();
    return token;
  }

  get text() {
    return this.#valid().text();
  }

  set text(content) {
    const problem = this.#valid().setText(toUSVString(content));
    if (problem !== null) throw parserError(problem);
  }

  get removed() {
    return this.#valid().removed();
  }

  #insert(where, content, options, given, name) {
    const token = this.#valid();
    const what = `Failed to execute '${name}' on 'Comment'`;
    requireArguments(given, 1, what);
    insert(token, null, where, content, options, what);
    return this;
  }

  before(content, options = undefined) {
    return this.#insert(BEFORE, content, options, arguments.length, 'before');
  }

  after(content, options = undefined) {
    return this.#insert(AFTER, content, options, arguments.length, 'after');
  }

  replace(content, options = undefined) {
    return this.#insert(REPLACE, content, options, arguments.length, 'replace');
  }

  remove() {
    this.#valid().remove();
    return this;
  }

  static {
    endComment = (comment) => {
      comment.#token = undefined;
    };
  }
}

class Doctype {
  #token;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#token = arguments[1];
  }

  #part(index) {
    const token = this.#token;
    if (token === undefined) throw outdated();
    return token.doctype(index);
  }

  get name() { return this.#part(0); }
  get publicId() { return this.#part(1); }
  get systemId() { return this.#part(2); }

  static {
    endDoctype = (doctype) => {
      doctype.#token = undefined;
    };
  }
}

class DocumentEnd {
  #token;

  constructor() {
    if (arguments[0] !== MADE) throw illegalConstructor();
    this.#token = arguments[1];
  }

  append(content, options = undefined) {
    const what = "Failed to execute 'append' on 'DocumentEnd'";
    const token = this.#token;
    if (token === undefined) throw outdated();
    requireArguments(arguments.length, 1, what);
    insert(token, null, APPEND, content, options, what);
    return this;
  }

  static {
    endDocumentEnd = (documentEnd) => {
      documentEnd.#token = undefined;
    };
  }
}

var endElement, stale, endIterator, endEndTag, endText, endComment, endDoctype, endDocumentEnd;

for (const type of [Element, EndTag, Text, Comment, Doctype, DocumentEnd]) defineInterface(type);
ReflectSetPrototypeOf(AttributesIterator.prototype, IteratorPrototype);
enumerable(AttributesIterator.prototype);
ObjectDefineProperty(AttributesIterator.prototype, SymbolToStringTag, { __proto__: null, value: 'AttributesIterator', configurable: true });

/** How a token of each kind is made and ended, and the handler's name. The places are the events of HtmlRewriting.java. */
const KINDS = [
  undefined,
  { handler: 'element', make: (token, rewriting) => new Element(MADE, token, rewriting), end: endElement },
  { handler: undefined, make: (token, rewriting) => new EndTag(MADE, token, rewriting), end: endEndTag },
  { handler: 'text', make: (token, rewriting) => new Text(MADE, token, rewriting), end: endText },
  { handler: 'comments', make: (token) => new Comment(MADE, token), end: endComment },
  { handler: 'doctype', make: (token) => new Doctype(MADE, token), end: endDoctype },
  { handler: 'end', make: (token) => new DocumentEnd(MADE, token), end: endDocumentEnd },
];

module.exports = { KINDS, parserError };
