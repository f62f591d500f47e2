// https://fetch.spec.whatwg.org/#headers-class
//
// A list is flat: names (lower-case) at even places, values at odd ones, in the order they were added. A Headers object over a host's headers (an
// exchange's request, a fetched response) asks the host name by name, and takes the whole list over only when something needs it.
// Deviation: as workerd, no request header is forbidden and no no-cors guard exists; what came from the network is immutable.
const {
  ArrayPrototypePush, ArrayPrototypeSplice, Map, MapPrototypeGet, MapPrototypeGetSize, MapPrototypeSet, RegExpPrototypeTest,
  StringPrototypeCharCodeAt, StringPrototypeSlice, StringPrototypeSplit, StringPrototypeToLowerCase, SymbolIterator, TypeError,
} = primordials;
const { defineInterface, isObject, requireArguments, toDOMString, toRecord, toSequence, toUSVString } = require('./webidl');
const { definePairIterable } = require('./iterators');

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const ILLEGAL_VALUE = /[\0\r\n]/;
const PLAIN_VALUE = /^[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?$/;
const NAMES_MAX = 256;
const names = new Map();

/** The lower-case form of a valid name. Names recur, so their forms are remembered. */
function headerName(value, what) {
  const known = MapPrototypeGet(names, value);
  return known === undefined ? checkedName(value, what) : known;
}

function checkedName(value, what) {
  const name = toDOMString(value);
  if (!RegExpPrototypeTest(TOKEN, name)) throw new TypeError('Invalid header name.');
  const lower = StringPrototypeToLowerCase(name);
  if (typeof value === 'string' && MapPrototypeGetSize(names) < NAMES_MAX) MapPrototypeSet(names, value, lower);
  return lower;
}

function headerValue(value, what) {
  if (typeof value === 'string' && RegExpPrototypeTest(PLAIN_VALUE, value)) return value;
  const text = trim(toUSVString(value));
  if (RegExpPrototypeTest(ILLEGAL_VALUE, text)) throw new TypeError('Invalid header value.');
  return text;
}

function blank(code) {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** Without leading and trailing HTTP whitespace. */
function trim(text) {
  let start = 0;
  let end = text.length;
  while (start < end && blank(StringPrototypeCharCodeAt(text, start))) start++;
  while (end > start && blank(StringPrototypeCharCodeAt(text, end - 1))) end--;
  return start === 0 && end === text.length ? text : StringPrototypeSlice(text, start, end);
}

class Headers {
  #list; // undefined while the host still has them
  #host;
  #immutable;
  #sorted; // undefined after a change

  constructor(init = undefined) {
    if (init === HOST) {
      this.#host = arguments[1];
      this.#immutable = true;
      return;
    }
    this.#list = [];
    this.#immutable = false;
    if (init !== undefined) fill(this, init);
  }

  append(name, value) {
    const what = "Failed to execute 'append' on 'Headers'";
    const list = this.#listed();
    requireArguments(arguments.length, 2, what);
    const key = headerName(name, what);
    const text = headerValue(value, what);
    this.#guard();
    ArrayPrototypePush(list, key, text);
  }

  delete(name) {
    const what = "Failed to execute 'delete' on 'Headers'";
    const list = this.#listed();
    requireArguments(arguments.length, 1, what);
    const key = headerName(name, what);
    this.#guard();
    remove(list, key, 0);
  }

  get(name) {
    const what = "Failed to execute 'get' on 'Headers'";
    const list = this.#list;
    requireArguments(arguments.length, 1, what);
    const key = headerName(name, what);
    return list === undefined ? this.#host.header(key) : combined(list, key);
  }

  getSetCookie() {
    const list = this.#listed();
    const cookies = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === 'set-cookie') ArrayPrototypePush(cookies, list[i + 1]);
    return cookies;
  }

  // Deviation: workerd's own older form of getSetCookie.
  getAll(name) {
    const what = "Failed to execute 'getAll' on 'Headers'";
    requireArguments(arguments.length, 1, what);
    if (StringPrototypeToLowerCase(toDOMString(name)) !== 'set-cookie') {
      throw new TypeError('getAll() can only be used with the header name "Set-Cookie".');
    }
    return this.getSetCookie();
  }

  has(name) {
    const what = "Failed to execute 'has' on 'Headers'";
    const list = this.#list;
    requireArguments(arguments.length, 1, what);
    const key = headerName(name, what);
    return list === undefined ? this.#host.header(key) !== null : indexOf(list, key) >= 0;
  }

  set(name, value) {
    const what = "Failed to execute 'set' on 'Headers'";
    const list = this.#listed();
    requireArguments(arguments.length, 2, what);
    const key = headerName(name, what);
    const text = headerValue(value, what);
    this.#guard();
    const at = indexOf(list, key);
    if (at < 0) {
      ArrayPrototypePush(list, key, text);
    } else {
      list[at + 1] = text;
      remove(list, key, at + 2);
    }
  }

  #listed() {
    const list = this.#list;
    return list === undefined ? this.#takeOver() : list;
  }

  #takeOver() {
    const text = this.#host.headers();
    const list = text === '' ? [] : StringPrototypeSplit(text, '\n');
    this.#list = list;
    this.#host = undefined;
    return list;
  }

  #guard() {
    if (this.#immutable) throw new TypeError("Can't modify immutable headers.");
    this.#sorted = undefined;
  }

  static {
    listOf = (headers) => headers.#listed();
    sortedOf = (headers) => {
      const list = headers.#listed();
      return (headers.#sorted ??= sortAndCombine(list));
    };
    isHeaders = (value) => isObject(value) && #immutable in value;
    isImmutable = (headers) => headers.#immutable;
    freeze = (headers) => {
      headers.#immutable = true;
      return headers;
    };
    copy = (headers) => {
      const made = new Headers();
      const list = headers.#listed();
      const target = made.#list;
      for (let i = 0; i < list.length; i++) target[i] = list[i];
      return made;
    };
    touched = (headers) => {
      headers.#sorted = undefined;
      return headers.#listed();
    };
    serialise = (headers) => (headers.#list === undefined ? headers.#host.headers() : joined(headers.#list));
    peek = (headers, key) => {
      const list = headers.#list;
      return list === undefined ? headers.#host.header(key) : combined(list, key);
    };
  }
}

var listOf, sortedOf, isHeaders, freeze, isImmutable, copy, touched, serialise, peek;
const HOST = { __proto__: null };

function indexOf(list, key) {
  for (let i = 0; i < list.length; i += 2) if (list[i] === key) return i;
  return -1;
}

function combined(list, key) {
  let value = null;
  for (let i = 0; i < list.length; i += 2) {
    if (list[i] === key) value = value === null ? list[i + 1] : `${value}, ${list[i + 1]}`;
  }
  return value;
}

function remove(list, key, from) {
  for (let i = list.length - 2; i >= from; i -= 2) if (list[i] === key) ArrayPrototypeSplice(list, i, 2);
}

function joined(list) {
  if (list.length === 0) return '';
  let text = list[0];
  for (let i = 1; i < list.length; i++) text += `\n${list[i]}`;
  return text;
}

/** https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine, by insertion: lists are short. */
function sortAndCombine(list) {
  const sorted = [];
  for (let i = 0; i < list.length; i += 2) {
    const key = list[i];
    let at = sorted.length;
    while (at > 0 && sorted[at - 2] > key) at -= 2;
    if (key !== 'set-cookie' && at > 0 && sorted[at - 2] === key) sorted[at - 1] += `, ${list[i + 1]}`;
    else ArrayPrototypeSplice(sorted, at, 0, key, list[i + 1]);
  }
  return sorted;
}

/** https://fetch.spec.whatwg.org/#concept-headers-fill */
function fill(headers, init) {
  const what = "Failed to construct 'Headers'";
  if (!isObject(init)) throw new TypeError(`${what}: constructor parameter 1 is not of type 'Headers or Sequence or object'.`);
  const list = touched(headers);
  if (isHeaders(init) && init[SymbolIterator] === entries) {
    const source = sortedOf(init);
    for (let i = 0; i < source.length; i++) ArrayPrototypePush(list, source[i]);
    return;
  }
  const iterate = init[SymbolIterator];
  if (iterate !== undefined && iterate !== null) {
    const pairs = toSequence(init, (pair) => toSequence(pair, (part) => part, notSequence), notSequence, iterate);
    const converted = [];
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i];
      for (let j = 0; j < pair.length; j++) pair[j] = toUSVString(pair[j]);
      if (pair.length !== 2) throw new TypeError('To initialize a Headers object from a sequence, each inner sequence must have exactly two elements.');
      ArrayPrototypePush(converted, pair);
    }
    for (let i = 0; i < converted.length; i++) ArrayPrototypePush(list, headerName(converted[i][0], what), headerValue(converted[i][1], what));
    return;
  }
  const record = toRecord(init, toUSVString, toUSVString);
  for (let i = 0; i < record.length; i++) ArrayPrototypePush(list, headerName(record[i][0], what), headerValue(record[i][1], what));
}

function notSequence() {
  return new TypeError("Incorrect type: the provided value is not of type 'Sequence'.");
}

/** The headers a host object has: `header(name)`, `headers()`. Immutable. */
function fromHost(hostObject) {
  return new Headers(HOST, hostObject);
}

/** Adds a header the runtime itself knows, without checks. */
function addUnchecked(headers, name, value) {
  ArrayPrototypePush(touched(headers), name, value);
}

/** Takes a header away, without checks. @param name in lower case */
function removeUnchecked(headers, name) {
  remove(touched(headers), name, 0);
}

definePairIterable(Headers, 'Headers', (headers) => sortedOf(headers));
require('./platform-objects').registerSerializable(isHeaders, (headers) => copy(headers));
const entries = Headers.prototype[SymbolIterator];
defineInterface(Headers);
if (host.hasFlag?.('http_headers_getsetcookie') === false) delete Headers.prototype.getSetCookie;

module.exports = { Headers, addUnchecked, copyHeaders: copy, fill, freezeHeaders: freeze, fromHost, headerName, headerValue, isHeaders, isImmutable, peek, removeUnchecked, serialise, listOf };
