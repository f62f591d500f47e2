// https://url.spec.whatwg.org/#url-class
const { TypeError } = primordials;
const { defineInterface, requireArguments, toUSVString } = require('./webidl');
const parser = require('./url-parser');
const { forURL, resetSearchParams } = require('./url-search-params');

const PARSED = { __proto__: null };
const { parse, serialise } = parser;

class URL {
  #record;
  #href; // undefined after a change
  #searchParams;

  constructor(url, base = undefined) {
    if (url === PARSED) {
      this.#record = base;
    } else {
      if (arguments.length === 0) requireArguments(0, 1, "Failed to construct 'URL'", 'USVString');
      const record = parseWithBase(toUSVString(url), base);
      if (record === null) throw invalid();
      this.#record = record;
    }
    this.#href = this.#record.href;
  }

  static canParse(url, base = undefined) {
    requireArguments(arguments.length, 1, "Failed to execute 'canParse' on 'URL'", 'USVString');
    return parseWithBase(toUSVString(url), base) !== null;
  }

  static parse(url, base = undefined) {
    requireArguments(arguments.length, 1, "Failed to execute 'parse' on 'URL'", 'USVString');
    const record = parseWithBase(toUSVString(url), base);
    return record === null ? null : new URL(PARSED, record);
  }

  get href() {
    return (this.#href ??= serialise(this.#record));
  }

  set href(value) {
    this.#record;
    const record = parse(toUSVString(value), null);
    if (record === null) throw new TypeError("Failed to set the 'href' property on 'URL': the provided value is not of type 'valid URL string'.");
    this.#record = record;
    this.#href = record.href;
    if (this.#searchParams !== undefined) resetSearchParams(this.#searchParams, record.query ?? '');
  }

  get origin() {
    return originOf(this.#record);
  }

  get protocol() {
    return `${this.#record.scheme}:`;
  }

  set protocol(value) {
    parser.changeScheme(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  get username() {
    return this.#record.username;
  }

  set username(value) {
    parser.changeUsername(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  get password() {
    return this.#record.password;
  }

  set password(value) {
    parser.changePassword(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  get host() {
    const { host, port } = this.#record;
    if (host === null) return '';
    return port < 0 ? host : `${host}:${port}`;
  }

  set host(value) {
    parser.changeHost(this.#record, toUSVString(value), true);
    this.#href = undefined;
  }

  get hostname() {
    return this.#record.host ?? '';
  }

  set hostname(value) {
    parser.changeHost(this.#record, toUSVString(value), false);
    this.#href = undefined;
  }

  get port() {
    const { port } = this.#record;
    return port < 0 ? '' : `${port}`;
  }

  set port(value) {
    parser.changePort(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  get pathname() {
    return this.#record.path;
  }

  set pathname(value) {
    parser.changePath(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  get search() {
    const { query } = this.#record;
    return query === null || query === '' ? '' : `?${query}`;
  }

  set search(value) {
    const record = this.#record;
    parser.changeQuery(record, toUSVString(value));
    this.#href = undefined;
    if (this.#searchParams !== undefined) resetSearchParams(this.#searchParams, record.query ?? '');
  }

  get searchParams() {
    const record = this.#record;
    return (this.#searchParams ??= forURL(record.query ?? '', (query) => {
      this.#record.query = query === '' ? null : query;
      this.#href = undefined;
    }));
  }

  get hash() {
    const { fragment } = this.#record;
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }

  set hash(value) {
    parser.changeFragment(this.#record, toUSVString(value));
    this.#href = undefined;
  }

  toString() {
    return (this.#href ??= serialise(this.#record));
  }

  toJSON() {
    return (this.#href ??= serialise(this.#record));
  }

  static {
    isURL = (value) => typeof value === 'object' && value !== null && #record in value;
    recordOf = (url) => url.#record;
  }
}

var isURL, recordOf;

function invalid() {
  return new TypeError('Invalid URL string.');
}

function parseWithBase(url, base) {
  if (base === undefined) return parse(url, null);
  const baseRecord = parse(toUSVString(base), null);
  return baseRecord === null ? null : parse(url, baseRecord);
}

/** https://url.spec.whatwg.org/#dom-url-origin */
function originOf(record) {
  const { scheme, host, port } = record;
  if (scheme === 'http' || scheme === 'https' || scheme === 'ws' || scheme === 'wss' || scheme === 'ftp') {
    return port < 0 ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
  }
  if (scheme !== 'blob') return 'null';
  const inner = parse(record.path, null);
  return inner !== null && (inner.scheme === 'http' || inner.scheme === 'https') ? originOf(inner) : 'null';
}

defineInterface(URL);

module.exports = { URL, isURL, recordOf, originOf };
