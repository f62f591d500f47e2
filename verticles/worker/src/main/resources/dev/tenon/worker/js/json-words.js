// What V8 says of a text that is no JSON, and of a value that contains itself.
const {
  ArrayIsArray, ArrayPrototypeIndexOf, ArrayPrototypePop, ArrayPrototypePush, JSONParse, JSONStringify, ObjectKeys, StringPrototypeCharCodeAt, StringPrototypeSlice,
  SyntaxError, TypeError,
} = primordials;

/** How many characters around an unexpected one are shown. */
const CONTEXT = 10;

/** Finds where a text stops being JSON. It is only run over texts that JSON.parse has refused. */
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @return what is wrong, as a whole sentence; undefined for nothing */
  failure() {
    try {
      this.value();
      this.space();
      return this.at < this.text.length ? this.here('Unexpected non-whitespace character after JSON') : undefined;
    } catch (found) {
      if (found instanceof Found) return found.words;
      throw found;
    }
  }

  space() {
    for (;;) {
      const c = this.text[this.at];
      if (c !== ' ' && c !== '\n' && c !== '\r' && c !== '\t') return;
      this.at++;
    }
  }

  value() {
    this.space();
    const c = this.text[this.at];
    if (c === '{') return this.object();
    if (c === '[') return this.array();
    if (c === '"') return this.string();
    if (c === 't') return this.literal('true');
    if (c === 'f') return this.literal('false');
    if (c === 'n') return this.literal('null');
    if (c === '-' || isDigit(c)) return this.number();
    this.unexpected();
  }

  literal(name) {
    for (let i = 0; i < name.length; i++, this.at++) if (this.text[this.at] !== name[i]) this.unexpected();
  }

  number() {
    if (this.text[this.at] === '-') {
      this.at++;
      if (!isDigit(this.text[this.at])) this.fail('No number after minus sign in JSON');
    }
    if (this.text[this.at] === '0') {
      this.at++;
      if (isDigit(this.text[this.at])) this.fail('Unexpected number in JSON');
    } else this.digits();
    if (this.text[this.at] === '.') {
      this.at++;
      if (!isDigit(this.text[this.at])) this.fail('Unterminated fractional number in JSON');
      this.digits();
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.at++;
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.at++;
      if (!isDigit(this.text[this.at])) this.fail('Exponent part is missing a number in JSON');
      this.digits();
    }
  }

  digits() {
    while (isDigit(this.text[this.at])) this.at++;
  }

  string() {
    for (this.at++; ; this.at++) {
      const c = this.text[this.at];
      if (c === undefined) this.fail('Unterminated string in JSON');
      if (c === '"') {
        this.at++;
        return;
      }
      if (StringPrototypeCharCodeAt(c, 0) < 0x20) this.fail('Bad control character in string literal in JSON');
      if (c === '\\') this.escape();
    }
  }

  escape() {
    const c = this.text[++this.at];
    if (c === undefined) this.fail('Unterminated string in JSON');
    if (c === 'u') {
      for (let i = 0; i < 4; i++) if (!isHex(this.text[++this.at])) this.fail('Bad Unicode escape in JSON');
    } else if (!(c === '"' || c === '\\' || c === '/' || c === 'b' || c === 'f' || c === 'n' || c === 'r' || c === 't')) {
      this.fail('Bad escaped character in JSON');
    }
  }

  array() {
    this.at++;
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return;
    }
    for (;;) {
      this.value();
      this.space();
      const c = this.text[this.at];
      if (c !== ',' && c !== ']') this.fail("Expected ',' or ']' after array element in JSON");
      this.at++;
      if (c === ']') return;
    }
  }

  object() {
    this.at++;
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return;
    }
    if (this.text[this.at] !== '"') this.fail("Expected property name or '}' in JSON");
    for (;;) {
      this.string();
      this.space();
      if (this.text[this.at] !== ':') this.fail("Expected ':' after property name in JSON");
      this.at++;
      this.value();
      this.space();
      const c = this.text[this.at];
      if (c !== ',' && c !== '}') this.fail("Expected ',' or '}' after property value in JSON");
      this.at++;
      if (c === '}') return;
      this.space();
      if (this.text[this.at] !== '"') this.fail('Expected double-quoted property name in JSON');
    }
  }

  fail(what) {
    throw new Found(this.here(what));
  }

  here(what) {
    let line = 1;
    let start = 0;
    for (let i = 0; i < this.at; i++) {
      const c = this.text[i];
      if (c === '\n' || (c === '\r' && this.text[i + 1] !== '\n')) {
        line++;
        start = i + 1;
      }
    }
    return `${what} at position ${this.at} (line ${line} column ${this.at - start + 1})`;
  }

  unexpected() {
    const { text, at } = this;
    if (at >= text.length) throw new Found('Unexpected end of JSON input');
    if (text === 'NaN' || text === 'Infinity' || text === 'undefined' || text === '[object Object]') throw new Found(`"${text}" is not valid JSON`);
    const { length } = text;
    const long = length >= 2 * CONTEXT + 1;
    const from = long && at >= CONTEXT ? at - CONTEXT : 0;
    const to = long && (at < CONTEXT || at < length - CONTEXT) ? at + CONTEXT : length;
    throw new Found(`Unexpected token '${text[at]}', ${from > 0 || (long && at >= CONTEXT) ? '...' : ''}"${StringPrototypeSlice(text, from, to)}"${to < length || (long && at < length - CONTEXT) ? '...' : ''} is not valid JSON`);
  }
}

class Found {
  constructor(words) {
    this.words = words;
  }
}

function isDigit(c) {
  return c !== undefined && c >= '0' && c <= '9';
}

function isHex(c) {
  return isDigit(c) || (c !== undefined && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
}

/** JSON.parse with V8's errors. */
function parse(text, reviver) {
  if (typeof text !== 'string') text = `${text}`;
  try {
    return reviver === undefined ? JSONParse(text) : JSONParse(text, reviver);
  } catch (error) {
    const words = error instanceof SyntaxError ? new Reader(text).failure() : undefined;
    if (words === undefined) throw error;
    throw new SyntaxError(words);
  }
}

/** JSON.stringify with V8's errors. */
function stringify(value, replacer, space) {
  try {
    return JSONStringify(value, replacer, space);
  } catch (error) {
    if (error instanceof TypeError && error.message === 'Converting circular structure to JSON') {
      const circle = circleIn(value, [], []);
      if (circle !== undefined) throw new TypeError(`Converting circular structure to JSON${circle}`);
    }
    throw error;
  }
}

/** @param path objects from the outermost to the one around `value`. @param keys what leads from each to the next */
function circleIn(value, path, keys) {
  if (value === null || typeof value !== 'object') return undefined;
  const start = ArrayPrototypeIndexOf(path, value);
  if (start >= 0) return described(path, keys, start);
  ArrayPrototypePush(path, value);
  const isList = ArrayIsArray(value);
  for (const key of ObjectKeys(value)) {
    ArrayPrototypePush(keys, isList ? `index ${key}` : `property '${key}'`);
    const found = circleIn(value[key], path, keys);
    if (found !== undefined) return found;
    ArrayPrototypePop(keys);
  }
  ArrayPrototypePop(path);
  return undefined;
}

/** Two steps of a long circle are shown, and its last one. */
function described(path, keys, start) {
  const named = (object) => `object with constructor '${object.constructor?.name ?? 'Object'}'`;
  let text = `\n    --> starting at ${named(path[start])}`;
  let i = start + 1;
  for (; i < path.length && i < start + 3; i++) text += `\n    |     ${keys[i - 1]} -> ${named(path[i])}`;
  if (path.length > i + 1) {
    text += '\n    |     ...';
    i = path.length - 1;
  }
  for (; i < path.length; i++) text += `\n    |     ${keys[i - 1]} -> ${named(path[i])}`;
  return `${text}\n    --- ${keys[keys.length - 1]} closes the circle`;
}

module.exports = { parse, stringify };
