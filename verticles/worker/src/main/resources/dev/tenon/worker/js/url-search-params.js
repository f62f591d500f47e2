// https://url.spec.whatwg.org/#interface-urlsearchparams
const { ArrayPrototypePush, ArrayPrototypeSplice, StringPrototypeSlice, SymbolIterator, TypeError } = primordials;
const { defineInterface, isObject, requireArguments, toRecord, toSequence, toUSVString } = require('./webidl');
const { definePairIterable } = require('./iterators');
const { parseForm, serialiseForm } = require('./url-encoding');

const FROM_URL = { __proto__: null };

class URLSearchParams {
  #list; // flat: names and values
  #changed; // told the new query, when a URL owns this object

  constructor(init = '') {
    if (init === FROM_URL) {
      this.#list = parseForm(arguments[1]);
      this.#changed = arguments[2];
      return;
    }
    this.#changed = undefined;
    this.#list = isObject(init) ? listFrom(init) : parseForm(withoutQuestionMark(toUSVString(init)));
  }

  get size() {
    return this.#list.length / 2;
  }

  append(name, value) {
    const list = this.#list;
    requireArguments(arguments.length, 2, "Failed to execute 'append' on 'URLSearchParams'", 'USVString');
    ArrayPrototypePush(list, toUSVString(name), toUSVString(value));
    this.#update();
  }

  delete(name, value = undefined) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'delete' on 'URLSearchParams'", 'USVString');
    const key = toUSVString(name);
    const only = value === undefined ? undefined : toUSVString(value);
    for (let i = list.length - 2; i >= 0; i -= 2) {
      if (list[i] === key && (only === undefined || list[i + 1] === only)) ArrayPrototypeSplice(list, i, 2);
    }
    this.#update();
  }

  get(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'get' on 'URLSearchParams'", 'USVString');
    const key = toUSVString(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === key) return list[i + 1];
    return null;
  }

  getAll(name) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'getAll' on 'URLSearchParams'", 'USVString');
    const key = toUSVString(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === key) ArrayPrototypePush(values, list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    const list = this.#list;
    requireArguments(arguments.length, 1, "Failed to execute 'has' on 'URLSearchParams'", 'USVString');
    const key = toUSVString(name);
    const only = value === undefined ? undefined : toUSVString(value);
    for (let i = 0; i < list.length; i += 2) if (list[i] === key && (only === undefined || list[i + 1] === only)) return true;
    return false;
  }

  set(name, value) {
    const list = this.#list;
    requireArguments(arguments.length, 2, "Failed to execute 'set' on 'URLSearchParams'", 'USVString');
    const key = toUSVString(name);
    const text = toUSVString(value);
    let at = 0;
    while (at < list.length && list[at] !== key) at += 2;
    if (at === list.length) {
      ArrayPrototypePush(list, key, text);
    } else {
      list[at + 1] = text;
      for (let i = list.length - 2; i > at; i -= 2) if (list[i] === key) ArrayPrototypeSplice(list, i, 2);
    }
    this.#update();
  }

  // By UTF-16 code units, stable.
  sort() {
    const list = this.#list;
    const sorted = mergeSort(list, 0, list.length / 2);
    for (let i = 0; i < sorted.length; i++) list[i] = sorted[i];
    this.#update();
  }

  toString() {
    return serialiseForm(this.#list);
  }

  #update() {
    if (this.#changed !== undefined) this.#changed(serialiseForm(this.#list));
  }

  static {
    isURLSearchParams = (value) => isObject(value) && #list in value;
    listOf = (params) => params.#list;
    reset = (params, query) => {
      params.#list = parseForm(query);
    };
  }
}

var isURLSearchParams, listOf, reset;

function withoutQuestionMark(text) {
  return text[0] === '?' ? StringPrototypeSlice(text, 1) : text;
}

function listFrom(init) {
  const iterate = init[SymbolIterator];
  const list = [];
  if (iterate !== undefined && iterate !== null) {
    const pairs = toSequence(init, (pair) => toSequence(pair, toUSVString, notSequence), notSequence, iterate);
    for (let i = 0; i < pairs.length; i++) {
      if (pairs[i].length !== 2) throw new TypeError('Invalid URL search params sequence.');
      ArrayPrototypePush(list, pairs[i][0], pairs[i][1]);
    }
    return list;
  }
  // A key that occurs twice once converted keeps its place and takes the later value.
  const places = { __proto__: null };
  const record = toRecord(init, toUSVString, toUSVString);
  for (let i = 0; i < record.length; i++) {
    const { 0: key, 1: value } = record[i];
    if (places[key] === undefined) {
      places[key] = list.length;
      ArrayPrototypePush(list, key, value);
    } else {
      list[places[key] + 1] = value;
    }
  }
  return list;
}

function mergeSort(list, from, to) {
  if (to - from <= 1) return from === to ? [] : [list[2 * from], list[2 * from + 1]];
  const middle = (from + to) >> 1;
  const left = mergeSort(list, from, middle);
  const right = mergeSort(list, middle, to);
  const merged = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const takeLeft = j >= right.length || (i < left.length && left[i] <= right[j]);
    if (takeLeft) {
      ArrayPrototypePush(merged, left[i], left[i + 1]);
      i += 2;
    } else {
      ArrayPrototypePush(merged, right[j], right[j + 1]);
      j += 2;
    }
  }
  return merged;
}

/** The searchParams of a URL. */
function forURL(query, changed) {
  return new URLSearchParams(FROM_URL, query, changed);
}

definePairIterable(URLSearchParams, 'URLSearchParams', (params) => listOf(params));
defineInterface(URLSearchParams);

function notSequence() {
  return new TypeError("Incorrect type: the provided value is not of type 'Sequence'.");
}

module.exports = { URLSearchParams, forURL, isURLSearchParams, resetSearchParams: reset };
