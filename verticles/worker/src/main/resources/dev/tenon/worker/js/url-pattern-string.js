// A whole URL's pattern taken apart into the patterns of its components. https://urlpattern.spec.whatwg.org/#constructor-string-parsing
const { StringPrototypeSlice } = primordials;
const { internal } = require('./webidl');
const { ASTERISK, CHAR, CLOSE, END, ESCAPED_CHAR, INVALID_CHAR, NAME, OPEN, REGEXP, tokenize } = require('./url-pattern-tokens');
const { Component, PLAIN } = require('./url-pattern-component');
const canonical = require('./url-pattern-canonical');

// In the order in which they stand in a URL; what is compared below are these places.
const INIT = 0;
const PROTOCOL = 1;
const AUTHORITY = 2;
const USERNAME = 3;
const PASSWORD = 4;
const HOSTNAME = 5;
const PORT = 6;
const PATHNAME = 7;
const SEARCH = 8;
const HASH = 9;
const DONE = 10;
const MEMBERS = [undefined, 'protocol', undefined, 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash', undefined];

class StringParser {
  constructor(input) {
    this.input = input;
    this.tokens = tokenize(input, true);
    this.result = { __proto__: null };
    this.at = 0;
    this.step = 1;
    this.start = 0; // the token at which the component begins
    this.state = INIT;
    this.special = false;
    this.groups = 0;
    this.brackets = 0;
  }

  parse() {
    const { tokens } = this;
    for (; this.at < tokens.length && this.state !== DONE; this.at += this.step) {
      this.step = 1;
      const { type } = tokens[this.at];
      if (type === END) this.atEnd();
      else if (type === OPEN) this.groups++;
      else if (this.groups > 0 && type !== CLOSE) continue;
      else {
        if (this.groups > 0) this.groups--;
        this.atToken();
      }
    }
    const { result } = this;
    if (result.hostname !== undefined && result.port === undefined) result.port = '';
    return result;
  }

  atEnd() {
    if (this.state === INIT) {
      this.rewind(INIT);
      if (this.hashBegins()) this.enter(HASH, 1);
      else if (this.searchBegins()) this.enter(SEARCH, 1);
      else this.enter(PATHNAME, 0);
    } else if (this.state === AUTHORITY) {
      this.rewind(HOSTNAME);
    } else {
      this.enter(DONE, 0);
    }
  }

  atToken() {
    switch (this.state) {
      case INIT:
        if (this.is(':')) this.rewind(PROTOCOL);
        break;
      case PROTOCOL:
        if (this.is(':')) this.protocolEnds();
        break;
      case AUTHORITY:
        if (this.is('@')) this.rewind(USERNAME);
        else if (this.is('/') || this.searchBegins() || this.hashBegins()) this.rewind(HOSTNAME);
        break;
      case USERNAME:
        if (this.is(':')) this.enter(PASSWORD, 1);
        else if (this.is('@')) this.enter(HOSTNAME, 1);
        break;
      case PASSWORD:
        if (this.is('@')) this.enter(HOSTNAME, 1);
        break;
      case HOSTNAME:
        if (this.is('[')) this.brackets++;
        else if (this.is(']')) this.brackets--;
        else if (this.is(':') && this.brackets === 0) this.enter(PORT, 1);
        else this.pathOrLater();
        break;
      case PORT:
        this.pathOrLater();
        break;
      case PATHNAME:
        this.searchOrHash();
        break;
      case SEARCH:
        if (this.hashBegins()) this.enter(HASH, 1);
        break;
      default:
    }
  }

  protocolEnds() {
    this.special = new Component(this.componentText(), canonical.protocol, PLAIN, false).matchesSpecialScheme();
    if (this.is('/', 1) && this.is('/', 2)) this.enter(AUTHORITY, 3);
    else this.enter(this.special ? AUTHORITY : PATHNAME, 1);
  }

  pathOrLater() {
    if (this.is('/')) this.enter(PATHNAME, 0);
    else this.searchOrHash();
  }

  searchOrHash() {
    if (this.searchBegins()) this.enter(SEARCH, 1);
    else if (this.hashBegins()) this.enter(HASH, 1);
  }

  enter(state, skip) {
    const { result, state: old } = this;
    const member = MEMBERS[old];
    if (member !== undefined) result[member] = this.componentText();
    if (old !== INIT && state !== DONE) {
      if (old < HOSTNAME && state > HOSTNAME) result.hostname ??= '';
      if (old < PATHNAME && state > PATHNAME) result.pathname ??= this.special ? '/' : '';
      if (old < SEARCH && state > SEARCH) result.search ??= '';
    }
    this.state = state;
    this.at += skip;
    this.start = this.at;
    this.step = 0;
  }

  rewind(state) {
    this.state = state;
    this.at = this.start;
    this.step = 0;
  }

  componentText() {
    return StringPrototypeSlice(this.input, this.token(this.start).index, this.tokens[this.at].index);
  }

  token(index) {
    return this.tokens[index] ?? this.tokens[this.tokens.length - 1];
  }

  /** Whether the token here, or some places on, is a character without a meaning in patterns. */
  is(character, ahead = 0) {
    return this.isPlain(this.token(this.at + ahead), character);
  }

  isPlain({ type, value }, character) {
    return value === character && (type === CHAR || type === ESCAPED_CHAR || type === INVALID_CHAR);
  }

  hashBegins() {
    return this.is('#');
  }

  /** A question mark that makes nothing before it optional. */
  searchBegins() {
    if (this.is('?')) return true;
    if (this.tokens[this.at].value !== '?') return false;
    const before = this.at === 0 ? undefined : this.tokens[this.at - 1].type;
    return before !== NAME && before !== REGEXP && before !== CLOSE && before !== ASTERISK;
  }
}

internal(StringParser);

/** The patterns in a pattern of a URL, without those that it says nothing of. */
function parseConstructorString(input) {
  return new StringParser(input).parse();
}

module.exports = { parseConstructorString };
