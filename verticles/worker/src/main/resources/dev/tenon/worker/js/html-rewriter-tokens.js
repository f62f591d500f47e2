// What content handlers get: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/
//
// A token stands over HtmlToken.java for as long as its handler runs, and is of no use afterwards.
const { defineInterface, illegalConstructor, requireArguments, toUSVString } = require('./webidl');
const { AFTER, APPEND, BEFORE, MADE, REPLACE, insert, outdated, parserError } = require('./html-rewriter-content');
const { Element, endElement } = require('./html-rewriter-element');

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

var endEndTag, endText, endComment, endDoctype, endDocumentEnd;

for (const type of [EndTag, Text, Comment, Doctype, DocumentEnd]) defineInterface(type);

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

module.exports = { KINDS };
